"""A reader takes a published report home as a file."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.exporting.official import FORMATS
from reports.importing.read import read_report
from reports.standard import CURRENT
from tests.published import ONE_GRANTED, publish


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_comes_as_a_file_that_reads_the_same(reader: Client, township: Agency, form: str) -> None:
    publish(township, 2023, ONE_GRANTED, overview="全年收到申请1件。")
    response = reader.get(f"/reports/{township.code}/2023/download/{form}/")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{township.code}-2023.{form}"'
    parsed = read_report(response.content, f"a.{form}")
    assert parsed.figures == dict.fromkeys(CURRENT.figures, 0) | ONE_GRANTED
    assert parsed.narrative["overview"] == "全年收到申请1件。"


def test_an_earlier_version_stays_to_be_had(reader: Client, township: Agency) -> None:
    publish(township, 2023, ONE_GRANTED)
    publish(township, 2023)
    address = f"/reports/{township.code}/2023/download/json/"
    figures = [json.loads(reader.get(address + query).content)["figures"] for query in ("?version=1", "?version=2", "")]
    assert [each["applications.granted.total"] for each in figures] == [1, 0, 0]


@pytest.mark.parametrize("rest", ["download/exe/", "download/pdf/?version=9", "download/pdf/?version=x"])
def test_what_is_not_there_is_not_found(reader: Client, township: Agency, rest: str) -> None:
    publish(township, 2023)
    assert reader.get(f"/reports/{township.code}/2023/{rest}").status_code == 404


def test_drafts_are_not_handed_out(reader: Client, township: Agency) -> None:
    version = publish(township, 2023)
    type(version).objects.filter(pk=version.pk).update(state="draft")
    assert reader.get(f"/reports/{township.code}/2023/download/json/").status_code == 404


def test_the_report_page_leads_to_every_format(reader: Client, township: Agency) -> None:
    publish(township, 2023)
    page = reader.get(f"/reports/{township.code}/2023/").content.decode()
    assert all(f"/reports/{township.code}/2023/download/{form}/" in page for form in FORMATS)


def draft_file(township: Agency, form: str) -> str:
    return f"/filing/{township.code}/2023/download/{form}/"


def test_those_who_see_the_draft_take_it_home_named_a_draft(
    township: Agency, clerk: User, clerk_client: Client, supervisor_client: Client
) -> None:
    version = lifecycle.start_draft(township, 2023, clerk)
    lifecycle.save_draft(version, {"applications.granted.total": 1}, {"overview": "写到一半。"}, clerk)
    for client in (clerk_client, supervisor_client):
        page = client.get(f"/filing/{township.code}/2023/").content.decode()
        assert all(draft_file(township, form) in page for form in FORMATS)
        response = client.get(draft_file(township, "docx"))
        assert response["Content-Disposition"] == f'attachment; filename="{township.code}-2023-draft.docx"'
        parsed = read_report(response.content, "a.docx")
        assert parsed.figures == dict.fromkeys(CURRENT.figures) | {"applications.granted.total": 1}
        assert parsed.narrative["overview"] == "写到一半。"


def test_a_draft_is_kept_from_everybody_else(
    township: Agency, clerk: User, reader: Client, outsider_client: Client
) -> None:
    lifecycle.start_draft(township, 2023, clerk)
    assert reader.get(draft_file(township, "pdf"))["Location"].startswith(reverse("login"))
    assert outsider_client.get(draft_file(township, "pdf")).status_code == 404


def test_what_is_public_is_no_draft_any_more(township: Agency, clerk_client: Client) -> None:
    publish(township, 2023)
    response = clerk_client.get(draft_file(township, "json"))
    assert response["Content-Disposition"] == f'attachment; filename="{township.code}-2023.json"'
    assert clerk_client.get(draft_file(township, "exe")).status_code == 404
    assert clerk_client.get(draft_file(township, "pdf").replace("2023", "2022")).status_code == 404
