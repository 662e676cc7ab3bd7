from __future__ import annotations

from agencies.models.append_only import AppendOnly
from agencies.models.people import AccountAct, AccountRecord, Membership, Role, User
from agencies.models.register import (
    Agency,
    AgencyQuerySet,
    Division,
    DivisionQuerySet,
    FormerName,
    Kind,
    Level,
    existed_in,
    owing_in,
    within,
)

__all__ = [
    "AccountAct",
    "AccountRecord",
    "Agency",
    "AgencyQuerySet",
    "AppendOnly",
    "Division",
    "DivisionQuerySet",
    "FormerName",
    "Kind",
    "Level",
    "Membership",
    "Role",
    "User",
    "existed_in",
    "owing_in",
    "within",
]
