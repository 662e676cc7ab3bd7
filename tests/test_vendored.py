"""What others made stands here as they published it, each with its licence."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = [ROOT / "static" / "vendor", ROOT / "tests" / "vendor"]


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_file_has_its_checksum(folder: Path) -> None:
    lines = (folder / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    stated = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    del files["CHECKSUMS"]
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == stated


@pytest.mark.parametrize("folder", FOLDERS, ids=str)
def test_every_package_has_its_licence(folder: Path) -> None:
    assert [
        package.name for package in folder.iterdir() if package.is_dir() and not (package / "LICENSE").exists()
    ] == []
