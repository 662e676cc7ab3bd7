from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from agencies.models import Agency, Division
from tests.published import ONE_GRANTED, checked_together, publish

BROKEN = {"applications.received.total": 3}


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> Iterator[None]:
    """What was asked before is counted in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def reports(township: Agency, other_township: Agency, foreign_township: Agency, county: Division) -> None:
    marked: dict[str, Any] = {"marks": {"applications.received.total": "/"}}
    with checked_together():
        publish(township, 2023, ONE_GRANTED, overview="=总体情况")
        publish(township, 2020, {"disclosure.procurement.amount": "251.123456"})
        publish(other_township, 2023, BROKEN)
        publish(foreign_township, 2023, dict.fromkeys(("applications.received.total",)), **marked)
        publish(Agency.objects.get(pk=county.code), 2022)
