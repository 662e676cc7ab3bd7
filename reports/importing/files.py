"""The files that an import is given: single ones, those in folders, and those in zip archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.importing.document import Unreadable
from reports.importing.read import refuse_large_file
from reports.importing.readers.archive import is_hidden
from reports.importing.sandboxed import extract_member, list_members

_SINGLE = {".docx", ".xlsx", ".pptx", ".dotx", ".docm", ".xlsm"}
"""Zip archives, too, but each is one document."""


@dataclass(frozen=True)
class File:
    """`path` is how the file is called to the user; a member of an archive is shown below it, `2023.zip/青山镇.docx`."""

    path: Path
    archive: Path | None = None
    member: str = ""

    def read(self) -> bytes:
        """Raises Unreadable where it cannot be opened."""
        try:
            if self.archive is None:
                refuse_large_file(self.path.stat().st_size)
                return self.path.read_bytes()
            with self.archive.open("rb") as archive:
                return extract_member(archive, self.member)
        except FileNotFoundError as error:
            raise Unreadable(_("文件不存在")) from error
        except OSError as error:
            raise Unreadable(_("文件打不开（%s）") % error.strerror) from error


def files_in(paths: Iterable[Path]) -> Iterator[File]:
    """The files named, those in the folders named, in order, and those in zip archives; hidden ones are skipped."""
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for each in found:
            if not path.is_dir() or (each.is_file() and not is_hidden(each.relative_to(path).parts)):
                yield from _members(each) or [File(each)]


def _members(path: Path) -> list[File]:
    """The files in an archive; none where it holds one document only."""
    if path.suffix.lower() in _SINGLE or not path.is_file():
        return []
    try:
        with path.open("rb") as archive:
            if archive.read(2) != b"PK":
                return []
            return [File(path.joinpath(*shown.split("/")), path, name) for shown, name in list_members(archive)]
    except OSError:
        return []
