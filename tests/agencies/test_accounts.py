"""The office's page of accounts: handed over, reset, deactivated, and who may do that to whom."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from agencies.accounts.acts import issue
from agencies.accounts.spreadsheet import AccountRow
from agencies.models import AccountAct, AccountRecord, Agency, Division, Kind, Level, Membership, Role, User
from reports import lifecycle
from reports.models import Change
from tests.agencies.accounts import (
    ACT,
    CONFIRM,
    MEND,
    NEW,
    OFFICE,
    RECORDS,
    chosen,
    confirmed,
    passwords_in,
    sent_by,
    upload,
)
from tests.conftest import agency, division, signed_in, user
from tests.pages import text_of

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
    issue([AccountRow(1, code=township.code, person="新人", role="填报员")], supervisor)
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
