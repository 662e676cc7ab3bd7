"""Another place's name."""

from __future__ import annotations

from tests.checks.rules.texts import findings, report, sentence


def test_another_places_name_is_named() -> None:
    text = "2023年，黛山乡人民政府未收取信息处理费。"
    assert sentence(report(text)) == "“总体情况”中出现了“黛山乡”，不是本报告的单位。请核对是否沿用了别处的文字。"
    assert findings(report(text, agency="汐川县黛山乡人民政府")) == []
    assert findings(report(text, agency="汐川县教育局")) == []
    assert findings(report(text, agency="")) == []
