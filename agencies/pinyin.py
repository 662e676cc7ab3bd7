"""How names are typed on a keyboard that has no Chinese: `zekuzhen`, `zkz`. Pure: no database.

pypinyin knows how a character is read within a word (重庆, 乐清). Where a place name leaves it open the other common
readings are kept, too: nobody who looks for 长安 should have to know that the program reads it like 长子.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

MAX_SPELLINGS = 6

READINGS = {
    character: tuple(readings.split())
    for character, readings in {
        "阿": "a e",
        "柏": "bai bo",
        "堡": "bao bu pu",
        "埔": "pu bu",
        "藏": "zang cang",
        "查": "cha zha",
        "长": "chang zhang",
        "朝": "chao zhao",
        "车": "che ju",
        "重": "chong zhong",
        "单": "dan shan",
        "宕": "dang tan",
        "都": "du dou",
        "番": "fan pan",
        "行": "xing hang",
        "浒": "hu xu",
        "珲": "hun hui",
        "会": "hui kuai",
        "角": "jiao jue",
        "解": "jie xie",
        "句": "ju gou",
        "浚": "jun xun",
        "筠": "yun jun",
        "乐": "le yue lao",
        "棱": "leng ling",
        "六": "liu lu",
        "弄": "long nong",
        "漯": "luo ta",
        "泌": "bi mi",
        "牟": "mu mou",
        "陂": "pi bei po",
        "铺": "pu bu",
        "铅": "qian yan",
        "仇": "qiu chou",
        "厦": "xia sha",
        "莘": "shen xin",
        "盛": "sheng cheng",
        "峙": "zhi shi",
        "覃": "qin tan",
        "圩": "wei xu",
        "尉": "wei yu",
        "蔚": "wei yu",
        "涡": "wo guo",
        "巷": "xiang hang",
        "荥": "xing ying",
        "曾": "zeng ceng",
        "扎": "zha za",
        "召": "zhao shao",
    }.items()
}


def spelled(name: str) -> str:
    """Every way to type a name, in full and by its initials, each between spaces so that beginnings can be looked for:
    ` leshanshi lss yueshanshi yss `."""
    syllables = [_readings(character, reading) for character, reading in zip(name, _read(name), strict=True)]
    words: dict[str, None] = {}
    for spelling in islice(product(*syllables), MAX_SPELLINGS):
        words["".join(spelling)] = None
        words["".join(syllable[:1] for syllable in spelling)] = None
    words.pop("", None)
    return "".join(f" {word}" for word in words) + " " * bool(words)


def typed(text: str) -> str:
    """What somebody typed, as `spelled` writes it; empty where it is no pinyin: `Xi'an` gives `xian`, `Lüshun` `lushun`."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ü", "u").replace("v", "u"))
    letters = re.sub(r"['’\-\u0300-\u036f]", "", plain)
    return letters if re.fullmatch(r"[a-z][a-z0-9]*", letters) else ""


def _read(name: str) -> Iterator[str]:
    # Its dictionaries take 40 MB and a sixth of a second, which only those pay who need them.
    from pypinyin import lazy_pinyin

    return (
        syllable.lower().replace("v", "u").replace("ü", "u") if syllable.isalnum() else ""
        for syllable in lazy_pinyin(name, errors=list)  # type: ignore[arg-type]  # it may well give several
    )


@lru_cache(maxsize=4096)
def _readings(character: str, reading: str) -> tuple[str, ...]:
    """The reading within the word first, then the others."""
    return tuple(dict.fromkeys((reading, *READINGS.get(character, ()))))
