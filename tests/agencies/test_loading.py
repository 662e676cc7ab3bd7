from __future__ import annotations

import gzip
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agencies.divisions_file import DivisionsFileError, read_divisions
from agencies.loading import LoadResult, load_divisions
from agencies.models import Agency, Division, FormerName

HEADER = "code,name,level,kind,owes_report\n"
SMALL = HEADER + (
    "990000000000,示例省,1,government,1\n"
    "990100000000,示例市,2,government,1\n"
    "990101000000,示例县,3,government,1\n"
    "990101101000,青山镇,4,township,1\n"
    "990101001000,城中街道,4,subdistrict,1\n"
    "990101400000,五四农场,4,other_unit,0\n"
    "999000000000,省直辖县级行政区划,2,,0\n"
    "999001000000,直管市,3,government,1\n"
)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return written(tmp_path, SMALL)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "区划.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.django_db
def test_divisions_and_their_agencies_come_out_of_one_file(small: Path) -> None:
    assert load_divisions(small) == LoadResult(8, 0, 7, 0)
    agencies = Agency.objects.values_list("code", "name", "kind", "owes_report")
    assert list(agencies) == [
        ("990000000000", "示例省人民政府", "government", True),
        ("990100000000", "示例市人民政府", "government", True),
        ("990101000000", "示例县人民政府", "government", True),
        ("990101001000", "城中街道办事处", "subdistrict", True),
        ("990101101000", "青山镇人民政府", "township", True),
        ("990101400000", "五四农场", "other_unit", False),
        ("999001000000", "直管市人民政府", "government", True),
    ]
    assert Division.objects.get(code="999001000000").path == "示例省直管市"


@pytest.mark.django_db
def test_the_order_of_the_lines_does_not_matter(tmp_path: Path) -> None:
    header, *lines = SMALL.splitlines()
    path = written(tmp_path, "\n".join([header, *reversed(lines)]))
    assert load_divisions(path).new_divisions == 8
    assert Division.objects.get(code="990101101000").path == "示例省示例市示例县青山镇"


@pytest.mark.django_db
def test_a_second_run_changes_nothing(small: Path) -> None:
    load_divisions(small)
    assert load_divisions(small) == LoadResult(0, 0, 0, 0)


@pytest.mark.django_db
def test_what_people_wrote_into_the_register_stays(small: Path) -> None:
    load_divisions(small)
    Agency.objects.filter(code="990101400000").update(name="五四农场管理局", owes_report=True)
    assert load_divisions(small) == LoadResult(0, 0, 0, 0)
    assert Agency.objects.get(code="990101400000").name == "五四农场管理局"


@pytest.mark.django_db
def test_a_division_that_the_file_does_not_list_stays(small: Path, tmp_path: Path) -> None:
    load_divisions(small)
    part = written(tmp_path, HEADER + "990101102000,绿水镇,4,township,1\n")
    assert load_divisions(part) == LoadResult(1, 0, 1, 0)
    assert Division.objects.get(code="990101102000").path == "示例省示例市示例县绿水镇"
    assert Division.objects.count() == 9


