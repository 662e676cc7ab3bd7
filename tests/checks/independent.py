"""What the form demands, worked out a second time and in another way: from the printed labels of the contract alone.

The tests hold the checks against this, so nothing here may ask the declaration or its equations.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from reports.checks.content import Content
from tests.standard.contract import CONTRACT, ContractCell

Broken = set[tuple[str, frozenset[str]]]
YEARS = {"2019": 2020, "2021": 2023}


def applications(edition: str) -> list[ContractCell]:
    return [cell for cell in CONTRACT[edition] if cell.section.startswith("三、")]


def proceedings(edition: str) -> list[ContractCell]:
    return [cell for cell in CONTRACT[edition] if cell.section.startswith("四、")]


def by(cells: list[ContractCell], label: str) -> dict[str, list[ContractCell]]:
    groups: dict[str, list[ContractCell]] = {}
    for cell in cells:
        groups.setdefault(getattr(cell, label), []).append(cell)
    return groups


def is_total(cell: ContractCell) -> bool:
    return cell.column_label == "总计"


def is_outcome(cell: ContractCell) -> bool:
    return cell.row_label.startswith("三、") and not is_concluded(cell)


def is_concluded(cell: ContractCell) -> bool:
    return cell.row_label.endswith("（七）总计")


def broken_equations(edition: str, figures: Mapping[str, int]) -> Broken:
    """The rules that a complete report breaks, each with the cells concerned."""
    broken: Broken = set()

    def require(rule: str, cells: list[ContractCell], holds: bool) -> None:
        if not holds:
            broken.add((rule, frozenset(cell.key for cell in cells)))

    def add(cells: list[ContractCell]) -> int:
        return sum(figures[cell.key] for cell in cells)

    for row in by(applications(edition), "row_label").values():
        parts = [cell for cell in row if not is_total(cell)]
        assert len(parts) == 6
        require("row_total", row, add(parts) == add([cell for cell in row if is_total(cell)]))
    for column in by(applications(edition), "column_label").values():
        outcomes = [cell for cell in column if is_outcome(cell)]
        concluded = [cell for cell in column if is_concluded(cell)]
        came = [cell for cell in column if cell.row_label.startswith(("一、", "二、"))]
        left = [cell for cell in column if cell.row_label.startswith("四、")]
        assert (len(came), len(concluded), len(left)) == (2, 1, 1)
        require("results_total", outcomes + concluded, add(outcomes) == add(concluded))
        require("flow_balance", came + concluded + left, add(came) == add(concluded) + add(left))
    for block in by(proceedings(edition), "row_label").values():
        parts = [cell for cell in block if not is_total(cell)]
        assert len(parts) == 4
        require("proceedings_total", block, add(parts) == add([cell for cell in block if is_total(cell)]))
    return broken


def sound_figures(edition: str, seed: int, largest: int) -> dict[str, int]:
    """A complete report that balances; much of it is zero, as in real ones."""
    chance = random.Random(seed)

    def number() -> int:
        return chance.randint(0, largest) if chance.random() < 0.3 else 0

    figures = {cell.key: number() for cell in CONTRACT[edition]}
    columns = by(applications(edition), "column_label")
    for column in columns.values():
        received, carried_in = (
            next(cell for cell in column if cell.row_label.startswith(numeral)) for numeral in ("一、", "二、")
        )
        concluded = next(cell for cell in column if is_concluded(cell))
        carried_out = next(cell for cell in column if cell.row_label.startswith("四、"))
        figures[concluded.key] = sum(figures[cell.key] for cell in column if is_outcome(cell))
        came = figures[concluded.key] + figures[carried_out.key]
        figures[carried_in.key] = chance.randint(0, came)
        figures[received.key] = came - figures[carried_in.key]
    for line in [*by(applications(edition), "row_label").values(), *by(proceedings(edition), "row_label").values()]:
        (total,) = (cell for cell in line if is_total(cell))
        figures[total.key] = sum(figures[cell.key] for cell in line if not is_total(cell))
    return figures


def content(edition: str, figures: Mapping[str, int | None], **more: object) -> Content:
    return Content(edition, YEARS[edition], figures=figures, **more)  # type: ignore[arg-type]
