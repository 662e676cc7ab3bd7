"""Every address for every role, and every act for everybody whose business it is not.

A new address or act without a row here fails: who adds one says who may.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from agencies.models import Agency, Membership, Role, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.exporting.yearly import listed
from reports.intake.single_import import start_reading
from reports.models import BulkAct, Decision, Finding, PendingImport
from reports.takedown.acts import take_down
from tests.conftest import signed_in, user
from tests.intake.test_upload import page_of, send
from tests.jobs.batches import bring, sound_page
from tests.lifecycle.reports import ONE_CASE_OPEN, filled
from tests.published import publish

ROLES = (
    "reader",
    "clerk",
    "colleague",
    "reviewer",
    "supervisor",
    "neighbour",
    "outsider",
    "other supervisor",
    "former clerk",
    "former supervisor",
    "without a role",
    "administrator",
)
"""`neighbour` works for another township of the same county; the former ones brought or decided something, then moved on."""

EVERYBODY = frozenset(ROLES)
ACCOUNTS = EVERYBODY - {"reader"}
WITH_A_ROLE = ACCOUNTS - {"without a role"}
OFFICE = frozenset({"clerk", "colleague", "reviewer"})
OVER_IT = frozenset({"supervisor", "administrator"})
CONCERNED = OFFICE | OVER_IT
SUPERVISORS = OVER_IT | {"other supervisor", "former supervisor"}
FILERS = OFFICE | {"administrator"}

READERS = """
    home report_list report versions download agency compare compare_found compare_file rates rules rule regions nation_file
    region region_file search suggestions list_download datasets data_file robots sitemaps sitemap login display set_language
    api api_divisions api_agencies api_agency api_reports api_report api_compare api_regions api_region api_figures
    api_schema api_docs
"""

# By the names of the addresses: who may open it, as it is for 青山镇, its draft and what its clerk brought.
WHO_MAY: dict[str, frozenset[str]] = {
    **dict.fromkeys(READERS.split(), EVERYBODY),
    # Whoever has an account, each for himself.
    "desk": ACCOUNTS,
    "filing": ACCOUNTS,
    "batches": ACCOUNTS,
    "password": ACCOUNTS,
    # It opens what was sealed for this visit a moment ago and nothing else.
    "handout": ACCOUNTS,
    "upload": WITH_A_ROLE,
    # The office, its supervisors, and nobody else.
    "draft": CONCERNED,
    "draft_download": CONCERNED,
    "history": CONCERNED,
    "locate": CONCERNED,
    "texts": CONCERNED,
    "asking": FILERS,
    "source": CONCERNED,
    "source_view": CONCERNED,
    "source_page": CONCERNED,
    "reading": CONCERNED,
    "batch": CONCERNED,
    "batch_files": CONCERNED,
    "preview": CONCERNED,
    # Supervisors: each sees his own places in it.
    "review": SUPERVISORS,
    "progress": SUPERVISORS,
    "circular": SUPERVISORS,
    "recheck": SUPERVISORS,
    "scopes": SUPERVISORS,
    "counting": SUPERVISORS,
    "deadlines": SUPERVISORS,
    "office_accounts": SUPERVISORS,
    "new_accounts": SUPERVISORS,
    "account_template": SUPERVISORS,
    "account_list_file": SUPERVISORS,
    "account_records": SUPERVISORS,
    "act_on_accounts": SUPERVISORS,
    "confirm_accounts": SUPERVISORS,
    "faulty_rows": SUPERVISORS,
    "finding": OVER_IT,
    "extension": OVER_IT,
    "takedown": OVER_IT,
    "hand_over": OVER_IT,
    "record": EVERYBODY,
    "record_of_day": EVERYBODY,
    "proof": EVERYBODY,
    # The last: nobody is signed in afterwards.
    "logout": EVERYBODY,
}

POST_ONLY = frozenset(
    {"act_on_accounts", "confirm_accounts", "faulty_rows", "handout", "display", "set_language", "logout"}
)


def names(patterns: Any = None) -> Iterator[str]:
    """Every address of the site by its name, but those of the admin site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.name)


