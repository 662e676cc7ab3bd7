"""The files that an import is given: single ones, those in folders, and those in zip archives."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from reports.importing.document import Unreadable
from reports.importing.readers.archive import read_member

_MAX_MEMBERS = 10_000
_OFFICE = {"[Content_Types].xml", "mimetype"}


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
                return self.path.read_bytes()
            with zipfile.ZipFile(self.archive) as archive:
                return read_member(archive, self.member)
        except FileNotFoundError as error:
            raise Unreadable(_("文件不存在")) from error
        except OSError as error:
            raise Unreadable(_("文件打不开（%s）") % error.strerror) from error


def files_in(paths: Iterable[Path]) -> Iterator[File]:
    """The files named, those in the folders named, in order, and those in zip archives; hidden ones are skipped."""
    for path in paths:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for each in found:
            if not path.is_dir() or (each.is_file() and not _is_hidden(each.relative_to(path).parts)):
                yield from _members(each) or [File(each)]


def _is_hidden(parts: Iterable[str]) -> bool:
    """Also what macOS puts beside the files of an archive, and the locks of documents that somebody has open in Word."""
    return any(part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db", "desktop.ini") for part in parts)


def _members(path: Path) -> list[File]:
    """The files in an archive; none where it is an office file, or cannot be opened, which reading it will say."""
    try:
        if not path.is_file() or not zipfile.is_zipfile(path):
            return []
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()][:_MAX_MEMBERS]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    if _OFFICE & {member.filename for member in members}:
        return []
    names = sorted((_name(member), member.filename) for member in members)
    return [
        File(path.joinpath(*parts), path, member)
        for name, member in names
        # Nothing is written under these names, yet a name that climbs out of the archive should not even be shown.
        if (parts := [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")])
        and not _is_hidden(parts)
    ]


def _name(member: zipfile.ZipInfo) -> str:
    """Archives made by Chinese Windows hold names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename
