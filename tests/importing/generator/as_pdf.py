"""PDF files as Chromium prints them: tables cross pages, with and without their headings repeated."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.importing.generator.as_html import body_of
from tests.importing.generator.pages import Page

STYLE = """@page { size: A4; margin: 25mm 20mm; } body { font: 16px/1.8 "Noto Sans CJK SC", "Droid Sans Fallback"; }
table { border-collapse: collapse; width: 100%; font-size: 11px; } td { border: 1px solid #000; padding: 3px; }"""


def pdf_of(page: Page, chance: random.Random) -> bytes:
    style = STYLE + chance.choice(["", "tr { break-inside: avoid; }", "h1 { margin-top: 90mm; }"])
    header = chance.choice([["--no-pdf-header-footer"], []])
    return as_chromium_prints(
        f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{body_of(page, plain=True)}", header
    )


def as_chromium_prints(text: str, options: Sequence[str] = ()) -> bytes:
    """Raises FileNotFoundError where there is no Chromium."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        raise FileNotFoundError("Chromium prints the PDF files of these tests.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(text, encoding="utf-8")
        always = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        subprocess.run(
            [browser, *always, *options, f"--print-to-pdf={printed}", source.as_uri()], check=True, capture_output=True
        )
        return printed.read_bytes()
