"""Office files are zip archives. They are opened with a bound on what they may unpack to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from typing import BinaryIO

from django.utils.translation import gettext as _
from lxml import etree

from reports.importing.document import Unreadable

MAX_MEMBER = 60 * 1024 * 1024
_MAX_ELEMENTS = 800_000
_MAX_MEMBERS = 10_000
_OFFICE = {"[Content_Types].xml", "mimetype"}


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Raises Unreadable where the archive is damaged."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(_("文件已损坏或不完整，无法打开。请重新下载或重新保存后再导入。")) from error


def members_of(file: BinaryIO) -> list[tuple[str, str]]:
    """The files in an archive, in order: how each is called, with slashes, and its name in the archive.

    None where it is an office file, or cannot be opened, which reading it will say."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()][:_MAX_MEMBERS]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return []
    if _OFFICE & {member.filename for member in members}:
        return []
    names = sorted((_name(member), member.filename) for member in members)
    return [
        ("/".join(parts), member)
        for name, member in names
        # Nothing is written under these names, yet a name that climbs out of the archive should not even be shown.
        if (parts := [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")])
        and not is_hidden(parts)
    ]


def is_hidden(parts: Iterable[str]) -> bool:
    """Also what macOS puts beside the files of an archive, and the locks of documents that somebody has open in Word."""
    return any(part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db", "desktop.ini") for part in parts)


def _name(member: zipfile.ZipInfo) -> str:
    """Archives made by Chinese Windows hold names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member. The size in the directory can lie, so reading stops at the bound."""
    try:
        with archive.open(name) as member:
            content = member.read(MAX_MEMBER + 1)
    except KeyError as error:
        raise Unreadable(_("文件缺少必要的内容，可能不完整。请用 Word 或 WPS 重新保存后再导入。")) from error
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(_("文件已损坏、不完整或有密码，无法打开。请去掉密码并重新保存后再导入。")) from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise Unreadable(_("文件已损坏，无法解压。请重新保存后再导入。")) from error
    if len(content) > MAX_MEMBER:
        raise Unreadable(_("文件解压后过大，已停止读取。正常的年度报告不会这么大，请检查文件。"))
    return content


def parse_xml(content: bytes) -> etree._Element:
    """XML without entities, external references or unbounded depth. Raises Unreadable where it is malformed or vast."""
    if content.count(b"<") > _MAX_ELEMENTS:
        raise Unreadable(_("文件的内容过多，已停止读取。正常的年度报告不会这么大，请检查文件。"))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_("文件内容已损坏，无法读取。请用 Word 或 WPS 重新保存后再导入。")) from error
    if root is None:
        raise Unreadable(_("文件内容已损坏，无法读取。请用 Word 或 WPS 重新保存后再导入。"))
    if root.getroottree().docinfo.doctype:
        raise Unreadable(_("文件中含有不安全的内容（XML 实体），已拒绝读取。请用 Word 或 WPS 重新保存后再导入。"))
    return root
