"""How divisions and agencies are called in documents. Pure: no database."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator

# The 55 minorities; an autonomous place may name them with or without 族 (克孜勒苏柯尔克孜自治州).
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|"
    "仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
# Bounded, for it tries each length of the place with each number of peoples; four peoples are the most there are.
AUTONOMOUS = re.compile(rf"(?P<place>.{{2,30}}?)(?:(?:(?:{PEOPLES})族?){{,6}}|各族|族)自治(?P<level>[区州县旗])")
PLAIN = re.compile(r"(?P<place>.{2,})(?:省|市|地区|盟|县|(?<!开发)区|旗)")
ZONE = re.compile(r"(?P<place>.*?)(?P<kind>经济技术|高新技术产业|经济)开发区")
ZONE_ABBREVIATIONS = {"经济技术": "经开区", "高新技术产业": "高新区", "经济": "经开区"}

BRACKETS = str.maketrans("()", "（）")
INVISIBLE = dict.fromkeys([*range(0x20), 0x7F, 0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
ONE_SPELLING = BRACKETS | INVISIBLE

PARTY_AND_GOVERNMENT_OFFICE = re.compile(r"(?<=.)党政(?:综合)?办(?:公室)?$")
NAME_OF_A_TOWN = re.compile(r".+(?:镇|乡|苏木|街道|街道办事处|政府)$")


def normalised(name: str) -> str:
    """One spelling for names that read the same: no spaces, no full-width letters, full-width brackets."""
    return "".join(unicodedata.normalize("NFKC", name).translate(ONE_SPELLING).split())


def path_under(above: str, name: str, placeholder: bool) -> str:
    """The path of a division whose superior has the path `above`."""
    return above if placeholder else above + name


def name_of_office(division: str, kind: str, level: int) -> str:
    """What the body that governs a division calls itself: 泽库镇 -> 泽库镇人民政府, 鲸园街道 -> 鲸园街道办事处."""
    if kind == "township":
        return division if division.endswith("区公所") else division + "人民政府"
    if kind == "subdistrict":
        whole = division + "道" if division.endswith("街") else division
        return whole if whole.endswith("办事处") else whole + "办事处"
    if kind == "committee":
        return division if division.endswith("委员会") else division + "管理委员会"
    if kind == "government":
        # 盟 and 地区 are governed from the province by an administrative office.
        return division + ("行政公署" if level == 2 and division.endswith(("盟", "地区")) else "人民政府")
    return division


def spellings(printed: str) -> list[str]:
    """The registered names that a printed name can stand for, whatever path it begins with.

    Only what is left unsaid is supplied (鲸园街道 -> 鲸园街道办事处, 泽库镇政府 -> 泽库镇人民政府); a name that says
    人民政府 never stands for a sub-district office, nor the reverse.
    """
    name = normalised(printed)
    without_office = PARTY_AND_GOVERNMENT_OFFICE.sub("", name)
    if NAME_OF_A_TOWN.match(without_office):
        name = without_office
    found = [name]
    if name.endswith("政府"):
        found.append(name.removesuffix("政府").removesuffix("人民") + "人民政府")
    elif name.endswith("街道办"):
        found.append(name + "事处")
    elif name.endswith("办事处"):
        found.append(name.removesuffix("办事处").removesuffix("街道") + "街道办事处")
    elif name.endswith("管委会"):
        found.append(name.removesuffix("管委会") + "管理委员会")
    elif name.endswith("行署"):
        found.append(name.removesuffix("行署") + "行政公署")
    elif name.endswith("街道"):
        found.append(name + "办事处")
    elif name.endswith(("镇", "乡", "苏木")):
        found.append(name + "人民政府")
    elif name.endswith(("省", "市", "县", "旗", "州", "区", "盟")):
        found += [name + ending for ending in ("人民政府", "管理委员会", "办事处", "行政公署")]
    return list(dict.fromkeys(found))


def short_forms(division: str, superior: str) -> Iterator[str]:
    """The ways a path may call a division: its name first, then 积石山县, 恩施州, 内蒙古, 威海, 临港经济技术开发区.

    `superior` is the name of the division above, which the name of a development zone often begins with.
    """
    yield division
    if autonomous := AUTONOMOUS.fullmatch(division):
        yield autonomous["place"]
        if autonomous["level"] != "区":
            yield autonomous["place"] + autonomous["level"]
    elif plain := PLAIN.fullmatch(division):
        yield plain["place"]
    own = division.removeprefix(superior) if division.startswith(superior) else division.removeprefix(superior[:-1])
    for name in (division, own):
        if zone := ZONE.fullmatch(name):
            yield name
            yield zone["place"] + ZONE_ABBREVIATIONS[zone["kind"]]
            if len(zone["place"]) >= 2 and zone["place"] != superior[:-1]:
                yield zone["place"] + "区"


def named_agencies(listed: str, names: Iterable[str]) -> list[str]:
    """Which of these agencies a statement means by a name; it seldom prints the whole of it."""
    called = spellings(listed)
    known = list(names)
    exactly = [name for name in known if name in called]
    return exactly or [name for name in known if name.endswith(tuple(called))]


class Body(enum.Enum):
    """What kind of body a name is that of, as far as it matters for whom its reports cover."""

    TOWN = "town"
    GOVERNMENT = "government"
    DEPARTMENT = "department"
    BRANCHED = "branched"


_TOWN = re.compile(r".*(?:镇|乡|苏木|街道|办事处|区公所|(?:镇|乡|苏木)(?:人民)?政府)(?:机关)?$")
_GOVERNING = re.compile(r".*(?:[省市州县区旗盟]|人民政府|政府|行政公署|行署|管理委员会|管委会|新区|开发区)(?:机关)?$")
_DEPARTMENT = re.compile(r".*(?:厅|局|委员会|委|办公室|办|署|院|中心|队|处|所|站|部|社|会|研究室|总局|总署|海关)$")
# These have branches in the places below, or are branches of one above, all over the country.
_IN_SYSTEMS = re.compile(
    r"(?P<place>.*)(?:税务|公安|生态环境|环境保护|自然资源|国土资源|市场监督管理|海事|邮政管理|烟草专卖|气象|消防救援)(?:[^区县旗]{0,6})(?:厅|局|总局|总队|支队)$"
)
_CUSTOMS = re.compile(r".*海关(?:总署)?$")


def body_named(name: str) -> Body | None:
    """What the printed name is that of; None where it does not tell. Of the bodies that have branches everywhere, those of a
    county have none that report themselves; 市 may be a county's name or a city's, so it counts as a city's."""
    plain = normalised(name)
    if not plain:
        return None
    if _TOWN.fullmatch(plain):
        return Body.TOWN
    if plain.endswith(("分局", "支局", "派出所")):
        return Body.DEPARTMENT
    if _CUSTOMS.fullmatch(plain):
        return Body.BRANCHED
    if system := _IN_SYSTEMS.fullmatch(plain):
        return Body.DEPARTMENT if system["place"].endswith(("县", "区", "旗")) else Body.BRANCHED
    if _GOVERNING.fullmatch(plain):
        return Body.GOVERNMENT
    return Body.DEPARTMENT if _DEPARTMENT.fullmatch(plain) else None
