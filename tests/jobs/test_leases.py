"""A job belongs to one worker at a time, whoever dies, stops it or comes too late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from agencies.models import User
from reports.jobs import lease as leases
from reports.jobs.lease import MAX_ATTEMPTS, Lease, LeaseLost, TurnOver, acquire, close_job, shutting_down
from reports.jobs.running import run_job
from reports.jobs.starting import MAX_STARTS_A_MINUTE, MAX_UNDER_WAY, resume, start, stop, sweep, why_wait
from reports.jobs.steps import WORK_BY_KIND, JobStep
from reports.models import Job, JobKind, JobState

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    return start(JobKind.RECHECK, None, total=3)


def leased(job: Job) -> Lease:
    lease = acquire(job.pk)
    assert lease is not None
    return lease


def step(counts: int = 1) -> JobStep:
    return JobStep("一步", lambda job: job.result.update(seen=job.result.get("seen", 0) + 1), counts)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def abandon(job: Job) -> None:
    """As if its worker had been killed a while ago."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def tasks(job: Job) -> int:
    return sum(task.args_kwargs["args"] == [job.pk] for task in DBTaskResult.objects.ready())


def test_a_job_is_taken_once(job: Job) -> None:
    assert acquire(job.pk) is not None
    assert acquire(job.pk) is None
    assert acquire(0) is None


def test_a_lease_from_before_the_clock_was_set_back_is_none(job: Job) -> None:
    assert acquire(job.pk) is not None
    DBTaskResult.objects.all().delete()
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + timedelta(hours=1))
    assert now(job).is_abandoned
    assert sweep() == 1
    assert acquire(job.pk) is not None


def test_a_step_and_its_count_are_one(job: Job) -> None:
    lease = leased(job)
    lease.carry_out(step())

    def broken(job: Job) -> None:
        job.result["seen"] = 99
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        lease.carry_out(JobStep("坏", broken))
    assert (now(job).done, now(job).result, now(job).current_item) == (1, {"seen": 1}, "一步")


def test_an_abandoned_job_is_taken_over_and_its_first_worker_does_nothing_more(job: Job) -> None:
    first = leased(job)
    abandon(job)
    second = leased(job)
    with pytest.raises(LeaseLost):
        first.carry_out(step())
    second.carry_out(step())
    assert now(job).done == 1


def test_what_is_stopped_stops_before_its_next_step_and_goes_on_later(job: Job) -> None:
    lease = leased(job)
    lease.carry_out(step())
    stop(job)
    assert now(job).state == JobState.RUNNING
    with pytest.raises(LeaseLost):
        lease.carry_out(step())
    assert (now(job).state, now(job).done, now(job).stop_asked) == (JobState.STOPPED, 1, False)
    assert acquire(job.pk) is None
    resume(job)
    leased(job).carry_out(step())
    assert (now(job).state, now(job).done) == (JobState.RUNNING, 2)


def test_what_nobody_works_at_stops_at_once(job: Job) -> None:
    stop(job)
    assert now(job).state == JobState.STOPPED
    resume(job)
    leased(job)
    abandon(job)
    stop(job)
    assert now(job).state == JobState.STOPPED


def test_a_worker_that_shuts_down_releases_its_job(job: Job) -> None:
    lease = leased(job)
    shutting_down.set()
    try:
        with pytest.raises(LeaseLost):
            lease.carry_out(step())
    finally:
        shutting_down.clear()
    assert (now(job).state, now(job).done) == (JobState.WAITING, 0)
    assert acquire(job.pk) is not None


def test_a_job_that_never_gets_on_is_given_up_and_a_person_can_try_again(job: Job) -> None:
    for _attempt in range(MAX_ATTEMPTS):
        leased(job)
        abandon(job)
    assert acquire(job.pk) is None
    assert now(job).state == JobState.FAILED
    assert "反复中断" in now(job).fault
    resume(job)
    assert leased(job).job.fault == ""


def test_getting_on_counts_as_a_new_beginning(job: Job) -> None:
    for _attempt in range(MAX_ATTEMPTS + 2):
        leased(job).carry_out(step())
        abandon(job)
    assert now(job).done == MAX_ATTEMPTS + 2


