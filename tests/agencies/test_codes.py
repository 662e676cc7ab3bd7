from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from agencies import codes


@pytest.mark.parametrize(
    "code",
    [
        "91350100M000100Y43",  # the example of GB 32100-2015
        "91110000802100433B",
        "9144030071526726XG",
        "914403001922038216",
    ],
)
def test_credit_codes_in_use_are_valid(code: str) -> None:
    codes.validate_credit_code(code)


def test_every_single_wrong_character_breaks_the_credit_code() -> None:
    code = "91350100M000100Y43"
    for place, right in enumerate(code):
        for wrong in set(codes.CREDIT_CODE_CHARACTERS) - {right}:
            with pytest.raises(ValidationError):
                codes.validate_credit_code(code[:place] + wrong + code[place + 1 :])


def test_the_message_names_the_code_and_the_character_that_belongs_there() -> None:
    with pytest.raises(ValidationError) as error:
        codes.validate_credit_code("91350100M000100Y44")
    assert error.value.messages == ["统一社会信用代码“91350100M000100Y44”的校验位不符：末位应为 3，请核对。"]


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100M000100Y433", "91350100I000100Y43", "九" * 18])
def test_credit_codes_of_a_wrong_length_or_alphabet_are_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="18 位"):
        codes.validate_credit_code(code)


@pytest.mark.parametrize("code", ["371003104000", "990101000000"])
def test_division_codes_have_twelve_digits(code: str) -> None:
    codes.validate_division_code(code)
    codes.validate_agency_code(code)
    codes.validate_agency_code(code + "-07")


@pytest.mark.parametrize("code", ["371003104", "371003104001", "071003104000", "37100310400O", "371003104000\n", ""])
def test_anything_else_is_no_division_code(code: str) -> None:
    with pytest.raises(ValidationError, match="区划代码应为 12 位数字"):
        codes.validate_division_code(code)


@pytest.mark.parametrize("code", ["371003104000-1", "371003104000-001", "371003104000-0A", "371003104000 01"])
def test_an_agency_code_ends_in_two_digits_or_not_at_all(code: str) -> None:
    with pytest.raises(ValidationError, match="机构代码应为"):
        codes.validate_agency_code(code)


def test_the_zeros_of_a_code_tell_its_level() -> None:
    found = [codes.level_of(code) for code in ("370000000000", "371000000000", "371003000000", "371003104000")]
    assert found == [1, 2, 3, 4]


def test_the_codes_above_come_province_first_and_never_the_code_itself() -> None:
    assert codes.ancestor_codes("371003104000") == ["370000000000", "371000000000", "371003000000"]
    assert codes.ancestor_codes("370000000000") == []
    # 东莞 has no counties: the city stands right above its towns.
    assert codes.ancestor_codes("441900101000") == ["440000000000", "441900000000"]


def test_a_subtree_holds_what_begins_with_its_digits_and_nothing_else() -> None:
    first, last = codes.subtree("371003")
    assert all(first <= code <= last for code in ("371003000000", "371003000000-01", "371003999000-99"))
    assert not any(first <= code <= last for code in ("371002999000-99", "371004000000"))
