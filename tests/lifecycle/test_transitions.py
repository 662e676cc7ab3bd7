"""The table of transitions cannot lie: every act is posted in every state by everybody, and what happens is compared with
what `permissions` answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, Division, Role, User
from reports import lifecycle
from reports.deadlines.acts import ask_extension, grant_extension, set_date
from reports.lifecycle import Act
from reports.lifecycle.permissions import EXTENSION_ACTS, Answer, extension_answers, may_anywhere, may_now, parties_of
from reports.lifecycle.transitions import TRANSITIONS, Party, states_for
from reports.models import Action, Change, DeadlineChange, Finding, Reminder, State, Version
from reports.takedown.acts import take_down
from tests.conftest import signed_in, user
from tests.lifecycle.reports import ZEROS

YEAR = 2025
CELL = "applications.received.natural_person"


@dataclass
class Scene:
    """A report in some state, and everybody who might do something with it; None is a reader who is not signed in."""

    agency: Agency
    version: Version | None
    people: dict[str, User | None]

    @property
    def key(self) -> str:
        assert self.version is not None
        return str(self.version.pk)

    @property
    def finding(self) -> Finding:
        assert self.version is not None
        return self.version.findings.get(rule="narrative_figure")

    @property
    def assignee(self) -> str:
        supervisor = self.people["supervisor"]
        assert supervisor is not None
        return str(supervisor.pk)


def brought(agency: Agency, state: State | None, by: User) -> Version | None:
    """The report of the agency on its way to a state: sound, with one doubt that is explained."""
    if state is None:
        return None
    version = lifecycle.start_draft(agency, YEAR, by)
    version = lifecycle.save_draft(version, ZEROS, {"overview": "收到政府信息公开申请5件。"}, by)
    lifecycle.explain(version.findings.get(rule="narrative_figure"), by, "含上年结转。")
    ways: dict[State, list[Callable[[Version], Version]]] = {
        State.DRAFT: [],
        State.SENT: [lambda it: lifecycle.send_to_reviewer(it, by)],
        State.SUBMITTED: [lambda it: lifecycle.submit(it, by)],
        State.RETURNED: [lambda it: lifecycle.submit(it, by), lambda it: lifecycle.return_to_clerk(it, by, "请核对")],
        State.PUBLISHED: [lambda it: lifecycle.submit(it, by), lambda it: lifecycle.publish(it, by)],
    }
    ways[State.TAKEN_DOWN] = [*ways[State.PUBLISHED], lambda it: taken_down(it, by)]
    for act in ways[state]:
        version = act(version)
    return version


def taken_down(version: Version, by: User) -> Version:
    take_down(version.report, by, "误发")
    return Version.objects.get(pk=version.pk)


@dataclass(frozen=True)
class Posted:
    """How an act is posted. `not_his` is the answer to whom it never is, `not_now` to whom it is at another time."""

    address: Callable[[Scene], str]
    data: Callable[[Scene], dict[str, str]]
    not_his: int
    not_now: int


def draft_page(scene: Scene) -> str:
    return reverse("draft", args=[scene.agency.code, YEAR])


def finding_page(scene: Scene) -> str:
    return scene.finding.get_absolute_url()


def with_revision(**data: str) -> Callable[[Scene], dict[str, str]]:
    return lambda scene: {"revision": scene.version.revision, "zero_meant": "1", **data} if scene.version else data


POSTED = {
    Act.START: Posted(
        lambda scene: reverse("filing"), lambda scene: {"agency": scene.agency.code, "year": str(YEAR)}, 404, 302
    ),
    Act.SAVE: Posted(draft_page, with_revision(act="save", **{CELL: "7"}), 403, 409),
    Act.EXPLAIN: Posted(
        draft_page, lambda scene: {"act": "save", f"reason.{scene.finding.pk}": "另有说明。"}, 403, 409
    ),
    Act.SEND: Posted(draft_page, with_revision(act="send"), 403, 409),
    Act.SUBMIT: Posted(draft_page, with_revision(act="submit"), 403, 409),
    Act.WITHDRAW: Posted(draft_page, with_revision(act="withdraw"), 403, 302),
    Act.RETURN: Posted(draft_page, with_revision(act="return", comment="请核对"), 403, 409),
    Act.CORRECT: Posted(draft_page, with_revision(act="correct", reason="笔误"), 403, 302),
    Act.PUBLISH: Posted(
        lambda scene: reverse("review"), lambda scene: {"version": scene.key, "act": "publish"}, 403, 302
    ),
    Act.LOCATE: Posted(
        lambda scene: reverse("locate", args=[scene.agency.code, YEAR]),
        lambda scene: {"official_url": "https://www.example.gov.cn/nb.html"},
        404,
        404,
    ),
    Act.DECIDE: Posted(
        finding_page, lambda scene: {"act": "accepted", "seen": "explained", "reason": "属实。"}, 404, 302
    ),
    Act.REDACT: Posted(
        lambda scene: reverse("takedown", args=[scene.agency.code, YEAR]),
        lambda scene: {"act": "redact", "words": "政府信息公开申请", "reason": "误写", "confirmed": "1"},
        404,
        302,
    ),
    Act.TAKE_DOWN: Posted(
        lambda scene: reverse("takedown", args=[scene.agency.code, YEAR]),
        lambda scene: {"act": "take_down", "reason": "误发", "confirmed": "1"},
        404,
        302,
    ),
    Act.LIFT: Posted(
        lambda scene: reverse("takedown", args=[scene.agency.code, YEAR]),
        lambda scene: {"act": "lift", "reason": "查明无误"},
        404,
        302,
    ),
    Act.ASSIGN: Posted(finding_page, lambda scene: {"act": "assigned", "assignee": scene.assignee}, 404, 302),
}
NEEDS_A_VERSION = set(POSTED) - {Act.START}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people(
    clerk: User, colleague: User, supervisor: User, outsider: User, administrator: User, other_county: Division
) -> dict[str, User | None]:
    neighbour = user("neighbour", Agency.objects.get(code=other_county.code), Role.SUPERVISOR)
    return {
        "clerk": clerk,
        "colleague": colleague,
        "supervisor": supervisor,
        "outsider": outsider,
        "supervisor next door": neighbour,
        "administrator": administrator,
        "reader": None,
    }


@pytest.fixture(params=["without a reviewer", "with a reviewer"])
def office(request: pytest.FixtureRequest, people: dict[str, User | None]) -> dict[str, User | None]:
    """Everybody; the office of the township has a reviewer or has none."""
    if request.param == "with a reviewer":
        people["reviewer"] = request.getfixturevalue("reviewer")
    return people


def test_the_table_covers_every_act() -> None:
    assert {line.act for line in TRANSITIONS} == set(Act)


@pytest.mark.parametrize("state", [None, *(state for state in State if state != State.SUPERSEDED)])
def test_what_is_answered_is_what_happens(
    township: Agency, office: dict[str, User | None], administrator: User, state: State | None
) -> None:
    scene = Scene(township, brought(township, state, administrator), office)
    clients = {name: signed_in(person) if person else Client() for name, person in office.items()}
    wrong = []
    for act, posted in POSTED.items():
        if scene.version is None and act in NEEDS_A_VERSION:
            continue
        for name, client in clients.items():
            person = office[name]
            answer = may_now(person, act, township, scene.version) if person else Answer(False, in_role=False)
            with undone():
                before = Change.objects.count()
                response = client.post(posted.address(scene), posted.data(scene))
                happened = Change.objects.count() > before
            status = _expected(act, posted, answer, person, scene)
            if (happened, response.status_code) != (bool(answer), status):
                wrong.append((str(act), name, bool(answer), happened, status, response.status_code))
    assert wrong == []


def _expected(act: Act, posted: Posted, answer: Answer, person: User | None, scene: Scene) -> int:
    if answer:
        return 302
    if person is None:
        # Who has been signed out while the form was open signs in again on the spot.
        return 401 if posted.address is draft_page else 302
    if not parties_of(person, scene.agency):
        supervising = person.memberships.filter(role=Role.SUPERVISOR).exists()
        return 403 if act == Act.PUBLISH and not supervising else 404
    if act == Act.SUBMIT and may_now(person, Act.SAVE, scene.agency, scene.version):
        return 302  # it is saved, and said whose it is to submit
    if answer.in_role and scene.version and _done_already(act, scene.version, person):
        return 302  # pressed twice it does no more
    if act == Act.RETURN and scene.version and scene.version.state in states_for(act):
        return 403  # it is the other one's turn
    return posted.not_now if answer.in_role else posted.not_his


def _done_already(act: Act, version: Version, by: User) -> bool:
    if act == Act.RETURN and version.changes.filter(action=Action.RETURNED).exclude(made_by=by).exists():
        return False
    leads_to = {Act.SEND: State.SENT, Act.SUBMIT: State.SUBMITTED, Act.RETURN: State.RETURNED}
    return version.state == leads_to.get(act)


LATER = datetime.date(YEAR + 1, 2, 20)
LATER_STILL = datetime.date(YEAR + 1, 3, 20)
ANSWERED = {
    Act.GRANT_EXTENSION: {"act": "grant", "until": LATER_STILL.isoformat(), "reason": "同意"},
    Act.DECLINE_EXTENSION: {"act": "decline", "reason": "理由不足"},
    Act.WITHDRAW_EXTENSION: {"act": "withdraw", "reason": "已不需要"},
}


@pytest.mark.parametrize("state", ["nothing", "asked", "granted", "published"])
def test_the_same_holds_for_extensions(
    township: Agency, people: dict[str, User | None], clerk: User, state: str
) -> None:
    if state == "asked":
        ask_extension(township, YEAR, LATER, "汛期", clerk)
    elif state == "granted":
        grant_extension(township, YEAR, LATER, "汛期", None)
    elif state == "published":
        brought(township, State.PUBLISHED, clerk)
    wrong = []
    for act in EXTENSION_ACTS:
        asking = act == Act.ASK_EXTENSION
        address = reverse("asking" if asking else "extension", args=[township.code, YEAR])
        data = {"until": LATER_STILL.isoformat(), "reason": "汛期"} if asking else ANSWERED[act]
        for name, person in people.items():
            given = {"asked": state == "asked", "in_force": state == "granted", "published": state == "published"}
            answer = extension_answers(person, township, **given)[act] if person else Answer(False, in_role=False)
            client = signed_in(person) if person else Client()
            with undone():
                before = DeadlineChange.objects.count()
                status = client.post(address, data).status_code
                happened = DeadlineChange.objects.count() > before
            # To whom it is no business it does not exist; at another time one is led back and told why.
            expected = 302 if answer.in_role or person is None else 404
            if (happened, status) != (bool(answer), expected):
                wrong.append((str(act), name, bool(answer), happened, expected, status))
    assert wrong == []


@pytest.mark.parametrize("act", [Act.SET_DATE, Act.REMOVE_DATE])
def test_the_same_holds_for_the_dates_of_an_office(
    township: Agency, county: Division, people: dict[str, User | None], act: Act
) -> None:
    local = set_date(county, YEAR, "", datetime.date(YEAR + 1, 1, 20), None)
    del people["supervisor next door"]  # has dates of her own
    address = f"{reverse('deadlines')}?office={county.pk}&year={YEAR}"
    wrong = []
    for name, person in people.items():
        client = signed_in(person) if person else Client()
        may = bool(person and may_anywhere(person, act))
        with undone():
            before = DeadlineChange.objects.count()
            status = client.post(address, {"act": act.value, "due": "2026-01-15", "date": str(local.pk)}).status_code
            happened = DeadlineChange.objects.count() > before
        if (happened, status) != (may, 302 if may or person is None else 403):
            wrong.append((name, may, happened, status))
    assert wrong == []


@pytest.mark.parametrize("state", [None, *(state for state in State if state != State.SUPERSEDED)])
def test_the_same_holds_for_reminders(
    township: Agency, people: dict[str, User | None], reviewer: User, administrator: User, state: State | None
) -> None:
    User.objects.filter(memberships__agency=township).update(email="office@example.gov.cn")
    version = brought(township, state, administrator)
    address = f"{reverse('progress')}?year={YEAR}"
    wrong = []
    for name, person in people.items():
        client = signed_in(person) if person else Client()
        may = bool(person and may_now(person, Act.REMIND, township, version))
        with undone():
            client.post(address, {"unit": [township.pk]})
            happened = Reminder.objects.filter(agency=township).exists()
        if happened != may:
            wrong.append((name, may, happened))
    assert wrong == []


def test_who_may_not_is_told_why_and_who_could(township: Agency, clerk: User, reviewer: User, supervisor: User) -> None:
    draft = brought(township, State.DRAFT, clerk)
    submitting = may_now(clerk, Act.SUBMIT, township, draft)
    assert submitting.reason == "填好以后，请本机关审核员（reviewer）核对并提交。"
    assert submitting.helper == "本机关审核员"
    publishing = may_now(supervisor, Act.PUBLISH, township, draft)
    assert publishing.helpers == (Party.CLERK, Party.REVIEWER), "they can submit it"
    assert publishing.in_role
    assert draft is not None
    sent = lifecycle.send_to_reviewer(draft, clerk)
    saving = may_now(clerk, Act.SAVE, township, sent)
    assert "请审核员退回" in saving.reason
    assert saving.helper == "本机关审核员"
    assert not may_now(supervisor, Act.SAVE, township, sent).in_role


def test_the_states_of_an_act_are_in_the_order_of_a_reports_life() -> None:
    assert states_for(Act.SAVE) == (State.DRAFT, State.RETURNED, State.SENT)
    assert states_for(Act.DECIDE) == (State.SUBMITTED, State.PUBLISHED)
