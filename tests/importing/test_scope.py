"""What the notes say about whom the figures cover."""

from __future__ import annotations

import pytest

from reports.importing.identity import read_scope


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("本表为全县汇总数，统计范围为所辖望渔镇人民政府、橘林镇人民政府。", ("望渔镇人民政府", "橘林镇人民政府")),
        ("统计范围为：区政府办公室、区教育局、区财政局等12个部门。", ("区政府办公室", "区教育局", "区财政局")),
        ("说明：本表为全县汇总数，统计范围为县政府及所辖各乡镇人民政府、街道办事处。", ()),
    ],
    ids=["named", "some of them", "only what kind of body"],
)
def test_units_are_those_that_a_note_names(note: str, units: tuple[str, ...]) -> None:
    scope = read_scope([note])
    assert (scope.kind, scope.units, scope.quote) == ("subtree", units, note)


def test_a_note_about_the_body_alone_is_no_sum() -> None:
    assert read_scope(["本报告数据仅含本级。"]).kind == "own"