def test_the_sweep_brings_back_what_was_lost_and_nothing_else(job: Job) -> None:
    assert sweep() == 0, "its task waits already"
    task = DBTaskResult.objects.get()
    task.claim("a worker that is killed before it takes the job")
    assert sweep() == 1
    assert tasks(job) == 1
    task.refresh_from_db()
    assert task.status == "FAILED"
    DBTaskResult.objects.all().delete()
    leased(job)
    assert sweep() == 0, "somebody is at it"
    abandon(job)
    assert (sweep(), sweep(), tasks(job)) == (1, 0, 1)


def test_a_task_that_comes_twice_does_nothing_the_second_time(job: Job) -> None:
    run_job.func(job.pk)
    ended = now(job).ended_at
    assert now(job).state == JobState.DONE
    run_job.func(job.pk)
    assert now(job).ended_at == ended


def test_the_time_left_is_told_from_the_pace(job: Job) -> None:
    lease = leased(job)
    assert now(job).time_left is None
    begun = timezone.now() - timedelta(seconds=30)
    Job.objects.filter(pk=job.pk).update(begun_at=begun)
    lease.carry_out(step())
    left = now(job).time_left
    assert left is not None
    assert 2 * timedelta(seconds=30) <= left <= 2 * (timezone.now() - begun), "one of three is done, two are left"


def in_work_for(seconds: float, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(begun_at=timezone.now() - timedelta(seconds=seconds))


def test_a_long_job_lets_those_who_wait_have_their_turn(job: Job, clerk: User) -> None:
    lease = leased(job)
    in_work_for(600, job)
    lease.carry_out(step())
    assert now(job).state == JobState.RUNNING, "nobody else waits"
    start(JobKind.RECHECK, clerk)
    with pytest.raises(TurnOver):
        lease.carry_out(step())
    assert (now(job).state, now(job).done, now(job).result) == (JobState.WAITING, 2, {"seen": 2}), "the step is done"
    short = leased(job)
    short.carry_out(step(counts=0))
    assert now(job).state == JobState.RUNNING, "whoever has just begun goes on"


def test_a_job_whose_turn_is_over_stands_at_the_end_of_the_queue(
    job: Job, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "MAX_TURN", timedelta(0))
    next_one = start(JobKind.RECHECK, clerk)
    Job.objects.filter(pk=job.pk).update(total=3)
    DBTaskResult.objects.all().delete()
    run_job.enqueue(next_one.pk)
    monkeypatch.setitem(WORK_BY_KIND, job.kind, lambda _job: iter([step(), step(), step()]))
    run_job.func(job.pk)
    assert (now(job).state, now(job).done) == (JobState.WAITING, 1)
    assert [task.args_kwargs["args"][0] for task in DBTaskResult.objects.ready().order_by("enqueued_at")] == [
        next_one.pk,
        job.pk,
    ]


def test_a_job_that_nobody_takes_up_is_said_to_be_neglected(job: Job, clerk: User) -> None:
    assert not job.is_neglected, "it has only just come"
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    assert now(job).is_neglected
    other = start(JobKind.RECHECK, clerk)
    leased(other)
    assert not now(job).is_neglected, "a worker is at something else"
    abandon(other)
    assert now(job).is_neglected


def test_one_person_starts_so_many_jobs_and_no_more(job: Job, clerk: User, colleague: User) -> None:
    for _number in range(MAX_UNDER_WAY):
        assert why_wait(clerk) == ""
        start(JobKind.RECHECK, clerk)
    assert str(MAX_UNDER_WAY) in why_wait(clerk)
    assert why_wait(colleague) == ""
    Job.objects.update(state=JobState.DONE)
    assert why_wait(clerk) == ""
    for _number in range(MAX_STARTS_A_MINUTE - MAX_UNDER_WAY):
        close_job(start(JobKind.RECHECK, clerk), JobState.DONE)
    assert "一分钟" in why_wait(clerk)
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert why_wait(clerk) == ""
