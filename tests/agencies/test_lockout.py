"""Guessing passwords: a name from one address, a name from anywhere, any name from one address."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from agencies.accounts.acts import reset
from agencies.lockout import address_of, locked_names, wait_after
from agencies.models import Agency, User
from tests.pages import text_of

LOGIN = "/accounts/login/"
LOCKED = "暂时不能登录"


def guess(name: str = "clerk", password: str = "wrong", address: str = "203.0.113.5") -> Any:
    return Client().post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_eight_wrong_passwords_lock_the_name_there_and_nobody_else(
    township: Agency, clerk: User, reviewer: User
) -> None:
    for _number in range(7):
        assert guess().status_code == 200
    assert guess().status_code == 429, "the eighth"
    answer = guess(password="nianbao-demo")
    page = text_of(answer)
    assert (answer.status_code, LOCKED in page) == (429, True)
    assert "主管部门在“账号”页选中您的账号，重置密码" in page, "who can unlock it, and how"
    assert guess(password="nianbao-demo", address="203.0.113.6").status_code == 302, "the office itself goes on"
    assert guess("reviewer", "nianbao-demo").status_code == 302


@pytest.mark.parametrize("name", ["ｃｌｅｒｋ", "clerk "])
def test_another_spelling_of_the_name_counts_for_it(name: str, township: Agency, clerk: User) -> None:
    for _number in range(8):
        guess(name)
    assert guess(password="nianbao-demo").status_code == 429


def test_many_addresses_guessing_one_password_lock_the_name_everywhere(
    township: Agency, clerk: User, settings: Settings
) -> None:
    settings.FAILURES_FROM_ANYWHERE = 15
    for number in range(15):
        guess(address=f"203.0.113.{number}")
    assert guess(password="nianbao-demo", address="198.51.100.1").status_code == 429
    assert locked_names() == ["clerk"]


def test_one_address_guessing_at_many_names_is_locked_for_all(
    township: Agency, clerk: User, settings: Settings
) -> None:
    settings.FAILURES_FROM_ONE_ADDRESS = 20
    for number in range(20):
        guess(f"990101101.{number}")
    assert guess(password="nianbao-demo").status_code == 429
    assert guess(password="nianbao-demo", address="203.0.113.6").status_code == 302
    assert locked_names() == []


def test_a_lock_goes_by_itself_and_is_not_prolonged_by_trying(township: Agency, clerk: User) -> None:
    for _number in range(8):
        guess()
    guess()
    assert AccessAttempt.objects.get().failures_since_start == 8
    pass_time(seconds=50)
    assert guess(password="nianbao-demo").status_code == 429
    pass_time(seconds=15)
    assert guess(password="nianbao-demo").status_code == 302


def test_each_further_wrong_password_doubles_the_wait_up_to_a_quarter_of_an_hour(township: Agency, clerk: User) -> None:
    for _number in range(8):
        guess()
    for minutes in (1, 2, 4, 8, 15, 15):
        pass_time(minutes=minutes, seconds=-10)
        assert guess(password="nianbao-demo").status_code == 429, minutes
        pass_time(seconds=15)
        assert guess().status_code == 429, "counted, and locked again"
    pass_time(minutes=15, seconds=5)
    assert guess(password="nianbao-demo").status_code == 302


@pytest.mark.parametrize("limit", [8, 40, 100])
def test_waits_grow_with_an_eighth_of_each_limit(limit: int) -> None:
    minutes = [wait_after(limit + math.ceil(further * limit / 8), limit).total_seconds() / 60 for further in range(6)]
    assert minutes == [1, 2, 4, 8, 15, 15]
    assert wait_after(limit - 1, limit).total_seconds() == 0


def test_after_an_hour_of_rest_everything_begins_anew(township: Agency, clerk: User) -> None:
    for _number in range(8):
        guess()
    pass_time(minutes=61)
    for _number in range(7):
        assert guess().status_code == 200


def test_signing_in_forgets_what_failed_there_and_nothing_from_elsewhere(township: Agency, clerk: User) -> None:
    for _number in range(7):
        guess()
    guess(address="198.51.100.1")
    assert guess(password="nianbao-demo").status_code == 302
    assert list(AccessAttempt.objects.values_list("ip_address", flat=True)) == ["198.51.100.1"]
    for _number in range(7):
        assert guess().status_code == 200


PROXY = "10.0.0.1"


def attack(times: int, address: str = PROXY) -> None:
    """Wrong passwords through one address: for the clerk, and for many other names."""
    for number in range(times):
        guess("clerk" if number < 8 else f"990101101.{number}", address=address)


def sign_in(client: Client, name: str = "clerk", password: str = "nianbao-demo", address: str = PROXY) -> int:
    """Anew, in a browser that keeps the marks of its devices."""
    client.cookies.pop("sessionid", None)
    return int(client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address).status_code)


def test_105_guesses_through_one_address_shut_no_known_device_out_and_others_for_a_minute(
    township: Agency, clerk: User, reviewer: User
) -> None:
    known = Client()
    assert sign_in(known) == 302
    attack(105)
    assert AccessAttempt.objects.count() > 80
    assert sign_in(known) == 302
    assert sign_in(Client()) == 429
    assert sign_in(Client(), "reviewer") == 429
    pass_time(minutes=1, seconds=5)
    assert sign_in(Client(), "reviewer") == 302, "a new device of another name"


def test_guesses_from_everywhere_do_not_lock_a_known_device(township: Agency, clerk: User) -> None:
    known = Client()
    sign_in(known, address="198.51.100.1")
    for number in range(45):
        guess(address=f"203.0.113.{number}")
    assert sign_in(Client(), address="198.51.100.1") == 429
    assert sign_in(known, address="198.51.100.1") == 302


def test_a_known_device_waits_for_its_own_wrong_passwords_only_and_makes_nobody_else_wait(
    township: Agency, clerk: User
) -> None:
    known = Client()
    sign_in(known)
    for _number in range(8):
        sign_in(known, password="wrong")
    assert sign_in(known) == 429
    assert sign_in(known, address="198.51.100.1") == 429, "carried elsewhere"
    assert locked_names() == ["clerk"]
    assert sign_in(Client()) == 302


def test_a_device_is_known_for_the_account_that_signed_in_there_and_for_no_other(
    township: Agency, clerk: User, reviewer: User
) -> None:
    shared = Client()
    sign_in(shared, "clerk")
    for _number in range(8):
        guess("reviewer", address=PROXY)
    assert sign_in(shared, "reviewer") == 429
    pass_time(minutes=1, seconds=5)
    assert sign_in(shared, "reviewer") == 302
    assert len(marks(shared)) == 2


@pytest.mark.parametrize("forged", ["", "x", "abc:1sXyZ0:signature"])
def test_a_mark_that_is_not_signed_here_makes_no_known_device(forged: str, township: Agency, clerk: User) -> None:
    known = Client()
    sign_in(known)
    (name,) = marks(known)
    stranger = Client(HTTP_USER_AGENT=known.cookies[name].value)
    stranger.cookies[name] = forged
    for _number in range(8):
        sign_in(stranger, password="wrong")
    assert AccessAttempt.objects.get().user_agent == ""
    assert guess(address=PROXY).status_code == 429


def test_another_name_of_the_browser_does_not_begin_the_count_anew(township: Agency, clerk: User) -> None:
    for number in range(8):
        sign_in(Client(HTTP_USER_AGENT=f"Browser/{number}"), password="wrong")
    assert sign_in(Client()) == 429


def test_the_mark_is_out_of_reach_of_scripts_lasts_and_names_nobody(township: Agency, clerk: User) -> None:
    known = Client()
    sign_in(known)
    (name,) = marks(known)
    mark = known.cookies[name]
    assert (mark["httponly"], mark["samesite"], mark["max-age"] > 300 * 24 * 3600) == (True, "Lax", True)
    assert "clerk" not in f"{name}{mark.value}"


def test_a_browser_keeps_the_marks_of_its_last_people_only(township: Agency, clerk: User, settings: Settings) -> None:
    shared = Client()
    for number in range(25):
        shared.cookies[f"device-{number:016}"] = "x"
    sign_in(shared)
    assert len([name for name in marks(shared) if shared.cookies[name].value]) == 20


def marks(client: Client) -> list[str]:
    return [name for name in client.cookies if name.startswith("device-")]


def pass_time(**span: float) -> None:
    """As if what failed had failed so much earlier."""
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - datetime.timedelta(**span))


def test_the_supervisor_sees_the_lock_and_lifts_it_with_a_reset(
    township: Agency, clerk: User, supervisor: User, supervisor_client: Client
) -> None:
    for _number in range(8):
        guess()
    page = text_of(supervisor_client.get("/accounts/office/?state=locked"))
    assert "输错密码太多次；重置密码即解锁" in page
    (issued,) = reset([clerk], supervisor)
    assert guess(password=issued.password)["Location"] == "/desk/"
    assert "没有符合的账号" in text_of(supervisor_client.get("/accounts/office/?state=locked"))


def test_no_password_is_kept_of_what_was_tried(township: Agency, clerk: User) -> None:
    guess(password="my-real-password-with-a-typo")
    assert "my-real" not in str(vars(AccessAttempt.objects.get()))


def test_the_admin_site_is_guarded_as_well(administrator: User) -> None:
    client = Client(REMOTE_ADDR="203.0.113.5")
    for _number in range(8):
        client.post("/admin/login/", {"username": "admin", "password": "wrong"})
    answer = client.post("/admin/login/", {"username": "admin", "password": "nianbao-demo"})
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "198.51.100.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.1, 198.51.100.9", "198.51.100.9"),
        (2, "192.0.2.1, 203.0.113.1, 198.51.100.9", "203.0.113.1"),
        (3, "198.51.100.9", "198.51.100.9"),
    ],
)
def test_what_a_request_says_of_its_address_is_believed_of_our_proxies_only(
    proxies: int, said: str, address: str, settings: Settings
) -> None:
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    headers = {"X-Forwarded-For": said} if said else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers=headers)) == address


def test_a_request_from_nowhere_has_no_address() -> None:
    assert address_of(HttpRequest()) == ""
