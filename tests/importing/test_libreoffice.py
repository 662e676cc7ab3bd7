"""Files that LibreOffice made, and old Word files that it has to read for us."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from reports.importing.document import Unreadable
from reports.importing.sandboxed import read_sandboxed
from tests.importing.generator.by_libreoffice import converted
from tests.importing.generator.documents import document_of, needless_doubts, silent_errors, wrong_words
from tests.samples.made_files import SAMPLES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("ending", ["doc", "rtf", "html", "pdf"])
def test_a_sample_reads_like_the_word_file_that_it_was_made_of(ending: str) -> None:
    original = SAMPLES["julin-2021"].file.read_bytes()
    expected, found = (
        read_sandboxed(original, "a.docx").parsed,
        read_sandboxed(converted(original, ending), f"a.{ending}").parsed,
    )
    assert (found.figures, found.marks, found.problems) == (expected.figures, expected.marks, [])
    assert (found.agency, found.year) == (expected.agency, expected.year)
    if ending != "pdf":
        assert found.narrative == expected.narrative


@pytest.mark.parametrize("ending", ["doc", "pdf"])
@pytest.mark.parametrize("number", [0, 1, 4])
def test_no_figure_is_silently_wrong_and_few_are_doubted(number: int, ending: str) -> None:
    made = document_of("docx", number)
    parsed = read_sandboxed(converted(made.data, ending), f"a.{ending}").parsed
    assert silent_errors(made, parsed) == []
    # Numbers wider than their columns are cut on paper, by the end of a page even; then they have to be doubted.
    if ending == "doc" or max(map(len, made.known.printed.values())) <= 7:
        assert len(needless_doubts(made, parsed)) <= len(made.known.figures) / 50
    if ending == "doc":
        assert wrong_words(made, parsed) == []


def test_a_pdf_with_a_password_is_refused_and_one_that_must_not_be_changed_is_read() -> None:
    original = SAMPLES["julin-2021"].file.read_bytes()
    locked = converted(original, pdf_with(EncryptFile=True, DocumentOpenPassword="x"))
    with pytest.raises(Unreadable, match="密码"):
        read_sandboxed(locked, "a.pdf")
    guarded = converted(original, pdf_with(RestrictPermissions=True, PermissionPassword="x", Changes=0))
    assert b"/Encrypt" in guarded
    assert read_sandboxed(guarded, "a.pdf").parsed.figures == read_sandboxed(original, "a.docx").parsed.figures


def pdf_with(**settings: str | bool | int) -> str:
    kinds = {str: "string", bool: "boolean", int: "long"}
    told = {name: {"type": kinds[type(each)], "value": str(each).lower()} for name, each in settings.items()}
    return f"pdf:writer_pdf_Export:{json.dumps(told)}"


def test_several_are_converted_at_once() -> None:
    old = converted(SAMPLES["julin-2021"].file.read_bytes(), "doc")
    with ThreadPoolExecutor(3) as at_once:
        found = list(at_once.map(lambda _number: read_sandboxed(old, "a.doc").parsed.figures, range(3)))
    assert found == [read_sandboxed(SAMPLES["julin-2021"].file.read_bytes(), "a.docx").parsed.figures] * 3


def test_a_file_that_is_no_word_file_is_refused() -> None:
    broken = b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x07" * 5_000
    with pytest.raises(Unreadable):
        read_sandboxed(broken, "a.doc")
