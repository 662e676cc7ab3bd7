"""What was recognised in a file, chapter by chapter, as the preview shows it before anything is stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from config.language import english
from reports.importing.parsed import ParsedReport
from reports.models import ScopeKind
from reports.public.sheet import Sheet, draw
from reports.public.summary import summary
from reports.standard import CURRENT, edition_for


@dataclass(frozen=True)
class Part:
    """A chapter: its table with the sentence that sums it up, or its text. `where` is how doubts name it."""

    where: str
    heading: str
    text: str = ""
    sheet: Sheet | None = None
    sentence: str = ""


def parts(parsed: ParsedReport) -> list[Part]:
    """Everything that was read, in the order of the printed report."""
    form = parsed.form or (edition_for(parsed.year) if parsed.year else None) or CURRENT
    places = {
        key: {name: number for name, number in asdict(place).items() if number is not None}
        for key, place in parsed.places.items()
    }
    found = [Part("narrative.preamble", _("前言"), parsed.narrative["preamble"])]
    for chapter in form.chapters:
        heading = chapter.heading_en if english() else chapter.heading
        if not chapter.has_table:
            found.append(Part(f"narrative.{chapter.key}", heading, parsed.narrative[chapter.key]))
        elif parsed.form and chapter.key not in parsed.missing_tables:
            table = form.table(chapter.key)
            sheet = draw(table, form, parsed.figures, parsed.marks, places, ())
            found.append(Part(chapter.key, heading, sheet=sheet, sentence=summary(table, parsed.figures)))
        else:
            found.append(Part(chapter.key, heading, _("没有读到这张表。")))
    if parsed.narrative["notes"]:
        found.append(Part("narrative.notes", _("表格说明"), parsed.narrative["notes"]))
    return found


def facts(parsed: ParsedReport) -> list[tuple[str, str]]:
    """Contact data and scope, each with its name."""
    names = {"address": _("联系地址"), "postcode": _("邮政编码"), "phone": _("联系电话"), "website": _("电子版网址")}
    found = [(name, parsed.contact.get(key, "")) for key, name in names.items()]
    found.append((_("统计范围"), str(ScopeKind(parsed.scope.kind).label)))
    if parsed.scope.units:
        found.append((_("统计单位"), _("、").join(parsed.scope.units)))
    if parsed.scope.quote:
        found.append((_("统计范围说明"), parsed.scope.quote))
    return found
