"""What is installed is what was locked: every release by its hashes, and nothing of where it was fetched from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(settings.BASE_DIR)
WANTED = {"requirements.txt": ["requirements.in"], "requirements-dev.txt": ["requirements.in", "requirements-dev.in"]}


def requirements(text: str) -> list[Requirement]:
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def pinned(lock: str) -> dict[str, str]:
    """The release of each package in a lock; each has to have its hashes."""
    # One package with its hashes is one line, broken by backslashes.
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    found: dict[str, str] = {}
    for entry in entries:
        requirement, *hashes = entry.split("--hash=sha256:")
        assert hashes, entry
        assert all(re.fullmatch(r"[0-9a-f]{64}\s*", each) for each in hashes)
        name, _equals, release = requirement.partition(";")[0].partition("==")
        found[canonicalize_name(name.strip())] = release.strip()
    return found


@pytest.mark.parametrize("lock", WANTED)
def test_what_is_asked_for_is_locked_within_its_bounds(lock: str) -> None:
    releases = pinned(lock)
    for file in WANTED[lock]:
        for requirement in requirements((ROOT / file).read_text(encoding="utf-8")):
            release = releases[canonicalize_name(requirement.name)]
            assert requirement.specifier.contains(release, prereleases=True), f"{requirement}, but {release}: make lock"


def test_what_runs_is_tested_in_the_same_releases() -> None:
    runs, tests = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert runs.items() <= tests.items()


@pytest.mark.parametrize("lock", WANTED)
def test_a_lock_says_nothing_of_where_it_was_made(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted-host|^\s*/", text, re.MULTILINE)
