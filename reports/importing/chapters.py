"""Where the six chapters begin, and the prose in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reports.importing.document import Block, Document, Paragraph
from reports.importing.labels import fold
from reports.standard import CURRENT
from reports.standard.elements import Chapter

_HEADING = re.compile(r"^[#*\s]*(?:第?([一二三四五六])(?:部分|[、.．,，:：\s])\s*)(.+)$", re.DOTALL)
_LONGEST_HEADING = 45


@dataclass
class Chapters:
    """The document cut at its chapter headings; `front` is what stands before the first of them."""

    front: list[Block] = field(default_factory=list)
    blocks: dict[str, list[Block]] = field(default_factory=dict)

    def prose(self, key: str) -> str:
        return join(self.blocks.get(key, ()))


def join(blocks: list[Block] | tuple[Block, ...]) -> str:
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


def _heading(text: str) -> tuple[Chapter, str] | None:
    """The chapter that a paragraph opens, and the prose that follows its heading in the same paragraph."""
    first, _break, rest = text.partition("\n")
    for line, after in ((text, ""), (first, rest)):
        if len(line) > _LONGEST_HEADING:
            continue
        found = _HEADING.match(line)
        for chapter in CURRENT.chapters:
            if found and found[1] == chapter.numeral and all(word in fold(found[2]) for word in chapter.keywords):
                return (chapter, after) if not re.search(r"[。；！]", found[2].rstrip("。；")) else None
            if fold(line) == fold(chapter.title):
                return chapter, after
    glued = re.match(r"^\s*[一二三四五六][、.．]\s*", text)
    if glued:
        for chapter in CURRENT.chapters:
            heading = f"{chapter.numeral}、{chapter.title}"
            if text[glued.start() :].lstrip().startswith((heading, heading.replace("、", "."))):
                return chapter, text.lstrip()[len(heading) :]
    return None


def split_chapters(document: Document) -> Chapters:
    """A table of contents names every chapter before it begins, so the last heading of each counts, in the order of the form."""
    candidates: list[tuple[int, Chapter, str]] = []
    for position, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and (found := _heading(block.text)):
            candidates.append((position, *found))
    starts: dict[str, tuple[int, str]] = {}
    limit = len(document.blocks)
    for chapter in reversed(CURRENT.chapters):
        for position, candidate, rest in reversed(candidates):
            if candidate is chapter and position < limit:
                starts[chapter.key] = (position, rest)
                limit = position
                break
    result = Chapters()
    cuts = sorted((position, key, rest) for key, (position, rest) in starts.items())
    result.front = document.blocks[: cuts[0][0]] if cuts else list(document.blocks)
    for number, (position, key, rest) in enumerate(cuts):
        end = cuts[number + 1][0] if number + 1 < len(cuts) else len(document.blocks)
        blocks = document.blocks[position + 1 : end]
        heading = document.blocks[position]
        if rest.strip() and isinstance(heading, Paragraph):
            blocks = [Paragraph(rest.strip(), heading.number, heading.page), *blocks]
        result.blocks[key] = blocks
    return result