Places = dict[str, tuple[list[Any], dict[str, Any]]]


@pytest.fixture
def clients(
    settings: Settings,
    tmp_path: Path,
    township: Agency,
    other_township: Agency,
    foreign_township: Agency,
    clerk: User,
    colleague: User,
    reviewer: User,
    supervisor: User,
    outsider: User,
    administrator: User,
) -> dict[str, Client]:
    settings.MEDIA_ROOT = str(tmp_path / "originals")
    settings.DATA_ROOT = tmp_path / "data"
    elsewhere = Agency.objects.get(code="990102000000")
    people = {
        "clerk": clerk,
        "colleague": colleague,
        "reviewer": reviewer,
        "supervisor": supervisor,
        "neighbour": user("neighbour", other_township, Role.CLERK),
        "outsider": outsider,
        "other supervisor": user("other-supervisor", elsewhere, Role.SUPERVISOR),
        "former clerk": user("former-clerk", township, Role.CLERK),
        "former supervisor": user("former-supervisor", Agency.objects.get(code="990101000000"), Role.SUPERVISOR),
        "without a role": User.objects.create_user(username="without", password="nianbao-demo"),
        "administrator": administrator,
    }
    return {"reader": Client()} | {role: signed_in(person) for role, person in people.items()}


@pytest.fixture
def places(clients: dict[str, Client], township: Agency, other_township: Agency) -> Places:
    """How to get to each address that needs more than its name: 青山镇's own."""
    leaving = User.objects.get(username="former-clerk")
    call_command("publish_data", verbosity=0)
    publish(township, 2022, overview="公开的。")
    publish(other_township, 2022)
    draft = lifecycle.start_draft(township, 2023, leaving)
    draft = lifecycle.save_draft(draft, {}, {"overview": "未收到申请。我镇收到申请5件。"}, leaving)
    lifecycle.save_draft(draft, {"applications.received.total": 3}, {}, leaving)
    finding = Finding.objects.filter(version=draft).first()
    assert finding
    reused = Finding.objects.create(
        version=draft, rule="reused_text", severity="warning", fingerprint="0" * 64, operands={"whose": "own"}
    )
    data = (Path(__file__).parent.parent / "samples" / "reports" / "daishan-2023.pdf").read_bytes()
    send(clients["former clerk"], data, "年报.pdf")
    seal()
    sealed_day = timezone.localdate().isoformat()
    pending = PendingImport.objects.get()
    sha256 = pending.source.sha256
    batch = bring(leaving, {"谁.html": sound_page("示例县水务局")})
    reading = start_reading(page_of("示例县水务局"), "年报.html", leaving)
    moved = Agency.objects.get(code="990102000000")
    for name, office in (("former-clerk", "990102101000"), ("former-supervisor", moved.code)):
        Membership.objects.filter(user__username=name).update(agency_id=office)
    membership = Membership.objects.get(user__username="clerk")
    one = [township.code, "2023"]
    return {
        "report": ([township.code, "2022"], {}),
        "versions": ([township.code, "2022"], {}),
        "download": ([township.code, "2022", "csv"], {}),
        "agency": ([township.code], {}),
        "compare_file": (["csv"], {"agencies": f"{township.code},{other_township.code}", "years": "2022"}),
        "compare_found": ([], {"q": "青山"}),
        "data_file": ([listed()[0].name], {}),
        "rule": (["row_total"], {}),
        "nation_file": (["csv"], {}),
        "region": (["990101000000"], {}),
        "region_file": (["990101000000", "csv"], {}),
        "list_download": (["csv"], {}),
        "sitemap": (["pages"], {}),
        "api_agency": ([township.code], {}),
        "api_report": ([township.code, "2022"], {}),
        "api_compare": ([], {"agencies": f"{township.code},{other_township.code}"}),
        "api_region": (["990101000000"], {}),
        "draft": (one, {}),
        "draft_download": ([*one, "docx"], {}),
        "history": (one, {}),
        "locate": ([township.code, "2022"], {}),
        "asking": (one, {}),
        "extension": (one, {}),
        "takedown": ([township.code, "2022"], {}),
        "source": ([sha256], {}),
        "source_view": ([sha256], {}),
        "source_page": ([sha256, 1], {}),
        "reading": ([reading.pk], {}),
        "batch": ([batch.pk], {}),
        "batch_files": ([batch.pk], {}),
        "preview": ([pending.pk], {}),
        "finding": ([finding.pk], {}),
        "texts": ([reused.pk], {}),
        "act_on_accounts": ([], {"act": "deactivate"}),
        "circular": (["csv"], {}),
        "account_template": (["xlsx"], {}),
        "account_list_file": (["xlsx"], {}),
        "hand_over": ([membership.pk], {}),
        "record_of_day": ([sealed_day], {}),
        "proof": ([township.code, "2022"], {}),
    }


