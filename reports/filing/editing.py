"""What the entry form asks to be done: save, fill, submit, withdraw, correct; and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import User
from config.language import pick
from reports import lifecycle
from reports.filing.action_form import ActionForm
from reports.filing.finding_list import correction_of, narrative_part
from reports.filing.forms import CONTACT, EntryForm, entry_form
from reports.filing.merging import Merge, Theirs, merge
from reports.filing.prefill import compared, last_year_of
from reports.filing.prose import opening, outline, unwritten
from reports.filing.totals import totals
from reports.lifecycle import Act
from reports.lifecycle.permissions import Answer
from reports.lifecycle.transitions import states_for
from reports.models import Decision, Severity, State, Version

HANDED_IN = {State.SENT: Act.SEND, State.SUBMITTED: Act.SUBMIT}
"""The act that led to each of these states, which pressed twice does no more."""


@dataclass(frozen=True)
class ListedProblem:
    """One thing to be put right; `name` is the input that it concerns, empty where it concerns none."""

    message: str
    name: str = ""
    label: str = ""
    reason: str = ""
    """The input for a reason that would do instead."""


@dataclass(frozen=True)
class EditProblem:
    """Why the form is shown again instead of the stored report."""

    stale: str = ""
    theirs: tuple[Theirs, ...] = ()
    mistyped: tuple[ListedProblem, ...] = ()
    refused: tuple[ListedProblem, ...] = ()
    all_zero: bool = False
    comment: str = ""
    pinned: tuple[tuple[str, str], ...] = ()
    """What was written to give the report back, with the places."""
    status: int = 200

    @property
    def unsaved(self) -> bool:
        return bool(self.stale or self.mistyped)


@dataclass(frozen=True)
class EditResult:
    """`done` leads back to the page as it is stored; otherwise the form is shown again with the problem."""

    version: Version
    form: EntryForm
    done: bool = True
    problem: EditProblem = field(default_factory=EditProblem)
    messages: tuple[tuple[int, str], ...] = ()
    taken: Mapping[str, str] = field(default_factory=dict)
    """The inputs that others changed meanwhile, as they stand now."""


def act(version: Version, asked: ActionForm, by: User, may: Mapping[Act, Answer]) -> EditResult:
    """Does what the pressed button says; whatever else is sent is saved first, so that nothing typed is lost.

    Raises PermissionDenied where it is never his to do, or now another's.
    """
    wanted = asked.wanted
    may[wanted].require_in_role()
    if wanted in (Act.WITHDRAW, Act.CORRECT, Act.RETURN):
        return _without_form(version, asked, by, may[wanted])
    if not may[Act.SAVE]:
        form = entry_form(version, asked.data)
        again = wanted == HANDED_IN.get(State(version.state)) and not _differs(form, entry_form(version))
        return EditResult(
            version, form, again, EditProblem() if again else EditProblem(stale=may[Act.SAVE].reason, status=409)
        )
    data = _prepared(version, asked)
    form = entry_form(version, data)
    form.is_valid()
    merged, told = Merge(), ""
    try:
        try:
            version = _saved(version, form, by, asked.seen)
        except lifecycle.EditConflict as stale:
            version, told = stale.current, str(stale)
            merged = merge(stale.changes, entry_form(version), form)
            form = entry_form(version, _with(data, merged.taken))
            form.is_valid()
            if merged.conflicts:
                problem = EditProblem(stale=told, theirs=merged.conflicts, status=409)
                return EditResult(version, form, False, problem, taken=merged.taken)
            version = _saved(version, form, by, version.revision)
    except lifecycle.EditConflict as stale:
        return EditResult(stale.current, form, False, EditProblem(stale=str(stale), status=409))
    except lifecycle.Refused as refused:
        return EditResult(version, form, False, EditProblem(stale=str(refused), status=409))
    notes = tuple(_explained(version, asked, by))
    if told:
        both = {"told": told, "what": _("改的不是同一处，两边的修改都已保存。")}
        notes += ((messages.WARNING, _("%(told)s%(what)s") % both),)
    version, further = _worked_out(version, asked, by)
    notes += further
    if form.errors:
        return EditResult(
            version, form, False, EditProblem(mistyped=tuple(_mistyped(form)), status=422), taken=merged.taken
        )
    if wanted not in (Act.SUBMIT, Act.SEND):
        return EditResult(version, form, messages=notes, taken=merged.taken)
    if wanted == Act.SUBMIT and not may[Act.SUBMIT]:
        return EditResult(version, form, messages=((messages.WARNING, _("已保存。提交由本机关审核员进行。")),))
    try:
        hand_in = lifecycle.submit if wanted == Act.SUBMIT else lifecycle.send_to_reviewer
        version = hand_in(version, by, zero_meant=asked.cleaned_data["zero_meant"])
    except ValidationError as invalid:
        zero = any(error.code == "all_zero" for error in _errors(invalid))
        problem = EditProblem(refused=tuple(items_of(invalid)), all_zero=zero, status=422)
        return EditResult(version, entry_form(version), False, problem)
    told = _("已提交，等待主管部门审核。") if wanted == Act.SUBMIT else _("已送本机关审核员核对。")
    return EditResult(version, form, messages=((messages.SUCCESS, told), *_noticed(version)))


def _noticed(version: Version) -> Iterable[tuple[int, str]]:
    """What forbids nothing, but may have been overlooked by whoever handed the report in."""
    if version.form and (empty := unwritten(version.form, version.narrative)):
        headings = _("、").join(f"“{pick(chapter.heading, chapter.heading_en)}”" for chapter in empty)
        yield (
            messages.WARNING,
            _("%(headings)s没有文字。没有内容的，也请写明“无”；要补写，可以先撤回。") % {"headings": headings},
        )


def _differs(sent: EntryForm, stored: EntryForm) -> bool:
    return any(sent.typed(name).split() != stored.typed(name).split() for name in stored.fields)


def _without_form(version: Version, asked: ActionForm, by: User, answer: Answer) -> EditResult:
    if not answer and version.state in states_for(asked.wanted):
        # It is the time for it, which is all that the act itself asks, but another's turn.
        raise PermissionDenied(answer.reason)
    form = entry_form(version)
    try:
        if asked.wanted == Act.WITHDRAW:
            lifecycle.withdraw(version, by)
            done = _("已撤回，可以继续修改。")
        elif asked.wanted == Act.RETURN:
            lifecycle.return_to_clerk(version, by, *asked.comments())
            done = _("已退回：%(report)s") % {"report": version.report}
        else:
            lifecycle.start_correction(version.report, by, asked.cleaned_data["reason"])
            done = _("更正的草稿已经建好，内容与公开的相同。改好以后提交，公开之前读者看到的仍是原来的版本。")
    except (lifecycle.Refused, ValidationError) as refused:
        text = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        told = ((messages.ERROR, text),)
        if asked.wanted != Act.RETURN:
            return EditResult(version, form, messages=told)
        status = 409 if isinstance(refused, lifecycle.Refused) else 422
        problem = EditProblem(comment=asked.cleaned_data["comment"], pinned=tuple(asked.pins), status=status)
        return EditResult(version, form, False, problem, messages=told)
    return EditResult(version, form, messages=((messages.SUCCESS, done),))


def _with(data: QueryDict, texts: Mapping[str, str]) -> QueryDict:
    data = data.copy()
    for name, text in texts.items():
        data[name] = text
    return data


def _prepared(version: Version, asked: ActionForm) -> QueryDict:
    """What was sent, with what the pressed button puts into the inputs that were sent blank."""
    data = asked.data.copy()
    # Where two people changed the same, the one who saves last says which is to stay.
    stored = entry_form(version)
    for name in stored.fields:
        if asked.takes_theirs(name):
            data[name] = stored.typed(name)
    if asked.button == "outline":
        _outline(version, data, asked.part)
    if asked.button in ("fill", "accept"):
        proposed = compared(entry_form(version, asked.data), last_year_of(version)).proposed
        # Where last year says otherwise a zero would be a claim, not the filling of a gap.
        zeros = {key: "0" for key in version.figures if proposed.get(key, "0") == "0"}
        for name, text in (zeros if asked.button == "fill" else proposed).items():
            if name in data and not (data.get(name) or "").strip():
                data[name] = text
    return data


def _outline(version: Version, data: QueryDict, part: str) -> None:
    """Puts the headings of last year's chapter where this year's is still empty; every report opens as prescribed."""
    if part == "preamble" and version.form and not (data.get(part) or "").strip():
        contact = {name: (data.get(name) or "").strip() for name in CONTACT}
        data[part] = opening(version.form, version.report.agency.full_name, version.report.year, contact)
        return
    last = last_year_of(version)
    chapters = {chapter.key: chapter for chapter in version.form.chapters} if version.form else {}
    if last and part in last.narrative and part in chapters and not (data.get(part) or "").strip():
        data[part] = outline(last.narrative[part], chapters[part].guidance)


def _worked_out(version: Version, asked: ActionForm, by: User) -> tuple[Version, tuple[tuple[int, str], ...]]:
    """Once everything is stored: the totals, or the correction of one cell, if that was asked for; and what to say."""
    if asked.button == "totals":
        return _totalled(version, by)
    if asked.button == "mend":
        key = asked.part
        mended = {correction_of(finding) for finding in version.findings.filter(culprit=key)} - {None}
        if len(mended) == 1:
            version = lifecycle.save_draft(version, {key: mended.pop()}, {}, by)
    return version, ()


def _totalled(version: Version, by: User) -> tuple[Version, tuple[tuple[int, str], ...]]:
    form = version.form
    assert form is not None
    before = version.figures
    changed = {key: number for key, number in totals(form, before).items() if number != before[key]}
    if not changed:
        return version, ((messages.INFO, _("各合计都与已填的相符，或还有空格没有填。")),)
    version = lifecycle.save_draft(version, changed, {}, by)
    text = _("已算出 %(count)s 个合计。") % {"count": len(changed)}
    differing = [
        _("%(cell)s原填 %(typed)s，合计 %(total)s")
        % {"cell": pick(form.figures[key].label, form.figures[key].label_en), "typed": typed, "total": number}
        for key, number in changed.items()
        if (typed := before[key]) is not None
    ]
    if differing:
        words = {"count": len(differing), "list": _("；").join(differing)}
        text += _("其中 %(count)s 个与原填的不同：%(list)s。") % words
    return version, ((messages.WARNING if differing else messages.SUCCESS, text),)


def _saved(version: Version, form: EntryForm, by: User, seen: str | None) -> Version:
    """Stores everything that can be stored; what cannot is left with its error in the form."""
    try:
        return lifecycle.save_draft(version, form.figures, form.texts, by, marks=form.marks, seen=seen)
    except ValidationError as invalid:
        for name, errors in invalid.error_dict.items():
            form.add_error(name, errors)
    return lifecycle.save_draft(version, form.figures, form.texts, by, marks=form.marks, seen=seen)


def _explained(version: Version, asked: ActionForm, by: User) -> Iterable[tuple[int, str]]:
    """Stores the reasons given for soft findings; yields what could not be stored."""
    for finding in version.findings.filter(severity=Severity.WARNING).exclude(decision=Decision.RESOLVED):
        reason = asked.reason_for(finding.pk)
        if not reason or reason == finding.reason:
            continue
        try:
            lifecycle.explain(finding, by, reason)
        except lifecycle.Refused as refused:
            yield messages.WARNING, str(refused)


def _mistyped(form: EntryForm) -> Iterable[ListedProblem]:
    for name, errors in form.errors.items():
        yield ListedProblem(" ".join(str(error) for error in errors), name, str(form.fields[name].label))


def items_of(invalid: ValidationError) -> Iterable[ListedProblem]:
    """Everything that an act was refused for, each with the input that it concerns."""
    for error in _errors(invalid):
        params = error.params or {}
        cells = [params["culprit"]] if "culprit" in params else params.get("cells") or ()
        reason = f"reason.{params['finding']}" if error.code == "reason_needed" and "finding" in params else ""
        yield ListedProblem(" ".join(error.messages), _input(cells, str(params.get("where", ""))), reason=reason)


def _errors(invalid: ValidationError) -> list[ValidationError]:
    if hasattr(invalid, "error_dict"):
        return [error for found in invalid.error_dict.values() for error in found]
    return list(invalid.error_list)


def _input(cells: Iterable[str], where: str) -> str:
    for cell in cells:
        return cell
    return narrative_part(where) or (where and f"h-{where}")
