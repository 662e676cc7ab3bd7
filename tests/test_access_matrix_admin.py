"""Every address of the admin site for every kind of visitor; one without a row here fails: who adds it says who may."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from agencies.models import AccountRecord, Agency, CountingRecord, User
from reports import lifecycle
from reports.models import Change, Finding, PendingImport, Source, Waiting
from tests.conftest import signed_in

NOBODY: frozenset[str] = frozenset()
ADMINISTRATOR = frozenset({"administrator"})
STAFF = ADMINISTRATOR | {"staff without rights"}
EVERYBODY = STAFF | {"reader", "clerk", "supervisor"}

CHANGED_HERE = {"auth/group", "agencies/division", "agencies/agency", "agencies/user"}
ONLY_SHOWN = {
    "django_tasks_database/dbtaskresult",
    "agencies/accountrecord",
    "agencies/countingrecord",
    "axes/accesslog",
    "axes/accessattempt",
    "reports/report",
    "reports/version",
    "reports/finding",
    "reports/change",
    "reports/source",
    "reports/pendingimport",
}

# By their patterns: who is answered with more than a refusal.
WHO_MAY: dict[str, frozenset[str]] = {
    "": STAFF,
    "login/": EVERYBODY,
    "logout/": EVERYBODY,
    "password_change/": STAFF,
    "password_change/done/": STAFF,
    "autocomplete/": ADMINISTRATOR,
    "jsi18n/": STAFF,
    "r/<path:content_type_id>/<path:object_id>/": STAFF,
    "agencies/user/<id>/password/": ADMINISTRATOR,
    "^(?P<app_label>auth|django_tasks_database|agencies|axes|reports)/$": ADMINISTRATOR,
    # Whatever is none of these.
    "(?P<url>.*)$": NOBODY,
}
for _model in CHANGED_HERE | ONLY_SHOWN:
    _may_write = ADMINISTRATOR if _model in CHANGED_HERE else NOBODY
    WHO_MAY |= {
        f"{_model}/": ADMINISTRATOR,
        f"{_model}/add/": _may_write,
        # Leads on to the page itself, whatever is there.
        f"{_model}/<path:object_id>/": STAFF,
        f"{_model}/<path:object_id>/change/": ADMINISTRATOR,
        f"{_model}/<path:object_id>/history/": ADMINISTRATOR,
        # Accounts are closed, not deleted.
        f"{_model}/<path:object_id>/delete/": NOBODY if _model == "agencies/user" else _may_write,
    }


def patterns(of: Any = None, before: str = "") -> Iterator[str]:
    if of is None:
        (site,) = (one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin")
        assert isinstance(site, URLResolver)
        of = site.url_patterns
    for pattern in of:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)


@pytest.fixture
def clients(clerk: User, supervisor: User, administrator: User) -> dict[str, Client]:
    staff = User.objects.create_user("staff", password="nianbao-demo", is_staff=True)
    people = {"clerk": clerk, "supervisor": supervisor, "staff without rights": staff, "administrator": administrator}
    return {"reader": Client()} | {role: signed_in(person) for role, person in people.items()}


@pytest.fixture
def rows(township: Agency, clerk: User) -> dict[str, Any]:
    """One row of each model, by the beginning of its addresses."""
    draft = lifecycle.start_draft(township, 2023, clerk)
    source = Source.objects.create(sha256="0" * 64, name="a.docx", size=1)
    made = [
        Group.objects.create(name="g"),
        township.division,
        township,
        User.objects.create_user("other"),
        AccountRecord.objects.create(act="reset", user=clerk, username="clerk", made_by=clerk),
        CountingRecord.objects.create(agency=township, since=datetime.date(2024, 1, 1), made_by=clerk),
        AccessLog.objects.create(username="clerk"),
        AccessAttempt.objects.create(username="clerk", failures_since_start=1),
        draft.report,
        draft,
        Finding.objects.create(version=draft, rule="carry_over", severity="warning", fingerprint="1" * 64),
        Change.objects.first(),
        source,
        PendingImport.objects.create(source=source, waiting_for=Waiting.CONFIRMATION, parsed={}),
        apps.get_model("django_tasks_database", "DBTaskResult").objects.create(
            task_path="reports.jobs.running.run_job", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
        ),
    ]
    found = {f"{row._meta.app_label}/{row._meta.model_name}": row for row in made if row is not None}
    assert found.keys() == CHANGED_HERE | ONLY_SHOWN
    return found


def test_every_address_of_the_admin_site_says_who_may_open_it() -> None:
    assert set(patterns()) == WHO_MAY.keys()
    shown = {f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry}
    assert shown == CHANGED_HERE | ONLY_SHOWN


def address_of(pattern: str, rows: dict[str, Any], agency: Agency) -> str:
    kind = ContentType.objects.get_for_model(agency)
    of_model = rows.get("/".join(pattern.split("/")[:2]))
    address = (
        pattern.replace("^(?P<app_label>auth|django_tasks_database|agencies|axes|reports)/$", "agencies/")
        .replace("(?P<url>.*)$", "no/such/page/")
        .replace("r/<path:content_type_id>/<path:object_id>/", f"r/{kind.pk}/{agency.pk}/")
        .replace("<id>", str(rows["agencies/user"].pk))
    )
    if of_model is not None:
        address = address.replace("<path:object_id>", str(of_model.pk))
    return f"/admin/{address}"


AUTOCOMPLETE = {"term": "青山", "app_label": "agencies", "model_name": "agency", "field_name": "division"}


def is_open(answer: Any) -> bool:
    if answer.status_code in (301, 302):
        return "login" not in answer["Location"]
    return answer.status_code not in (401, 403, 404, 405)


def test_nobody_opens_what_is_not_his_and_the_administrator_what_is(
    clients: dict[str, Client], rows: dict[str, Any], township: Agency
) -> None:
    # The last: nobody is signed in afterwards.
    for pattern in sorted(WHO_MAY, key=lambda pattern: pattern == "logout/"):
        address = address_of(pattern, rows, township)
        query = AUTOCOMPLETE if pattern == "autocomplete/" else {}
        opened = {
            role
            for role, client in clients.items()
            if is_open(client.post(address) if pattern == "logout/" else client.get(address, query))
        }
        assert opened == WHO_MAY[pattern], pattern


def test_nothing_that_is_only_shown_is_changed_by_whatever_is_posted(
    clients: dict[str, Client], rows: dict[str, Any]
) -> None:
    for model in ONLY_SHOWN:
        row = rows[model]
        before = type(row)._base_manager.filter(pk=row.pk).values().get()
        for place in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/"):
            answer = clients["administrator"].post(f"/admin/{model}/{place}", {"post": "yes"})
            assert answer.status_code == 403, place
        chosen = {"action": "delete_selected", "_selected_action": str(row.pk), "post": "yes"}
        clients["administrator"].post(f"/admin/{model}/", chosen)
        assert type(row)._base_manager.filter(pk=row.pk).values().get() == before