def is_open(answer: Any) -> bool:
    """Whether the answer is more than a refusal. To whom a thing is no business it does not exist."""
    if answer.status_code in (301, 302):
        return not answer["Location"].startswith(reverse("login"))
    return answer.status_code not in (401, 403, 404)


def test_every_address_says_who_may_open_it() -> None:
    assert set(names()) == WHO_MAY.keys()


def test_nobody_opens_what_is_not_his_and_everybody_what_is(clients: dict[str, Client], places: Places) -> None:
    for name, who_may in WHO_MAY.items():
        args, query = places.get(name, ([], {}))
        address = reverse(name, args=args)
        opened = {
            role
            for role, client in clients.items()
            if is_open(client.post(address, query) if name in POST_ONLY else client.get(address, query))
        }
        assert opened == who_may, name


# ---- acts ----

NO_ACTS = {"changes_since", "disagreements", "draft_conflict"}
"""What the lifecycle answers beside its acts."""

SENT = {"reason": "理由", "comment": "意见"}
ACTS: dict[str, tuple[str, dict[str, Any], frozenset[str]]] = {
    # By their names: the address, what is sent there beside the rest, and who may. `{…}` are keys of 青山镇's own.
    "start_draft": ("filing", {"agency": "{code}", "year": "2020"}, FILERS),
    "save_draft": ("draft", {"act": "save", "overview": "改过的。", "revision": "{revision}"}, FILERS),
    "explain": ("draft", {"act": "save", "reason.{reused}": "理由", "revision": "{revision}"}, FILERS),
    "send_to_reviewer": ("ready", {"act": "send"}, FILERS),
    "submit": ("ready", {"act": "submit"}, frozenset({"reviewer", "administrator"})),
    "withdraw": ("handed in", {"act": "withdraw"}, FILERS),
    "start_correction": ("correct", {"act": "correct"}, FILERS),
    "locate": ("locate", {"official_url": "https://example.org/nb.html", "official_on": "2023-01-20"}, CONCERNED),
    "return_to_clerk": ("review", {"version": "{handed_in}", "act": "return"}, OVER_IT),
    "publish": ("review", {"version": "{handed_in}", "act": "publish"}, OVER_IT),
    "decide": ("finding", {"act": "dismissed", "seen": "open"}, OVER_IT),
    "assign": ("finding", {"act": "assigned", "assignee": "{supervisor}"}, OVER_IT),
    "decide_all": ("review", {"act": "dismissed", "finding": "{finding}:open"}, OVER_IT),
    "assign_all": ("review", {"act": "assigned", "finding": "{finding}:open", "assignee": "{supervisor}"}, OVER_IT),
    "undo": ("review", {"undo": "{bulk_act}"}, frozenset({"supervisor"})),
    "ask_extension": ("asking", {"until": "2024-12-31"}, FILERS),
    "grant_extension": ("extension", {"act": "grant", "until": "2024-12-31"}, OVER_IT),
    "redact": ("takedown", {"act": "redact", "words": "公开的", "confirmed": "1"}, OVER_IT),
    "take_down": ("takedown", {"act": "take_down", "confirmed": "1"}, OVER_IT),
    "lift": ("taken down", {"act": "lift"}, OVER_IT),
    "discard": ("preview", {"act": "discard"}, CONCERNED),
    "save_corrections": ("preview", {"act": "save", "year": "2020", "revision": "0"}, CONCERNED),
    "stop batch": ("batch", {"act": "stop"}, CONCERNED),
    "stop reading": ("reading", {"act": "stop"}, CONCERNED),
    "reset": ("act_on_accounts", {"act": "reset", "account": "{clerk}", "confirmed": "1", "ticket": "t"}, OVER_IT),
    "deactivate": (
        "act_on_accounts",
        {"act": "deactivate", "account": "{clerk}", "confirmed": "1", "ticket": "t"},
        OVER_IT,
    ),
    "hand_over": ("hand_over", {"person": "新人", "confirmed": "1", "ticket": "t"}, OVER_IT),
}


