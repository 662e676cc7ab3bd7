"""What a test of the office's pages of accounts sends, and what it looks at afterwards."""

from __future__ import annotations

import io
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from agencies.models import User
from tests.pages import text_of

OFFICE = "/accounts/office/"
NEW, CONFIRM, MEND = f"{OFFICE}new/", f"{OFFICE}new/confirm/", f"{OFFICE}new/to-mend.xlsx"
ACT, HANDOUT, RECORDS = f"{OFFICE}act/", f"{OFFICE}handout/", f"{OFFICE}records/"
HEADINGS = "机构代码,机构全称,姓名,角色,电子邮箱,电话,接替的账号"
PASSWORD = re.compile(r"(?:[2-9a-z]{4}-){2}[2-9a-z]{4}")


def upload(client: Client, *lines: str, name: str = "账号.csv", data: bytes = b"") -> Any:
    data = data or "\n".join([HEADINGS, *lines]).encode("utf-8-sig")
    return client.post(NEW, {"file": SimpleUploadedFile(name, data)})


def sent_by(page: str) -> dict[str, str]:
    """What the hidden fields of the page would send."""
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def confirmed(client: Client, page: str) -> Any:
    return client.post(CONFIRM, sent_by(page))


def passwords_in(page: str) -> dict[str, str]:
    """By username, as the table of the handout shows them."""
    found = re.findall(r'<td class="username">([^<]+)</td><td class="one-time">([^<]+)</td>', page)
    return dict(found)


def chosen(client: Client, act: str, *people: User, **more: str) -> Any:
    """Ticks the accounts, presses the button and confirms."""
    page = client.post(ACT, {"act": act, "account": [person.pk for person in people], **more})
    return client.post(ACT, sent_by(text_of(page)) | more)


def lines_of(answer: Any) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
