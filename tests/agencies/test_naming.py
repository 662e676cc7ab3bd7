from __future__ import annotations

import pytest

from agencies.naming import name_of_office, normalised, short_forms, spellings


@pytest.mark.parametrize(
    ("division", "kind", "level", "office"),
    [
        ("泽库镇", "township", 4, "泽库镇人民政府"),
        ("鲸园街道", "subdistrict", 4, "鲸园街道办事处"),
        ("南磨房地区", "subdistrict", 4, "南磨房地区办事处"),
        ("吴家山街", "subdistrict", 4, "吴家山街道办事处"),
        ("赵家蓬区公所", "township", 4, "赵家蓬区公所"),
        ("文登区", "government", 3, "文登区人民政府"),
        ("兴安盟", "government", 2, "兴安盟行政公署"),
        ("喀什地区", "government", 2, "喀什地区行政公署"),
        ("山东省", "government", 1, "山东省人民政府"),
        ("威海临港经济技术开发区", "committee", 3, "威海临港经济技术开发区管理委员会"),
        ("大柴旦行政委员会", "committee", 3, "大柴旦行政委员会"),
        ("五四农场", "other_unit", 4, "五四农场"),
    ],
)
def test_the_office_of_a_division_has_the_name_that_it_prints(
    division: str, kind: str, level: int, office: str
) -> None:
    assert name_of_office(division, kind, level) == office


def test_spaces_widths_and_invisible_signs_make_no_difference() -> None:
    assert normalised(" 泽 库\u3000镇\u200b\x00(ＡＢ１)\n") == "泽库镇（AB1）"


@pytest.mark.parametrize(
    ("printed", "registered"),
    [
        ("鲸园街道", "鲸园街道办事处"),
        ("鲸园街道办", "鲸园街道办事处"),
        ("鲸园办事处", "鲸园街道办事处"),
        ("泽库镇", "泽库镇人民政府"),
        ("泽库镇政府", "泽库镇人民政府"),
        ("泽库镇党政办", "泽库镇人民政府"),
        ("泽库镇人民政府党政办公室", "泽库镇人民政府"),
        ("鲸园街道办事处党政综合办公室", "鲸园街道办事处"),
        ("临港区管委会", "临港区管理委员会"),
        ("兴安盟行署", "兴安盟行政公署"),
        ("文登区", "文登区人民政府"),
    ],
)
def test_what_is_left_unsaid_is_supplied(printed: str, registered: str) -> None:
    assert registered in spellings(printed)


@pytest.mark.parametrize(
    ("printed", "never"),
    [
        ("城关人民政府", "城关街道办事处"),
        ("城关街道办事处", "城关人民政府"),
        ("文登区人民政府办公室", "文登区人民政府"),
    ],
)
def test_what_is_said_is_never_turned_into_something_else(printed: str, never: str) -> None:
    assert never not in spellings(printed)


@pytest.mark.parametrize(
    ("division", "superior", "short"),
    [
        ("积石山保安族东乡族撒拉族自治县", "临夏回族自治州", "积石山县"),
        ("东乡族自治县", "临夏回族自治州", "东乡县"),
        ("隆林各族自治县", "百色市", "隆林县"),
        ("恩施土家族苗族自治州", "湖北省", "恩施州"),
        ("克孜勒苏柯尔克孜自治州", "新疆维吾尔自治区", "克孜勒苏州"),
        ("鄂伦春自治旗", "呼伦贝尔市", "鄂伦春旗"),
        ("内蒙古自治区", "", "内蒙古"),
        ("新疆维吾尔自治区", "", "新疆"),
        ("山东省", "", "山东"),
        ("威海临港经济技术开发区", "威海市", "临港经济技术开发区"),
        ("威海临港经济技术开发区", "威海市", "威海临港区"),
        ("烟台高新技术产业开发区", "烟台市", "高新区"),
    ],
)
def test_paths_may_call_divisions_by_their_short_names(division: str, superior: str, short: str) -> None:
    forms = list(short_forms(division, superior))
    assert forms[0] == division
    assert short in forms


def test_no_short_name_is_made_of_a_single_character() -> None:
    assert list(short_forms("东区", "攀枝花市")) == ["东区"]