def test_every_act_of_the_lifecycle_says_who_may_do_it() -> None:
    offered = {name for name in lifecycle.__all__ if inspect.isfunction(getattr(lifecycle, name))}
    assert offered > NO_ACTS
    assert offered - NO_ACTS <= ACTS.keys()


def rows() -> dict[Any, Any]:
    """Everything that is stored about reports and people, but for what a visit leaves."""
    found = {}
    for app in ("reports", "agencies"):
        for model in apps.get_app_config(app).get_models():
            for row in model._base_manager.values():
                row.pop("last_login", None)
                found[model, row[model._meta.pk.attname]] = row
    return found


def test_nobody_changes_what_is_not_his_and_whoever_may_does(
    clients: dict[str, Client],
    places: Places,
    township: Agency,
    other_township: Agency,
    clerk: User,
    supervisor: User,
) -> None:
    ready = filled(lifecycle.start_draft(township, 2021, clerk), clerk, **ONE_CASE_OPEN)
    handed_in = filled(lifecycle.start_draft(township, 2024, clerk), clerk, **ONE_CASE_OPEN)
    handed_in = lifecycle.submit(handed_in, clerk)
    reused = Finding.objects.get(rule="reused_text")
    finding = Finding.objects.create(
        version=handed_in, rule="carry_over", severity="warning", fingerprint="1" * 64, where="received"
    )
    dismissed = Finding.objects.create(
        version=handed_in, rule="carry_over", severity="warning", fingerprint="2" * 64, where="concluded"
    )
    bulk_act = lifecycle.decide_all([(dismissed, "open")], supervisor, Decision.DISMISSED, "理由")
    keys = {
        "code": township.code,
        "revision": reused.version.revision,
        "reused": reused.pk,
        "handed_in": handed_in.pk,
        "finding": finding.pk,
        "supervisor": supervisor.pk,
        "clerk": clerk.pk,
        "bulk_act": bulk_act.pk,
    }
    down = reverse("takedown", args=[other_township.code, 2019])
    take_down(publish(other_township, 2019).report, supervisor, "误发")
    draft_of = {name: reverse("draft", args=[township.code, year]) for name, year in YEARS.items()}
    for act, (name, sent, who_may) in ACTS.items():
        at = [finding.pk] if name == "finding" else places.get(name, ([], {}))[0]
        address = draft_of[name] if name in draft_of else reverse(name, args=at) if name != "taken down" else down
        data = SENT | {key.format(**keys): value.format(**keys) for key, value in sent.items()}
        if name == "ready":
            data["revision"] = ready.revision
        before = rows()
        for role in EVERYBODY - who_may:
            clients[role].post(address, data)
            assert changed(before, rows()) == [], f"{act} by {role}"
        with transaction.atomic():
            clients[min(who_may)].post(address, data)
            assert changed(before, rows()), f"{act} does nothing where it is allowed"
            transaction.set_rollback(True)


YEARS = {"ready": 2021, "handed in": 2024, "correct": 2022}


def changed(before: dict[Any, Any], after: dict[Any, Any]) -> list[Any]:
    """The rows that are others; a bulk act that nothing came of is only its maker's note."""
    keys = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    return [key for key in keys if key[0] is not BulkAct or key in before or after[key]["done"]]
