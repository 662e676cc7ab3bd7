"""The register from a table of divisions, stored whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from agencies.codes import ancestor_codes
from agencies.counting import begin_as_coded
from agencies.divisions_file import DivisionLine, DivisionsFileError, at_line, read_divisions
from agencies.models import Agency, Division, FormerName
from agencies.naming import name_of_office, path_under
from agencies.pinyin import spelled

WHOLE_COUNTRY = Path(__file__).parent / "data" / "divisions.csv.xz"
BATCH_SIZE = 2000

# What is being stored, how many are done, of how many.
Progress = Callable[[str, int, int], None]
Record = TypeVar("Record", bound=models.Model)


class LoadResult(NamedTuple):
    """What loading a file did to the register."""

    new_divisions: int
    changed_divisions: int
    new_agencies: int
    renamed_agencies: int


class DivisionFields(NamedTuple):
    """The columns of a division, comparable by value."""

    name: str
    level: int
    parent_id: str | None
    placeholder: bool
    path: str
    pinyin: str


def load_divisions(path: Path = WHOLE_COUNTRY, progress: Progress = lambda what, done, total: None) -> LoadResult:
    """Bring the register up to the file, in one transaction; a second run changes nothing.

    Divisions follow the file; those that it does not list stay. The agency of a division is made once and then belongs
    to the people who keep the register: only where it is still called after the division's old name is it renamed, and
    the old name kept. Raises Unloadable.
    """
    lines = read_divisions(path)
    with transaction.atomic():
        before = {
            code: DivisionFields(*columns)
            for code, *columns in Division.objects.values_list("pk", *DivisionFields._fields)
        }
        _require_parents(path, lines, before.keys())
        after = _places(lines, before)
        new = [Division(code=code, **place._asdict()) for code, place in after.items() if code not in before]
        changed = {code: place for code, place in after.items() if before.get(code, place) != place}
        _create(Division, new, progress, _("行政区划"))
        Division.objects.bulk_update(
            [Division(code=code, **place._asdict()) for code, place in changed.items()],
            DivisionFields._fields,
            batch_size=200,
        )
        renamed = _rename_agencies({code: before[code].name for code in changed}, after)
        agencies = _missing_agencies(lines)
        _create(Agency, agencies, progress, _("机构"))
        begin_as_coded()
    return LoadResult(len(new), len(changed), len(agencies), renamed)


def _parent_of(code: str) -> str | None:
    """The narrowest wider code: a township's county, or its city where that has no counties."""
    return next(reversed(ancestor_codes(code)), None)


def _require_parents(path: Path, lines: Sequence[DivisionLine], registered: Iterable[str]) -> None:
    known = {line.code for line in lines}.union(registered)
    sentence = _("“%(code)s”的上级“%(parent)s”既不在文件中，也不在名录中。")
    problems = [
        at_line(path, line.number, sentence % {"code": line.code, "parent": parent})
        for line in lines
        if (parent := _parent_of(line.code)) is not None and parent not in known
    ]
    if problems:
        raise DivisionsFileError(problems)


def _places(lines: Sequence[DivisionLine], before: dict[str, DivisionFields]) -> dict[str, DivisionFields]:
    """All divisions as they shall be, superiors first; a new name reaches the paths of everything below."""
    wanted = before | {
        line.code: DivisionFields(
            line.name, line.level, _parent_of(line.code), line.kind is None, "", spelled(line.name)
        )
        for line in lines
    }
    after: dict[str, DivisionFields] = {}
    for code, place in sorted(wanted.items(), key=lambda item: (item[1].level, item[0])):
        above = after[place.parent_id].path if place.parent_id else ""
        after[code] = place._replace(path=path_under(above, place.name, place.placeholder))
    return after


def _create(model: type[Record], records: Sequence[Record], progress: Progress, what: str) -> None:
    for start in range(0, len(records), BATCH_SIZE):
        model._default_manager.bulk_create(records[start : start + BATCH_SIZE])
        progress(what, min(start + BATCH_SIZE, len(records)), len(records))


def _missing_agencies(lines: Sequence[DivisionLine]) -> list[Agency]:
    registered = set(Agency.objects.values_list("code", flat=True))
    return [_office(line, line.kind) for line in lines if line.kind and line.code not in registered]


def _office(line: DivisionLine, kind: str) -> Agency:
    """What governs the division of that line."""
    name = name_of_office(line.name, kind, line.level)
    owes = line.owes_report
    return Agency(code=line.code, name=name, kind=kind, division_id=line.code, owes_report=owes, pinyin=spelled(name))


def _rename_agencies(old_names: dict[str, str], after: dict[str, DivisionFields]) -> int:
    renamed, former = [], []
    for code in sorted(code for code, name in old_names.items() if name != after[code].name):
        agency = Agency.objects.filter(code=code).first()
        if agency and agency.name == name_of_office(old_names[code], agency.kind, after[code].level):
            former.append(FormerName(agency=agency, name=agency.name))
            agency.name = name_of_office(after[code].name, agency.kind, after[code].level)
            agency.pinyin = spelled(agency.name)
            renamed.append(agency)
    FormerName.objects.bulk_create(former, ignore_conflicts=True)
    Agency.objects.bulk_update(renamed, ["name", "pinyin"], batch_size=200)
    return len(renamed)
