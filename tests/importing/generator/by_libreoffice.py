"""Files as LibreOffice makes them of a Word file: .doc, .rtf and .pdf."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(docx: bytes, ending: str) -> bytes:
    """`ending` may be followed by a filter and its settings. Raises FileNotFoundError where there is no LibreOffice."""
    if LIBREOFFICE is None:
        raise FileNotFoundError("LibreOffice makes the .doc files of these tests.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(docx)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [LIBREOFFICE, "--headless", profile, "--convert-to", ending, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix(f".{ending.partition(':')[0]}").read_bytes()
