"""Guessing passwords: a name from one address, a name from anywhere, any name from one address."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from agencies.accounts.acts import reset
from agencies.lockout import address_of, locked_names
from agencies.models import Agency, User
from tests.filing.entering import text_of

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
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time - datetime.timedelta(minutes=16))
    assert guess(password="nianbao-demo").status_code == 302


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
