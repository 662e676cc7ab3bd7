"""An import that waits is looked at beside its file, corrected, then confirmed or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AuthenticatedRequest
from agencies.forms import AgencyForm
from agencies.models import Kind
from reports import lifecycle
from reports.intake import commit
from reports.intake.commit import revision_of, save_corrections
from reports.intake.confirmation import confirm_review
from reports.intake.preview import ImportReview, cell_states, may_decide, preview_context
from reports.intake.preview_action import Button, PreviewAction, action_corrections, read_action, read_decisions
from reports.intake.preview_form import PreviewForm
from reports.jobs.access import jobs_of
from reports.models import Batch, ImportStatus, PendingImport, State, Version
from reports.originals.drawing import draw_document
from reports.originals.renditions import reading_of
from reports.views.reauthentication import reauthenticate, wants_json


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The file at the left, what was recognised at the right, the doubts first; corrections are kept, confirming stores."""
    if not request.user.is_authenticated and (answer := reauthenticate(request)):
        return answer
    pending = PendingImport.objects.select_related("source").filter(pk=pk).first()
    if pending is None:
        return _no_longer_waiting(request)
    waiting = ImportReview(request.user, pending)
    if not may_decide(request.user, pending):
        raise Http404
    if request.method != "POST":
        if wants_json(request):
            return JsonResponse({"revision": revision_of(pending), "token": get_token(request)})
        return _page(request, waiting)
    action = read_action(request.POST.get("act", ""))
    if action is None:
        raise BadRequest
    do = {Button.DISCARD: _discard, Button.CREATE: _create_agency}.get(action.button, _save)
    try:
        return do(request, waiting, action)
    except lifecycle.EditConflict as conflict:
        return _changed_meanwhile(request, ImportReview(request.user, conflict.current), str(conflict))
    except PendingImport.DoesNotExist:
        return _no_longer_waiting(request)


def _discard(request: AuthenticatedRequest, waiting: ImportReview, action: PreviewAction) -> HttpResponse:
    batch = _batch_of(request, waiting.pending)
    commit.discard(waiting.pending, seen=request.POST.get("revision"))
    messages.info(request, _("已丢弃，没有保存任何内容。"))
    return _back_to(batch) if batch else redirect("upload")


def _save(request: AuthenticatedRequest, waiting: ImportReview, action: PreviewAction) -> HttpResponse:
    form = PreviewForm(waiting.read, waiting.corrections, request.POST)
    entries = form.entries | action_corrections(action, waiting)
    decisions = read_decisions(request.POST, action, waiting.comparison)
    seen = request.POST.get("revision")
    kept = save_corrections(waiting.pending, entries, request.user, decisions=decisions, seen=seen)
    waiting = ImportReview(request.user, kept)
    if wants_json(request):
        return _as_json(request, waiting, form.errors)
    if form.errors:
        return _page(request, waiting, data=request.POST, error=_("有内容无法识别，请改正标出的各处。其余的已经保存。"))
    if action.button == Button.CONFIRM:
        return _confirm(request, waiting)
    return redirect("preview", kept.pk)


def _no_longer_waiting(request: AuthenticatedRequest) -> HttpResponse:
    """After a second click, or the way back from what was stored: the first click has done it."""
    told = _("这份文件已经处理完，不再等待确认。")
    if wants_json(request):
        return JsonResponse({"told": told}, status=410)
    messages.info(request, told)
    return redirect("upload")


def _changed_meanwhile(request: AuthenticatedRequest, waiting: ImportReview, told: str) -> HttpResponse:
    """Shows what was sent against what stands there now; sent once more it counts."""
    if wants_json(request):
        return JsonResponse({"told": told}, status=409)
    form = PreviewForm(waiting.read, waiting.corrections, request.POST)
    words = {
        "told": told,
        "what": _("您填的还没有保存：标出的各处与现在保存的不同，核对后再保存一次，就以您填的为准。"),
    }
    return _page(request, waiting, data=request.POST, error=_("%(told)s%(what)s") % words, theirs=form, status=409)


