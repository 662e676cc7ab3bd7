"""The guides speak of pages as they are: their pictures, and the words on the buttons."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.test_guide_pictures import DOCS, LARGEST, PICTURES, SHOWN, SMALLEST

GUIDES = sorted(DOCS.glob("guide-*.md"))
EMPHASIS = {"加粗的字", "空白不是零。"}
"""What is bold for its own sake; everything else in bold is said by a page in these words."""


@pytest.fixture(scope="module")
def said() -> str:
    """Everything that the pages may say."""
    pages = [*(settings.BASE_DIR / "templates").rglob("*.html")]
    code = [path for app in ("agencies", "config", "reports") for path in (settings.BASE_DIR / app).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in [*pages, *code])


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_what_is_bold_stands_on_a_page(guide: Path, said: str) -> None:
    bold = set(re.findall(r"\*\*(.+?)\*\*", guide.read_text(encoding="utf-8"))) - EMPHASIS
    assert bold
    # An ellipsis stands for a number or a name.
    assert sorted(words for words in bold if not all(part in said for part in words.split("…"))) == []


def test_the_guides_show_every_picture_that_is_made_and_no_others() -> None:
    guides = "".join(guide.read_text(encoding="utf-8") for guide in GUIDES)
    used = set(re.findall(r"\(pictures/([\w-]+)\.png\)", guides))
    sizes = {picture.stem: picture.stat().st_size for picture in PICTURES.glob("*.png")}
    assert used == set(SHOWN) == set(sizes)
    assert [name for name, size in sizes.items() if not SMALLEST < size < LARGEST] == []
