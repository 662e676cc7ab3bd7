"""Reports in the admin site: only to be looked at. What changes them goes through the lifecycle, which records it."""

from __future__ import annotations

from django.contrib import admin

from agencies.admin import ReadOnly
from reports.models import Change, Finding, PendingImport, Report, Source, Version


@admin.register(Report)
class ReportAdmin(ReadOnly):
    list_display = ["agency", "year", "published", "working"]
    list_filter = ["year"]
    list_select_related = ["agency", "published__report__agency", "working__report__agency"]
    search_fields = ["agency__name", "agency__code"]


@admin.register(Version)
class VersionAdmin(ReadOnly):
    list_display = ["report", "number", "state", "origin", "changed_at"]
    list_filter = ["state", "origin", "edition", "report__year"]
    # Who did what to it, under the names of the time, is in its changes.
    exclude = ["created_by"]
    list_select_related = ["report__agency"]
    search_fields = ["report__agency__name", "report__agency__code"]


@admin.register(Finding)
class FindingAdmin(ReadOnly):
    list_display = ["version", "rule", "where", "severity", "decision", "created_at"]
    list_filter = ["severity", "decision", "rule"]
    exclude = ["decided_by"]
    readonly_fields = ["decided_by_name"]
    list_select_related = ["version__report__agency"]
    search_fields = ["version__report__agency__name", "version__report__agency__code"]


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    list_display = ["version", "action", "made_by_label", "made_at", "comment"]
    list_filter = ["action"]
    exclude = ["made_by"]
    readonly_fields = ["made_by_username", "made_by_name"]
    list_select_related = ["version__report__agency"]
    search_fields = ["version__report__agency__name", "version__report__agency__code"]


@admin.register(Source)
class SourceAdmin(ReadOnly):
    list_display = ["name", "size", "sha256", "received_by_name", "received_at"]
    # The file itself is handed out by a view that checks access; the admin site would link to it directly.
    exclude = ["file", "received_by"]
    readonly_fields = ["received_by_name"]
    search_fields = ["name", "sha256"]


@admin.register(PendingImport)
class PendingImportAdmin(ReadOnly):
    list_display = ["source", "waiting_for", "source__received_by_name", "created_at"]
    list_filter = ["waiting_for"]
    list_select_related = ["source"]
    exclude = ["created_by"]
