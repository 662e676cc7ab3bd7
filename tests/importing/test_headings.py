from __future__ import annotations

import pytest

from reports.importing.chapters import heading_of
from reports.importing.read import read_report


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("一、政府信息公开总体情况", "overview"),
        ("一、总体工作情况", "overview"),
        ("一、工作总体推进情况", "overview"),
        ("一、概述", "overview"),
        ("第一部分 总体情况", "overview"),
        ("二、行政机关主动公开政府信息情况", "disclosure"),
        ("三、收到的处理政府信息公开申请情况", "applications"),
        ("三、依申请公开政府信息办理情况", "applications"),
        ("四、政府信息公开工作行政复议、行政诉讼情况", "proceedings"),
        ("五、存在的不足和改进情况", "problems"),
        ("五、工作中存在的问题及下一步打算", "problems"),
        ("六、需要报告的其他事项", "other"),
    ],
)
def test_the_headings_that_offices_print_open_their_chapters(line: str, key: str) -> None:
    found = heading_of(line)
    assert found is not None
    assert found[0].key == key


@pytest.mark.parametrize(
    "line",
    [
        "（一）主动公开情况",
        "三、收到申请以后，由承办科室办理。然后答复。",
        "五、本镇政府信息公开申请由党政办公室统一登记、分送、催办和答复，存在问题的及时改进，做到事事有回音、件件有着落",
        "三、行政许可",
    ],
)
def test_sections_and_sentences_open_none(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize("numeral", ["一", "四", "七"])
def test_a_chapter_numbered_anew_is_known_by_its_title_word_for_word(numeral: str) -> None:
    found = heading_of(f"{numeral}、存在的主要问题及改进情况")
    assert found is not None
    assert found[0].key == "problems"
    assert heading_of("四、问题和改进") is None


def test_two_chapters_under_one_heading_are_one_problem() -> None:
    text = """青山镇人民政府2023年政府信息公开工作年度报告
一、总体情况
全年公开信息10条。
五、存在的主要问题及改进情况和其他需要报告的事项
人手不足。没有收取信息处理费。
"""
    parsed = read_report(text.encode(), "a.txt")
    assert parsed.narrative["problems"] == "人手不足。没有收取信息处理费。"
    assert [problem.code for problem in parsed.problems if problem.where.startswith("narrative.")] == ["shared_chapter"]
