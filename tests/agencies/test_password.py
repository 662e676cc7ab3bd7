"""The own password: a one-time password opens nothing but the page on which it is changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from agencies.accounts.acts import IssuedAccount, reset
from agencies.models import AccountAct, AccountRecord, Agency, User
from reports import lifecycle
from reports.models import Version
from tests.conftest import signed_in
from tests.pages import text_of
from tests.record.sealed import as_operator

LOGIN, PASSWORD = "/accounts/login/", "/accounts/password/"
CHOSEN = "qing-shan-2026"


@pytest.fixture
def issued(township: Agency, clerk: User, supervisor: User) -> IssuedAccount:
    return reset([clerk], supervisor)[0]


@pytest.fixture
def newcomer(issued: IssuedAccount) -> Client:
    """The clerk, signed in with the one-time password."""
    client = Client()
    answer = client.post(LOGIN, {"username": "clerk", "password": issued.password})
    assert answer["Location"] == "/desk/"
    return client


def test_whoever_comes_with_a_one_time_password_reaches_no_other_page(newcomer: Client) -> None:
    """Every address of the site that needs no argument, and some that do."""
    addresses = set()
    for name in get_resolver().reverse_dict:
        try:
            addresses.add(reverse(str(name)))
        except NoReverseMatch:
            continue
    closed = addresses | {"/admin/", "/filing/990101101000/2025/", "/api/v1/reports/", "/accounts/office/"}
    closed -= {LOGIN, PASSWORD, "/accounts/logout/", "/display/", "/language/"}
    assert len(closed) > 15
    for address in sorted(closed):
        for answer in (newcomer.get(address), newcomer.post(address)):
            assert answer.status_code == 302, address
            assert answer["Location"].startswith(PASSWORD), address


def test_programs_and_fragments_are_told_in_their_own_way(newcomer: Client) -> None:
    fragment = newcomer.get("/filing/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, PASSWORD)
    program = newcomer.post("/filing/990101101000/2025/", {}, content_type="application/json")
    assert (program.status_code, program.json()["error"]) == (403, "must_change_password")


def test_it_is_changed_first_and_then_the_page_that_was_wanted_opens(newcomer: Client, clerk: User) -> None:
    answer = newcomer.get("/filing/?x=1", follow=True)
    page = text_of(answer)
    assert "请先设定自己的密码" in page
    assert "主导航" not in page, "nothing leads anywhere yet"
    assert 'name="old_password"' not in page
    sent = {"new_password1": CHOSEN, "new_password2": CHOSEN, "next": "/filing/?x=1"}
    answer = newcomer.post(PASSWORD, sent)
    assert answer["Location"] == "/filing/?x=1"
    assert newcomer.get("/filing/").status_code == 200
    clerk.refresh_from_db()
    assert not clerk.must_change_password
    record = AccountRecord.objects.get(act=AccountAct.CHANGED_PASSWORD)
    assert (record.user, record.made_by) == (clerk, clerk)


def test_without_a_wish_one_begins_with_what_is_due(newcomer: Client) -> None:
    sent = {"new_password1": CHOSEN, "new_password2": CHOSEN, "next": "https://elsewhere.example/"}
    answer = newcomer.post(PASSWORD, sent, follow=True)
    assert answer.redirect_chain[-1][0] == "/filing/"
    assert "青山镇人民政府" in text_of(answer)


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("", "", "必填"),
        ("qing-shan", "qing-shen", "不一致"),
        ("short", "short", "密码太短，至少要 8 个字符。"),
        ("12345678901", "12345678901", "数字"),
        ("password", "password", "常见"),
        ("ONE-TIME", "ONE-TIME", "新密码与现在的密码相同，请换一个。"),
    ],
)
def test_a_poor_password_is_refused_with_a_reason(
    first: str, second: str, said: str, newcomer: Client, issued: IssuedAccount, clerk: User
) -> None:
    first, second = (issued.password if typed == "ONE-TIME" else typed for typed in (first, second))
    answer = newcomer.post(PASSWORD, {"new_password1": first, "new_password2": second})
    assert (answer.status_code, said in text_of(answer)) == (422, True), text_of(answer)
    clerk.refresh_from_db()
    assert clerk.must_change_password


def test_the_one_time_password_opens_nothing_more(newcomer: Client, issued: IssuedAccount) -> None:
    newcomer.post(PASSWORD, {"new_password1": CHOSEN, "new_password2": CHOSEN})
    answer = Client().post(LOGIN, {"username": "clerk", "password": issued.password})
    assert "用户名或密码不对" in text_of(answer)


def given(days: int) -> None:
    """Every password so far was given so long ago."""
    with as_operator():
        AccountRecord._base_manager.update(made_at=timezone.now() - timedelta(days=days))


def test_what_nobody_used_in_time_opens_nothing_and_says_whom_to_ask(
    newcomer: Client, issued: IssuedAccount, clerk: User, supervisor: User
) -> None:
    given(days=29)
    assert newcomer.get(PASSWORD).status_code == 200
    given(days=31)
    for address in (PASSWORD, "/filing/"):
        late = Client()
        late.post(LOGIN, {"username": "clerk", "password": issued.password})
        page = text_of(late.get(address, follow=True))
        assert "一次性密码已经过期。请联系主管部门重置" in page
        assert 'name="password"' in page, "back at the door"
        assert "_auth_user_id" not in late.session
    program = newcomer.post("/filing/990101101000/2025/", {}, content_type="application/json")
    assert program.json()["error"] == "one_time_password_expired"
    anew = Client()
    anew.post(LOGIN, {"username": "clerk", "password": reset([clerk], supervisor)[0].password})
    assert anew.get(PASSWORD).status_code == 200


def test_a_chosen_password_and_one_given_on_the_admin_site_do_not_expire_with_an_earlier_one(
    newcomer: Client, clerk: User
) -> None:
    newcomer.post(PASSWORD, {"new_password1": CHOSEN, "new_password2": CHOSEN})
    given(days=400)
    assert newcomer.get("/filing/").status_code == 200
    admin = User.objects.create_superuser("admin", password=CHOSEN)
    given_by_hand = {"password1": "hand-made-2026", "password2": "hand-made-2026"}
    signed_in(admin).post(f"/admin/agencies/user/{clerk.pk}/password/", given_by_hand)
    again = Client()
    again.post(LOGIN, {"username": "clerk", "password": "hand-made-2026"})
    assert again.get(PASSWORD).status_code == 200


def test_at_will_the_old_one_is_asked_for_and_other_visits_end(clerk: User, clerk_client: Client) -> None:
    elsewhere = signed_in(clerk)
    assert 'name="old_password"' in text_of(clerk_client.get(PASSWORD))
    sent = {"old_password": "wrong", "new_password1": CHOSEN, "new_password2": CHOSEN}
    assert clerk_client.post(PASSWORD, sent).status_code == 422
    clerk_client.post(PASSWORD, sent | {"old_password": "nianbao-demo"})
    assert clerk_client.get("/filing/").status_code == 200, "the visit in which it was changed goes on"
    assert elsewhere.get("/filing/").status_code == 302


def test_each_begins_where_the_work_is(
    clerk_client: Client, reviewer_client: Client, supervisor_client: Client, administrator_client: Client
) -> None:
    assert clerk_client.get("/desk/")["Location"] == "/filing/"
    assert reviewer_client.get("/desk/")["Location"] == "/filing/"
    assert supervisor_client.get("/desk/")["Location"] == "/review/"
    assert administrator_client.get("/desk/")["Location"] == "/"
    assert Client().get("/desk/")["Location"].startswith(LOGIN)


def test_the_home_of_a_newcomer_says_what_is_due(newcomer: Client) -> None:
    newcomer.post(PASSWORD, {"new_password1": CHOSEN, "new_password2": CHOSEN})
    page = text_of(newcomer.get("/filing/"))
    assert "要办的事" in page
    assert "开始填报" in page


def test_signing_in_again_beside_an_open_form_lets_no_one_time_password_in(
    township: Agency, clerk: User, supervisor: User
) -> None:
    version = lifecycle.start_draft(township, 2025, clerk)
    (issued,) = reset([clerk], supervisor)
    sent = {"applications.received.natural_person": "3", "username": "clerk", "password": issued.password}
    client = Client()
    draft = reverse("draft", args=[township.code, 2025])
    answer = client.post(draft, sent)
    page = text_of(answer)
    assert (answer.status_code, "这是一次性密码，还不能用来保存" in page) == (401, True)
    assert 'name="applications.received.natural_person" value="3"' in page, "nothing that was typed is lost"
    version.refresh_from_db()
    assert version.figures["applications.received.natural_person"] is None
    assert client.get("/filing/")["Location"].startswith(LOGIN)

    elsewhere = Client()
    elsewhere.post(LOGIN, {"username": "clerk", "password": issued.password})
    elsewhere.post(PASSWORD, {"new_password1": CHOSEN, "new_password2": CHOSEN})
    client.post(draft, sent | {"password": CHOSEN})
    version = Version.objects.get(pk=version.pk)
    assert version.figures["applications.received.natural_person"] == 3
