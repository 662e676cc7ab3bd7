"""The admin site shows reports, versions, findings, changes and sources, and changes none of them."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Change, Finding, PendingImport, Report, Source, Version

MODELS = [Report, Version, Finding, Change, Source, PendingImport]


@pytest.mark.parametrize("model", MODELS)
def test_nobody_may_add_change_or_delete(model: type, administrator_client: Client) -> None:
    name = f"admin:reports_{model.__name__.lower()}"
    assert administrator_client.get(reverse(f"{name}_changelist")).status_code == 200
    assert administrator_client.get(reverse(f"{name}_add")).status_code == 403
    assert admin.site._registry[model].actions is None


def test_a_report_can_be_looked_at_but_not_posted_to(
    township: Agency, administrator: User, administrator_client: Client
) -> None:
    version = lifecycle.start_draft(township, 2024, administrator)
    for model, pk in [(Report, version.report_id), (Version, version.pk)]:
        name = f"admin:reports_{model.__name__.lower()}"
        page = administrator_client.get(reverse(f"{name}_change", args=[pk]))
        assert page.status_code == 200
        assert "_save" not in page.content.decode()
        sent = {"state": "published"}
        assert administrator_client.post(reverse(f"{name}_change", args=[pk]), sent).status_code == 403
        assert administrator_client.post(reverse(f"{name}_delete", args=[pk]), {"post": "yes"}).status_code == 403
    version.refresh_from_db()
    assert version.state == "draft"
