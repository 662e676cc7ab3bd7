from __future__ import annotations

from agencies.models.counting import CountingRecord, CountsInto
from agencies.models.people import AccountAct, AccountRecord, AccountsStay, Membership, Role, User, name_of
from agencies.models.record import (
    ActorMixin,
    AppendOnly,
    Erasure,
    Record,
    RecordEntry,
    RecordHead,
    RecordQuerySet,
    erase,
)
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
    "AccountsStay",
    "ActorMixin",
    "Agency",
    "AgencyQuerySet",
    "AppendOnly",
    "CountingRecord",
    "CountsInto",
    "Division",
    "DivisionQuerySet",
    "Erasure",
    "FormerName",
    "Kind",
    "Level",
    "Membership",
    "Record",
    "RecordEntry",
    "RecordHead",
    "RecordQuerySet",
    "Role",
    "User",
    "erase",
    "existed_in",
    "name_of",
    "owing_in",
    "within",
]
