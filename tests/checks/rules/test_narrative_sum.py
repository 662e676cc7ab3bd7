"""The parts of a sentence against its total."""

from __future__ import annotations

from tests.checks.rules.texts import findings, report, sentence


def test_parts_that_miss_their_total_are_added_up() -> None:
    said = sentence(report("共公开信息327条，其中网站235条、公众号57条、公开栏30条。"))
    assert said == "“总体情况”中列举的各项 235 + 57 + 30 = 322，与总数 327 相差 5。请核对各项和总数。"
    assert findings(report("共公开信息327条，其中网站235条、公众号57条、公开栏35条。")) == []
    assert findings(report("共公开信息327条，其中网站235条、公众号57条等。")) == []
