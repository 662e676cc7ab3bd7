from __future__ import annotations

import pytest

from reports.importing.identity import Title, is_title, read_signature, read_title
from reports.importing.read import read_report

AGREED = Title("青山镇人民政府", 2023, 0, dated=True)


@pytest.mark.parametrize(
    ("lines", "agency", "year"),
    [
        (["青山镇人民政府2023年政府信息公开工作年度报告"], "青山镇人民政府", 2023),
        (["青山镇人民政府", "2023年度政府信息公开工作年度报告"], "青山镇人民政府", 2023),
        (["2023年青山街道政府信息公开工作年度报告"], "青山街道", 2023),
        (["2023年度青山镇政府信息公开工作年度报告"], "青山镇", 2023),
        (["示例县青山镇", "人民政府", "二〇二三年政府信息公开年度报告"], "示例县青山镇人民政府", 2023),
        (["示例县青山镇2023年政府信息公开年报"], "示例县青山镇", 2023),
        (["青山乡人民政府2023年政府信息公开工作", "年度报告"], "青山乡人民政府", 2023),
        (["2023年度示例县青山镇人民政府信息公开工作年度报告"], "示例县青山镇人民政府", 2023),
        (["青山镇人民政府信息公开年报", "2023年1月1日至12月31日"], "青山镇人民政府", 2023),
        (["2023年示例市人民政府辦公廳政府信息公開工作年度報告"], "示例市人民政府辦公廳", 2023),
        (["青山镇人民政府政府信息公开工作2023年度报告"], "青山镇人民政府", 2023),
        (["青山镇人民政府信息公开工作2023年度报告"], "青山镇人民政府", 2023),
        (["青山镇2023年度政府", "信息公开工作年度报告"], "青山镇", 2023),
        (["示例县青山镇人民政府2023年", "政府信息公开工作", "年度报告"], "示例县青山镇人民政府", 2023),
        (["青山镇人民政府 2023年", "政府信息公开工作年度报告"], "青山镇人民政府", 2023),
        (["青山镇人民政府（2023年）政府信息公开工作年度报告"], "青山镇人民政府", 2023),
        (["青山镇人民政府政府信息公开工作年度报告（2023年）"], "青山镇人民政府", 2023),
    ],
)
def test_a_title_names_agency_and_year(lines: list[str], agency: str, year: int) -> None:
    found = read_title(lines, "")
    assert (found.agency, found.year) == (agency, year)


@pytest.mark.parametrize(
    "around",
    [
        ["首页 > 政务公开 > 政府信息公开年报 > 2021 > 街道办事处政府信息公开工作年度报告"],
        ["您现在所在的位置: 网站首页 > 政府信息公开年度工作报告 > 绿水镇人民政府2022年政府信息公开工作年度报告"],
        ["示例县人民政府", "政府信息公开"],
        ["设为首页", "加入收藏", "无障碍阅读"],
        ["示例县人民政府信息公开年报"],
        ["关于做好2024年政府信息公开工作年度报告编制和发布工作的通知"],
    ],
)
def test_what_a_web_page_prints_above_the_title_is_not_taken_for_it(around: list[str]) -> None:
    found = read_title([*around, "青山镇人民政府2023年政府信息公开工作年度报告"], "")
    assert (found.agency, found.year, found.line) == ("青山镇人民政府", 2023, len(around))


def test_the_label_of_a_field_is_no_part_of_the_name() -> None:
    assert read_title(["名 称: 青山街道办事处2023年度 政府信息公开工作年度报告"], "").agency == "青山街道办事处"


def test_where_nothing_else_has_a_title_the_path_of_the_page_does() -> None:
    path = "首页 > 政府信息公开年报 > 青山镇人民政府2023年政府信息公开工作年度报告"
    assert read_title([path, "来源：本站"], "") == Title("青山镇人民政府", 2023, 0, dated=True)


def test_a_year_stands_in_one_line_and_the_name_in_the_rubric_above() -> None:
    found = read_title(["青山镇人民政府信息公开年报", "2023年政府信息公开工作年度报告"], "")
    assert (found.agency, found.year, found.dated) == ("青山镇人民政府", 2023, True)


def test_a_misspelt_title_is_one_all_the_same() -> None:
    assert read_title(["青山镇人民政府2023年政府信息公开 工作告年度报"], "") == AGREED


def test_lines_of_the_page_are_not_put_before_a_name() -> None:
    assert read_title(["首页", "示例市2023年政府信息公开工作年度报告"], "").agency == "示例市"
    assert read_title(["政府信息公开", "2023年政府信息公开工作年度报告"], "").agency == ""


