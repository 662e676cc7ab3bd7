from __future__ import annotations

import pytest

from agencies.models import Agency, Division
from agencies.pinyin import spelled, typed


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("泽库镇", " zekuzhen zkz "),
        ("重庆市", " chongqingshi cqs zhongqingshi zqs "),
        ("乐山市", " leshanshi lss yueshanshi yss laoshanshi "),
        ("吕梁市", " luliangshi lls "),
        ("A1区（东）", " a1qudong a1qd "),
        ("", ""),
    ],
)
def test_a_name_is_kept_in_full_and_by_its_initials(name: str, spellings: str) -> None:
    assert spelled(name) == spellings


def test_where_a_word_decides_the_reading_that_comes_first() -> None:
    assert spelled("乐清市").startswith(" yueqingshi yqs")
    assert spelled("长安区").startswith(" changanqu caq")


def test_many_ambiguous_characters_do_not_multiply_without_end() -> None:
    assert len(spelled("长长长长长长乐乐乐乐").split()) <= 12


@pytest.mark.parametrize(
    ("text", "understood"),
    [("ZeKu", "zeku"), ("Xi'an", "xian"), ("lüshun", "lushun"), ("lvshun", "lushun"), ("泽库", ""), ("371003", "")],
)
def test_what_is_typed_is_read_like_what_is_kept(text: str, understood: str) -> None:
    assert typed(text) == understood


def test_the_register_spells_its_names_whenever_they_change(township: Agency, county: Division) -> None:
    assert township.pinyin == " qingshanzhenrenminzhengfu qszrmzf "
    county.name = "乐业县"
    county.save()
    assert " leyexian lyx " in Division.objects.get(pk=county.pk).pinyin
