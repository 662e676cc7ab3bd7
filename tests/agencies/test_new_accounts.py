"""Accounts issued from the office's table: looked at first, issued once, the passwords handed out once."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.models import AccountAct, AccountRecord, Agency, Role, User
from tests.agencies.accounts import (
    CONFIRM,
    HANDOUT,
    HEADINGS,
    MEND,
    NEW,
    OFFICE,
    PASSWORD,
    confirmed,
    lines_of,
    passwords_in,
    sent_by,
    upload,
)
from tests.conftest import signed_in, user
from tests.pages import text_of

# ---- the table ----


def test_a_table_is_shown_first_and_issued_when_confirmed(township: Agency, supervisor_client: Client) -> None:
    page = text_of(upload(supervisor_client, f"{township.code},,王小青,填报员,wang@example.gov.cn,0990-123,"))
    assert "可以开通 1 人，有问题的 0 行" in page
    assert not User.objects.filter(first_name="王小青").exists(), "nothing is stored before it is confirmed"

    answer = confirmed(supervisor_client, page)
    assert "no-store" in answer["Cache-Control"]
    ((username, password),) = passwords_in(text_of(answer)).items()
    assert (username, bool(PASSWORD.fullmatch(password))) == ("990101101.1", True)
    person = User.objects.get(username=username)
    assert (person.first_name, person.email, person.phone) == ("王小青", "wang@example.gov.cn", "0990-123")
    assert person.must_change_password
    assert person.check_password(password)
    assert [(one.agency, one.role) for one in person.memberships.all()] == [(township, Role.CLERK)]
    record = AccountRecord.objects.get()
    assert (record.act, record.user, record.agency, record.role) == (AccountAct.ISSUED, person, township, Role.CLERK)
    assert record.made_by == User.objects.get(username="supervisor")


def test_sent_twice_it_is_issued_once_and_what_to_do_is_said(township: Agency, supervisor_client: Client) -> None:
    page = text_of(upload(supervisor_client, f"{township.code},,王小青,填报员,,,"))
    confirmed(supervisor_client, page)
    again = supervisor_client.post(CONFIRM, sent_by(page), follow=True)
    assert "没有再办。没有看到一次性密码的，请在表里选中账号，重置密码" in text_of(again)
    third = text_of(upload(supervisor_client, f"{township.code},,王小青,填报员,,,"))
    assert "“姓名”列的“王小青”：已经有这里的填报员账号 990101101.1，不再开通；忘记密码的，请重置。" in third
    assert User.objects.filter(first_name="王小青").count() == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("990101199000,,甲,填报员,,,", "“机构代码”列的“990101199000”：名录中没有这个代码，请核对"),
        ("990101101000,绿水镇人民政府,甲,填报员,,,", "“机构全称”列的“绿水镇人民政府”：与代码不符，990101101000 是"),
        (",不存在镇人民政府,甲,填报员,,,", "“机构全称”列的“不存在镇人民政府”：您主管的范围内没有这个机构"),
        (",,甲,填报员,,,", "“机构全称”列没有填：请填机构全称或机构代码。"),
        ("990102101000,,甲,填报员,,,", "“示例省示例市邻水县远山镇人民政府”不在您主管的范围内，请删去这一行。"),
        (",远山镇人民政府,甲,填报员,,,", "您主管的范围内没有这个机构"),
        ("990101101000,,甲,组长,,,", "“角色”列的“组长”：请填填报员、审核员或主管部门。"),
        ("990101101000,,甲,,,,", "“角色”列没有填：请填填报员、审核员或主管部门。"),
        ("990101101000,,,填报员,a@example.cn,,", "“姓名”列没有填：请填姓名。"),
        ("990101101000,,甲,填报员,a#example,,", "“电子邮箱”列的“a#example”：不是电子邮箱地址，请改正，或者留空。"),
        (f"990101101000,,甲,填报员,,{'1' * 61},", "太长了，最多 60 字。"),
        ("990101101000,,甲,主管部门,,,", "乡级机构没有下属，不设主管部门账号，请改填填报员或审核员。"),
        ("990101000000-01,,甲,主管部门,,,", "本级主管部门的账号由上级或系统管理员开通，请删去这一行。"),
        ("990101101000,,甲,填报员,,,outsider", "“接替的账号”列的“outsider”：不是青山镇人民政府的填报员账号，请核对"),
    ],
)
def test_a_wrong_line_is_named_with_column_value_and_remedy_and_the_others_go_on(
    line: str, said: str, township: Agency, other_township: Agency, outsider: User, supervisor_client: Client
) -> None:
    page = text_of(upload(supervisor_client, line, f"{township.code},,乙,填报员,,,"))
    assert "可以开通 1 人，有问题的 1 行" in page
    assert "第 2 行" in page
    assert said in page
    confirmed(supervisor_client, page)
    assert sorted(User.objects.exclude(first_name="").values_list("first_name", flat=True)) == ["乙"]
    assert outsider.memberships.exists()


def test_a_line_that_is_there_twice_is_issued_once(township: Agency, supervisor_client: Client) -> None:
    page = text_of(upload(supervisor_client, *[f"{township.code},,甲,填报员,,,"] * 2))
    assert "“姓名”列的“甲”：与第 2 行重复，请删去一行。" in page
    assert len(passwords_in(text_of(confirmed(supervisor_client, page)))) == 1


def test_who_works_elsewhere_is_not_told_to_a_stranger(foreign_township: Agency, supervisor_client: Client) -> None:
    there = user("clerk.elsewhere", foreign_township, Role.CLERK)
    there.first_name = "李四"
    there.save()
    page = text_of(upload(supervisor_client, f"{foreign_township.code},,李四,填报员,,,"))
    assert "不在您主管的范围内" in page
    assert "clerk.elsewhere" not in page


def test_faulty_lines_come_back_as_a_table_to_mend(township: Agency, supervisor_client: Client) -> None:
    page = text_of(upload(supervisor_client, f"{township.code},,甲,组长,,,", f"{township.code},,乙,填报员,,,"))
    answer = supervisor_client.post(MEND, {"sealed": sent_by(page)["sealed"]})
    heading, line = lines_of(answer)
    assert heading[-2:] == ["原来的行", "请改正"]
    assert line == [
        *(township.code, "", "甲", "组长", "", "", "", "2"),
        "“角色”列的“组长”：请填填报员、审核员或主管部门。",
    ]
    mended = text_of(upload(supervisor_client, name="to-mend.xlsx", data=answer.content))
    assert "可以开通 0 人，有问题的 1 行" in mended


def test_the_template_names_who_has_nobody_and_is_read_back(
    township: Agency, other_township: Agency, clerk: User, supervisor_client: Client
) -> None:
    lines = lines_of(supervisor_client.get(f"{NEW}accounts.xlsx"))
    assert lines[0] == HEADINGS.split(",")
    assert [line[0] for line in lines[1:]] == ["990101000000", "990101000000-01", other_township.code]
    assert lines[3][1:4] == [other_township.full_name, "", "填报员"]
    text = supervisor_client.get(f"{NEW}accounts.csv").content.decode("utf-8-sig")
    assert text.splitlines()[3] == f"{other_township.code},{other_township.full_name},,填报员,,,"
    filled = text.replace("绿水镇人民政府,,", "绿水镇人民政府,钱多,")
    page = text_of(upload(supervisor_client, data=filled.encode("utf-8-sig")))
    assert "可以开通 1 人，有问题的 0 行" in page
    assert "没有填姓名的 2 行不处理" in page
    assert supervisor_client.get(f"{NEW}accounts.exe").status_code == 404


def test_a_code_that_a_spreadsheet_has_rounded_gives_way_to_the_name(
    township: Agency, supervisor_client: Client
) -> None:
    page = text_of(upload(supervisor_client, f"9.90101E+11,{township.full_name},甲,填报员,,,"))
    assert "可以开通 1 人" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "文件已损坏、有密码或不是 Excel 文件"),
        ("姓名,电话\n甲,1".encode(), "没有找到表头"),
        (HEADINGS.encode() + b"\n990101101000,,,,,,", "表里没有填写任何人"),
        (b"\xff\xfe\xff", "另存为 xlsx 或 csv"),
        (b"", "这个文件是空的"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(data: bytes, said: str, supervisor_client: Client) -> None:
    answer = supervisor_client.post(NEW, {"file": SimpleUploadedFile("a.xlsx", data)})
    assert (answer.status_code, said in text_of(answer)) == (422, True)


def test_a_preview_is_confirmed_by_who_saw_it_and_as_it_was(
    township: Agency, supervisor_client: Client, administrator_client: Client
) -> None:
    page = text_of(upload(supervisor_client, f"{township.code},,甲,填报员,,,"))
    for client, sent in (
        (administrator_client, sent_by(page)),
        (supervisor_client, sent_by(page) | {"sealed": sent_by(page)["sealed"][:-3] + "abc"}),
    ):
        assert "预览已经过时" in text_of(client.post(CONFIRM, sent, follow=True))
    assert not User.objects.filter(first_name="甲").exists()


# ---- the handout ----


def test_passwords_are_shown_once_downloaded_once_and_stored_nowhere(
    township: Agency, supervisor_client: Client
) -> None:
    page = text_of(confirmed(supervisor_client, text_of(upload(supervisor_client, f"{township.code},,=1+1,填报员,,,"))))
    ((username, password),) = passwords_in(page).items()
    assert page.count(password) == 2, "in the table, and on the slip that is printed"
    assert password not in text_of(supervisor_client.get(OFFICE))
    sealed = sent_by(page)["sealed"]
    answer = supervisor_client.post(HANDOUT, {"sealed": sealed, "kind": "csv"})
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.decode("utf-8-sig").splitlines()[1] == (
        f"{township.full_name},'=1+1,填报员,{username},{password}"
    ), "a name is no formula"
    again = supervisor_client.post(HANDOUT, {"sealed": sealed}, follow=True)
    assert "已经下载过" in text_of(again)
    stored = [str(session.get_decoded()) for session in Session.objects.all()]
    stored += [str(vars(record)) for record in AccountRecord.objects.all()]
    stored += [str(vars(person)) for person in User.objects.all()]
    assert not [text for text in stored if password in text]


def test_the_workbook_with_the_passwords_holds_text(township: Agency, supervisor_client: Client) -> None:
    page = text_of(confirmed(supervisor_client, text_of(upload(supervisor_client, f"{township.code},,@SUM,填报员,,,"))))
    answer = supervisor_client.post(HANDOUT, {"sealed": sent_by(page)["sealed"], "kind": "xlsx"})
    assert lines_of(answer)[1][1] == "@SUM"
    ((username, password),) = passwords_in(page).items()
    assert lines_of(answer)[1][3:] == [username, password]


def test_nobody_else_can_fetch_the_handout(township: Agency, supervisor_client: Client, administrator: User) -> None:
    page = text_of(confirmed(supervisor_client, text_of(upload(supervisor_client, f"{township.code},,甲,填报员,,,"))))
    other = signed_in(administrator)
    assert other.post(HANDOUT, {"sealed": sent_by(page)["sealed"]}).status_code == 302
    assert supervisor_client.get(HANDOUT).status_code == 405