@pytest.mark.parametrize(
    ("preamble", "agency"),
    [
        ("现编制形成了《青山镇人民政府2023年政府信息公开工作年度报告》。", "青山镇人民政府"),
        ("完成了《2023年度青山街道政府信息公开工作年度报告》。", "青山街道"),
        ("现公布示例县青山乡人民政府2023年度政府信息公开工作报告。", "示例县青山乡人民政府"),
        ("特向社会公布2023年青山乡人民政府政府信息公开工作情况报告。", "青山乡人民政府"),
        ("根据有关要求，由示例县农业农村局编制。", "示例县农业农村局"),
        ("由示例县青山街道办事处综合各项数据编制。", "示例县青山街道办事处"),
        ("现予以公开2023年青山镇政府信息公开工作年度报告。", "青山镇"),
        ("如有疑问，请联系示例市青山镇党政和人大办公室（电话：000）。", "示例市青山镇"),
        ("如有疑问，请与示例县青山镇党政办联系（电话：000）。", "示例县青山镇"),
    ],
)
def test_without_a_title_the_preamble_names_the_agency(preamble: str, agency: str) -> None:
    assert read_title(["政府信息公开工作年度报告", preamble], "").agency == agency


@pytest.mark.parametrize(
    "preamble",
    [
        "现将我镇2023年政府信息公开工作情况报告如下：",
        "现公布本街道办事处2023年政府信息公开工作年度报告。",
        "如有疑问，请与本机关办公室联系（电话：000）。",
        "坚持公正、公开、便民原则。现将2023年政府信息公开工作报告如下：",
        "按照《关于做好2023年政府信息公开工作年度报告编制工作的通知》要求编制。",
    ],
)
def test_a_sentence_that_names_no_agency_gives_none(preamble: str) -> None:
    assert read_title([preamble], "").agency == ""


@pytest.mark.parametrize(
    ("preamble", "evidence"),
    [
        ("统计期限自2023年1月1日始至2023年12月31日止。", "2023年1月1日始至2023年12月31日"),
        ("统计时限为20231月1日至202312月31日。", "20231月1日至202312月31日"),
        ("统计期限从2023年1月1日至12月31止。", "2023年1月1日至12月31"),
        ("完成了《青山镇2023年政府信息公开工作年度报告》。", "青山镇2023年政府信息公开工作年度报告"),
        ("现将我镇2023年度政府信息公开工作情况报告如下：", "2023年度政府信息公开工作情况报告如下"),
    ],
)
def test_without_a_dated_title_the_year_is_what_the_text_says_and_where(preamble: str, evidence: str) -> None:
    found = read_title([preamble], "")
    assert (found.year, found.dated, found.evidence) == (2023, False, evidence)


def test_where_no_title_is_printed_the_text_names_agency_and_year() -> None:
    found = read_title(["现公布青山镇人民政府2023年政府信息公开工作年度报告。"], "")
    assert (found.agency, found.year, found.dated) == ("青山镇人民政府", 2023, False)


def test_a_town_has_its_office_sign() -> None:
    ending = ["没有其他事项。", "示例县青山镇人民政府办公室", "2024年1月9日", "（此件主动公开）"]
    assert read_signature(ending) == "示例县青山镇人民政府"
    assert read_signature(["示例县人民政府办公室", "2024年1月9日"]) == "示例县人民政府办公室"


def test_years_that_are_not_the_reports_are_left_alone() -> None:
    assert read_title(["根据国办公开办函〔2021〕30号，截至2022年底，共公开信息10条。"], "").year is None


def test_a_sentence_that_ends_with_the_word_report_is_no_title() -> None:
    assert is_title("2023年政府信息公开工作年度报告")
    assert is_title("《青山镇2023年政府信息公开工作年度报告》")
    assert not is_title("依据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。")


def test_a_title_that_only_the_catalogue_of_the_page_has_is_found_there() -> None:
    page = """| 名称 | 2023年度示例县青山镇人民政府信息公开工作年度报告 | |||
|---|---|---|---|---|
| 索引号 | 0001/2024 | 发布机构 | 示例县档案馆 | |
一、总体情况
全年公开信息10条。
"""
    parsed = read_report(page.encode(), "page.txt")
    assert (parsed.agency, parsed.year) == ("示例县青山镇人民政府", 2023)
    place = parsed.places["agency"]
    assert (place.grid, place.row) == (1, 1)
