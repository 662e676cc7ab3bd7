"""What an office copies to run the site: every setting is there and explained, every command exists, every unit is sound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
GUIDE = ROOT / "docs" / "deployment.md"
EXAMPLE = DEPLOY / "nianbao.env.example"
UNITS = sorted((DEPLOY / "systemd").iterdir())
FILES = [GUIDE, *(path for path in sorted(DEPLOY.rglob("*")) if path.is_file() and "wheels" not in path.parts)]
OTHERS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
"""Variables of other programs."""
ASSIGNED = re.compile(r"(?<![\w-])([A-Z][A-Z_]{2,})(?==|: )")


def settings_read() -> set[str]:
    code = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    return {"DATABASE_URL", *re.findall(r'(?:environ\.get|flag)\("(\w+)"', code)}


def examples() -> dict[str, list[str]]:
    """Each setting of the example with the lines of its values, and of what stands above them."""
    found: dict[str, list[str]] = {}
    for block in EXAMPLE.read_text(encoding="utf-8").split("\n\n"):
        explained = [line for line in block.splitlines() if line.startswith("# ")]
        for name in re.findall(r"^#?([A-Z_]+)=", block, re.MULTILINE):
            found.setdefault(name, []).extend(explained)
    return found


def test_the_example_has_every_setting_and_explains_it() -> None:
    found = examples()
    assert found.keys() == settings_read()
    assert [name for name, explained in found.items() if not explained] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_variable_that_is_set_is_read(path: Path) -> None:
    assert set(ASSIGNED.findall(path.read_text(encoding="utf-8"))) - settings_read() - OTHERS <= {"CMD", "PYTHON"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"manage\.py(?:,)? (\w+)", text)
    named += re.findall(r"nianbao-daily@(\w+)", text, re.ASCII) + re.findall(r"^ +nianbao (\w+)$", text, re.MULTILINE)
    assert set(named) - set(get_commands()) == set()


def test_every_file_that_the_guide_names_exists() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    named = set(re.findall(r"\bdeploy/[\w./@-]+", text)) - {"deploy/wheels"}
    assert named
    assert {name for name in named if not (ROOT / name).exists()} == set()
    assert set(re.findall(r"nianbao-\w+@?", text, re.ASCII)) == {
        re.match(r"nianbao-\w+@?", unit.name).group()  # type: ignore[union-attr]
        for unit in UNITS
    }


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Where the program lies is where it lies here; the instances are those of the guide."""
    daily = set(re.findall(r"nianbao-daily@(\w+)\.timer", GUIDE.read_text(encoding="utf-8")))
    assert daily
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/srv/nianbao/.venv/bin/python", sys.executable)
        for instance in {"nianbao-worker@": {"1"}, "nianbao-daily@": daily}.get(unit.stem, {""}):
            (tmp_path / unit.name.replace("@", f"@{instance}")).write_text(text, encoding="utf-8")
    checked = sorted(map(str, tmp_path.iterdir()))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *checked], capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.splitlines() if "nianbao" in line]
    assert (said, done.returncode) == ([], 0), done.stderr


def test_compose_starts_the_site_and_restarts_what_ends() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert {name for name, service in services.items() if service["restart"] == "always"} == services.keys() - {
        "migrate"
    }
    assert services["worker"]["networks"] == services["db"]["networks"] == ["inside"], "what opens files has no way out"


def test_the_example_starts_a_site_once_its_blanks_are_filled(tmp_path: Path) -> None:
    lines = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if re.match(r"[A-Z_]+=", line)]
    given = dict(line.split("=", 1) for line in lines)
    assert {name for name, value in given.items() if not value} == {"SECRET_KEY", "RECORD_KEY"}
    given |= {
        "SECRET_KEY": "0123456789" * 6,
        "RECORD_KEY": "0" * 64,
        "DATABASE_URL": f"sqlite:///{tmp_path}/new/folder/site.sqlite3",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
