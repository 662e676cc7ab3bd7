"""The site speaks Chinese to everybody, English to whoever asks for it, and says everything in both."""

from __future__ import annotations

import gettext
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from lxml import html

from agencies.models import Agency, Membership, Role, User
from tests.published import ONE_GRANTED, publish

CATALOGUE = settings.BASE_DIR / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")


@pytest.mark.django_db
def test_a_browser_that_prefers_english_still_gets_chinese(reader: Client) -> None:
    response = reader.get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert response["Content-Language"] == "zh-Hans"
    assert '<html lang="zh-hans"' in response.content.decode()


@pytest.mark.django_db
def test_whoever_asks_for_english_gets_it_from_then_on(reader: Client) -> None:
    asked = reader.post("/language/", {"language": "en", "next": "/reports/"})
    assert asked["Location"] == "/reports/"
    response = reader.get("/reports/")
    assert response["Content-Language"] == "en"
    assert '<html lang="en"' in response.content.decode()


@pytest.mark.django_db
def test_whoever_goes_back_to_chinese_gets_chinese(reader: Client) -> None:
    reader.post("/language/", {"language": "en"})
    reader.post("/language/", {"language": "zh-hans"})
    assert reader.get("/")["Content-Language"] == "zh-Hans"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "zh", "EN", "../en", ""])
def test_a_language_that_the_site_does_not_speak_means_chinese(reader: Client, language: str) -> None:
    reader.cookies["django_language"] = language
    assert reader.get("/")["Content-Language"] == "zh-Hans"


@pytest.mark.django_db
def test_one_reader_s_language_is_not_the_next_one_s(reader: Client) -> None:
    reader.post("/language/", {"language": "en"})
    reader.get("/")
    assert '<html lang="zh-hans"' in Client().get("/").content.decode()


@pytest.mark.django_db
def test_caches_keep_the_languages_apart(reader: Client) -> None:
    assert "Cookie" in reader.get("/")["Vary"]


def test_the_admin_site_follows_the_same_choice(administrator_client: Client) -> None:
    assert '<html lang="zh-hans"' in administrator_client.get("/admin/").content.decode()


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English catalogue after `make messages`, made from a copy of the sources."""
    if not (shutil.which("xgettext") and shutil.which("msgfmt")):
        pytest.skip("gettext is not installed on this machine")
    copy = tmp_path_factory.mktemp("sources")
    for room in ("agencies", "config", "reports", "templates"):
        shutil.copytree(settings.BASE_DIR / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "*.xz"))
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--locale", "en", "--no-obsolete", "--no-wrap"],
        cwd=copy,
        env=os.environ | {"DATABASE_URL": "sqlite:///:memory:"},
        check=True,
        capture_output=True,
    )
    return copy / CATALOGUE.relative_to(settings.BASE_DIR)


@pytest.mark.parametrize("untold", ["--untranslated", "--only-fuzzy"])
def test_everything_that_is_said_in_chinese_is_said_in_english(refreshed: Path, untold: str) -> None:
    found = subprocess.run(
        ["msgattrib", untold, "--no-wrap", str(refreshed)], check=True, capture_output=True, text=True
    )
    _header, *entries = found.stdout.split("\n\n")
    assert entries == []


def test_the_compiled_catalogue_is_what_the_readable_one_says(refreshed: Path, tmp_path: Path) -> None:
    compiled = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", str(compiled), str(refreshed)], check=True)
    assert messages(CATALOGUE.with_suffix(".mo")) == messages(compiled)


def messages(compiled: Path) -> dict[object, str]:
    with compiled.open("rb") as file:
        catalogue: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {chinese: english for chinese, english in catalogue.items() if chinese}


@pytest.fixture
def everybody(township: Agency, county: object) -> User:
    """A clerk who supervises, too, and so sees every page."""
    person = User.objects.create_user(username="everybody", password="nianbao-demo")
    for code, role in ((township.code, Role.CLERK), (township.code, Role.REVIEWER), ("990101000000", Role.SUPERVISOR)):
        Membership.objects.create(user=person, agency_id=code, role=role)
    return person


@pytest.fixture
def english(everybody: User) -> Iterator[Client]:
    client = Client()
    client.force_login(everybody)
    client.post("/language/", {"language": "en"})
    yield client
    translation.activate(settings.LANGUAGE_CODE)


def chinese_in(page: str, *known: str) -> set[str]:
    """The texts of a page that hold Chinese, what is known to be Chinese taken out."""
    document = html.fromstring(page)
    for element in document.xpath("//script | //*[starts-with(@lang, 'zh')]"):
        element.drop_tree()
    texts = set(document.xpath("//text() | //@title | //@aria-label | //@placeholder | //@alt"))
    for name in sorted(known, key=len, reverse=True):
        texts = {text.replace(name, "") for text in texts}
    return {text.strip() for text in texts if HAN.search(text)}


PAGES = (
    "/",
    "/reports/?q=青山&year=2023",
    "/reports/990101101000/2023/",
    "/reports/990101101000/2020/",
    "/reports/990101101000/2023/versions/",
    "/agencies/990101101000/",
    "/regions/",
    "/regions/990101000000/?year=2023",
    "/search/",
    "/search/?q=青山",
    "/compare/?agency=990101101000&agency=990101102000&find=示例",
    "/compare/?agency=990101101000&agency=990101102000&view=years",
    "/compare/?agency=990101101000&agency=990101102000&view=ranks",
    "/compare/?agency=990101101000&agency=990101102000&view=heat",
    "/compare/?browse=990101000000",
    "/rates/",
    "/rules/",
    "/rules/flow_balance/",
    "/data/",
    "/filing/",
    "/filing/990101101000/2024/",
    "/filing/990101101000/2025/",
    "/filing/990101101000/2024/history/",
    "/filing/990101101000/2024/extension/",
    "/filing/990101101000/2023/official/",
    "/filing/import/",
    "/filing/import/batches/",
    "/review/",
    "/review/progress/?year=2023",
    "/review/deadlines/",
    "/review/deadlines/990101101000/2024/",
    "/review/recheck/",
    "/review/scope/",
    "/review/counting/",
    "/accounts/password/",
    "/accounts/office/",
    "/accounts/office/new/",
    "/accounts/office/records/",
)
MISSING = ("/reports/990101101000/2022/", "/nowhere/")


def test_english_pages_speak_no_chinese_but_names(english: Client, township: Agency, other_township: Agency) -> None:
    broken = {"applications.received.business": 1, "disclosure.fees.amount": None}
    publish(township, 2020, ONE_GRANTED)
    publish(township, 2023, ONE_GRANTED | broken)
    publish(other_township, 2023)
    english.post("/filing/", {"agency": township.code, "year": "2024"})
    names = ["示例省", "示例市", "示例县", "教育局", "青山镇", "绿水镇", "青山", "示例", "人民政府", "邻水县"]
    documents = ["国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"]
    words = ["“复议”", "“无”"]  # what one may search for or find in a cell
    answers = {page: english.get(page) for page in (*PAGES, *MISSING)}
    left = {page: chinese_in(answer.content.decode(), *names, *documents, *words) for page, answer in answers.items()}

    assert [page for page, answer in answers.items() if answer.status_code != 200] == [*MISSING]
    assert {page: texts for page, texts in left.items() if texts} == {}