@pytest.mark.django_db
def test_a_division_renamed_renames_its_agency_which_keeps_the_old_name(small: Path, tmp_path: Path) -> None:
    load_divisions(small)
    Agency.objects.filter(code="990101101000").update(name="青山特区管委会")
    renamed = written(tmp_path, SMALL.replace("示例县", "模范县").replace("青山镇", "青峰镇"))
    assert load_divisions(renamed) == LoadResult(0, 4, 0, 1)
    assert Division.objects.get(code="990101400000").path == "示例省示例市模范县五四农场"
    assert list(Agency.objects.under(Division.objects.get(code="990101000000")).values_list("name", flat=True)) == [
        "模范县人民政府",
        "城中街道办事处",
        "青山特区管委会",
        "五四农场",
    ]
    assert list(FormerName.objects.values_list("agency_id", "name")) == [("990101000000", "示例县人民政府")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encodings_of_spreadsheets_are_read(tmp_path: Path, encoding: str) -> None:
    assert read_divisions(written(tmp_path, SMALL, encoding))[0].name == "示例省"


def test_compression_is_known_by_the_bytes_and_not_by_the_name(tmp_path: Path) -> None:
    path = tmp_path / "区划.csv"
    path.write_bytes(gzip.compress(SMALL.encode()))
    assert len(read_divisions(path)) == 8


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("9901011010,青山镇,4,township,1", "区划代码应为 12 位数字，末三位为 000，如 371003104000；“9901011010”不是。"),
        ("990101101000,,4,township,1", "名称“”应为 1 至 60 字。"),
        ("990101101000,青山镇,5,township,1", "级别“5”应为 1（省）、2（市）、3（县）或 4（乡）。"),
        ("990101101000,青山镇,乡,township,1", "级别“乡”应为 1（省）、2（市）、3（县）或 4（乡）。"),
        ("990101101000,青山镇,3,township,1", "代码“990101101000”的级别低于所写的级别“3”。"),
        (
            "990101101000,青山镇,4,镇,1",
            "类别“镇”应为 government、committee、township、subdistrict、department、other_unit 之一，或留空。",
        ),
        ("990101101000,青山镇,4,township,是", "应否编制年报“是”应为 1 或 0。"),
        ("990101101000,青山镇,4", "缺少 kind、owes_report 列的值。"),
        ("990000000000,示例省,1,government,1", "代码“990000000000”与第 2 行重复。"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_value(tmp_path: Path, line: str, problem: str) -> None:
    path = written(tmp_path, HEADER + "990000000000,示例省,1,government,1\n" + line + "\n")
    with pytest.raises(DivisionsFileError) as error:
        read_divisions(path)
    assert error.value.problems == [f"“{path}”第 3 行：{problem}"]


def test_every_bad_line_is_named_at_once_up_to_a_readable_number(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "x,y,1,,0\n" * 30)
    with pytest.raises(DivisionsFileError) as error:
        read_divisions(path)
    assert len(error.value.problems) == 30
    assert str(error.value).count("\n") == 20
    assert str(error.value).endswith("……另有 10 处。")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "第 1 行：应为列名，缺少 code、name、level、kind、owes_report。"),
        ("代码,名称\n".encode(), "第 1 行：应为列名，缺少"),
        (b"\xfd7zXZ\x00 broken", "读不出文件"),
        (gzip.compress(SMALL.encode())[:-30], "读不出文件"),
        (b"\x1f\x8b\x08\x00 not deflated at all, whatever it says", "读不出文件"),
        (b"\xff\xff\xff\x00\xd8", "不是 UTF-8 或 GB18030 编码的文本"),
    ],
)
def test_what_is_no_such_table_is_refused_in_words(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "区划.csv"
    path.write_bytes(data)
    with pytest.raises(DivisionsFileError, match=message):
        read_divisions(path)


@pytest.mark.django_db
def test_a_missing_parent_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL + "990102101000,远山镇,4,township,1\n")
    with pytest.raises(DivisionsFileError) as error:
        load_divisions(path)
    assert error.value.problems == [f"“{path}”第 10 行：“990102101000”的上级“990102000000”既不在文件中，也不在名录中。"]
    assert not Division.objects.exists()


@pytest.mark.django_db
def test_the_command_says_what_it_did(small: Path) -> None:
    out, err = StringIO(), StringIO()
    call_command("load_divisions", str(small), stdout=out, stderr=err)
    call_command("load_divisions", str(small), stdout=out, stderr=err)
    first, second = out.getvalue().splitlines()
    assert first.startswith("行政区划新增 8 个、更新 0 个，机构新增 7 个、更名 0 个，用时 ")
    assert second.startswith("名录已是最新，没有改动")
    assert err.getvalue().splitlines() == ["行政区划 8 / 8", "机构 7 / 7"]


@pytest.mark.django_db
def test_the_command_fails_with_the_reason(tmp_path: Path) -> None:
    missing = tmp_path / "没有.csv"
    with pytest.raises(CommandError) as error:
        call_command("load_divisions", str(missing))
    assert str(error.value) == f"没有文件“{missing}”，请核对路径。\n名录没有改动。"
