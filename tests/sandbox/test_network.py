"""A document that points at an address has nothing fetched from there, however it is read and whoever reads it."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.importing.generator.by_libreoffice import LIBREOFFICE
from tests.sandbox.ordinary_user import as_an_ordinary_user, told_by, where_namespaces_are_refused
from tests.sandbox.pointing_documents import KINDS, document_pointing_at

READ = """
import json, os, pathlib
from config.sandbox import network_is_isolated
from reports.importing.document import Unreadable
from reports.importing.sandboxed import document_sandboxed
from django.conf import settings
settings.configure(USE_I18N=True, LANGUAGE_CODE="zh-hans")
file = pathlib.Path(os.environ["FILE"])
try:
    document = document_sandboxed(file.read_bytes(), file.name)
    said = "".join(getattr(block, "text", "") for block in document.blocks)
except Unreadable as unreadable:
    said = "unreadable: " + str(unreadable)
print(json.dumps([network_is_isolated(), said]))
"""


class Listening:
    """A server on this machine that counts who comes."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.visits = 0
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                visitor, _address = self.server.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()


@pytest.fixture
def listening() -> Iterator[Listening]:
    server = Listening()
    with server.server:
        yield server


@pytest.mark.slow
@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_would_fetch_it(listening: Listening, tmp_path: Path) -> None:
    """Or the tests below would show nothing."""
    file = document_pointing_at(f"http://127.0.0.1:{listening.port}/picture.png", "doc", tmp_path)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        str(LIBREOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "out"),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert listening.visits


@pytest.mark.slow
@pytest.mark.parametrize("become", [None, as_an_ordinary_user, where_namespaces_are_refused])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched(kind: str, become: Callable[[], None] | None, listening: Listening, tmp_path: Path) -> None:
    if kind == "doc" and LIBREOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    file = document_pointing_at(f"http://127.0.0.1:{listening.port}/picture.png", kind, tmp_path)
    isolated, said = told_by(READ, become, FILE=str(file))
    assert listening.visits == 0
    assert isolated == (become is not where_namespaces_are_refused)
    if kind == "odt":
        assert "另存为" in said
    elif kind in ("rtf", "doc") and (LIBREOFFICE is None or not isolated):
        assert "另存为 .docx" in said, "what could fetch is not started at all"
    else:
        assert "年度报告" in said
