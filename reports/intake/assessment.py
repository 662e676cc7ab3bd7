"""The assessment of an import: what was not read for certain and what contradicts itself, as one numbered list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.checks.phrases import Group, sides
from reports.checks.phrases import printed as in_print
from reports.checks.rules import RULES
from reports.checks.wording import message
from reports.filing.finding_list import UNDECIDED, goto_of, narrative_part
from reports.findings.comparables import comparables_for
from reports.findings.run import check_content
from reports.importing.parsed import Number, ParsedReport, Problem
from reports.importing.proposing import Proposal, propose
from reports.intake.checking import subject_of_parsed
from reports.intake.corrections import Corrections, doubt_name, form_of, input_name, places_of, settled_by
from reports.models import Severity
from reports.originals.drawing import anchor
from reports.originals.links import SourceLink
from reports.standard.elements import Edition
from reports.standard.equations import Equation


@dataclass(frozen=True)
class ProposalInWords:
    """A proposal in words: the cell, the number, the equations with both sides."""

    key: str
    label: str
    value: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class AssessmentItem:
    """A doubt or a contradiction. `goto` is the input it leads to, `place` the anchor in the source; `name` is how a doubt is
    settled, `settled` who did so. `cells` are those in which its number is printed."""

    number: int
    message: str
    severity: str
    goto: str = ""
    place: str = ""
    rule: str = ""
    where: str = ""
    cells: tuple[str, ...] = ()
    culprit: str = ""
    quote: str = ""
    name: str = ""
    settled: str = ""
    proposed: tuple[ProposalInWords, ...] = ()

    @property
    def reasons(self) -> list[str]:
        """The equations of all its proposals, each once."""
        return list(dict.fromkeys(reason for proposed in self.proposed for reason in proposed.reasons))


@dataclass(frozen=True)
class Assessment:
    """Everything the preview says about a report as it stands now."""

    doubts: tuple[AssessmentItem, ...]
    settled: tuple[AssessmentItem, ...]
    findings: tuple[AssessmentItem, ...]
    not_filled: tuple[AssessmentItem, ...]
    origins: Mapping[str, SourceLink]
    proposals: Mapping[str, Proposal]


def assess(read: ParsedReport, corrected: ParsedReport, corrections: Corrections, agency: Agency | None) -> Assessment:
    """`read` is what the file says, `corrected` the same as people corrected it."""
    form = form_of(read)
    places = {where: anchor(place) for where, place in places_of(read, corrections).items()}
    proposals = propose(corrected, corrections.keys())
    words = {key: _in_words(form, corrected, proposal, proposals) for key, proposal in proposals.items()}
    doubts: list[AssessmentItem] = []
    settled: list[AssessmentItem] = []
    for problem in read.problems:
        who = settled_by(problem, read, corrections)
        cells = [key for key in form.figures if key == problem.where or key.startswith(problem.where + ".")]
        item = AssessmentItem(
            len(doubts) + 1,
            problem.message,
            Severity.WARNING,
            _input(problem, cells, form),
            _place(problem.where, places, form),
            where=problem.where,
            cells=tuple(cells[:1]),
            name=doubt_name(problem),
            settled=who,
            proposed=tuple(words[key] for key in cells if key in words),
        )
        (settled if who else doubts).append(item)
    subject = subject_of_parsed(corrected, agency)
    (comparables,) = comparables_for([subject])
    found = check_content(subject.content, comparables=comparables)
    contradictions = sorted(found, key=lambda finding: finding.rule == UNDECIDED)
    findings: list[AssessmentItem] = []
    not_filled: list[AssessmentItem] = []
    for number, finding in enumerate(contradictions, len(doubts) + 1):
        item = AssessmentItem(
            number,
            message(finding, corrected.edition or ""),
            finding.severity or RULES[finding.rule].severity,
            goto_of(finding, form),
            places.get(finding.cells[0] if finding.cells else _place_of_text(finding.where), ""),
            finding.rule,
            finding.where,
            finding.cells,
            finding.culprit,
            finding.quote,
        )
        (not_filled if finding.rule == UNDECIDED else findings).append(item)
    origins = _origins(read, corrected, corrections, places, words)
    return Assessment(tuple(doubts), tuple(settled), tuple(findings), tuple(not_filled), origins, proposals)


def _input(problem: Problem, cells: Sequence[str], form: Edition) -> str:
    if cells:
        return cells[0]
    if any(problem.where == table.key for table in form.tables):
        return f"h-{problem.where}"
    return "" if problem.where == "document" else input_name(problem.where)


def _place(where: str, places: Mapping[str, str], form: Edition) -> str:
    """Where the source says it, or the first of what it comprises, or the row or table in which it would stand."""
    # In the order of the form: PostgreSQL does not keep that of the keys.
    within = next(
        (places[key] for key in (*form.figures, *places) if key.startswith(f"{where}.") and key in places), ""
    )
    return (
        places.get(where) or within or places.get(where.rpartition(".")[0]) or places.get(where.partition(".")[0], "")
    )


def _place_of_text(where: str) -> str:
    part = narrative_part(where)
    return f"narrative.{part}" if part else where


def _in_words(
    form: Edition, corrected: ParsedReport, proposal: Proposal, proposals: Mapping[str, Proposal]
) -> ProposalInWords:
    numbers = {**corrected.figures, **{key: each.value for key, each in proposals.items()}}
    reasons = tuple(_reason(form, equation, numbers) for equation in proposal.equations)
    label = Group(form, (proposal.key,)).name(proposal.key)
    return ProposalInWords(proposal.key, label, in_print(proposal.value), reasons)


def _reason(form: Edition, equation: Equation, numbers: Mapping[str, Number | None]) -> str:
    group = Group(form, equation.cells)
    left, right = sides(equation.evaluate(numbers, form.signed), group)
    return _("%(place)s：%(left)s = %(right)s") % {"place": group, "left": left, "right": right}


def _origins(
    read: ParsedReport,
    corrected: ParsedReport,
    corrections: Corrections,
    places: Mapping[str, str],
    proposed: Mapping[str, ProposalInWords],
) -> dict[str, SourceLink]:
    """For every input: its place in the source beside it, and what there is to say about it."""
    doubted = corrected.doubted
    found = {}
    for where in {*places, *corrections, *doubted, *proposed}:
        name = places.get(where, "") or (_place(where, places, form_of(read)) if where in doubted else "")
        note, look = "", "doubtful" if where in doubted else ""
        if correction := corrections.get(input_name(where)):
            words = {"who": correction.who, "read": _as_printed(read, where)}
            note, look = _("由%(who)s改填；原文读作“%(read)s”") % words, "retyped"
        if where in proposed:
            note = _("建议填 %(value)s（%(reasons)s）") % {
                "value": proposed[where].value,
                "reasons": _("；").join(proposed[where].reasons),
            }
        value = proposed[where].value if where in proposed else ""
        found[where] = SourceLink(f"#{name}" if name else "", note, look, value)
    return found


def _as_printed(read: ParsedReport, where: str) -> str:
    if where in read.figures:
        number = read.figures[where]
        return in_print(number) if number is not None else read.marks.get(where, "") or _("空")
    known = {"agency": read.agency, "year": str(read.year or "")}
    text = known.get(where, read.narrative.get(where.removeprefix("narrative."), ""))
    return (text[:40] + "……") if len(text) > 40 else text or _("空")
