"""Reports come in: a single file or pasted text leads to its preview, many files to a batch."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest, agencies_of
from agencies.models import Role
from reports.importing.document import Unreadable
from reports.importing.read import read_report
from reports.intake import commit
from reports.intake.batch_import import start_import
from reports.intake.upload_form import ACCEPTED, DRAFT, TextForm, UploadForm, are_many
from reports.jobs.access import jobs_of
from reports.models import Batch, PendingImport
from reports.originals.keeping import NotKept

NEWEST = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """Takes files or text; what holds no report leaves nothing behind."""
    if not agencies_of(request.user, *commit.IMPORTERS).exists():
        raise PermissionDenied
    pasted = request.method == "POST" and "text" in request.POST
    text_form = TextForm(request.POST) if pasted else TextForm()
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" and not pasted else UploadForm()
    answer = None
    if text_form.is_bound and text_form.is_valid():
        text = text_form.cleaned_data["text"]
        answer = _preview(request, text.encode(), _("粘贴的文字") + ".txt", text_form, "text")
    elif form.is_bound and form.is_valid():
        answer = _take(request, form)
    if answer:
        return answer
    context = {
        "form": form,
        "text_form": text_form,
        "accepted": ACCEPTED,
        "may_publish": agencies_of(request.user, Role.SUPERVISOR).exists(),
        # Those of a batch are listed with it.
        "pending": PendingImport.objects.filter(created_by=request.user, batch_files=None)
        .select_related("source")
        .order_by("-created_at", "-pk"),
        "batches": Batch.objects.filter(job__in=jobs_of(request.user)).select_related("job")[:NEWEST],
    }
    return render(request, "intake/upload.html", context, status=422 if form.errors or text_form.errors else 200)


def _take(request: AuthenticatedRequest, form: UploadForm) -> HttpResponseRedirect | None:
    files = form.cleaned_data["file"]
    if not are_many(files):
        return _preview(request, files[0].read(), files[0].name, form, "file")
    batch = start_import(
        files,
        request.user,
        as_draft=form.cleaned_data["keep"] == DRAFT,
        hold_doubtful=not form.cleaned_data["store_doubtful"],
    )
    return redirect("batch", batch.pk)


def _preview(
    request: AuthenticatedRequest, data: bytes, name: str, form: Form, field: str
) -> HttpResponseRedirect | None:
    """The way to the preview; none where nothing can be read, which the form then says."""
    try:
        parsed = read_report(data, name)
    except Unreadable as unreadable:
        words = {"name": name, "problem": unreadable}
        form.add_error(field, _("%(name)s：%(problem)s") % words if field == "file" else str(unreadable))
        return None
    try:
        pending = commit.keep_for_preview(parsed, data, name, request.user)
    except NotKept as not_kept:
        form.add_error(field, str(not_kept))
        return None
    return redirect("preview", pending.pk)
