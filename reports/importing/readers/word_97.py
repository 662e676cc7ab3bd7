"""Word files of before 2007 (.doc, .wps, .rtf): LibreOffice, where it is installed, makes .docx of them."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from reports.importing.document import Document, Unreadable
from reports.importing.readers.docx import read_docx

OLE, RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"


def is_word_97(data: bytes) -> bool:
    """Word, Excel and encrypted files share one container; the names of its parts tell which it is."""
    if data.startswith(RTF):
        return True
    parts = ("WordDocument", "EncryptedPackage")
    word, encrypted = (data.startswith(OLE) and part.encode("utf-16-le") in data for part in parts)
    return word and not encrypted


def read_word_97(data: bytes, *, converter: str | None) -> Document:
    """`converter` is the program of LibreOffice; it fetches what a document points to, so this is called where there is no
    network, and where time, memory and disk are bounded. Raises Unreadable where it cannot make anything of the file."""
    if converter is None:
        raise Unreadable(_("暂不能直接读取旧版 Word（.doc）文件。请用 Word 或 WPS 另存为 .docx 后再导入。"))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        # A profile of its own: two conversions in one profile wait for each other, or fail.
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nologo", profile, "--convert-to", "docx", "--outdir", folder]
        subprocess.run(
            [converter, *options, str(source)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"HOME": folder},
            check=False,
        )
        made = source.with_suffix(".docx")
        if not made.exists():
            raise Unreadable(_("旧版 Word 文件已损坏或有密码，无法打开。请用 Word 或 WPS 另存为 .docx 后再导入。"))
        return read_docx(made.read_bytes())
