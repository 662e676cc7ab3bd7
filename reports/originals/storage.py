"""Where files lie: what is there is whole, whatever happens while it is written."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class DurableFileStorage(FileSystemStorage):
    """Files appear under their name at once and whole, and survive the loss of power as soon as `save` has returned.

    Django's own writes in place: a full disk, or a process that is killed, leaves a file that is cut off.
    """

    def _save(self, name: str, content: File[Any]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.parent / f".{uuid.uuid4().hex}.part"
        try:
            with unfinished.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            while True:
                try:
                    # Unlike a rename a link never replaces what somebody else has put there in the meantime.
                    os.link(unfinished, path)
                    break
                except FileExistsError:
                    name = self.get_available_name(name)
                    path = Path(self.path(name))
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_folder(path.parent)
        return name.replace("\\", "/")


def _sync_folder(folder: Path) -> None:
    """Without this the name of a new file may be lost although its bytes are not."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
