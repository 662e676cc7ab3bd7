"""What the codes of the register look like and how they nest. Pure: no database.

Division codes follow 统计用区划代码 (built on GB/T 2260 and GB/T 10114): two digits a province, two a city, two a
county, three a township, three zeros. Credit codes follow GB 32100-2015 (法人和其他组织统一社会信用代码编码规则).
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.cn import uscc

# How many digits every code of a subtree shares, by level.
PREFIX_LENGTHS = {1: 2, 2: 4, 3: 6, 4: 9}
DIVISION_CODE_LENGTH = 12
AGENCY_CODE_LENGTH = 15

CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def prefix_of(code: str, level: int) -> str:
    """The digits that every code of the subtree begins with: `371003000000` at county level gives `371003`."""
    return code[: PREFIX_LENGTHS[level]]


def level_of(code: str) -> int:
    """The highest level that the zeros of a division code allow."""
    significant = len(code.rstrip("0"))
    return next((level for level, length in PREFIX_LENGTHS.items() if significant <= length), max(PREFIX_LENGTHS))


def ancestor_codes(code: str) -> list[str]:
    """The codes of the divisions above, province first; some of them may not exist."""
    wider = [code[:length].ljust(DIVISION_CODE_LENGTH, "0") for length in (2, 4, 6)]
    return [ancestor for ancestor in dict.fromkeys(wider) if ancestor != code[:DIVISION_CODE_LENGTH]]


def codes_above(code: str) -> list[str]:
    """The codes of the agencies that can be right above an agency, the nearest first: of its place's government, where it is a
    further body, then of the places above."""
    division = code[:DIVISION_CODE_LENGTH]
    return ([division] if code != division else []) + ancestor_codes(code)[::-1]


def subtree(prefix: str) -> tuple[str, str]:
    """The first and the last code of a subtree, for `code__range`.

    A range is served by the plain index of every database and collation; `startswith` is not by SQLite's.
    """
    return prefix, prefix.ljust(AGENCY_CODE_LENGTH, "9")


def validate_division_code(code: str) -> None:
    """Raises ValidationError where it is not twelve digits ending in 000, or no province begins so."""
    if not re.fullmatch(r"[1-9][0-9]{8}000", code):
        raise ValidationError(
            _("区划代码应为 12 位数字，末三位为 000，如 371003104000；“%(code)s”不是。"), params={"code": code}
        )


def validate_agency_code(code: str) -> None:
    """Raises ValidationError where it is not a division code, or one followed by a number for a further body."""
    if not re.fullmatch(r"[1-9][0-9]{8}000(-[0-9]{2})?", code):
        raise ValidationError(
            _("机构代码应为 12 位区划代码，同一区划的其他机构再加“-”和两位序号，如 371003000000-01；“%(code)s”不是。"),
            params={"code": code},
        )


def validate_credit_code(code: str) -> None:
    """Raises ValidationError where length, characters or the check character are wrong."""
    # `uscc.validate` is stricter and laxer at once: it refuses the letters that some registrars begin with (N1, Y1), and
    # takes spaces and small letters.
    if not re.fullmatch(f"[{CREDIT_CODE_CHARACTERS}]{{18}}", code):
        raise ValidationError(
            _("统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）；“%(code)s”不是。"), params={"code": code}
        )
    expected = uscc.calc_check_digit(code[:17])
    if code[17] != expected:
        raise ValidationError(
            _("统一社会信用代码“%(code)s”的校验位不符：末位应为 %(expected)s，请核对。"),
            params={"code": code, "expected": expected},
        )
