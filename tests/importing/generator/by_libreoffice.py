"""Files as LibreOffice makes them of others: .doc, .rtf and .pdf."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def converted(content: bytes, ending: str, source_ending: str = "docx") -> bytes:
    """`ending` may be followed by a filter and its settings. Raises FileNotFoundError where there is no LibreOffice."""
    if LIBREOFFICE is None:
        raise FileNotFoundError("LibreOffice makes the .doc files of these tests.")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, f"report.{source_ending}")
        source.write_bytes(content)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [LIBREOFFICE, "--headless", profile, "--convert-to", ending, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix(f".{ending.partition(':')[0]}").read_bytes()
