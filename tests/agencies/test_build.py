"""How the data file is made of the source: on lines of the source, and on a small source of the same shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from agencies.data.build import DivisionRecord, county, main, township
from agencies.divisions_file import read_divisions


@pytest.mark.parametrize(
    ("code", "source", "above", "name", "kind", "owes"),
    [
        ("371003104", "泽库镇", ("威海市", "文登区"), "泽库镇", "township", 1),
        ("371002002", "鲸园街道", ("威海市", "环翠区"), "鲸园街道", "subdistrict", 1),
        ("150421201", "罕苏木苏木", ("赤峰市", "阿鲁科尔沁旗"), "罕苏木苏木", "township", 1),
        ("411322311", "袁店回族乡", ("南阳市", "方城县"), "袁店回族乡", "township", 1),
        ("110105021", "南磨房地区", ("市辖区", "朝阳区"), "南磨房地区", "subdistrict", 1),
        ("231181001", "兆麟街道地区", ("黑河市", "北安市"), "兆麟街道", "subdistrict", 1),
        ("150521403", "保康街道办事处", ("通辽市", "科尔沁左翼中旗"), "保康街道", "subdistrict", 1),
        ("420112002", "柏泉办事处街道", ("武汉市", "东西湖区"), "柏泉街道", "subdistrict", 1),
        ("410928101", "濮阳县柳屯镇", ("濮阳市", "濮阳县"), "柳屯镇", "township", 1),
        ("220303001", "四平市铁东区平东街道", ("四平市", "铁东区"), "平东街道", "subdistrict", 1),
        ("150430404", "敖汉旗人民政府新州街道", ("赤峰市", "敖汉旗"), "新州街道", "subdistrict", 1),
        ("533103100", "芒市镇", ("德宏傣族景颇族自治州", "芒市"), "芒市镇", "township", 1),
        ("450305001", "七星区街道", ("桂林市", "七星区"), "七星区街道", "subdistrict", 1),
        ("320505407", "科技城（东渚街道）", ("苏州市", "虎丘区"), "东渚街道", "subdistrict", 1),
        ("321203100", "港口物流产业园-永安洲镇", ("泰州市", "高港区"), "永安洲镇", "township", 1),
        ("320505400", "浒墅关经开区（镇）", ("苏州市", "虎丘区"), "浒墅关镇", "township", 1),
        ("220722208", "三团乡", ("松原市", "长岭县"), "三团乡", "township", 1),
        ("140502009", "开发区街道", ("晋城市", "城区"), "开发区街道", "subdistrict", 1),
        ("410104570", "商都路街道", ("郑州市", "管城回族区"), "商都路街道", "subdistrict", 1),
        ("130471400", "开发区街道", ("邯郸市", "邯郸经济技术开发区"), "开发区街道", "other_unit", 0),
        ("220221172", "永吉经济开发区特殊乡镇", ("吉林市", "永吉县"), "永吉经济开发区特殊乡镇", "other_unit", 0),
        ("650205509", "兵团一三七团乡", ("克拉玛依市", "乌尔禾区"), "兵团一三七团乡", "other_unit", 0),
        ("130922400", "青县农场", ("沧州市", "青县"), "青县农场", "other_unit", 0),
        ("371003400", "开发区办事处", ("威海市", "文登区"), "开发区办事处", "other_unit", 0),
        ("330383198", "龙港县直辖村级区划", ("温州市", "龙港市"), "龙港县直辖村级区划", "", 0),
    ],
)
def test_a_township_level_unit_is_named_and_judged(
    code: str, source: str, above: tuple[str, ...], name: str, kind: str, owes: int
) -> None:
    assert township(code, source, above) == DivisionRecord(code + "000", name, 4, kind, owes)


@pytest.mark.parametrize(
    ("code", "source", "name", "kind", "owes"),
    [
        ("371003", "文登区", "文登区", "government", 1),
        ("310115", "浦东新区", "浦东新区", "government", 1),
        ("520203", "六枝特区", "六枝特区", "government", 1),
        ("371073", "威海临港经济技术开发区", "威海临港经济技术开发区", "committee", 1),
        ("152571", "乌拉盖管理区管委会", "乌拉盖管理区", "committee", 1),
        ("632857", "大柴旦行政委员会", "大柴旦行政委员会", "committee", 1),
        ("460321", "西沙群岛", "西沙群岛", "other_unit", 0),
        ("620201", "嘉峪关市", "嘉峪关市", "", 0),
    ],
)
def test_a_county_level_unit_is_named_and_judged(code: str, source: str, name: str, kind: str, owes: int) -> None:
    assert county(code, source) == DivisionRecord(code + "000000", name, 3, kind, owes)


def test_the_same_source_gives_the_same_bytes_and_a_readable_file(tmp_path: Path) -> None:
    source = tmp_path / "dist"
    source.mkdir()
    (source / "provinces.csv").write_text('code,name\n99,"示例省"\n', encoding="utf-8")
    (source / "cities.csv").write_text(
        'code,name,provinceCode\n9901,"示例市",99\n9990,"省直辖县级行政区划",99\n', encoding="utf-8"
    )
    (source / "areas.csv").write_text(
        'code,name,cityCode,provinceCode\n990100,"示例市",9901,99\n999001,"直管市",9990,99\n', encoding="utf-8"
    )
    (source / "streets.csv").write_text(
        "code,name,areaCode,provinceCode,cityCode\n"
        '990100101,"青山镇",990100,99,9901\n999001000,"直管市",999001,99,9990\n999001400,"五四农场",999001,99,9990\n',
        encoding="utf-8",
    )
    first, second = tmp_path / "first.xz", tmp_path / "second.xz"
    assert main(tmp_path, first) == main(tmp_path, second) == 6
    assert first.read_bytes() == second.read_bytes()
    assert [(line.code, line.name, line.kind) for line in read_divisions(first)] == [
        ("990000000000", "示例省", "government"),
        ("990100000000", "示例市", "government"),
        ("999000000000", "省直辖县级行政区划", None),
        ("999001000000", "直管市", "government"),
        ("990100101000", "青山镇", "township"),
        ("999001400000", "五四农场", "other_unit"),
    ]
