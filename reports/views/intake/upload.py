"""Reports come in: a single file or pasted text is read for its preview, many files become a batch. Nothing is read here."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from agencies.access import AuthenticatedRequest
from reports.intake.batch_import import start_import
from reports.intake.preview import waiting_for_office
from reports.intake.single_import import start_reading
from reports.intake.upload_form import ACCEPTED, DRAFT, TextForm, UploadForm, are_many
from reports.jobs import starting
from reports.jobs.access import jobs_of
from reports.lifecycle import Act
from reports.lifecycle.permissions import may_anywhere, require_anywhere
from reports.models import Batch, Job, JobKind, JobState
from reports.originals.belonging import NotOurOriginals

logger = logging.getLogger(__name__)

NEWEST = 5


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: AuthenticatedRequest) -> HttpResponse:
    """Takes files or text, and leads to where their reading is watched."""
    require_anywhere(request.user, Act.IMPORT_DRAFT)
    if request.method != "POST":
        return _page(request, UploadForm(), TextForm())
    pasted = "text" in request.POST
    text_form = TextForm(request.POST) if pasted else TextForm()
    form = UploadForm() if pasted else UploadForm(request.POST, request.FILES)
    sent: Form = text_form if pasted else form
    if sent.is_valid():
        if reason := starting.why_wait(request.user):
            sent.add_error("text" if pasted else "file", reason)
            return _page(request, form, text_form, status=429)
        try:
            return _take_text(request, text_form) if pasted else _take_files(request, form)
        except NotOurOriginals as fault:
            logger.critical("An upload was refused: %s", fault)
            message = _("服务器现在看不到存放原件的目录，什么都没有存入。请通知管理员，稍后再试。")
            sent.add_error("text" if pasted else "file", message)
        except OSError:
            logger.exception("An upload could not be kept")
            message = _("服务器没能保存这个文件（可能是存储空间已满），什么都没有存入。请通知管理员，稍后再试。")
            sent.add_error("text" if pasted else "file", message)
    return _page(request, form, text_form, status=422)


def _take_text(request: AuthenticatedRequest, form: TextForm) -> HttpResponseRedirect:
    text = form.cleaned_data["text"]
    return redirect("reading", start_reading(text.encode(), _("粘贴的文字") + ".txt", request.user, text=text).pk)


def _take_files(request: AuthenticatedRequest, form: UploadForm) -> HttpResponseRedirect:
    files = form.cleaned_data["file"]
    if not are_many(files):
        return redirect("reading", start_reading(files[0].read(), files[0].name or "", request.user).pk)
    batch = start_import(
        files,
        request.user,
        as_draft=form.cleaned_data["keep"] == DRAFT,
        hold_doubtful=not form.cleaned_data["store_doubtful"],
    )
    return redirect("batch", batch.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far the reading of one file is; then its preview, or why there is none."""
    job = get_object_or_404(jobs_of(request.user).filter(kind=JobKind.PREVIEW), pk=pk)
    if request.method == "POST":
        act = {"stop": starting.stop, "resume": starting.resume}.get(request.POST.get("act", ""))
        if act:
            act(job)
        return redirect("reading", pk)
    if job.state != JobState.DONE:
        return render(request, "intake/reading.html", {"job": job, "name": job.result["name"]})
    if request.htmx:
        # What has watched it leaves as a whole: another page follows, and no part of this one.
        return HttpResponseClientRedirect(request.path)
    if "pending" in job.result:
        return redirect("preview", job.result["pending"])
    return _unreadable(request, job)


def _unreadable(request: AuthenticatedRequest, job: Job) -> HttpResponse:
    """The page of the upload with the reason, and with the text that was pasted."""
    problem, text = job.result.get("problem", ""), job.result.get("text")
    form, text_form = UploadForm(), TextForm()
    if text is None:
        form = UploadForm({}, MultiValueDict())
        form.errors["file"] = form.error_class([_("%(name)s：%(problem)s") % job.result])
    else:
        text_form = TextForm({"text": text})
        text_form.full_clean()
        text_form.add_error("text", problem)
    return _page(request, form, text_form, status=422)


def _page(request: AuthenticatedRequest, form: UploadForm, text_form: TextForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "text_form": text_form,
        "accepted": ACCEPTED,
        "may_publish": may_anywhere(request.user, Act.IMPORT_PUBLISHED),
        "readings": jobs_of(request.user, below=False).filter(kind=JobKind.PREVIEW).exclude(state=JobState.DONE),
        "pending": waiting_for_office(request.user).order_by("-created_at", "-pk"),
        "batches": Batch.objects.filter(job__in=jobs_of(request.user)).select_related("job")[:NEWEST],
    }
    return render(request, "intake/upload.html", context, status=status)
