"""A file comes in: uploaded, then looked at in its preview."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import agencies_of
from reports.filing.forms import UploadForm
from reports.importing import commit
from reports.importing.commit import IMPORTERS
from reports.importing.document import Unreadable
from reports.importing.read import read_report
from reports.models import PendingImport
from reports.views.signed_in import SignedIn


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: SignedIn) -> HttpResponse:
    """Takes one file and leads to its preview; a file that holds no report leaves nothing behind."""
    if not agencies_of(request.user, *IMPORTERS).exists():
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            parsed = read_report(data, file.name)
        except Unreadable as unreadable:
            form.add_error("file", f"{file.name}：{unreadable}")
        else:
            return redirect("preview", commit.hold(parsed, data, file.name, request.user).pk)
    pending = PendingImport.objects.filter(created_by=request.user).select_related("source")
    return render(request, "filing/upload.html", {"form": form, "pending": pending}, status=422 if form.errors else 200)
