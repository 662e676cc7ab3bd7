"""The office's page of accounts: issued from a table, handed over, reset, deactivated, and who may do that to whom."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from python_calamine import CalamineWorkbook

from agencies.accounts.acts import issue
from agencies.accounts.spreadsheet import Row
from agencies.models import AccountAct, AccountRecord, Agency, Division, Kind, Level, Membership, Role, User
from reports import lifecycle
from reports.models import Change
from tests.conftest import agency, division, signed_in, user
from tests.pages.entering import text_of

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


# ---- issued from a table ----


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


# ---- handed over ----


def test_who_takes_over_finds_the_draft_and_who_leaves_is_out_while_the_history_keeps_the_name(
    township: Agency, clerk: User, supervisor: User, clerk_client: Client, supervisor_client: Client
) -> None:
    clerk.first_name = "老王"
    clerk.save()
    lifecycle.start_draft(township, 2025, clerk)
    draft = reverse("draft", args=[township.code, 2025])
    assert clerk_client.get(draft).status_code == 200
    membership = clerk.memberships.get()
    address = reverse("hand_over", args=[membership.pk])
    assert "老王（clerk）不再担任" in text_of(supervisor_client.get(address))
    page = text_of(supervisor_client.post(address, {"person": "小李", "email": "", "phone": ""}))
    ((username, password),) = passwords_in(page).items()

    clerk.refresh_from_db()
    assert (clerk.is_active, clerk.memberships.count()) == (False, 0)
    assert clerk_client.get(draft).status_code == 302, "signed out at once"
    successor = Client()
    successor.post(reverse("login"), {"username": username, "password": password})
    successor.post(reverse("password"), {"new_password1": "qing-shan-2026", "new_password2": "qing-shan-2026"})
    assert successor.get(draft).status_code == 200
    change = Change.objects.filter(version__report__agency=township).earliest("pk")
    assert change.made_by == clerk
    history = successor.get(reverse("history", args=[township.code, 2025]))
    assert "老王" in text_of(history)
    acts = AccountRecord.objects.filter(made_by=supervisor).order_by("pk").values_list("act", "username", "comment")
    assert list(acts) == [
        ("taken_over", username, "clerk"),
        ("left", "clerk", username),
        ("deactivated", "clerk", ""),
    ]


def test_many_are_handed_over_by_the_same_table(
    township: Agency, clerk: User, reviewer: User, supervisor_client: Client
) -> None:
    table = supervisor_client.get(f"{OFFICE}successors.csv").content.decode("utf-8-sig")
    assert f"{township.code},{township.full_name},,填报员,,,clerk," in table
    filled = table.replace("人民政府,,填报员", "人民政府,新人,填报员")
    page = text_of(upload(supervisor_client, data=filled.encode("utf-8-sig")))
    assert "将开通，接替 clerk" in page
    confirmed(supervisor_client, page)
    assert not Membership.objects.filter(user=clerk).exists()
    assert Membership.objects.filter(user=reviewer).exists(), "a line that names nobody is passed over"


def test_who_also_acts_elsewhere_leaves_here_only(
    township: Agency, foreign_township: Agency, clerk: User, supervisor_client: Client
) -> None:
    Membership.objects.create(user=clerk, agency=foreign_township, role=Role.CLERK)
    page = text_of(supervisor_client.get(OFFICE))
    assert "另在别处任职，不能重置" in page
    assert supervisor_client.post(ACT, {"act": "reset", "account": [clerk.pk]}).status_code == 404
    here = clerk.memberships.get(agency=township)
    supervisor_client.post(reverse("hand_over", args=[here.pk]), {"person": "小李"})
    clerk.refresh_from_db()
    assert (clerk.is_active, [one.agency for one in clerk.memberships.all()]) == (True, [foreign_township])


def test_a_successor_without_a_name_or_with_one_that_is_there_is_refused_at_the_field(
    township: Agency, clerk: User, colleague: User, supervisor_client: Client
) -> None:
    colleague.first_name = "小李"
    colleague.save()
    address = reverse("hand_over", args=[clerk.memberships.get().pk])
    for person, said in (("", "请填姓名。"), ("小李", "已经有这里的填报员账号 colleague")):
        answer = supervisor_client.post(address, {"person": person})
        assert (answer.status_code, said in text_of(answer)) == (422, True)
    assert clerk.memberships.exists()


# ---- reset, deactivated, reactivated ----


def test_a_reset_is_confirmed_first_ends_every_visit_and_gives_new_passwords(
    township: Agency, clerk: User, colleague: User, clerk_client: Client, supervisor_client: Client
) -> None:
    asked = text_of(supervisor_client.post(ACT, {"act": "reset", "account": [clerk.pk, colleague.pk]}))
    assert "重置 2 个账号的密码？" in asked
    assert clerk_client.get("/filing/").status_code == 200, "nothing has happened yet"
    page = text_of(supervisor_client.post(ACT, sent_by(asked)))
    issued = passwords_in(page)
    assert set(issued) == {"clerk", "colleague"}
    assert clerk_client.get("/filing/").status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password(issued["clerk"])
    assert clerk.must_change_password
    assert AccountRecord.objects.filter(act=AccountAct.RESET).count() == 2

    again = supervisor_client.post(ACT, sent_by(asked), follow=True)
    assert "没有再办" in text_of(again)
    clerk.refresh_from_db()
    assert clerk.check_password(issued["clerk"]), "a double click leaves the passwords that were shown"


def test_who_is_deactivated_is_out_at_once_and_no_old_visit_begins_again(
    clerk: User, clerk_client: Client, supervisor_client: Client
) -> None:
    chosen(supervisor_client, "deactivate", clerk, comment="长期病假")
    assert clerk_client.get("/filing/").status_code == 302
    answer = Client().post(reverse("login"), {"username": "clerk", "password": "nianbao-demo"})
    assert "用户名或密码不对" in text_of(answer)
    page = text_of(chosen(supervisor_client, "reactivate", clerk))
    assert clerk_client.get("/filing/").status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password(passwords_in(page)["clerk"])
    assert not clerk.check_password("nianbao-demo")
    acts = AccountRecord.objects.order_by("pk").values_list("act", "comment")
    assert list(acts) == [("deactivated", "长期病假"), ("reactivated", "")]


def test_an_act_passes_over_what_it_does_not_fit(clerk: User, colleague: User, supervisor_client: Client) -> None:
    chosen(supervisor_client, "deactivate", clerk)
    asked = text_of(supervisor_client.post(ACT, {"act": "reset", "account": [clerk.pk, colleague.pk]}))
    assert "重置 1 个账号的密码？" in asked
    assert "另选中的 1 个已经停用，不受影响" in asked
    for act, person, said in (
        ("reset", clerk, "选中的账号都已停用"),
        ("reactivate", colleague, "选中的账号都在使用中"),
    ):
        answer = supervisor_client.post(ACT, {"act": act, "account": [person.pk]}, follow=True)
        assert said in text_of(answer)
    assert "没有选中账号" in text_of(supervisor_client.post(ACT, {"act": "reset"}, follow=True))
    assert supervisor_client.post(ACT, {"act": "promote", "account": [clerk.pk]}).status_code == 404


def test_all_that_a_filter_lets_through_are_reset_together(
    township: Agency, supervisor_client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20  # however many accounts, one page is confirmed by few fields
    everybody = User.objects.bulk_create(User(username=f"clerk{number:03}", password="!") for number in range(130))
    Membership.objects.bulk_create(Membership(user=one, agency=township, role=Role.CLERK) for one in everybody)
    page = supervisor_client.post(ACT, {"act": "deactivate", "all": "1", "q": "clerk1", "role": "clerk", "state": ""})
    assert "停用 30 个账号？" in text_of(page)
    supervisor_client.post(ACT, sent_by(text_of(page)))
    assert User.objects.filter(is_active=False).count() == 30


# ---- who may do it to whom ----


def test_only_a_supervisor_has_these_pages(
    township: Agency, reader: Client, clerk_client: Client, reviewer_client: Client
) -> None:
    pages = (OFFICE, NEW, RECORDS, f"{NEW}accounts.xlsx", f"{OFFICE}successors.xlsx")
    for address in pages:
        assert reader.get(address)["Location"].startswith(reverse("login"))
        assert clerk_client.get(address).status_code == 403
        assert reviewer_client.get(address).status_code == 403
    for address in (CONFIRM, ACT, MEND):
        assert clerk_client.post(address, {"act": "reset"}).status_code == 403


def test_nobody_beyond_the_subtree_or_at_the_own_level_is_seen_or_touched(
    county: Division, township: Agency, outsider: User, clerk: User, supervisor: User, supervisor_client: Client
) -> None:
    peer = user("peer", Agency.objects.get(pk=county.pk), Role.SUPERVISOR)
    above = user("above", Agency.objects.get(pk="990100000000"), Role.SUPERVISOR)
    page = text_of(supervisor_client.get(OFFICE))
    assert "clerk" in page
    for person in (outsider, peer, above, supervisor):
        assert f">{person.username}</td>" not in page
        for act in ("reset", "deactivate", "reactivate"):
            assert supervisor_client.post(ACT, {"act": act, "account": [person.pk, clerk.pk]}).status_code == 404
        address = reverse("hand_over", args=[person.memberships.get().pk])
        assert supervisor_client.get(address).status_code == 404
        assert supervisor_client.post(address, {"person": "甲"}).status_code == 404
    assert signed_in(above).get(reverse("hand_over", args=[peer.memberships.get().pk])).status_code == 200
    assert not AccountRecord.objects.exists()


def test_a_supervisor_keeps_no_administrator(
    township: Agency, administrator: User, supervisor: User, supervisor_client: Client
) -> None:
    Membership.objects.create(user=administrator, agency=township, role=Role.CLERK)
    assert supervisor_client.post(ACT, {"act": "reset", "account": [administrator.pk]}).status_code == 404


def test_what_was_tampered_with_is_not_found(supervisor_client: Client) -> None:
    for key in ("1; drop", "9" * 30, "-1", "٣"):
        answer = supervisor_client.post(ACT, {"act": "reset", "account": [key]})
        assert answer.status_code in (302, 404)


# ---- the list ----


def test_the_list_is_narrowed_by_words_role_and_how_an_account_stands(
    township: Agency, clerk: User, reviewer: User, colleague: User, supervisor: User, supervisor_client: Client
) -> None:
    issue([Row(1, code=township.code, person="新人", role="填报员")], supervisor)
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    def shown(query: str) -> list[str]:
        return re.findall(r'<td class="username">([^<]+)</td>', text_of(supervisor_client.get(f"{OFFICE}?{query}")))

    assert shown("role=reviewer") == ["reviewer"]
    assert shown("q=新人") == ["990101101.1"]
    assert shown("state=waiting") == ["990101101.1"]
    assert shown("state=inactive") == ["colleague"]
    assert shown("state=used") == ["clerk", "reviewer"]
    assert shown("q=990102") == []
    assert "没有符合的账号" in text_of(supervisor_client.get(f"{OFFICE}?q=无此人"))


def test_the_records_are_those_of_the_subtree(
    township: Agency, clerk: User, outsider: User, supervisor_client: Client, administrator_client: Client
) -> None:
    chosen(administrator_client, "reset", outsider)
    chosen(supervisor_client, "reset", clerk)
    page = text_of(supervisor_client.get(RECORDS))
    assert "共 1 条" in page
    assert "重置密码</b> clerk" in page
    assert "outsider" not in page
    assert "共 2 条" in text_of(administrator_client.get(RECORDS))


def test_long_lists_take_a_fixed_number_of_queries(
    county: Division, township: Agency, supervisor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lines = []
    for number in range(200, 260):
        place = division(f"990101{number}000", f"第{number}镇", Level.TOWNSHIP, county)
        agency(place, f"第{number}镇人民政府", Kind.TOWNSHIP)
        lines.append(f"{place.code},,甲{number},填报员,,,")
    client = signed_in(supervisor)
    with django_assert_max_num_queries(12):
        page = text_of(upload(client, *lines))
    confirmed(client, page)
    with django_assert_max_num_queries(16):
        page = text_of(client.get(OFFICE))
    assert page.count('class="tick"') == 50
    assert "1 / 2" in page
    with django_assert_max_num_queries(9):
        client.get(RECORDS)
    with django_assert_max_num_queries(9):
        client.get(f"{OFFICE}successors.csv")
