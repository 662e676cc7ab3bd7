"""The site speaks Chinese to everybody, English to whoever asks for it, and says everything in both."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_browser_that_prefers_english_still_gets_chinese(reader: Client) -> None:
    response = reader.get("/", headers={"accept-language": "en-US,en;q=0.9"})
    assert response["Content-Language"] == "zh-Hans"
    assert '<html lang="zh-hans"' in response.content.decode()


def test_whoever_asks_for_english_gets_it_from_then_on(reader: Client) -> None:
    asked = reader.post("/display/", {"language": "en", "next": "/reports/"})
    assert asked["Location"] == "/reports/"
    response = reader.get("/reports/")
    assert response["Content-Language"] == "en"
    assert '<html lang="en"' in response.content.decode()


def test_whoever_goes_back_to_chinese_gets_chinese(reader: Client) -> None:
    reader.post("/display/", {"language": "en"})
    reader.post("/display/", {"language": "zh-hans"})
    assert reader.get("/")["Content-Language"] == "zh-Hans"


@pytest.mark.parametrize("language", ["fr", "zh", "EN", "../en", ""])
def test_a_language_that_the_site_does_not_speak_means_chinese(reader: Client, language: str) -> None:
    reader.cookies["django_language"] = language
    assert reader.get("/")["Content-Language"] == "zh-Hans"


def test_one_reader_s_language_is_not_the_next_one_s(reader: Client) -> None:
    reader.post("/display/", {"language": "en"})
    reader.get("/")
    assert '<html lang="zh-hans"' in Client().get("/").content.decode()


def test_caches_keep_the_languages_apart(reader: Client) -> None:
    assert "Cookie" in reader.get("/")["Vary"]


def test_the_admin_site_follows_the_same_choice(administrator_client: Client) -> None:
    assert '<html lang="zh-hans"' in administrator_client.get("/admin/").content.decode()
