"""Reminders by e-mail of what is missing, returned or due: one mail a person, one matter at most once a day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Agency, Membership, Role, User
from reports.deadlines.outstanding import Task, tasks
from reports.lifecycle import EDITABLE
from reports.models import Matter, Reminder, Report


@dataclass
class ReminderResult:
    """What came of it. `unreachable` have nobody with an address; `already_reminded` were reminded of it not long ago."""

    sent: list[tuple[User, list[Task]]] = field(default_factory=list)
    failed: list[tuple[User, str]] = field(default_factory=list)
    unreachable: list[Agency] = field(default_factory=list)
    already_reminded: int = 0


def remind(
    agencies: QuerySet[Agency],
    year: int,
    by: User | None,
    *,
    within: int | None = None,
    every: int = 1,
    dry_run: bool = False,
) -> ReminderResult:
    """Reminds the clerks of these agencies of their report on the year, the reviewers of what was sent to them.

    `within`: only what was returned, is overdue or due in so many days. `every`: nobody is reminded of the same matter
    again within so many days; on one day never. What could not be sent is not recorded, so that it can be tried again.
    """
    today = timezone.localdate()
    outcome = ReminderResult()
    due = [task for task in outstanding(agencies, year, today) if _is_due(task, within, today)]
    planned = _not_yet_reminded(due, agencies, year, today - datetime.timedelta(days=every), outcome)
    if dry_run or not planned:
        outcome.sent = list(planned.items())
        return outcome
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError) as problem:
        # One wait for a server that does not answer, not one a person.
        outcome.failed = [(person, str(problem)) for person in planned]
        return outcome
    for person, own in planned.items():
        _send(person, own, by, today, connection, outcome)
    connection.close()
    return outcome


def outstanding(agencies: QuerySet[Agency], year: int, today: datetime.date) -> list[Task]:
    """What these agencies still have to do about their report on the year."""
    missing = Agency.objects.owing(year).filter(pk__in=agencies.values("pk")).exclude(reports__year=year)
    begun = Report.objects.filter(agency__in=agencies.values("pk"), year=year, working__state__in=EDITABLE)
    return tasks(missing, year, begun.select_related("agency", "working"), today)


def _is_due(task: Task, within: int | None, today: datetime.date) -> bool:
    if within is None or task.matter == Matter.RETURNED:
        return True
    return task.deadline is not None and task.deadline.days_left(today) <= within


def _not_yet_reminded(
    due: list[Task], agencies: QuerySet[Agency], year: int, since: datetime.date, outcome: ReminderResult
) -> dict[User, list[Task]]:
    """By person, what that person was not reminded of after the day `since`."""
    people: dict[tuple[str, str], list[User]] = defaultdict(list)
    memberships = Membership.objects.filter(
        agency__in=agencies.values("pk"), role__in=[Role.CLERK, Role.REVIEWER], user__is_active=True
    ).exclude(user__email="")
    for membership in memberships.select_related("user").order_by("pk"):
        people[membership.agency_id, membership.role].append(membership.user)
    known = set(Reminder.objects.filter(year=year, day__gt=since).values_list("user_id", "agency_id", "matter"))
    own: dict[User, list[Task]] = defaultdict(list)
    for task in due:
        role = Role.REVIEWER if task.waits_for_reviewer else Role.CLERK
        reached = people[task.agency.pk, role]
        if not reached:
            outcome.unreachable.append(task.agency)
        for person in reached:
            if (person.pk, task.agency.pk, task.matter) in known:
                outcome.already_reminded += 1
            else:
                own[person].append(task)
    return own


def _send(
    person: User,
    own: list[Task],
    by: User | None,
    today: datetime.date,
    connection: BaseEmailBackend,
    outcome: ReminderResult,
) -> None:
    rows = [
        Reminder(
            user=person,
            agency=task.agency,
            year=task.year,
            matter=task.matter,
            day=today,
            sent_to=person.email,
            sent_by=by,
        )
        for task in own
    ]
    try:
        # Recorded before it is sent: of two who remind at once, the second finds the record.
        with transaction.atomic():
            Reminder.objects.bulk_create(rows)
    except IntegrityError:
        outcome.already_reminded += len(own)
        return
    try:
        reminder_mail(person, own, by, connection).send()
    except (SMTPException, OSError) as problem:
        Reminder.objects.filter(pk__in=[row.pk for row in rows]).delete()
        outcome.failed.append((person, str(problem)))
    else:
        outcome.sent.append((person, own))


def reminder_mail(
    person: User, own: list[Task], by: User | None, connection: BaseEmailBackend | None = None
) -> EmailMessage:
    """The mail, in the language of the offices whatever that of who sends it."""
    with override(settings.LANGUAGE_CODE):
        if len(own) == 1:
            words = {"agency": own[0].agency.name, "year": own[0].year, "matter": own[0].matter.label}
            subject = _("%(agency)s%(year)s年度报告：%(matter)s") % words
        else:
            subject = _("年度报告有 %(count)d 件事等您办理") % {"count": len(own)}
        body = render_to_string("mail/reminder.txt", {"person": person, "tasks": own, "site": settings.SITE_URL})
    return EmailMessage(
        subject=_("【年报】") + subject,
        body=body,
        to=[person.email],
        reply_to=[by.email] if by and by.email else None,
        connection=connection,
    )
