"""Reading a file in a process apart: what a stranger sent is opened nowhere else.

The functions with an underscore run there; what they give back goes through JSON.
"""

from __future__ import annotations

import base64
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override

from config.sandbox import Limits, SandboxFailed, network_is_isolated, run_sandboxed
from reports.importing.document import Cell, Document, Unreadable
from reports.importing.parsed import ParsedReport
from reports.importing.read import read_to_show, read_with_document, refuse_large_file
from reports.importing.readers.archive import MAX_MEMBER, members_of, read_member
from reports.importing.readers.word_97 import is_word_97
from reports.importing.recognise import recognise
from reports.standard import EDITIONS

MEGABYTE = 1024**2
READING = Limits()
CONVERTING = Limits(
    wall_seconds=90, cpu_seconds=60, memory=2048 * MEGABYTE, subprocesses=True, file_size=100 * MEGABYTE
)
LISTING = Limits(wall_seconds=20, cpu_seconds=10, memory=1024 * MEGABYTE)
EXTRACTING = Limits(wall_seconds=20, cpu_seconds=10, memory=1024 * MEGABYTE, answer=2 * MAX_MEMBER)
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What comes of an answer that is not as it should be: somebody else's code may have written it."""


@dataclass(frozen=True)
class Reading:
    """A report, and the document that it was recognised in, as it is shown beside the form."""

    parsed: ParsedReport
    document: Document


def read_sandboxed(data: bytes, name: str) -> Reading:
    """One report out of one file. Raises Unreadable, also where it takes too long or too much memory, or crashes."""
    answer = _ask(_read, data, name)
    try:
        return Reading(ParsedReport.from_json(answer["report"]), Document.from_json(answer["document"]))
    except _MALFORMED as error:
        raise Unreadable(_broken()) from error


def document_sandboxed(data: bytes, name: str, slot_timeout: float | None = None) -> Document:
    """What a file says, to be shown. Raises Unreadable. `slot_timeout` as in `run_sandboxed`."""
    answer = _ask(_show, data, name, slot_timeout)
    try:
        return Document.from_json(answer["document"])
    except _MALFORMED as error:
        raise Unreadable(_broken()) from error


def list_members(archive: BinaryIO) -> list[tuple[str, str]]:
    """The files in a zip archive, as `members_of` has them."""
    try:
        return [(str(shown), str(name)) for shown, name in run_sandboxed(_members, archive, limits=LISTING)]
    except (SandboxFailed, *_MALFORMED):
        # Reading it as one file will say what is wrong with it.
        return []


def extract_member(archive: BinaryIO, name: str) -> bytes:
    """One file of an archive. Raises Unreadable."""
    try:
        answer = run_sandboxed(_member, archive, name, limits=EXTRACTING)
    except SandboxFailed as failed:
        raise Unreadable(_words(failed)) from failed
    try:
        return base64.b64decode(_unless_refused(answer)["bytes"])
    except _MALFORMED as error:
        raise Unreadable(_broken()) from error


def _ask(function: Callable[..., Any], data: bytes, name: str, slot_timeout: float | None = None) -> Any:
    refuse_large_file(len(data))
    # LibreOffice fetches whatever a document points to.
    converter = libreoffice() if is_word_97(data) and network_is_isolated() else None
    try:
        answer = run_sandboxed(
            function, data, name, converter, limits=CONVERTING if converter else READING, slot_timeout=slot_timeout
        )
    except SandboxFailed as failed:
        if failed.reason == "error":
            raise
        raise Unreadable(_words(failed, converts=converter is not None)) from failed
    return _unless_refused(answer)


def libreoffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _unless_refused(answer: Any) -> Any:
    if isinstance(answer, dict) and "unreadable" in answer:
        raise Unreadable(str(answer["unreadable"]))
    return answer


def _words(failed: SandboxFailed, *, converts: bool = False) -> str:
    if failed.reason == "time" and converts:
        return _("旧版 Word 文件转换超时。请用 Word 或 WPS 另存为 .docx 后再导入。")
    return {"time": _too_long, "busy": _too_long, "memory": _too_large}.get(failed.reason, _broken)()


def _too_long() -> str:
    return _("读取这个文件用的时间过长，已停止。正常的年度报告不会这样，请另存为 .docx 后再导入。")


def _too_large() -> str:
    return _("读取这个文件要占用过多内存，已停止。正常的年度报告不会这样，请另存为 .docx 后再导入。")


def _broken() -> str:
    return _("文件已损坏，读取时程序中断。请重新下载或另存为 .docx 后再导入。")


def prepare() -> None:
    """Reads the labels of the form in each language, so that what this has to look up is there for every file to come."""
    for language, edition in product(("zh-hans", "en"), EDITIONS.values()):
        document = Document()
        for chapter in edition.chapters:
            document.add_paragraph(chapter.heading)
            if chapter.has_table:
                rows = [row for block in edition.table(chapter.key).blocks for row in block.rows]
                document.add_grid([[Cell(row.label, 1), Cell("0", 2)] for row in rows], exact=True)
        with override(language):
            recognise(document)


def _read(file: BinaryIO, name: str, converter: str | None) -> dict[str, Any]:
    try:
        parsed, document = read_with_document(file.read(), name, converter)
    except Unreadable as unreadable:
        return {"unreadable": str(unreadable)}
    return {"report": parsed.to_json(), "document": document.to_json()}


def _show(file: BinaryIO, name: str, converter: str | None) -> dict[str, Any]:
    try:
        return {"document": read_to_show(file.read(), name, converter).to_json()}
    except Unreadable as unreadable:
        return {"unreadable": str(unreadable)}


def _members(archive: BinaryIO) -> list[tuple[str, str]]:
    return members_of(archive)


def _member(archive: BinaryIO, name: str) -> dict[str, str]:
    try:
        with zipfile.ZipFile(archive) as opened:
            return {"bytes": base64.b64encode(read_member(opened, name)).decode()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return {"unreadable": _("文件已损坏或不完整，无法打开。请重新下载或重新保存后再导入。")}
    except Unreadable as unreadable:
        return {"unreadable": str(unreadable)}
