"""A page of a PDF as a picture, drawn in a process apart, since the file is a stranger's."""

from __future__ import annotations

import base64
import io
from typing import BinaryIO

import pypdfium2

from config.sandbox import Limits, SandboxFailed, run_sandboxed

LIMITS = Limits(wall_seconds=20, cpu_seconds=20, memory=1 << 30, answer=32 << 20)
_MAX_SIDE = 1600  # pixels


class NoPicture(Exception):
    """The file is no PDF, has no such page, or it could not be drawn within the limits."""


def page_picture(data: bytes, page: int) -> bytes:
    """The PNG of a page, counted from 1. Raises NoPicture."""
    try:
        return base64.b64decode(run_sandboxed(_draw, data, page, limits=LIMITS))
    except (SandboxFailed, TypeError, ValueError) as error:
        raise NoPicture(f"page {page}: {error}") from error


def _draw(file: BinaryIO, number: int) -> str:
    with pypdfium2.PdfDocument(file.read()) as document:
        page = document[number - 1]
        scale = min(2.0, _MAX_SIDE / max(page.get_size()))
        drawn = io.BytesIO()
        page.render(scale=scale).to_pil().save(drawn, "PNG")
        return base64.b64encode(drawn.getvalue()).decode()
