"""The fixed cast: an invented county, the people who act in it, and one from next door.

示例省 (99), 示例市 (9901) has two counties: 示例县 (990101), where everybody works, and 邻水县 (990102), where the
outsider does.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, TransactionTestCase
from django.test.utils import override_settings
from hypothesis import settings as properties

from agencies.models import Agency, Division, Kind, Level, Membership, Role, User
from agencies.record import triggers

# How long an example takes depends on what else the machine does. With CI=true the examples are the same every time.
properties.register_profile("untimed", properties(), deadline=None)
properties.load_profile("untimed")

logger = logging.getLogger(__name__)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor != "postgresql":
        left_out = [item for item in items if item.get_closest_marker("postgresql")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


PROVINCE = "990000000000"
CITY = "990100000000"


def division(code: str, name: str, level: Level, parent: Division | None = None) -> Division:
    return Division.objects.create(code=code, name=name, level=level, parent=parent)


def agency(of: Division, name: str, kind: Kind, suffix: str = "", owes_report: bool = True) -> Agency:
    return Agency.objects.create(code=of.code + suffix, name=name, kind=kind, division=of, owes_report=owes_report)


def user(name: str, at: Agency, role: Role) -> User:
    person = User.objects.create_user(username=name, password="nianbao-demo")
    Membership.objects.create(user=person, agency=at, role=role)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """Real hashing takes most of a second per account, on purpose."""
    # One-time passwords are kept by Django's own, with few iterations.
    hashers = ["MD5PasswordHasher", "PBKDF2PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}" for name in hashers]):
        yield


@pytest.fixture(autouse=True)
def folder_of_the_originals(tmp_path: Path) -> Iterator[None]:
    """One for each test: it bears the key of the test's own database."""
    with override_settings(MEDIA_ROOT=str(tmp_path / "originals")):
        yield


@pytest.fixture(autouse=True)
def key_of_the_record() -> Iterator[None]:
    """One for all tests, so that none makes one in the folder of this installation."""
    with override_settings(RECORD_KEY="01" * 32):
        yield


@pytest.fixture(autouse=True)
def list_of_takedowns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One for each test; it would be done again to every database."""
    with override_settings(TAKEDOWN_ROOT=tmp_path_factory.mktemp("takedowns")):
        yield


@pytest.fixture(autouse=True, scope="session")
def records_go_with_their_tests() -> Iterator[None]:
    """A test that commits has its tables emptied afterwards, which the triggers refuse; emptying sends `post_migrate`, which
    puts them back."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(case: TransactionTestCase) -> None:
        triggers.drop()
        flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture(autouse=True, scope="session")
def what_follows_a_commit_follows_it_in_tests() -> Iterator[None]:
    """A test that is undone at its end never commits: what is to follow a commit is done where the outermost transaction of the
    program itself ends."""
    end_of_a_part = BaseDatabaseWrapper.savepoint_commit

    def end(database: BaseDatabaseWrapper, sid: str) -> None:
        end_of_a_part(database, sid)
        if not all(getattr(block, "_from_testcase", False) for block in database.atomic_blocks):
            return
        while database.run_on_commit:
            _sids, follow, robust = database.run_on_commit.pop(0)  # type: ignore[misc]
            try:
                follow()
            except Exception:
                if not robust:
                    raise
                logger.exception("What follows a commit failed.")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "savepoint_commit", end)
        yield


@pytest.fixture(autouse=True)
def quick_clients() -> Iterator[None]:
    """Where static files were collected, every client would go through all of them first."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture
def city(db: None) -> Division:
    province = division(PROVINCE, "示例省", Level.PROVINCE)
    place = division(CITY, "示例市", Level.CITY, province)
    agency(province, "示例省人民政府", Kind.GOVERNMENT)
    agency(place, "示例市人民政府", Kind.GOVERNMENT)
    return place


@pytest.fixture
def county(city: Division) -> Division:
    """示例县, with its government and one department."""
    place = division("990101000000", "示例县", Level.COUNTY, city)
    agency(place, "示例县人民政府", Kind.GOVERNMENT)
    agency(place, "示例县教育局", Kind.DEPARTMENT, suffix="-01")
    return place


@pytest.fixture
def township(county: Division) -> Agency:
    place = division("990101101000", "青山镇", Level.TOWNSHIP, county)
    return agency(place, "青山镇人民政府", Kind.TOWNSHIP)


@pytest.fixture
def other_township(county: Division) -> Agency:
    """A second township of the same county."""
    place = division("990101102000", "绿水镇", Level.TOWNSHIP, county)
    return agency(place, "绿水镇人民政府", Kind.TOWNSHIP)


@pytest.fixture
def other_county(city: Division) -> Division:
    place = division("990102000000", "邻水县", Level.COUNTY, city)
    agency(place, "邻水县人民政府", Kind.GOVERNMENT)
    return place


@pytest.fixture
def foreign_township(other_county: Division) -> Agency:
    """A township of the other county; where the outsider works."""
    place = division("990102101000", "远山镇", Level.TOWNSHIP, other_county)
    return agency(place, "远山镇人民政府", Kind.TOWNSHIP)


@pytest.fixture
def clerk(township: Agency) -> User:
    return user("clerk", township, Role.CLERK)


@pytest.fixture
def colleague(township: Agency) -> User:
    """The second clerk of the same township."""
    return user("colleague", township, Role.CLERK)


@pytest.fixture
def reviewer(township: Agency) -> User:
    return user("reviewer", township, Role.REVIEWER)


@pytest.fixture
def supervisor(county: Division) -> User:
    """At the government of 示例县: everything whose code begins with 990101."""
    return user("supervisor", Agency.objects.get(code=county.code), Role.SUPERVISOR)


@pytest.fixture
def outsider(foreign_township: Agency) -> User:
    """A clerk of the other county."""
    return user("outsider", foreign_township, Role.CLERK)


@pytest.fixture
def administrator(db: None) -> User:
    return User.objects.create_superuser(username="admin", password="nianbao-demo")


@pytest.fixture
def reader() -> Client:
    """Anybody, not signed in."""
    return Client()


@pytest.fixture
def clerk_client(clerk: User) -> Client:
    return signed_in(clerk)


@pytest.fixture
def colleague_client(colleague: User) -> Client:
    return signed_in(colleague)


@pytest.fixture
def reviewer_client(reviewer: User) -> Client:
    return signed_in(reviewer)


@pytest.fixture
def supervisor_client(supervisor: User) -> Client:
    return signed_in(supervisor)


@pytest.fixture
def outsider_client(outsider: User) -> Client:
    return signed_in(outsider)


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    return signed_in(administrator)
