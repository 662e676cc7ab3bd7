"""A new edition of the form is one file and one migration: tried with an invented one, in a copy of the project.

Everything runs as it would for whoever adds it: Django makes the migration and applies it, and the journey of a report
(`new_edition/journey.py`) is a test run of its own in the copy.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECLARED = Path("tests/standard/new_edition/edition_2027.py")

pytestmark = pytest.mark.slow


def run(tree: Path, *command: str | Path) -> str:
    """What the command prints. Fails with all that it says unless it ends well."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tree / 'var' / 'edition.sqlite3'}", "DEBUG": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def git(tree: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=nobody", "-c", "user.email=nobody@example.invalid")
    return run(tree, "git", *identity, *arguments)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it is, committed, then with the file of the new edition and the migration that Django makes of it."""
    copy = tmp_path_factory.mktemp("new-edition") / "project"
    not_its_own = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", ".hypothesis", "pictures")
    shutil.copytree(ROOT, copy, ignore=not_its_own)
    (copy / "var").mkdir()
    git(copy, "init", "--quiet")
    git(copy, "add", "--all")
    git(copy, "commit", "--quiet", "--message", "As it is")
    shutil.copy(ROOT / DECLARED, copy / "reports" / "standard" / DECLARED.name)
    run(copy, sys.executable, "manage.py", "makemigrations", "reports")
    return copy


def test_one_file_and_one_migration_are_all_that_is_needed(tree: Path) -> None:
    new = [line.split() for line in git(tree, "status", "--porcelain", "--untracked-files=all").splitlines()]
    assert {state for state, _path in new} == {"??"}, "no file that was there is touched"
    migration, declared = sorted(path for _state, path in new)
    assert declared == f"reports/standard/{DECLARED.name}"
    earlier = sorted(path.name for path in (ROOT / "reports" / "migrations").glob("0*.py"))
    assert migration.startswith(f"reports/migrations/{int(earlier[-1][:4]) + 1:04}_")
    run(tree, sys.executable, "manage.py", "migrate", "--verbosity", "0")
    run(tree, sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")
    run(tree, sys.executable, "manage.py", "check")


def test_a_report_of_it_is_filed_imported_published_compared_exported_and_shown(tree: Path) -> None:
    said = run(
        tree, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/standard/new_edition/journey.py"
    )
    assert " failed" not in said
