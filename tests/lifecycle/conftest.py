from __future__ import annotations

import pytest

from agencies.models import Agency, User
from reports import lifecycle
from reports.models import Version
from tests.lifecycle.reports import YEAR


@pytest.fixture
def draft(township: Agency, clerk: User) -> Version:
    return lifecycle.start_draft(township, YEAR, clerk)
