"""What prose calls the figures of the form: the words by which a sentence speaks of them.

Published reports do not keep to the form's labels; each topic lists the ways of saying it. Knows no Django.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from reports.standard import EDITIONS, NEWEST_FIRST, both_editions
from reports.standard.both_editions import REFUSED, UNAVAILABLE, UNPROCESSED
from reports.standard.counterparts import counterparts
from reports.standard.elements import Edition

Kind = Literal[
    "received", "applicant", "flow", "answered", "outcome", "reason", "proceedings", "result", "document", "decision"
]

_LITIGATION = "(?:行政)?诉讼"
_RECONSIDERATION = "(?:行政)?复议"
_DOCUMENTS = "(?:本级|镇级|街道|乡级|政府|新的|任何|了)*+(?:行政)?规范性文件"
_MADE = "(?:制发|制定|出台|印发|制作|新制定|新出台|新制发)"
_HOW_MANY = "(?:事项|数量|总量|量|件数|总数|数)?"
_NEXT_YEAR = "(?:下|次|明)(?:一个|一)?年度?"


@dataclass(frozen=True)
class Topic:
    """Something that prose counts. `words` is a pattern; `cells` the keys whose sum it is, with `*` for a column of the
    table of applications; `also` other sums that the same words may honestly mean. Words of a
    `part` name only some of what the cells count: a smaller number contradicts nothing."""

    name: str
    kind: Kind
    words: str
    cells: tuple[str, ...]
    also: tuple[tuple[str, ...], ...] = ()
    part: bool = False


def _rows(*keys: str) -> tuple[str, ...]:
    return tuple(f"applications.{key}.total" for key in keys)


def _column(column: str) -> tuple[str, ...]:
    return (f"applications.received.{column}",)


_ORGANISATIONS = tuple(
    f"applications.received.{key}"
    for key in ("business", "research", "public_welfare", "legal_service", "other_organisation")
)
RECEIVED, CARRIED_IN = _rows(both_editions.RECEIVED.key, both_editions.CARRIED_IN.key)
_REFUSED = _rows(*(row.key for row in REFUSED))
_UNAVAILABLE = _rows(*(row.key for row in UNAVAILABLE))
_UNPROCESSED = _rows(*(row.key for row in UNPROCESSED))
_OTHERWISE = _rows("other", "other_overdue_correction", "other_overdue_fee", "other_other")
RECONSIDERED = ("proceedings.reconsideration.total",)
_DIRECT = ("proceedings.direct_litigation.total",)
_AFTERWARDS = ("proceedings.post_reconsideration_litigation.total",)
_SUED = _DIRECT + _AFTERWARDS
_ISSUED = ("disclosure.normative_documents.issued",)
_REPEALED = ("disclosure.normative_documents.repealed",)
_IN_FORCE = ("disclosure.normative_documents.in_force",)
_PRODUCED = ("disclosure.normative_documents.made", "disclosure.normative_documents.published")

TOPICS: tuple[Topic, ...] = (
    Topic(
        "carried_out",
        "flow",
        rf"(?:结转|转结|转入|转至|转到|顺延|延至|延期|延续|递延|留转|跨|转)(?:至|到|入)?{_NEXT_YEAR}(?:度)?(?:继续)?(?:办理|处理|答复)?"
        rf"|(?<!年)(?<!年度)结转(?:至|到|入)?20\d\d年度?(?:继续)?(?:办理|处理|答复)?|{_NEXT_YEAR}(?:结转|继续(?:办理|处理|答复))",
        _rows("carried_out"),
    ),
    Topic(
        "carried_in",
        "flow",
        r"(?:上一?年度?|去年|往年)(?:度)?(?:结转|转结|转入)(?:[至到]?本年度?(?:继续)?(?:办理|处理)?|而来|来)?|结转(?:自)?(?:上一?年度?|去年)",
        _rows("carried_in"),
    ),
    Topic("unfinished", "flow", r"正在办理(?:中|之中|过程中)?|尚未办结|未办结|办理中(?![心,])", _rows("carried_out")),
    Topic("carried", "flow", r"结转|转结", _rows("carried_out"), (_rows("carried_in"),)),
    Topic(
        "both",
        "proceedings",
        rf"{_RECONSIDERATION}(?:案件)?(?:[、和及与或]|以及)*+{_LITIGATION}",
        RECONSIDERED + _SUED,
    ),
    Topic(
        "post_litigation",
        "proceedings",
        rf"(?:经)?{_RECONSIDERATION}后(?:再|又|直接)?(?:起诉|提起{_LITIGATION})",
        _AFTERWARDS,
    ),
    Topic(
        "direct_litigation",
        "proceedings",
        rf"未经{_RECONSIDERATION}(?:程序)?而?直接(?:起诉|提起{_LITIGATION})",
        _DIRECT,
    ),
    Topic("reconsideration", "proceedings", rf"{_RECONSIDERATION}(?:申请)?", RECONSIDERED),
    Topic("litigation", "proceedings", _LITIGATION, _SUED),
    Topic("upheld", "result", r"(?:结果)?维持", ("upheld",)),
    Topic("corrected", "result", r"(?:结果)?被?纠正", ("corrected",)),
    Topic("other_result", "result", r"其他结果", ("other",)),
    Topic("pending", "result", r"尚?未审结|尚未结案|正在审理", ("pending",)),
    Topic(
        "granted_at_all",
        "outcome",
        r"(?:予以|同意|给予)?公开(?:或者?|[和及与]|以及)(?:予以)?部分公开(?!分别|各)|(?:予以|同意|给予)公开、(?:予以)?部分公开(?=共|合计|总计)",
        _rows("granted", "partly_granted"),
    ),
    Topic("partly_granted", "outcome", r"(?:予以)?部分公开(?:的?答复)?|区分处理", _rows("partly_granted")),
    Topic("refused", "outcome", r"不予以?公开(?:的?答复)?", _REFUSED),
    Topic(
        "granted",
        "outcome",
        r"(?:予以|同意|给予)(?:主动|全部|全文)?公开(?:的?答复)?",
        _rows("granted"),
        (_rows("granted", "partly_granted"),),
    ),
    Topic("unavailable", "outcome", r"无法(?:予以)?提供(?:的?答复)?", _UNAVAILABLE),
    Topic("unprocessed", "outcome", r"不予处理", _UNPROCESSED),
    Topic("otherwise", "outcome", r"其他处理", _OTHERWISE),
    Topic("secret", "reason", r"(?:属于|涉及|涉)国家秘密", _rows("refused_state_secret")),
    Topic("by_law", "reason", r"其他法律、?行政法规禁止公开", _rows("refused_by_law")),
    Topic("security", "reason", r"(?:危及)?[“\"]?三安全一稳定[”\"]?", _rows("refused_security_stability")),
    Topic("third_party", "reason", r"(?:保护|涉及|侵犯|损害)第三方(?:的)?(?:合法)?权益", _rows("refused_third_party")),
    Topic(
        "internal",
        "reason",
        r"(?:属于|涉及)(?:三类)?内部(?:管理|事务)信息|三类内部事务信息",
        _rows("refused_internal_affairs"),
    ),
    Topic("process", "reason", r"(?:四类)?过程性信息", _rows("refused_process")),
    Topic("enforcement_file", "reason", r"属于行政执法案卷(?:信息)?", _rows("refused_enforcement_file")),
    Topic("admin_query", "reason", r"属于行政查询事项", _rows("refused_admin_query")),
    Topic(
        "not_held",
        "reason",
        r"(?:本机关|本单位|本行政机关|镇政府|街道|乡政府)?(?:不|未)掌握(?:相关|该|所申请的?)?(?:政府)?(?:信息)?|(?:政府)?信息不存在"
        r"|未(?:查询|检索|查找|查)到(?:相关|该)?(?:政府)?信息",
        _rows("unavailable_not_held"),
        (_UNAVAILABLE, _rows("unavailable_to_be_created"), _rows("unavailable_not_held", "unavailable_to_be_created")),
    ),
    Topic(
        "to_be_created",
        "reason",
        r"没有现成信息(?:需要|需)?(?:另行|重新)制作|需要?另行制作",
        _rows("unavailable_to_be_created"),
    ),
    Topic("unclear", "reason", r"补正后(?:申请)?内容仍?不明确", _rows("unavailable_unclear")),
    Topic("petition", "reason", r"信访、?举报、?投诉类(?:申请|事项)?", _rows("unprocessed_petition")),
    Topic("repeat", "reason", r"重复申请", _rows("unprocessed_repeat")),
    Topic("publication", "reason", r"要求提供公开出版物", _rows("unprocessed_publication")),
    Topic("excessive", "reason", r"无正当理由大量反复申请", _rows("unprocessed_excessive")),
    Topic("concluded", "answered", r"办结|办理完毕", _rows("concluded")),
    Topic("answered", "answered", r"答复", _rows("concluded")),
    Topic(
        "villagers",
        "applicant",
        r"(?:村民|居民|市民)(?!代表|小组|委员会|会议|大会|自治|个人)",
        _column("natural_person"),
        part=True,
    ),
    Topic("natural_person", "applicant", r"自然人|公民|个人", _column("natural_person")),
    Topic("business", "applicant", r"(?:商业)?企业", _column("business"), (_ORGANISATIONS,)),
    Topic("research", "applicant", r"科研机构", _column("research")),
    Topic("public_welfare", "applicant", r"社会公益组织", _column("public_welfare")),
    Topic("legal_service", "applicant", r"法律服务机构", _column("legal_service")),
    Topic("organisations", "applicant", r"法人(?:[或和及、]者?(?:其他|非法人)(?:社会)?组织)?", _ORGANISATIONS),
    Topic("issued", "document", rf"{_MADE}(?:[并和、](?:发布|印发|实施|公布|公开))?{_DOCUMENTS}", _ISSUED),
    Topic("repealed", "document", rf"(?:废止|宣布废止){_DOCUMENTS}", _REPEALED),
    Topic("in_force", "document", rf"现行有效的?(?:{_DOCUMENTS})?", _IN_FORCE),
    Topic("repealed", "document", r"废止", _REPEALED),
    Topic("penalty", "decision", r"行政处罚决定书?", ("disclosure.penalty.decisions",)),
    Topic(
        "received",
        "received",
        rf"依申请(?:公开|(?:政府|政务)?信息公开|(?:政府)?信息(?!公开))(?:的)?(?:(?:政府|政务)?信息)?(?:的?申请)?(?:办理)?(?:事项|案件|件数|数量|总数|数|请求|信件|来信|来件|件)?"
        rf"|(?:政府|政务)?信息公开的?(?:有效|依)?申请{_HOW_MANY}|公开申请"
        r"|(?:提出)?申请(?:政府|政务)信息公开(?:的?请求|事项)?|(?:提出)?申请公开(?:(?:政府|相关)?信息(?:事项|的?[要请]求)?|(?=\d))|(?:政府)?公开(?:政府|相关)?信息的?申请"
        rf"|申请(?!人){_HOW_MANY}",
        _rows("received"),
        (_rows("received", "carried_in"),),
    ),
)

_FIRST = (
    "结转顺延递留跨下次明提上去往正尚未行复经诉维被纠其"
    '审予部区不同给无属涉危“"三保侵损四过本镇街乡政信没需另补重要办答自公个商企科社法村居市制出印新废宣现依申'
)
"""Every character that some words begin with; looking at it first spares most places of a text the whole list."""

ALTERNATIVES = "|".join(f"(?P<t{number}>{topic.words})" for number, topic in enumerate(TOPICS))
PATTERN = re.compile(f"(?=[{_FIRST}])(?:{ALTERNATIVES})")


def _row_label(key: str) -> str:
    """What the newest edition that has a figure calls its row."""
    return next(form.figures[key].row.label for form in NEWEST_FIRST if key in form.figures)


NATURAL_OR_LEGAL = ("natural_person", "organisations")
FEES = ("disclosure.fees.amount",)
FEES_NAME = _row_label(FEES[0])
REGULATIONS = "disclosure.regulations."
REGULATIONS_NAME = _row_label(f"{REGULATIONS}issued")
DOCUMENTS_NAME = _row_label(_ISSUED[0]).removeprefix("行政")


def topic_of(found: re.Match[str]) -> Topic:
    """The topic whose words were found by `PATTERN`."""
    assert found.lastgroup is not None
    return TOPICS[int(found.lastgroup[1:])]


def topic(name: str) -> Topic:
    return next(each for each in TOPICS if each.name == name)


def words_of(*names: str) -> str:
    """The words of some topics, as alternatives of a pattern."""
    return "|".join(topic(name).words for name in names)


def cells_in(edition: Edition, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the keys that the edition has, and what others count there."""
    found = [key for key in keys if key in edition.figures]
    for other in NEWEST_FIRST:
        elsewhere = tuple(key for key in keys if key not in edition.figures and key in other.figures)
        found += counterparts(elsewhere, other.name, edition.name) if elsewhere else ()
    return tuple(dict.fromkeys(found))


@cache
def sums_meant(edition_name: str, name: str, against: str = "") -> tuple[tuple[str, ...], ...]:
    """The sums of cells that a topic may mean in an edition, the plain one first; none where the edition counts nothing of it.

    `against` is the proceedings of which a result speaks.
    """
    edition = EDITIONS[edition_name]
    meant = topic(name)
    if meant.kind == "result":
        kind = topic(against)
        column = meant.cells[0]
        return (tuple(key.rpartition(".")[0] + "." + column for key in kind.cells),)
    if name == "issued" and not cells_in(edition, meant.cells):
        # The trial edition counts what was made and what was published; prose does not tell them apart.
        return tuple((key,) for key in cells_in(edition, _PRODUCED))
    groups = (meant.cells, *meant.also)
    return tuple(cells for keys in groups if (cells := cells_in(edition, keys)))


UNANSWERED = _UNPROCESSED + _OTHERWISE
"""How applications end that are closed without a reply on the matter."""
