from __future__ import annotations

import pytest
from django.test import Client

from reports.standard.rates import RATES


@pytest.mark.django_db
def test_every_rate_is_explained_with_its_operands(reader: Client) -> None:
    page = reader.get("/rates/").content.decode()
    for rate in RATES.values():
        assert f'id="{rate.key}"' in page
        assert rate.definition in page
    assert "办理结果总计" in page
    assert "不足 10 件" in page
