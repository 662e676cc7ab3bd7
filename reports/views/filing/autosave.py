"""What the script of the entry form is told: after it saved, and when it asks whether others changed something."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone

from agencies.access import AuthenticatedRequest
from reports import lifecycle
from reports.filing.editing import EditResult
from reports.filing.forms import entry_form
from reports.filing.merging import Theirs
from reports.models import Version


def as_json(request: AuthenticatedRequest, outcome: EditResult, context: dict[str, Any]) -> JsonResponse:
    """What came of saving: the new revision, what could not be saved, what others changed, and the checks anew."""
    problem = outcome.problem
    answer = {
        "revision": outcome.version.revision,
        "saved": timezone.localtime().strftime("%H:%M:%S"),
        "told": problem.stale or " ".join(text for level, text in outcome.messages if level >= messages.WARNING),
        "taken": outcome.taken,
        "conflicts": _conflicts(problem.theirs),
        "errors": {item.name: item.message for item in problem.mistyped},
        "locked": bool(context["locked"]),
        **_verdict(request, context),
    }
    return JsonResponse(answer, status=409 if problem.status == 409 else 200)


def _verdict(request: AuthenticatedRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What the checks say of it: the list, the state of the chapters, the numbers in the cells."""
    cells = {key: cell for part in context["chapters"] if part.table for key, cell in part.table.inputs.items()}
    return {
        "findings": render_to_string("filing/_findings.html", context, request),
        "sentences": {part.key: part.table.sentence for part in context["chapters"] if part.table},
        "chapters": render_to_string("filing/_chapters.html", context, request),
        "numbers": {key: cell.shown.anchors for key, cell in cells.items() if cell.shown.anchors},
        "outlined": {
            key: look for key, cell in cells.items() for look in ("wrong", "doubtful") if look in cell.classes.split()
        },
    }


def news(
    request: AuthenticatedRequest, version: Version, locked: bool, checked: dict[str, Any] | None = None
) -> JsonResponse:
    """Whether the draft is another than the one that was `seen`, and then what others changed in it. `checked` is what the page
    shows of it, where somebody waits for the checks and they are done."""
    answer: dict[str, Any] = {"revision": version.revision, "token": get_token(request)}
    seen = request.GET.get("seen", version.revision)
    if seen != version.revision:
        stale = lifecycle.draft_conflict(version, seen)
        answer |= {"told": str(stale), "taken": _stored(stale, version)}
        answer["locked"] = locked
    elif checked:
        answer |= _verdict(request, checked)
    return JsonResponse(answer)


def _stored(stale: lifecycle.EditConflict, version: Version) -> dict[str, str]:
    """Every input that was changed, as it stands now."""
    form = entry_form(version)
    names = {name for change in stale.changes for name in (*change.figures, *change.texts)}
    return {name: form.typed(name) for name in form.fields if name in names}


def _conflicts(conflicts: tuple[Theirs, ...]) -> list[dict[str, str]]:
    return [{"name": item.name, "label": item.label, "stored": item.stored, "typed": item.typed} for item in conflicts]
