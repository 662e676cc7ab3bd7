"""Whom a report covers, where its text does not say so: by what the register knows of its body."""

from __future__ import annotations

from agencies.models import Agency
from reports.importing.parsed import Scope
from reports.importing.scope import scope_of_kind

SCOPE_FIELDS = ("scope_kind", "scope_by", "scope_units", "scope_quote")


def settled_scope(scope: Scope, agency: Agency | None) -> Scope:
    """The scope of a report of this agency. What its text states or a person decided stands; of the kind of body the register
    knows more than the printed name tells."""
    if agency is None or scope.by in ("text", "sums", "person"):
        return scope
    return scope_of_kind(agency.body)


def scope_fields(scope: Scope) -> dict[str, object]:
    """As the fields of a version hold it."""
    values = (scope.kind, scope.by, list(scope.units), scope.quote)
    return dict(zip(SCOPE_FIELDS, values, strict=True))
