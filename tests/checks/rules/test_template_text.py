"""Blanks and prompts of a template."""

from __future__ import annotations

from tests.checks.rules.texts import findings, report, sentence


def test_what_nobody_filled_in_is_named() -> None:
    assert sentence(report("工作有序。XX镇公开信息80条。")) == "“总体情况”中留有没有填写的“XX”。请补全或删去。"
    assert findings(report("网址 http://xxgk.example/xxx/ ，电话138****1234。")) == []
    assert findings(report("")) == []
