"""Every table that holds text is looked through for the words, or it is said why not: a new one cannot be forgotten."""

from __future__ import annotations

from django.apps import apps

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Change, Finding, Version
from reports.takedown.places import rows_about, text_fields

ARE_NO_TEXTS = {
    "Installation": "the key of the installation",
    "MinHashSignature": "made anew of what is left",
    "PendingErasure": "names of files, taken out as soon as they are deleted",
    "RecordEntry": "salted digests",
    "RecordHead": "digests",
    "Worker": "names of machines",
}
ARE_NOT_OF_A_REPORT = {
    "AccountRecord": "the register's",
    "Agency": "the register's",
    "Division": "the register's",
    "FormerName": "the register's",
    "LocalDate": "an office's, for all below it",
    "Reminder": "the addresses of accounts",
    "User": "the register's",
}


def test_every_table_with_text_is_looked_through_or_says_why_not(township: Agency, clerk: User) -> None:
    report = lifecycle.start_draft(township, 2023, clerk).report
    looked_through = {rows.model if hasattr(rows, "model") else None for rows in rows_about(report)}
    by_hand = {"Report", "PendingImport", "BulkAct"}
    names = {model.__name__ for model in (*looked_through, Version, Change, Finding) if model} | by_hand
    with_text = {
        model.__name__
        for app in ("agencies", "reports")
        for model in apps.get_app_config(app).get_models()
        if text_fields(model)
    }
    assert with_text - names == ARE_NO_TEXTS.keys() | ARE_NOT_OF_A_REPORT.keys()
    assert names <= with_text
