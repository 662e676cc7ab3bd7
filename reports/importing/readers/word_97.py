"""Word files of before 2007 (.doc, .wps, .rtf): LibreOffice, where it is installed, makes .docx of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from reports.importing.document import Document, Unreadable
from reports.importing.readers.docx import read_docx

LONGEST_WAIT = 60  # seconds


def read_word_97(data: bytes) -> Document:
    """Raises Unreadable where there is no LibreOffice, or where it cannot make anything of the file in a minute."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable(_("暂不能直接读取旧版 Word（.doc）文件。请用 Word 或 WPS 另存为 .docx 后再导入。"))
    with tempfile.TemporaryDirectory(prefix="nianbao-doc-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        # A profile of its own: two conversions in one profile wait for each other, or fail.
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        _run([program, "--headless", "--norestore", profile, "--convert-to", "docx", "--outdir", folder, str(source)])
        made = source.with_suffix(".docx")
        if not made.exists():
            raise Unreadable(_("旧版 Word 文件已损坏或有密码，无法打开。请用 Word 或 WPS 另存为 .docx 后再导入。"))
        return read_docx(made.read_bytes())


def _run(command: list[str]) -> None:
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(timeout=LONGEST_WAIT)
    except subprocess.TimeoutExpired as error:
        # The program that was started starts another one, which would go on.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise Unreadable(_("旧版 Word 文件转换超时。请用 Word 或 WPS 另存为 .docx 后再导入。")) from error
