"""Where the chapters begin, and the prose in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from reports.importing.boilerplate import is_boilerplate
from reports.importing.document import Block, Grid, Paragraph
from reports.importing.labels import fold
from reports.standard import CHAPTERS
from reports.standard.elements import NUMERALS, Chapter, Edition

_HEADING = re.compile(rf"^[#*\s]*(?:第?([{NUMERALS}])(?:部分|[、.．,，:：\s])\s*)(.+)$", re.DOTALL)
_SECTION = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、.．是]")
_MAX_HEADING_LENGTH = 45
_MAX_WORDS_AROUND = 12
_PUNCTUATION = re.compile(r"[。；：:！，]")


@dataclass
class Chapters:
    """The document cut at its chapter headings; `front` is what stands before the first of them."""

    front: list[Block] = field(default_factory=list)
    blocks: dict[str, list[Block]] = field(default_factory=dict)
    first_heading: Block | None = None

    def is_before(self, block: Block) -> bool:
        """Whether the first chapter has not begun at a block, when they are gone through in order."""
        return block is not self.first_heading

    def prose(self, key: str) -> str:
        return join(self.blocks.get(key, ()))


def join(blocks: list[Block] | tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def heading_of(text: str) -> tuple[Chapter, str] | None:
    """The chapter that a paragraph opens, and the prose that follows its heading in the same paragraph."""
    first, broken, rest = text.partition("\n")
    for line, after in ((text, ""), (first, rest)) if broken else ((text, ""),):
        if len(line) > _MAX_HEADING_LENGTH:
            continue
        if unnumbered := _unnumbered(line):
            return unnumbered, after
        found = _HEADING.match(line)
        for chapter in CHAPTERS:
            if (
                found
                and found[1] == chapter.numeral
                and all(re.search(word, fold(found[2])) for word in chapter.keywords)
            ):
                return (chapter, after) if not re.search(r"[。；！]", found[2].rstrip("。；")) else None
    glued = re.match(rf"^\s*[{NUMERALS}][、.．]\s*", text)
    if glued:
        for chapter in CHAPTERS:
            heading = f"{chapter.numeral}、{chapter.title}"
            if text[glued.start() :].lstrip().startswith((heading, heading.replace("、", "."))):
                return chapter, text.lstrip()[len(heading) :]
    return None


def _unnumbered(line: str) -> Chapter | None:
    """Where Word numbers the headings itself the numeral is not in the text; what has another numeral heads a section."""
    if _SECTION.match(line) or _PUNCTUATION.search(line):
        return None
    folded = fold(line)
    for chapter in CHAPTERS:
        if len(folded) <= len(chapter.title) + _MAX_WORDS_AROUND and folded.endswith(fold(chapter.title)):
            return chapter
    return None


def split_chapters(blocks: list[Block], form: Edition | None = None) -> Chapters:
    """A table of contents names every chapter before it begins, so the last heading of each counts, in the form's order.

    With `form` only its chapters are cut out: the heading of another edition's stands in the text of one of these.
    """
    keys = [chapter.key for chapter in form.chapters] if form else list(dict.fromkeys(each.key for each in CHAPTERS))
    candidates: list[tuple[int, Chapter, str]] = []
    for position, block in enumerate(blocks):
        if isinstance(block, Paragraph) and (found := heading_of(block.text)):
            candidates.append((position, *found))
    starts: dict[str, tuple[int, str]] = {}
    limit = len(blocks)
    for key in reversed(keys):
        for position, candidate, rest in reversed(candidates):
            if candidate.key == key and position < limit:
                starts[key] = (position, rest)
                limit = position
                break
    cuts = sorted((position, key, rest) for key, (position, rest) in starts.items())
    around = _shared([blocks[position] for position, _key, _rest in cuts])
    front = _within(blocks[: cuts[0][0]] if cuts else blocks, around)
    result = Chapters(front=[block for block in front if not _is_of_the_page(block)])
    result.first_heading = blocks[cuts[0][0]] if cuts else None
    for number, (position, key, rest) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(blocks)
        contents = _within(blocks[position + 1 : end], around)
        heading = blocks[position]
        if rest.strip() and isinstance(heading, Paragraph):
            contents = [replace(heading, text=rest.strip()), *contents]
        result.blocks[key] = contents
    if cuts:
        last = result.blocks[cuts[-1][1]]
        while last and _is_of_the_page(last[-1]):
            last.pop()
    return result


def _shared(headings: list[Block]) -> tuple[int, ...]:
    """The elements of a web page that hold every chapter heading."""
    paths = [heading.inside for heading in headings if isinstance(heading, Paragraph)]
    if len(paths) < 2:
        return ()
    return tuple(steps[0] for steps in takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False)))


def _within(blocks: list[Block], around: tuple[int, ...]) -> list[Block]:
    """What stands outside the element of the chapters, or only serves the page, is not the report's."""
    return [
        block
        for block in blocks
        if isinstance(block, Grid)
        or (block.inside[: len(around)] == around and not (block.inside and _is_of_the_page(block)))
    ]


def _is_of_the_page(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_boilerplate(block.text)
