"""Where the chapters begin, and the prose in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile

from reports.importing.boilerplate import ending_of, is_boilerplate
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
    """The document cut at its chapter headings; `front` is what stands before the first of them.

    `headings` are the headings themselves, `furniture` is what is no text of the report, each with what it is, and `shared` names
    for a chapter without a heading of its own the one whose heading is that of both.
    """

    front: list[Block] = field(default_factory=list)
    blocks: dict[str, list[Block]] = field(default_factory=dict)
    first_heading: Block | None = None
    headings: list[str] = field(default_factory=list)
    furniture: list[tuple[str, Block]] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)

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
            if not found:
                break
            title = fold(found[2])
            # Chapters may be numbered anew below those of the first; then their titles are printed word for word.
            if title == fold(chapter.title) or (found[1] == chapter.numeral and _speaks_of(title, chapter)):
                return (chapter, after) if not re.search(r"[。；！]", found[2].rstrip("。；")) else None
    glued = re.match(rf"^\s*[{NUMERALS}][、.．]\s*", text)
    if glued:
        for chapter in CHAPTERS:
            heading = f"{chapter.numeral}、{chapter.title}"
            if text[glued.start() :].lstrip().startswith((heading, heading.replace("、", "."))):
                return chapter, text.lstrip()[len(heading) :]
    return None


def _speaks_of(title: str, chapter: Chapter) -> bool:
    return all(re.search(word, title) for word in chapter.keywords)


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
    result = Chapters(first_heading=blocks[cuts[0][0]] if cuts else None)
    front = _within(blocks[: cuts[0][0]] if cuts else blocks, around, result)
    result.front = [block for block in front if not _is_of_the_page(block)]
    result.furniture += [("page", block) for block in front if _is_of_the_page(block)]
    for number, (position, key, rest) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(blocks)
        content = _within(blocks[position + 1 : end], around, result)
        heading = blocks[position]
        assert isinstance(heading, Paragraph)
        result.headings.append(heading.text.removesuffix(rest))
        if rest.strip():
            content = [replace(heading, text=rest.strip()), *content]
        result.blocks[key] = content
    if cuts:
        _cut_off_ending(result, cuts[-1][1])
    result.shared = _under_one_heading(keys, {key: blocks[position] for position, key, _rest in cuts})
    return result


def _cut_off_ending(chapters: Chapters, last: str) -> None:
    """Who signed, when, and what the page prints below are no part of the last chapter."""
    content = chapters.blocks[last]
    after_tables = list(takewhile(lambda block: isinstance(block, Paragraph), reversed(content)))[::-1]
    names = ending_of([block.text for block in after_tables if isinstance(block, Paragraph)])
    if names:
        chapters.furniture += zip(names, content[-len(names) :], strict=True)
        del content[-len(names) :]


def _under_one_heading(keys: list[str], headings: dict[str, Block]) -> dict[str, str]:
    """Chapters that have no heading of their own, by the key of the one whose heading speaks of them, too."""
    shared: dict[str, str] = {}
    for chapter in CHAPTERS:
        if chapter.key in headings or chapter.key not in keys or not chapter.keywords:
            continue
        for key, heading in headings.items():
            if isinstance(heading, Paragraph) and _speaks_of(fold(heading.text[:_MAX_HEADING_LENGTH]), chapter):
                shared[chapter.key] = key
    return shared


def _shared(headings: list[Block]) -> tuple[int, ...]:
    """The elements of a web page that hold every chapter heading."""
    paths = [heading.inside for heading in headings if isinstance(heading, Paragraph)]
    if len(paths) < 2:
        return ()
    return tuple(steps[0] for steps in takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False)))


def _within(blocks: list[Block], around: tuple[int, ...], chapters: Chapters) -> list[Block]:
    """What stands outside the element of the chapters, or only serves the page, is not the report's."""
    inside: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) or (
            block.inside[: len(around)] == around and not (block.inside and _is_of_the_page(block))
        ):
            inside.append(block)
        else:
            chapters.furniture.append(("page", block))
    return inside


def _is_of_the_page(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_boilerplate(block.text)
