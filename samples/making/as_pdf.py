"""PDF files as Chromium prints them. Making them needs Chromium and the fonts named here; using them does not."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path
from string import Template

from samples.contents import Sample
from samples.making.as_html import report_body

# Figures and Latin letters in one font, Chinese in another, as Word sets them by default.
_MIXED = '"Liberation Serif", "Droid Sans Fallback"'
_PAGE = Template("""<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>$title</title><style>
@page { size: A4; margin: 22mm 20mm; }
body { font: 16px/1.8 $font; }
h1 { font-size: 22px; text-align: center; }
h1, strong { font-weight: normal; }
table { border-collapse: collapse; width: 100%; font-size: 11px; line-height: 1.4; margin: 12px 0; }
td { border: 1px solid #000; padding: 3px; text-align: center; }
tr { break-inside: avoid; }
</style><h1>$title</h1>$report</html>""")


def as_pdf(sample: Sample) -> bytes:
    """Raises FileNotFoundError where there is no Chromium."""
    browsers = [path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))]
    if not browsers:
        raise FileNotFoundError("The PDF samples are printed by Chromium; --without-pdf leaves them as they are.")
    font = f'"{sample.font}"' if sample.font else _MIXED
    page = _PAGE.substitute(title=escape(sample.title), font=font, report=report_body(sample))
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        places = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}", source.as_uri()]
        subprocess.run([browsers[0], *options, *places], check=True, capture_output=True)
        data = printed.read_bytes()
    # The time of printing is the only thing that differs from one printing to the next.
    return re.sub(rb"/(CreationDate|ModDate) \(D:\d{14}", rb"/\1 (D:20240118090000", data)
