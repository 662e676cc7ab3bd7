"""Another year's period."""

from __future__ import annotations

from tests.checks.rules.texts import findings, report, sentence


def test_another_years_period_is_named() -> None:
    text = "数据统计期限为2021年1月1日至12月31日。"
    assert sentence(report(text, part="preamble")) == (
        "报告开头中写的是2021年，本报告是2023年度的。请核对是否沿用了往年的文字。"
    )
    assert findings(report(text, part="preamble", year=2021)) == []
    assert findings(report(text, part="preamble", year=None)) == []
