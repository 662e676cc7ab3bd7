"""What a body reports that is not in its power."""

from __future__ import annotations

import re

from reports.checks.content import Content, Finding
from reports.standard.in_prose import REGULATIONS

COUNTY = 3
"""From here downwards nobody issues 规章: that is for the districted cities, the provinces and the State Council's departments."""

_TOWNSHIP = re.compile(r"(?:[镇乡]|苏木|街道)(?:人民政府|政府|街道办事处|办事处|街道办)?$")
_COUNTY = re.compile(r"(?:县|自治旗)人民政府$")


def level_by_name(agency: str) -> int | None:
    """The level that the name of an agency gives away; None where it gives none."""
    if _TOWNSHIP.search(agency):
        return COUNTY + 1
    return COUNTY if _COUNTY.search(agency) else None


def regulations_beyond_power(content: Content) -> list[Finding]:
    """规章 of a body below the districted city. Silent where its level is not known, or a cell of the row is not."""
    level = content.level or level_by_name(content.agency)
    if content.form is None or level is None or level < COUNTY:
        return []
    cells = tuple(key for key in content.form.figures if key.startswith(REGULATIONS))
    if not cells or not content.has_table(cells[0]) or any(key in content.doubted for key in cells):
        return []
    if not any(content.known.get(key, 0) > 0 for key in cells):
        return []
    operands = {key: content.entry(key) for key in cells}
    return [Finding("regulations_beyond_power", REGULATIONS.rstrip("."), cells, operands, 0)]
