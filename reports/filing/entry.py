"""The entry form as its page draws it: its chapters, what each asks for, and the state it is in.

Derived from the declared form; which cells are wrong is decided in `reports.checks`, not here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.language import pick
from reports.filing.entry_table import EntryTable, GradedFinding, entry_table, error_of
from reports.filing.finding_list import narrative_part
from reports.filing.forms import CONTACT, EntryForm
from reports.filing.prefill import NOTHING, LastYear
from reports.filing.prose import repeated
from reports.models import ScopeBasis, Severity
from reports.originals.links import NO_LINK, SourceLink
from reports.standard.elements import Chapter, Edition


@dataclass(frozen=True)
class Input:
    """A field that is no cell of a table."""

    name: str
    label: str
    value: str
    error: str = ""
    rows: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    label_hidden: bool = False
    proposed: str = ""
    last: str = ""
    """What last year's report proposes, and what it said here."""
    origin: SourceLink = NO_LINK
    repeated: tuple[int, ...] = ()
    """The paragraphs, counted from 1, that are word for word last year's."""


@dataclass(frozen=True)
class Remark:
    """A comment on a chapter, or on the sentence of it that is quoted."""

    text: str
    quote: str = ""


@dataclass(frozen=True)
class FormChapter:
    """A chapter as the page shows it. `state` is empty, partial, wrong or done."""

    key: str
    heading: str
    state: str
    table: EntryTable | None = None
    guidance: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = field(default=())
    remarks: tuple[Remark, ...] = ()
    """What was said about it when the report was given back."""
    outlined: bool = False
    """Whether it can begin with last year's outline, or as the form prescribes."""

    @property
    def state_in_words(self) -> str:
        return {"empty": _("空"), "partial": _("填写中"), "wrong": _("有矛盾"), "done": _("完成")}[self.state]


def chapters(
    edition: Edition,
    form: EntryForm,
    figures: Mapping[str, Any],
    marks: Mapping[str, str],
    findings: Sequence[GradedFinding],
    last: LastYear = NOTHING,
    pins: Mapping[str, str] = MappingProxyType({}),
    origins: Mapping[str, SourceLink] = MappingProxyType({}),
) -> list[FormChapter]:
    """Everything the form asks for, in the order of the printed report."""
    # What is only worth a second look contradicts nothing.
    standing = [finding for finding in findings if finding.severity != Severity.INFO]
    concerned = {
        key for finding in standing for key in (*finding.cells, narrative_part(finding.where) or finding.where)
    }
    result = [_prose("preamble", _("前言与联系方式"), form, concerned, last, _contact(form, last), rows=4)]
    for chapter in edition.chapters:
        heading = pick(chapter.heading, chapter.heading_en)
        if chapter.has_table:
            table = entry_table(
                edition.table(chapter.key), edition, form, figures, marks, findings, last, pins, origins
            )
            result.append(FormChapter(chapter.key, heading, _table_state(table, concerned), table))
        else:
            result.append(_prose(chapter.key, heading, form, concerned, last, (), chapter))
    result.append(_prose("notes", _("统计范围与表格说明"), form, concerned, last, _scope(form), rows=3))
    return [replace(chapter, remarks=_remarks(chapter.key, pins)) for chapter in result]


def _remarks(key: str, pins: Mapping[str, str]) -> tuple[Remark, ...]:
    places = [(where.partition(":"), text) for where, text in pins.items()]
    return tuple(Remark(text, sentence) for (part, _colon, sentence), text in places if part == key)


def _prose(
    key: str,
    heading: str,
    form: EntryForm,
    concerned: set[str],
    last: LastYear,
    further: tuple[Input, ...],
    chapter: Chapter | None = None,
    rows: int = 10,
) -> FormChapter:
    before = last.shown.get(key, "")
    text = _input(form, key, rows=rows, label_hidden=chapter is not None, last=before)
    text = replace(text, repeated=tuple(repeated(text.value, before)))
    optional = key == "notes"
    state = "done" if text.value.strip() or optional else "empty"
    if key in concerned or any(item.error for item in (text, *further)):
        state = "wrong"
    guidance = () if chapter is None else pick(chapter.guidance, chapter.guidance_en)
    outlined = (key == "preamble" or bool(chapter and before)) and not text.value.strip()
    return FormChapter(key, heading, state, None, guidance, (text, *further), outlined=outlined)


def _contact(form: EntryForm, last: LastYear) -> tuple[Input, ...]:
    return tuple(_input(form, name, proposed=last.proposed.get(name, "")) for name in CONTACT)


_EXPLAINED = gettext_lazy(
    "表中的数据是哪些机关的：只有本机关自己的，选“本机关”；加上本级各部门的，选“本级政府及其部门”；"
    "连下级政府、乡镇、街道的也在内，选“全辖区汇总”。未选定的不能提交。"
)


def _scope(form: EntryForm) -> tuple[Input, ...]:
    choices = tuple((str(value), str(label)) for value, label in form.fields["scope_kind"].choices)  # type: ignore[attr-defined]
    basis = dict(ScopeBasis.choices).get(form.initial.get("scope_by", ""))
    known = _("依据：%(basis)s。") % {"basis": basis} if basis else ""
    return (
        _input(form, "scope_kind", choices=choices, help=f"{_EXPLAINED}{known}"),
        _input(form, "scope_units", rows=2, help=_("选“所列单位”的，一行写一个单位。")),
        _input(form, "scope_quote", rows=2, help=_("报告中说明统计范围的原话，或表中数据之和的算法。")),
    )


def _input(form: EntryForm, name: str, **more: Any) -> Input:
    return Input(name, str(form.fields[name].label), form.typed(name), error_of(form, name), **more)


def _table_state(table: EntryTable, concerned: set[str]) -> str:
    inputs = table.inputs.values()
    filled = [key for key, cell in table.inputs.items() if cell.text.strip()]
    if any(cell.error for cell in inputs) or any(key in concerned for key in (*filled, table.sheet.table.key)):
        return "wrong"
    return "done" if len(filled) == len(inputs) else "partial" if filled else "empty"
