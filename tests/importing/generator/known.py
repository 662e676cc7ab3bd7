"""A report whose every figure is known: the numbers are such that a shift, a swap or a glued pair would be noticed."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from decimal import Decimal

from reports.standard import EDITIONS
from reports.standard.elements import Edition, Number

_AGENCIES = (
    "云渡市汐川县望渔镇人民政府",
    "汐川县临江门街道办事处",
    "汐川县黛山乡人民政府",
    "汐川县教育和体育局",
    "汐川县人民政府",
    "示例省云渡经济技术开发区管理委员会",
)
_PREAMBLE = (
    "根据《中华人民共和国政府信息公开条例》，现将本机关一年来的工作报告如下。",
    "本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
    "如有疑问，请与本机关办公室联系（地址：汐川县望渔镇渔港路1号；邮编：990110；电话：0900-6013001）。",
)
_OVERVIEW = (
    "{year}年，本机关围绕渔业生产时令安排公开工作，登记渔船612艘。",
    "（一）主动公开情况。全年公开信息87条，其中通告12条、办事指南75条。",
    "（二）依申请公开情况。受理、答复、归档均由专人负责。",
    "1.政府信息管理。更正有误信息4条；",
    "2.平台建设。公开栏加装照明，夜归船员也能看清。",
    "监督保障方面：各渔村确定联络员一名。",
    "一是张贴期限延长到一个完整航次。",
    "（三）其他情况。行政许可结果按月汇总公布，规章和行政规范性文件集中展示。",
)
_PROBLEMS = (
    "存在的问题：渔民长时间在海上，陆上公开的信息难以及时看到。",
    "（一）名单张贴时间较短，有的渔民回港时已经撤下。",
    "（二）联络员更换后没有及时补上。",
    "下一步改进：今后张贴期一律延长，并通过船用电台播发摘要。",
)
_OTHER = (
    "（一）收取信息处理费情况：全年未收取信息处理费。",
    "（二）落实年度工作要点情况：8项任务已完成7项。",
    "没有其他需要报告的事项。",
)
_SCOPES = (
    ("本报告汇总全县数据。", "area"),
    ("本年报统计数据包括县政府及各部门、各乡镇。", "area"),
    ("本报告数据包括县政府及其各部门。", "government"),
    ("本报告数据仅包括本机关。", "own"),
    ("全县政府信息公开工作稳步推进，各乡镇、各部门定期汇总报送情况。", ""),
)
"""What may be said of the figures, or only seems to be, and whom they cover then."""
_GOVERNING = ("汐川县人民政府", "示例省云渡经济技术开发区管理委员会")
_MARKS = ("/", "—", "-", "无", "－", "——")


@dataclass
class Known:
    """`printed` is the text of every cell, `figures` what a careful reader takes from it. Cells of `ambiguous` can be read in
    more than one way, so that only a doubt is right; those of `suspect` are read, and doubted as well. `scope` is whom the
    figures cover as far as the text or the kind of body tells."""

    edition: Edition
    agency: str
    year: int
    figures: dict[str, Number | None]
    printed: dict[str, str]
    narrative: dict[str, str]
    contact: dict[str, str]
    ambiguous: set[str] = field(default_factory=set)
    suspect: set[str] = field(default_factory=set)
    scope: str = "unknown"

    @property
    def marks(self) -> set[str]:
        return {key for key, text in self.printed.items() if text and self.figures[key] is None}


def known_report(chance: random.Random) -> Known:
    edition = EDITIONS[chance.choice(["2019", "2021", "2021"])]
    # 2019 tables were still filled in for 2023.
    year = (
        chance.choice([2019, 2020, 2020, 2023]) if edition.name == "2019" else chance.choice([2021, 2022, 2023, 2025])
    )
    figures = _figures(edition, chance)
    known = Known(
        edition,
        chance.choice(_AGENCIES),
        year,
        dict(figures),
        {key: str(number) for key, number in figures.items()},
        _narrative(year, chance),
        {},
    )
    if "渔港路1号" in known.narrative["preamble"]:
        known.contact = {"address": "汐川县望渔镇渔港路1号", "postcode": "990110", "phone": "0900-6013001"}
    _say_scope(known)
    _write_variously(known, figures, chance)
    return known


def _say_scope(known: Known) -> None:
    # By a chance of its own, so that whatever else is made stays the same.
    chance = random.Random(f"{known.agency} {known.year} {known.narrative}")
    known.scope = "unknown" if known.agency in _GOVERNING else "own"
    if known.narrative["preamble"] and chance.random() < 0.5:
        governs = known.agency in _GOVERNING
        sentence, scope = chance.choice(_SCOPES if governs else _SCOPES[-2:])
        known.narrative["preamble"] += f"\n{sentence}"
        known.scope = scope or known.scope


def _figures(edition: Edition, chance: random.Random) -> dict[str, Number]:
    """Mostly zeros as in reality, a few cases, or a different number in every cell; balanced or, seldom, not."""
    manner = chance.choice(["zeros", "sparse", "sparse", "busy", "all_different"])
    often = {"zeros": 0.0, "sparse": 0.06, "busy": 0.5, "all_different": 1.0}[manner]
    largest: int = {"busy": 4000, "all_different": 90_000}.get(manner, 9)
    figures: dict[str, Number] = {}
    for number, (key, figure) in enumerate(edition.figures.items(), 1):
        value = chance.randint(1, largest) if chance.random() < often else 0
        figures[key] = 1000 + 7 * number if manner == "all_different" and chance.random() < 0.8 else value
        if figure.column.decimal and value:
            figures[key] = Decimal(value) / chance.choice([1, 10, 10_000])
        if figure.column.signed and chance.random() < 0.4:
            figures[key] = -figures[key]
    if chance.random() < 0.8:
        for equation in edition.equations * 2:
            if len(equation.right) == 1:
                figures[equation.right[0]] = sum(figures[key] for key in equation.left)
    return figures


def _narrative(year: int, chance: random.Random) -> dict[str, str]:
    def some(sentences: tuple[str, ...]) -> str:
        kept = [each for each in sentences if chance.random() < 0.8] or [sentences[0]]
        return "\n".join(kept).format(year=year)

    return {
        "preamble": some(_PREAMBLE) if chance.random() < 0.7 else "",
        "overview": some(_OVERVIEW),
        "problems": some(_PROBLEMS),
        "other": some(_OTHER),
    }


_AT_LENGTH = (
    "全年由专人对照目录逐条核对，渔港的维修账目、码头的收费标准、学堂的招生名单和水库的水位都放在公开栏和网站专栏里，每旬查看一遍，缺了的当旬补上",
    "各渔村的联络员每月碰头一次，把群众问得最多的事项列成清单，交由有关科室逐项答复，答复的内容一并张贴，张贴满30天后存入档案",
    "对2件答复不够清楚的信件重新作了说明，并把说明的要点写进办事指南，供以后经办的人查阅，避免同样的事项反复来问",
)


def at_length(known: Known, chance: random.Random) -> None:
    """Makes paragraphs so long that they fill several lines and pages."""
    for part, text in known.narrative.items():
        lines = text.split("\n") if text else []
        for number, line in enumerate(lines):
            more = chance.sample(_AT_LENGTH, chance.randint(0, 3))
            lines[number] = (
                line.rstrip("。；") + "".join(f"，{each}" for each in more) + line[len(line.rstrip("。；")) :]
            )
        known.narrative[part] = "\n".join(lines)


def _write_variously(known: Known, figures: dict[str, Number], chance: random.Random) -> None:
    """The same numbers as people write them; and here and there a blank, a mark, or what nobody can read for certain."""
    keys = list(known.printed)
    full_width, thousands = chance.random() < 0.15, chance.random() < 0.3
    for key in keys:
        number = figures[key]
        text = f"{number:,}" if thousands and not -1000 < number < 1000 else known.printed[key]
        if known.edition.figures[key].column.signed and number > 0 and chance.random() < 0.6:
            text = f"+{text}"
        if full_width:
            text = text.translate({code: code + 0xFEE0 for code in range(0x2B, 0x3A)})
        known.printed[key] = text
    for key in chance.sample(keys, chance.choice([0, 0, 1, 6, 60])):
        known.figures[key], known.printed[key] = None, chance.choice(["", "", *_MARKS])
    if chance.random() < 0.15:
        key = chance.choice([key for key in keys if known.edition.figures[key].column.decimal])
        known.figures[key], known.printed[key] = 251000, "251000元"
        known.suspect.add(key)
    if chance.random() < 0.15:
        key = chance.choice(keys)
        known.printed[key] = chance.choice(["000", "0 0", "1 2", "①", "3²", "约5", "见附件"])
        known.figures[key] = None
        known.ambiguous.add(key)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
