"""Plain text in the shapes in which tables reach it: from Word, from PDF tools, copied out of web pages."""

from __future__ import annotations

import random
from collections.abc import Callable

from samples.making.printed import SampleHeading, SampleTable
from tests.importing.generator.pages import Page

Shape = Callable[[SampleTable, random.Random], str]


def text_of(page: Page, shape: Shape, chance: random.Random) -> bytes:
    if shape is flooded_page:
        texts = [*page.title]
        for block in page.blocks:
            texts += [flooded(block, chance).removesuffix(" |")] if isinstance(block, SampleTable) else [block.text]
        return (" | ".join(texts) + " |\n").encode()
    ending = chance.choice(["\n", "\n\n"])
    parts = ["\n".join(page.title) + "\n\n"]
    for block in page.blocks:
        if isinstance(block, SampleTable):
            parts.append(shape(block, chance).rstrip("\n") + "\n\n")
        else:
            parts.append(block.text + ("\n" if isinstance(block, SampleHeading) else ending))
    text = "".join(parts).replace("\n", chance.choice(["\n", "\r\n"]))
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030"]))


def _begun(grid: SampleTable) -> list[list[str]]:
    """The texts of the cells that begin in each line: what a merged cell covers has left nothing."""
    return [[_one_line(cell.text) for cell in line] for line in grid.lines()]


def _all_places(grid: SampleTable) -> list[list[str]]:
    rows = []
    for line, places in enumerate(grid.covered()):
        begins = [cell.line == line and cell.column == column for column, cell in enumerate(places)]
        rows.append([_one_line(cell.text) if here else "" for cell, here in zip(places, begins, strict=True)])
    return rows


def _one_line(text: str) -> str:
    return text.replace("\n", "")


def word_cells(grid: SampleTable, chance: random.Random) -> str:
    """A tab before each cell, an empty line after each row; a cell reaching down from above leaves an empty one."""
    rows = []
    for line, places in enumerate(grid.covered()):
        starts = [cell for column, cell in enumerate(places) if column == cell.column]
        mark = "[bookmark: _Hlk66973412]" if chance.random() < 0.1 else ""
        texts = [cell.text if cell.line == line else "" for cell in starts]
        rows.append("".join(f"\t{mark if number == 0 else ''}{text}\n" for number, text in enumerate(texts)))
    return "\n".join(rows)


def tabbed_rows(grid: SampleTable, _chance: random.Random) -> str:
    return "\n".join("\t".join(row) for row in _all_places(grid))


def tabbed_rows_without_leading_cells(grid: SampleTable, chance: random.Random) -> str:
    """PDF tools lose the empty cells at the left of some rows."""
    rows = []
    for row in _all_places(grid):
        line = "\t".join(row)
        rows.append(line.lstrip("\t") if chance.random() < 0.2 else line)
    return "\n".join(rows)


def cells_then_tab(grid: SampleTable, _chance: random.Random) -> str:
    """A cell per line with a tab after it; an empty cell is a bare tab, an empty line ends the row."""
    return "\n".join("".join(f"{text}\t\n" for text in row) for row in _begun(grid))


def piped_rows(grid: SampleTable, _chance: random.Random) -> str:
    """`a | b | c |`, what a merged cell covers being empty."""
    return "\n".join("".join(f"{text} | " for text in row).rstrip() for row in _all_places(grid))


def framed_rows(grid: SampleTable, chance: random.Random) -> str:
    """`| a | b |`, perhaps with the rule that Markdown asks for."""
    rows = ["| " + " | ".join(row) + " |" for row in _all_places(grid)]
    if chance.random() < 0.5:
        rows.insert(1, "|" + " --- |" * grid.width)
    return "\n".join(rows)


def _fill_up(texts: list[str], grid: SampleTable) -> str:
    return "|" * (grid.width - len(texts))


def piped_rows_filled_up(grid: SampleTable, _chance: random.Random) -> str:
    """What a merged cell covers is made up for at the end of the row."""
    return "\n".join(" | ".join(row) + " | " + _fill_up(row, grid) for row in _begun(grid))


def piped_rows_without_empty_cells(grid: SampleTable, _chance: random.Random) -> str:
    """Empty cells are made up for at the end of the row, too."""
    rows = [[text for text in row if text] for row in _begun(grid)]
    return "\n".join(" | ".join(row) + " | " + _fill_up(row, grid) for row in rows)


def piped_cells_without_empty_ones(grid: SampleTable, _chance: random.Random) -> str:
    """The same with each cell on a line of its own."""
    rows = [[text for text in row if text] for row in _begun(grid)]
    return "".join("".join(f"{text} |\n" for text in row) + f"{_fill_up(row, grid)}\n" for row in rows)


def framed_cells(grid: SampleTable, _chance: random.Random) -> str:
    """A pipe on a line of its own begins each row, every cell stands below it with its own pipe."""
    return "\n".join("| " + "".join(f"\n {text}  | " for text in row) + _fill_up(row, grid) for row in _begun(grid))


def piped_cells(grid: SampleTable, chance: random.Random) -> str:
    """A cell per line with a pipe after it, filler lines between the rows."""
    filler = chance.choice(["|||\n", "||||||\n", "\n"])
    return filler.join("".join(f"{text} |\n" for text in row) for row in _begun(grid))


def lone_pipe_after(grid: SampleTable, _chance: random.Random) -> str:
    return "".join(f"{text}\n|\n" for row in _begun(grid) for text in row)


def lone_pipe_before(grid: SampleTable, _chance: random.Random) -> str:
    return "".join(f"|\n{text}\n" for row in _begun(grid) for text in row)


def flooded(grid: SampleTable, _chance: random.Random) -> str:
    """The whole table in one line."""
    return " | ".join(text for row in _all_places(grid) for text in row) + " |"


def flooded_page(grid: SampleTable, chance: random.Random) -> str:
    """The whole report in one line."""
    return flooded(grid, chance)


def bare_lines(grid: SampleTable, _chance: random.Random) -> str:
    """A cell per line and nothing else: an empty cell is an empty line."""
    return "".join(f"{text}\n" for row in _begun(grid) for text in row)


# In the first kind every cell, even an empty one, can be told from its neighbours; in the second some cannot.
CLEAR = (word_cells, tabbed_rows, cells_then_tab, piped_rows, framed_rows)
LOSSY = (
    tabbed_rows_without_leading_cells,
    piped_rows_filled_up,
    piped_rows_without_empty_cells,
    piped_cells,
    piped_cells_without_empty_ones,
    framed_cells,
    lone_pipe_after,
    lone_pipe_before,
    flooded,
    flooded_page,
    bare_lines,
)
