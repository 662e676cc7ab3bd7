"""Whom the figures of a report cover, as its text says; and how often nothing says so."""

from __future__ import annotations

import pytest

from reports.importing.parsed import UNKNOWN_SCOPE, Scope
from reports.importing.scope import read_scope

RECEIVED = "applications.received.total"


def scope(text: str, agency: str = "云川县人民政府", **figures: int) -> Scope:
    return read_scope(agency, [text], {RECEIVED: figures.get("received")})


class TestAStatementAboutTheFigures:
    @pytest.mark.parametrize(
        ("note", "units"),
        [
            (
                "本表为全县汇总数，统计范围为所辖望渔镇人民政府、橘林镇人民政府。",
                ("望渔镇人民政府", "橘林镇人民政府"),
            ),
            ("统计范围为：区政府办公室、区教育局、区财政局等12个部门。", ("区政府办公室", "区教育局", "区财政局")),
        ],
        ids=["all of them", "some of them"],
    )
    def test_that_names_bodies_covers_these(self, note: str, units: tuple[str, ...]) -> None:
        assert scope(note) == Scope("units", units, note, "text")

    @pytest.mark.parametrize(
        "note",
        [
            "说明：本表为全县汇总数，统计范围为县政府及所辖各乡镇人民政府、街道办事处。",
            "本报告汇总全县数据，统计期限为2023年1月1日至12月31日。",
            "本年报统计数据包括县政府及各部门、各乡镇。",
            "本报告在各乡镇（街道）、县政府各部门年度报告的基础上编制。",
            "本报告由县政府办公室汇总各镇人民政府、县直各部门政府信息公开年度报告编制而成。",
            "综合云川县行政区域内总体情况编制本报告。",
            "县人民政府根据全县2023年度政府信息公开工作开展情况，编制本报告。",
            "本報告由六部分組成，涵蓋各鄉鎮政府和縣政府各部門的政府信息公開工作情況。",
        ],
    )
    def test_that_names_the_places_below_covers_the_area(self, note: str) -> None:
        assert scope(note) == Scope("area", (), note, "text")

    @pytest.mark.parametrize(
        "note", ["本报告数据包括县政府及其各部门。", "本报告所列数据仅含县本级。", "本报告数据不含各乡镇。"]
    )
    def test_that_names_its_departments_covers_the_government(self, note: str) -> None:
        assert scope(note).kind == "government"

    @pytest.mark.parametrize(
        ("note", "agency"),
        [
            ("本报告数据仅包括本机关。", "云川县人民政府"),
            ("本报告数据不含所属单位。", "云川市公安局"),
            ("本报告数据仅含本级。", "云川市公安局"),
            ("现公布云川县人民政府（县人民政府办公室）2023年政府信息公开工作年度报告。", "云川县人民政府"),
            ("本报告对以云川县人民政府及其办公室名义开展政府信息公开工作的情况进行报告。", "云川县人民政府"),
        ],
    )
    def test_that_leaves_the_others_out_covers_the_body_itself(self, note: str, agency: str) -> None:
        assert (scope(note, agency).kind, scope(note, agency).by) == ("own", "text")

    def test_of_a_body_with_branches_may_cover_them(self) -> None:
        assert scope("本报告数据含各分局和所属单位。", "云川市公安局").kind == "area"
        assert scope("梳理2023年度海关系统政府信息公开工作情况编制而成。", "海关总署").kind == "area"


class TestASentenceThatCountsApplications:
    SAID = "2023年，全县各级行政机关共收到政府信息公开申请42件。"

    def test_covers_the_area_where_the_table_has_the_same_number(self) -> None:
        assert scope(self.SAID, received=42) == Scope("area", (), self.SAID, "text")

    def test_says_nothing_where_the_table_has_another(self) -> None:
        assert scope(self.SAID, received=12) == UNKNOWN_SCOPE

    def test_covers_the_body_itself_where_it_names_that(self) -> None:
        said = "全年共办理公众向县政府及县政府办公室提交的政府信息公开申请19件。"
        assert scope(said, received=19) == Scope("own", (), said, "text")
        assert scope(said, received=20) == UNKNOWN_SCOPE

    def test_of_an_office_may_be_about_its_county_and_needs_the_table(self) -> None:
        assert scope(self.SAID, "云川县人民政府办公室").by == "kind"
        assert scope(self.SAID, "云川县人民政府办公室", received=42).kind == "area"


@pytest.mark.parametrize(
    "said",
    [
        "2023年，全县政府信息公开工作稳步推进，共公开信息21597条。",
        "定期对各乡镇、各部门的公开数据进行检查考核，汇总后通报。",
        "因本机关不掌握或需要加工汇总等原因无法提供5件。",
        "本报告所列数据的统计期限自2023年1月1日起至12月31日止。",
        "县政府办公室负责汇总各乡镇、各部门报送的信息。",
        "根据《关于做好各县区、市直各部门年度报告编制工作的通知》要求，编制本报告。",
        "为全县经济社会高质量发展提供统计保障。",
        "我县共收到政府信息公开申请9件。",
    ],
)
def test_work_and_the_words_of_the_form_say_nothing_of_the_figures(said: str) -> None:
    assert scope(said, received=9) == UNKNOWN_SCOPE


class TestWithoutAStatement:
    @pytest.mark.parametrize(
        "agency",
        ["青山镇人民政府", "云川县青山乡", "鲸园街道办事处", "云川县教育局", "云川县公安局", "云川市公安局东城分局"],
    )
    def test_a_township_or_a_department_without_branches_reports_for_itself(self, agency: str) -> None:
        assert scope("", agency) == Scope("own", by="kind")

    @pytest.mark.parametrize(
        "agency",
        [
            "云川县人民政府",
            "云川市",
            "云川经济技术开发区管理委员会",
            "云川市公安局",
            "国家税务总局云川市税务局",
            "云川海关",
            "",
        ],
    )
    def test_of_a_government_or_a_body_with_branches_nothing_is_known(self, agency: str) -> None:
        assert scope("", agency) == UNKNOWN_SCOPE
