"""Work that goes on behind the pages: what is to be done, how far it is, and who is at it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.models.office import OfficeWork


def _is_in_force(lease_until: datetime.datetime) -> bool:
    """A lease that reaches further than any does was taken before the clock was set back."""
    now = timezone.now()
    return now <= lease_until <= now + datetime.timedelta(seconds=settings.JOB_LEASE)


class JobKind(models.TextChoices):
    IMPORT = "import", _("批量导入")
    PREVIEW = "preview", _("读取文件")
    RECHECK = "recheck", _("重新核对")


class JobState(models.TextChoices):
    WAITING = "waiting", _("排队中")
    RUNNING = "running", _("进行中")
    STOPPED = "stopped", _("已停止")
    DONE = "done", _("已完成")
    FAILED = "failed", _("已中断")


FAULTS = {
    "error": _("系统出错，任务中断。已完成的部分都已保存；请稍后继续，或联系管理员。"),
    "exhausted": _("处理反复中断，已停下。已完成的部分都已保存；请联系管理员查看日志，然后再继续。"),
}


MAX_WAIT_FOR_A_WORKER = datetime.timedelta(minutes=1)


class Job(OfficeWork):
    """A worker that takes a job holds its lease and renews it while it lives. A lease that has run out belongs to a worker
    that was killed, and the job to whoever takes it next.

    `attempts` counts how often it was taken up since it last got on. `done_at_start` of the units were done when it was last
    taken up, at `begun_at`. `result` is what its kind remembers between one unit and the next, and what it tells in the end.
    """

    kind = models.CharField(_("种类"), max_length=10, choices=JobKind)
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(_("已完成"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    current_item = models.CharField(_("正在处理"), max_length=500, blank=True)
    result = models.JSONField(_("结果"), default=dict, blank=True)
    stop_asked = models.BooleanField(_("要求停止"), default=False)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    holder = models.CharField(_("执行者"), max_length=32, blank=True)
    lease_until = models.DateTimeField(_("租约到期"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("接手次数"), default=0)
    done_at_start = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs"
    )
    started_by_name = models.CharField(_("发起人"), max_length=301, blank=True, editable=False)
    created_at = models.DateTimeField(_("创建时间"), default=timezone.now)
    begun_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_by_lease")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.done}/{self.total}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def may_resume(self) -> bool:
        return self.state in (JobState.STOPPED, JobState.FAILED)

    @property
    def fault(self) -> str:
        """Why it broke off, in the user's words."""
        return str(FAULTS.get(self.result.get("fault", ""), ""))

    @property
    def is_abandoned(self) -> bool:
        """Whether the worker that had taken it lives no more."""
        return self.state == JobState.RUNNING and (self.lease_until is None or not _is_in_force(self.lease_until))

    @property
    def is_neglected(self) -> bool:
        """Whether it has waited for a minute while no worker was at anything."""
        if self.state != JobState.WAITING or self.created_at > timezone.now() - MAX_WAIT_FOR_A_WORKER:
            return False
        return not Job.objects.filter(state=JobState.RUNNING, lease_until__gt=timezone.now()).exists()

    @property
    def minutes_left(self) -> int | None:
        """Rounded up; None where nothing can be said yet."""
        left = self.time_left
        return None if left is None else -int(-left.total_seconds() // 60)

    @property
    def time_left(self) -> datetime.timedelta | None:
        """At the pace since it was last taken up; None where nothing can be said yet."""
        since = self.done - self.done_at_start
        if self.state != JobState.RUNNING or self.begun_at is None or since <= 0:
            return None
        return (timezone.now() - self.begun_at) / since * max(self.total - self.done, 0)


SILENT_AFTER = datetime.timedelta(minutes=5)


class Worker(models.Model):
    """A worker process and when it last gave a sign of life."""

    name = models.CharField(_("名称"), max_length=100, primary_key=True)
    seen_at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("后台进程")
        verbose_name_plural = _("后台进程")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def are_silent(cls) -> bool:
        """Whether for minutes no worker at all has given a sign of life: what is left to them is not done."""
        return not cls._default_manager.filter(seen_at__gt=timezone.now() - SILENT_AFTER).exists()
