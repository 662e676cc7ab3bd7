"""Records are appended and stay as they are, whichever way somebody tries to change them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from agencies.models import AccountAct, AccountRecord, Agency, AppendOnly, User
from reports import lifecycle
from reports.models import Change, DeadlineAct, DeadlineChange

YEAR = 2023

RECORDS = [AccountRecord, Change, DeadlineChange]


@pytest.fixture
def records(township: Agency, clerk: User) -> dict[type[AppendOnly], AppendOnly]:
    """One of each kind."""
    version = lifecycle.start_draft(township, YEAR, clerk)
    return {
        AccountRecord: AccountRecord.objects.create(
            act=AccountAct.ISSUED, user=clerk, username=clerk.username, made_by=clerk
        ),
        Change: version.changes.get(),
        DeadlineChange: DeadlineChange.objects.create(act=DeadlineAct.ASKED, year=YEAR, agency=township, made_by=clerk),
    }


def test_these_and_no_others_are_records() -> None:
    assert set(AppendOnly.__subclasses__()) == set(RECORDS)


WAYS: dict[str, Callable[[AppendOnly], object]] = {
    "saving it": lambda record: record.save(),
    "saving one field of it": lambda record: record.save(update_fields=["made_at"]),
    "deleting it": lambda record: record.delete(),
    "updating many": lambda record: type(record).objects.update(made_by=None),
    "updating a list": lambda record: type(record).objects.bulk_update([record], ["made_at"]),
    "deleting many": lambda record: type(record).objects.filter(pk=record.pk).delete(),
    "getting or changing": lambda record: type(record).objects.update_or_create(
        pk=record.pk, defaults={"made_by": None}
    ),
}


@pytest.mark.parametrize("model", RECORDS)
@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_another_record(
    records: dict[type[AppendOnly], AppendOnly], model: type[AppendOnly], way: str
) -> None:
    before = list(model.objects.values())
    with pytest.raises(TypeError, match="appended"):
        WAYS[way](records[model])
    assert list(model.objects.values()) == before


def test_those_of_a_version_neither(records: dict[type[AppendOnly], AppendOnly]) -> None:
    change = records[Change]
    assert isinstance(change, Change)
    with pytest.raises(TypeError):
        change.version.changes.update(comment="别的")
    with pytest.raises(TypeError):
        change.version.changes.all().delete()


def test_they_outlive_the_account_that_made_them(records: dict[type[AppendOnly], AppendOnly], clerk: User) -> None:
    clerk.delete()
    for model, record in records.items():
        assert model.objects.get(pk=record.pk).made_by is None
