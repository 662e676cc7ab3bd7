"""A sound report, drafted, filled in and published, and what became of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from reports.standard import EDITIONS

YEAR = 2023
ZEROS: dict[str, Any] = dict.fromkeys(EDITIONS["2021"].figures, 0)
RECEIVED = "applications.received.natural_person"
RECEIVED_TOTAL = "applications.received.total"
CARRIED_OUT = ("applications.carried_out.natural_person", "applications.carried_out.total")
ONE_CASE_OPEN = ZEROS | dict.fromkeys((RECEIVED, RECEIVED_TOTAL, *CARRIED_OUT), 1)


def filled(version: Version, by: User, **figures: Any) -> Version:
    return lifecycle.save_draft(version, ZEROS | figures, {"overview": "总体情况。"}, by)


def published(agency: Agency, year: int, by: User, figures: dict[str, Any] = ZEROS) -> Version:
    version = lifecycle.save_draft(lifecycle.start_draft(agency, year, by), figures, {}, by)
    return lifecycle.publish(lifecycle.submit(version, by), by)


def actions(version: Version) -> list[str]:
    return list(version.changes.order_by("pk").values_list("action", flat=True))


def codes(refused: ValidationError) -> set[str]:
    return {str(error.code) for error in refused.error_dict["__all__"]}