def _confirm(request: AuthenticatedRequest, waiting: ImportReview) -> HttpResponse:
    batch = _batch_of(request, waiting.pending)
    try:
        version, changed = confirm_review(waiting)
    except lifecycle.EditConflict as stale:
        return _page(request, waiting, error=_("%(told)s请重新核对差异。") % {"told": stale})
    except lifecycle.Refused as refused:
        return _page(request, waiting, error=str(refused))
    except ValidationError as invalid:
        return _page(request, waiting, error=" ".join(invalid.messages))
    if changed:
        messages.success(request, _("已保存：%(report)s") % {"report": version.report})
    else:
        messages.info(request, _("没有要改动的，已存的报告保持不变。"))
    return _back_to(batch) if batch else _to(version)


def _to(version: Version) -> HttpResponse:
    where = "report" if version.state == State.PUBLISHED else "draft"
    return redirect(where, version.report.agency_id, version.report.year)


def _batch_of(request: AuthenticatedRequest, pending: PendingImport) -> Batch | None:
    """The batch in which this file came, if this user sees it."""
    return Batch.objects.filter(files__pending=pending, job__in=jobs_of(request.user)).first()


def _back_to(batch: Batch) -> HttpResponse:
    """To those of the batch that still wait for a person, or to all of them."""
    address = reverse("batch", args=[batch.pk])
    waits = batch.files.filter(status=ImportStatus.PENDING).exists()
    return redirect(f"{address}?status={ImportStatus.PENDING}" if waits else address)


def _create_agency(request: AuthenticatedRequest, waiting: ImportReview, action: PreviewAction) -> HttpResponse:
    form = AgencyForm(request.user, request.POST)
    if not form.is_valid():
        return _page(request, waiting, agency_form=form)
    try:
        agency = commit.register_agency(waiting.pending, form, request.user, seen=request.POST.get("revision"))
    except lifecycle.EditConflict as conflict:
        told = _("%(told)s请看过现在的内容，再登记一次。") % {"told": conflict}
        now = ImportReview(request.user, conflict.current)
        return _page(request, now, agency_form=form, error=told, status=409)
    messages.success(request, _("已登记：%(agency)s（%(code)s）") % {"agency": agency.name, "code": agency.code})
    return redirect("preview", waiting.pending.pk)


def _page(
    request: AuthenticatedRequest,
    waiting: ImportReview,
    *,
    data: Mapping[str, Any] | None = None,
    error: str = "",
    agency_form: AgencyForm | None = None,
    theirs: PreviewForm | None = None,
    status: int = 0,
) -> HttpResponse:
    context = preview_context(waiting, data)
    document, reading = reading_of(waiting.pending.source)
    creating = agency_form is not None
    if agency_form is None:
        agency_form = AgencyForm(request.user, initial={"name": waiting.corrected.agency, "kind": Kind.TOWNSHIP})
    context |= {
        "drawing": draw_document(document) if document else None,
        "waiting": reading,
        "source": waiting.pending.source,
        "pictures": True,
        "batch": _batch_of(request, waiting.pending),
        "agency_form": agency_form if waiting.supervising else None,
        "creating": creating,
        "error": error,
        "theirs": theirs.conflicts if theirs else (),
    }
    return render(request, "intake/preview.html", context, status=status or (422 if error or creating else 200))


def _as_json(request: AuthenticatedRequest, waiting: ImportReview, errors: Mapping[str, str]) -> JsonResponse:
    context = preview_context(waiting)
    cells = cell_states(context)
    return JsonResponse(
        {
            "revision": context["revision"],
            "saved": timezone.localtime().strftime("%H:%M:%S"),
            "errors": errors,
            "corrected": context["corrected"],
            "values": {name: text for name, text in context["form"].initial.items() if name in waiting.corrections},
            "doubts": render_to_string("intake/_doubts.html", context, request),
            "against": render_to_string("intake/_against.html", context, request),
            "looks": {key: looks for key, (looks, _numbers) in cells.items()},
            "numbers": {key: numbers for key, (_looks, numbers) in cells.items() if numbers},
        }
    )
