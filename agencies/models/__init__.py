from __future__ import annotations

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
    outlived,
)

__all__ = [
    "AccountAct",
    "AccountRecord",
    "Agency",
    "AgencyQuerySet",
    "Division",
    "DivisionQuerySet",
    "FormerName",
    "Kind",
    "Level",
    "Membership",
    "Role",
    "User",
    "existed_in",
    "outlived",
]
