"""A new check of reports that were checked by rules that have changed since, as a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from agencies.access import scope_of
from agencies.models import Role, User
from reports.findings.rechecking import CHUNK, Tally, store_rechecked, versions_to_recheck
from reports.findings.run import Examined, examine_versions
from reports.jobs.steps import JobStep
from reports.models import Job


def recheck(job: Job) -> Iterator[JobStep]:
    """`job.result`: `all` says that those are wanted, too, which the present rules have judged; `after` how far it is; `tally` what
    came of it; `faults`, by rule, how many reports it could not be run on."""
    by = job.started_by
    scope = versions_to_recheck(everything=job.result.get("all", False)).filter(_within(by)).order_by("pk")
    if not job.total:
        yield JobStep("", lambda job: _count(job, scope.count()), counts=0)
    after = job.result.get("after", 0)
    while chunk := list(scope.filter(pk__gt=after)[:CHUNK]):
        after = chunk[-1].pk
        yield JobStep(str(chunk[0].report), partial(_store, examine_versions(chunk), after), len(chunk))


def _within(by: User | None) -> Q:
    return scope_of(by or AnonymousUser(), Role.SUPERVISOR, on="report__agency")


def _count(job: Job, total: int) -> None:
    job.total = total


def _store(examined: Sequence[Examined], after: int, job: Job) -> None:
    faults = Counter(job.result.get("faults", {}))
    tally = store_rechecked(examined, faults) + Tally(**job.result.get("tally", {}))
    job.result |= {"after": after, "tally": tally._asdict(), "faults": dict(faults)}
