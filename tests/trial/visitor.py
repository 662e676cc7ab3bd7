"""Somebody with a browser: signs in, reads pages, sends forms as they stand on the page."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import requests
from lxml import html

from tests.trial.processes import PATIENCE


class Answer(NamedTuple):
    path: str
    status: int
    seconds: float


class Visitor:
    def __init__(self, site: str, answers: list[Answer], address: str) -> None:
        self.site, self.answers = site, answers
        self.session = requests.Session()
        # As the proxy before the site says it.
        self.session.headers["X-Forwarded-For"] = address

    def window(self, port: int = 0) -> Visitor:
        """Another window of the same browser, or the same at another server of the site."""
        site = f"http://127.0.0.1:{port}" if port else self.site
        other = Visitor(site, self.answers, str(self.session.headers["X-Forwarded-For"]))
        other.session.cookies.update(self.session.cookies)
        return other

    def get(self, path: str, **headers: str) -> requests.Response:
        return self._send("GET", path, headers=headers)

    def post(self, path: str, data: Mapping[str, Any], files: Any = None, **headers: str) -> requests.Response:
        token = {"csrfmiddlewaretoken": self.session.cookies.get("csrftoken", "")}
        return self._send("POST", path, data={**data, **token}, files=files, headers=headers)

    def sign_in(self, name: str, password: str) -> bool:
        if not self.session.cookies.get("csrftoken"):
            self.get("/accounts/login/")
        return self.post("/accounts/login/", {"username": name, "password": password}).status_code == 302

    def upload(self, *files: tuple[str, bytes], **fields: str) -> str:
        """Where the reading of these files is watched. AssertionError where they were not taken in."""
        sent = self.post("/filing/import/", fields, [("file", file) for file in files])
        assert sent.status_code == 302, f"{sent.status_code}: {notice(sent)}"
        return sent.headers["Location"]

    def outcome_of(self, reading: str, seconds: float = PATIENCE) -> requests.Response:
        """The page to which a reading leads once it is done: the preview, or the upload with the reason why there is none."""
        end = time.monotonic() + seconds
        while True:
            page = self.get(reading)
            if 'hx-trigger="every 1s"' not in page.text:
                return page if page.status_code != 302 else self.get(page.headers["Location"])
            if time.monotonic() > end:
                raise TimeoutError(f"still reading after {seconds:.0f} seconds")
            time.sleep(0.3)

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        began = time.monotonic()
        answer = self.session.request(method, self.site + path, allow_redirects=False, timeout=PATIENCE, **options)
        self.answers.append(Answer(path, answer.status_code, time.monotonic() - began))
        return answer


class Draft:
    """The entry form of one report, open in somebody's browser, begun where it was not."""

    def __init__(self, by: Visitor, code: str, year: int) -> None:
        self.by, self.path = by, f"/filing/{code}/{year}/"
        if by.get(self.path).status_code != 200 or not self.open():
            by.post("/filing/", {"agency": code, "year": str(year)})
            assert self.open(), f"no form at {self.path}"

    def open(self) -> bool:
        page = html.fromstring(self.by.get(self.path).content)
        found = page.xpath("//form[.//input[@name='revision'] and not(@id='publish')]")
        self.fields = _fields(found[0]) if found else {}
        return bool(found)

    @property
    def revision(self) -> str:
        return str(self.fields["revision"])

    def send(self, changed: Mapping[str, str], by: Visitor | None = None) -> requests.Response:
        """Saves as the page's script does, on top of what the page showed."""
        return (by or self.by).post(self.path, {**self.fields, **changed}, Accept="application/json")

    def save(self, changed: Mapping[str, str]) -> None:
        """Saves, and goes on from there. AssertionError where it was not saved."""
        answer = self.send(changed)
        assert answer.status_code == 200, f"{answer.status_code} {answer.text[:200]}"
        self.fields.update(changed)
        self.fields["revision"] = answer.json()["revision"]

    def press(self, act: str, **fields: str) -> requests.Response:
        return self.by.post(self.path, self.fields | fields | {"act": act})


def notice(page: requests.Response) -> str:
    """What a page says went wrong."""
    found = html.fromstring(page.content).xpath("//*[contains(@class, 'notice-error')]")
    return " ".join(found[0].text_content().split()) if found else ""


def _fields(form: Any) -> dict[str, str]:
    """What a browser sends of a form before anything was pressed or ticked; empty inputs, too."""
    typed = (each for each in form.inputs if each.name and each.get("type") not in ("submit", "checkbox", "radio"))
    return {each.name: each.value or "" for each in typed if each.tag != "button"}
