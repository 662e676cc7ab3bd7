"""Many reports as files: what a list shows, and everything year by year."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reports.exporting.many import FORMATS, as_csv, as_jsonl, in_full, write_xlsx
from reports.exporting.yearly import DICTIONARY, listed
from reports.models import Report
from reports.public.filters import ReportFilter
from reports.views.refused import refused


@require_safe
def list_download(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every report that the list shows under the same filters, whatever page of it is open."""
    if form not in FORMATS:
        raise Http404
    filters = ReportFilter(
        request.GET, queryset=Report.objects.published().with_headlines().order_by("-year", "agency_id")
    )
    if not filters.is_valid():
        # The page leaves such a filter out and says so; a file would pass for an answer.
        named = _("、").join(str(filters.form.fields[name].label) for name in filters.form.errors)
        return refused(request, _("筛选条件读不懂：%s。请在报告列表里重新选择后再下载。") % named)
    reports = filters.qs
    answer = StreamingHttpResponse(_pieces(reports, form), content_type=FORMATS[form])
    answer["Content-Disposition"] = f'attachment; filename="nianbao-{timezone.localdate():%Y%m%d}.{form}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _pieces(reports: QuerySet[Report], form: str) -> Iterator[bytes]:
    if form == "csv":
        yield from as_csv(in_full(reports))
    elif form == "jsonl":
        yield from as_jsonl(in_full(reports))
    else:
        # A workbook has its table of contents at the end: it can only be sent when it is whole.
        with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
            path = Path(folder, "list.xlsx")
            write_xlsx(in_full(reports), path)
            with path.open("rb") as file:
                while chunk := file.read(1 << 16):
                    yield chunk


@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    """The yearly files with their checksums, the data dictionary, and how programs get at the same data."""
    files = listed()
    yearly = [file for file in files if file.year]
    context = {
        "years": [(year, list(group)) for year, group in groupby(yearly, key=lambda file: file.year)],
        "dictionary": next((file for file in files if file.name == DICTIONARY), None),
        "made_at": datetime.datetime.fromisoformat(files[0].made_at) if files else None,
    }
    return render(request, "public/data.html", context)


@require_safe
def data_file(request: HttpRequest, name: str) -> FileResponse:
    """One of the files that the manifest names."""
    named = next((file for file in listed() if file.name == name), None)
    if named is None:
        raise Http404
    answer = FileResponse((settings.DATA_ROOT / named.name).open("rb"), as_attachment=True, filename=named.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["ETag"] = f'"{named.sha256}"'
    return answer
