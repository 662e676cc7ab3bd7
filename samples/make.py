"""Write the sample reports: `python -m samples.make [--without-pdf] [NAME ...]`, from the data beside it.

Making them again makes the same files. The PDF ones need Chromium and a Chinese font.
"""

from __future__ import annotations

import sys

from samples.contents import FOLDER, Sample, all_samples
from samples.making.as_docx import as_docx
from samples.making.as_html import as_html
from samples.making.as_pdf import as_pdf
from samples.making.as_text import cells_on_lines, rows_on_lines
from samples.making.as_xlsx import as_xlsx

WRITERS = {
    "docx": as_docx,
    "html": as_html,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
    "cells": cells_on_lines,
    "rows": rows_on_lines,
}
LIST_BEGINS, LIST_ENDS = "<!-- planted: written by make.py -->", "<!-- end of planted -->"


def main(arguments: list[str]) -> None:
    names = {argument for argument in arguments if not argument.startswith("-")}
    samples = all_samples()
    (FOLDER / "reports").mkdir(exist_ok=True)
    for sample in samples:
        if (names and sample.name not in names) or (sample.format == "pdf" and "--without-pdf" in arguments):
            continue
        sample.file.write_bytes(WRITERS[sample.format](sample))
    readme = FOLDER / "README.md"
    before, _list, after = readme.read_text(encoding="utf-8").partition(LIST_BEGINS)
    after = after.partition(LIST_ENDS)[2]
    readme.write_text(f"{before}{LIST_BEGINS}\n{planted_list(samples)}\n{LIST_ENDS}{after}", encoding="utf-8")


def planted_list(samples: list[Sample]) -> str:
    lines = ["| file | rule | where | what is wrong |", "|---|---|---|---|"]
    for sample in samples:
        for planted in sample.planted:
            where = "<br>".join(f"`{each}`" for each in planted.findings)
            lines.append(f"| `{sample.file.name}` | `{planted.rule}` | {where} | {planted.note} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
