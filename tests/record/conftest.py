from __future__ import annotations

import pytest

from agencies.models import Agency, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.models import Version
from tests.lifecycle.reports import ONE_CASE_OPEN, published

YEAR = 2023


@pytest.fixture
def version(township: Agency, clerk: User) -> Version:
    """Published, corrected once, and sealed twice."""
    published(township, YEAR, clerk)
    seal()
    draft = lifecycle.start_correction(township.reports.get(), clerk, "漏报一件")
    draft = lifecycle.save_draft(draft, ONE_CASE_OPEN, {"overview": "收到申请1件。"}, clerk)
    version = lifecycle.publish(lifecycle.submit(draft, clerk), clerk)
    seal()
    return version
