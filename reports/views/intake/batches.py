"""Batches of files: the list of one's office, and how far one is with what became of each file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AuthenticatedRequest
from reports.exporting.as_xlsx import CONTENT_TYPE
from reports.intake.batch_tables import BatchTable, FileTable, batch_sheet, paginate, with_counts, with_findings
from reports.jobs import starting
from reports.jobs.access import jobs_of
from reports.models import Batch, ImportStatus

BATCHES_A_PAGE = 20
FILES_A_PAGE = 50


@login_required
@require_safe
def batches(request: AuthenticatedRequest) -> HttpResponse:
    """The batches that this user's office brought, and those of the offices that he supervises."""
    table = BatchTable(with_counts(_batches_of(request)))
    paginate(table, request, BATCHES_A_PAGE)
    return render(request, "intake/batches.html", {"table": table})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Progress and results of a batch; stopping it and letting it go on."""
    one = get_object_or_404(_batches_of(request).select_related("job"), pk=pk)
    if request.method == "POST":
        act = {"stop": starting.stop, "resume": starting.resume}.get(request.POST.get("act", ""))
        if act:
            act(one.job)
        return redirect("batch", pk)
    chosen = _chosen(request)
    files = with_findings(one.files.all())
    table = FileTable(files.filter(status=chosen) if chosen else files)
    paginate(table, request, FILES_A_PAGE)
    found = dict(one.files.order_by().values_list("status").annotate(Count("pk")))
    counts = {status: found.get(status, 0) for status in ImportStatus}
    context = {
        "batch": one,
        "job": one.job,
        "table": table,
        "chosen": chosen,
        "all": sum(counts.values()),
        "counts": [(status, count) for status, count in counts.items() if count or status == chosen],
        "summary": {status.value: count for status, count in counts.items()},
    }
    return render(request, "intake/batch.html", context)


@login_required
@require_safe
def batch_files(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The files of a batch, or those of one status, as a workbook."""
    one = get_object_or_404(_batches_of(request), pk=pk)
    chosen = _chosen(request)
    files = one.files.select_related("version__report__agency__division")
    data = batch_sheet(files.filter(status=chosen) if chosen else files)
    name = f"batch-{one.pk}{f'-{chosen}' if chosen else ''}.xlsx"
    return HttpResponse(
        data, content_type=CONTENT_TYPE, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _batches_of(request: AuthenticatedRequest) -> QuerySet[Batch]:
    return Batch.objects.filter(job__in=jobs_of(request.user))


def _chosen(request: AuthenticatedRequest) -> str:
    asked = request.GET.get("status", "")
    return asked if asked in ImportStatus.values else ""
