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

MAX_WAIT_SECONDS = 60  # seconds
MAX_MEMORY = 2 * 1024**3
_MAX_OUTPUT = 100 * 1024**2


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
        options = ["--headless", "--norestore", "--nologo", profile, "--convert-to", "docx", "--outdir", folder]
        _run([program, *options, str(source)])
        made = source.with_suffix(".docx")
        if not made.exists():
            raise Unreadable(_("旧版 Word 文件已损坏或有密码，无法打开。请用 Word 或 WPS 另存为 .docx 后再导入。"))
        return read_docx(made.read_bytes())


def _run(command: list[str]) -> None:
    """Within bounds of time, memory and disk; with nothing of the site's environment but where programs and fonts are."""
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    # prlimit sets the bounds before the program starts; a function run in between would not be safe beside threads.
    bounds = [f"--as={MAX_MEMORY}", f"--fsize={_MAX_OUTPUT}", "--core=0"]
    limited = [found, *bounds, *command] if (found := shutil.which("prlimit")) else command
    process = subprocess.Popen(
        limited,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment | {"HOME": command[-1].rpartition("/")[0]},
    )
    try:
        process.wait(timeout=MAX_WAIT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_("旧版 Word 文件转换超时。请用 Word 或 WPS 另存为 .docx 后再导入。")) from error
    finally:
        # The program that was started starts another one, which would go on.
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
