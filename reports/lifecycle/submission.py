"""A draft on its way: to the reviewer of its office, to the supervisor, and back with comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from reports.checks.wording import message
from reports.findings.run import Examined, check_version, examine_versions, store_findings
from reports.lifecycle.acts import lock_version, record, require
from reports.lifecycle.transactions import act
from reports.lifecycle.transitions import Act, after
from reports.models import Action, Decision, Severity, State, Version, content_of
from reports.models.refusals import refusal, refusals
from reports.standard import NARRATIVE_PARTS


def submit(version: Version, by: User | None, zero_meant: bool = True) -> Version:
    """Hands a draft in. Submitting again what is submitted changes nothing.

    It is examined before anything is locked; what was found counts where the draft, once locked, is still the same.
    Raises ValidationError naming everything that forbids it at once: each hard finding (`code` is its rule), each soft
    one without a reason (`code` is `reason_needed`), and `all_zero` where every figure is 0 and nobody said that this
    is meant; `params` hold `where` and `cells`.
    """
    return _submit(version, by, zero_meant, examine_versions([version]))


@act
def _submit(version: Version, by: User | None, zero_meant: bool, examined: Sequence[Examined]) -> Version:
    version = lock_version(version)
    if version.state == State.SUBMITTED:
        return version
    require(version, Act.SUBMIT)
    _require_sound(version, zero_meant, examined)
    version.state = after(Act.SUBMIT, State(version.state))
    version.submitted_at = timezone.now()
    version.save()
    record(version, Action.SUBMITTED, by)
    return version


def send_to_reviewer(version: Version, by: User | None, zero_meant: bool = True) -> Version:
    """Gives a draft to the reviewer of the office, who submits it or returns it. Raises what `submit` raises."""
    return _send(version, by, zero_meant, examine_versions([version]))


@act
def _send(version: Version, by: User | None, zero_meant: bool, examined: Sequence[Examined]) -> Version:
    version = lock_version(version)
    if version.state == State.SENT:
        return version
    require(version, Act.SEND)
    _require_sound(version, zero_meant, examined)
    version.state = after(Act.SEND, State(version.state))
    version.save()
    record(version, Action.SENT, by)
    return version


def _require_sound(version: Version, zero_meant: bool, examined: Sequence[Examined]) -> None:
    errors: dict[str, list[Any]] = {}
    try:
        version.full_clean()
    except ValidationError as invalid:
        errors = invalid.update_error_dict(errors)
    if forbidding := [*refusals(content_of(version)), *_unexplained(version, examined)]:
        errors.setdefault(NON_FIELD_ERRORS, []).extend(forbidding)
    if not zero_meant and set(version.figures.values()) == {0}:
        text = _("三张表的全部数据都是 0。确实如此的，请勾选“确认全部为 0”再提交。")
        errors.setdefault(NON_FIELD_ERRORS, []).append(ValidationError(text, "all_zero"))
    if errors:
        raise ValidationError(errors)


def _unexplained(version: Version, examined: Sequence[Examined]) -> list[ValidationError]:
    """One error for every soft finding for which nobody gave a reason."""
    findings = store_findings(examined).get(version.pk)
    if findings is None:
        # Saved or checked by somebody else in between.
        findings = check_version(version)
    return [
        refusal(message(finding, version.edition) + _("（需要说明理由）"), "reason_needed", finding)
        for finding in findings
        if finding.severity == Severity.WARNING and finding.decision in (Decision.OPEN, Decision.CONFIRMED)
    ]


@act
def withdraw(version: Version, by: User | None, comment: str = "") -> Version:
    """Takes back what was sent or submitted to go on with it, as long as nobody has published it."""
    return _back(version, Act.WITHDRAW, Action.WITHDRAWN, by, comment, {})


@act
def return_to_clerk(version: Version, by: User | None, comment: str, pins: Mapping[str, str] | None = None) -> Version:
    """Gives a report that was sent or submitted back to be mended. `pins` are comments on single cells, chapters, or
    sentences of a chapter (`overview:收到申请1件。`).

    Given back once more by the same person with the same words it stays as it is. Raises ValidationError where nothing says
    what is to be mended, and for a pin on what is no place of the report.
    """
    pins = {where: text.strip() for where, text in (pins or {}).items() if text.strip()}
    if not all(_is_place(version, where) for where in pins):
        raise ValidationError(_("请选择意见所指的位置。"), "unknown_place")
    if not comment.strip() and not pins:
        raise ValidationError(_("请说明退回的原因。"), "reason_needed")
    version = lock_version(version)
    last = version.changes.order_by("pk").last()
    repeated = (Action.RETURNED, by, comment.strip(), pins)
    if version.state == State.RETURNED and last and (last.action, last.made_by, last.comment, last.pins) == repeated:
        return version
    return _back(version, Act.RETURN, Action.RETURNED, by, comment, pins)


def _is_place(version: Version, where: str) -> bool:
    part, _colon, sentence = where.partition(":")
    if part in NARRATIVE_PARTS:
        return sentence in version.narrative[part]
    return version.form is not None and where in version.form.figures


def _back(
    version: Version, act: Act, action: Action, by: User | None, comment: str, pins: Mapping[str, str]
) -> Version:
    version = lock_version(version)
    require(version, act)
    version.state = after(act, State(version.state))
    version.submitted_at = None
    version.edited()
    version.save()
    record(version, action, by, comment=comment.strip(), at=version.changed_at, pins=pins)
    return version
