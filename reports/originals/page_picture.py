"""A page of a PDF as a picture. Drawn by a process of its own, bounded in time and memory, since the file is a stranger's.

Run as a program it reads the PDF from its input and writes the PNG of the page named as its argument.
"""

from __future__ import annotations

import resource
import subprocess
import sys

from django.conf import settings

MAX_WAIT_SECONDS = 20  # seconds
_MAX_MEMORY = 1 << 30  # bytes
_MAX_SIDE = 1600  # pixels


class NoPicture(Exception):
    """The file is no PDF, has no such page, or it could not be drawn within the bounds."""


def page_picture(data: bytes, page: int) -> bytes:
    """The PNG of a page, counted from 1. Raises NoPicture."""
    command = [sys.executable, "-m", "reports.originals.page_picture", str(page)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MAX_WAIT_SECONDS, cwd=settings.BASE_DIR, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NoPicture(f"page {page} took longer than {MAX_WAIT_SECONDS} s") from error
    if done.returncode:
        raise NoPicture(done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return done.stdout


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_MEMORY, _MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_WAIT_SECONDS, MAX_WAIT_SECONDS))
    import pypdfium2

    with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as document:
        page = document[int(sys.argv[1]) - 1]
        scale = min(2.0, _MAX_SIDE / max(page.get_size()))
        page.render(scale=scale).to_pil().save(sys.stdout.buffer, "PNG")


if __name__ == "__main__":
    main()
