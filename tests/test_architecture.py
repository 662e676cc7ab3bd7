"""The map for newcomers leads to places that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TOP = ("reports", "agencies", "config", "templates", "static", "tests", "docs", "bench", "samples", "deploy")
PATH = re.compile(rf"`((?:{'|'.join(TOP)})/[\w./-]*|pyproject\.toml|manage\.py)`")


@pytest.mark.parametrize("name", ["architecture.md", "a-new-edition.md"])
def test_every_path_that_the_map_names_exists(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    named = {path for path in PATH.findall(text) if "YYYY" not in path and "2027" not in path}
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert {link for link in links if "://" not in link and not (ROOT / "docs" / link).exists()} == set()


def test_every_room_is_on_the_map() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = {path.name for path in (ROOT / "reports").iterdir() if (path / "__init__.py").exists()}
    assert {room for room in rooms - {"migrations"} if f"`reports/{room}/`" not in text} == set()
