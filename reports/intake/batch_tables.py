"""The lists of a person's batches and of the files of one, as tables of a page and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable

import django_tables2 as tables
import xlsxwriter
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import RequestConfig

from agencies.formula_escaping import escape_formula
from agencies.models import User
from reports.jobs.access import jobs_of
from reports.models import Batch, BatchFile, Decision, Finding, ImportStatus, JobState

NUMBER = {"th": {"class": "number"}, "td": {"class": "number"}}


def _numbers(label: object) -> dict[str, dict[str, object]]:
    """Numbers that name themselves where a narrow window leaves no room for headings."""
    return {"th": {"class": "number"}, "td": {"class": "number", "data-label": label}}


def with_counts(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    """Batches with how many of their files met which status, newest first."""
    counts = {
        status.value: Count("files", filter=Q(files__status=status))
        for status in (ImportStatus.STORED, ImportStatus.PENDING, ImportStatus.FAILED)
    }
    counted = batches.select_related("job").annotate(**counts, all_files=Count("files"))
    return counted.order_by("-job_id")  # a model's own order does not hold where rows are grouped


def unfinished_batches(user: User) -> QuerySet[Batch]:
    """The batches of the user's office that go on, or in which files wait for a person; `waiting` says how many."""
    waiting = Count("files", filter=Q(files__status=ImportStatus.PENDING))
    under_way = Q(job__state__in=(JobState.WAITING, JobState.RUNNING))
    mine = Batch.objects.filter(job__in=jobs_of(user, below=False)).select_related("job").annotate(waiting=waiting)
    return mine.filter(under_way | Q(waiting__gt=0)).order_by("-job_id")


def with_findings(files: QuerySet[BatchFile]) -> QuerySet[BatchFile]:
    """Files with how many contradictions the report that they are stored as holds."""
    standing = Finding.objects.filter(version=OuterRef("version")).exclude(decision=Decision.RESOLVED)
    count = standing.order_by().values("version").annotate(count=Count("pk")).values("count")
    return files.select_related("version__report__agency").annotate(findings=Coalesce(Subquery(count), 0))


def address_of(file: BatchFile) -> str:
    """Where to go on with a file: its report, its draft, or the decision about it."""
    if file.version:
        return file.version.get_absolute_url()
    return reverse("preview", args=[file.pending_id]) if file.pending_id else ""


class BatchTable(tables.Table):
    """One line a batch. Expects `with_counts`."""

    name = tables.Column(verbose_name=gettext_lazy("批次"), orderable=False)
    started_by = tables.Column(accessor="job__started_by_name", verbose_name=gettext_lazy("导入人"), orderable=False)
    created_at = tables.DateTimeColumn(
        accessor="job__created_at", verbose_name=gettext_lazy("时间"), orderable=False, format="DATETIME_FORMAT"
    )
    state = tables.Column(accessor="job__get_state_display", verbose_name=gettext_lazy("状态"), orderable=False)
    all_files = tables.Column(verbose_name=gettext_lazy("文件"), attrs=NUMBER, orderable=False)
    stored = tables.Column(verbose_name=gettext_lazy("已存入"), attrs=NUMBER, orderable=False)
    pending = tables.Column(verbose_name=gettext_lazy("待处理"), attrs=NUMBER, orderable=False)
    failed = tables.Column(verbose_name=gettext_lazy("未能导入"), attrs=NUMBER, orderable=False)

    class Meta:
        template_name = "tables/ledger.html"
        attrs = {"class": "ledger batches"}

    def render_name(self, record: Batch) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), record.name)

    def render_state(self, record: Batch) -> SafeString:
        job = record.job
        done = f"{job.done}/{job.total}" if job.is_under_way or job.may_resume else ""
        return format_html('{} <span class="muted">{}</span>', job.get_state_display(), done)


class FileTable(tables.Table):
    """One line a file. Expects `with_findings`."""

    position = tables.Column(verbose_name=gettext_lazy("序号"), attrs=NUMBER)
    name = tables.Column(verbose_name=gettext_lazy("文件"), attrs={"td": {"class": "file-name"}})
    status = tables.Column(verbose_name=gettext_lazy("结果"))
    message = tables.Column(
        verbose_name=gettext_lazy("报告或原因"), orderable=False, empty_values=(), attrs={"td": {"class": "file-why"}}
    )
    doubts = tables.Column(verbose_name=gettext_lazy("没有读准"), attrs=_numbers(gettext_lazy("没有读准")))
    findings = tables.Column(verbose_name=gettext_lazy("矛盾"), attrs=_numbers(gettext_lazy("矛盾")))

    class Meta:
        template_name = "tables/ledger.html"
        attrs = {"class": "ledger batch-files"}
        order_by = ("position",)

    def render_status(self, record: BatchFile) -> SafeString:
        return render_to_string("intake/_import_status.html", {"file": record, "statuses": ImportStatus})

    def render_message(self, record: BatchFile) -> SafeString:
        address = address_of(record)
        if record.version is not None:
            report = record.version.report
            words = {"agency": report.agency.name, "year": report.year}
            text = _("%(agency)s %(year)s 年度报告") % words
        else:
            text = _("打开核对") if address else ""
        link = format_html('<a id="go-{}" href="{}">{}</a>', record.position, address, text) if address else ""
        return format_html("{} {}", record.message, link)

    def render_doubts(self, value: int, record: BatchFile) -> SafeString | str:
        return _counted(value) if record.sha256 else ""

    def render_findings(self, value: int, record: BatchFile) -> SafeString | str:
        return _counted(value) if record.version_id else ""


def _counted(value: int) -> SafeString:
    return format_html('<span class="{}">{}</span>', "figure" if value else "zero", value)


def batch_sheet(files: Iterable[BatchFile]) -> bytes:
    """One line a file. Names and reasons stay text, whatever they begin with."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    sheet = workbook.add_worksheet(_("导入结果"))
    heading = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    columns = [
        (_("序号"), 6),
        (_("文件"), 48),
        (_("结果"), 16),
        (_("原因"), 60),
        (_("没有读准"), 10),
        (_("机构"), 36),
        (_("年度"), 8),
        ("SHA-256", 66),
    ]
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, heading)
    line = 0
    for line, file in enumerate(files, 1):
        report = file.version.report if file.version else None
        sheet.write_number(line, 0, file.position, plain)
        sheet.write_string(line, 1, escape_formula(file.name), plain)
        sheet.write_string(line, 2, file.get_status_display(), plain)
        sheet.write_string(line, 3, escape_formula(file.message), plain)
        sheet.write_number(line, 4, file.doubts, plain)
        sheet.write_string(line, 5, escape_formula(report.agency.full_name) if report else "", plain)
        sheet.write_string(line, 6, str(report.year) if report else "", plain)
        sheet.write_string(line, 7, file.sha256, plain)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, line, len(columns) - 1)
    workbook.close()
    return buffer.getvalue()


def paginate(table: tables.Table, request: HttpRequest, per_page: int) -> None:
    """Sorts a table and cuts it to a page as the address asks. How long a page is, is not the address's to say: the library
    would take any number from it."""
    RequestConfig(request, paginate=False).configure(table)
    page = Paginator(table.rows, per_page).get_page(request.GET.get("page"))
    table.paginate(page=page.number, per_page=per_page)
