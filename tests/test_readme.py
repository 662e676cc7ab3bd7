"""What is told to whoever runs the site: both READMEs name what there is, and every command explains itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(settings.BASE_DIR)
COMMANDS = {name: app for name, app in get_commands().items() if app in {"reports", "agencies"}}
IN_ONE_LINE = {f"EMAIL_{word}" for word in ("PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")}
"""Named beside the server whose settings they are."""


@pytest.fixture(params=["README.md", "README.zh.md"])
def readme(request: pytest.FixtureRequest) -> str:
    return Path(ROOT / request.param).read_text(encoding="utf-8")


def test_every_command_is_listed(readme: str) -> None:
    assert set(re.findall(r"manage\.py (\w+_\w+|remind|demo|work|doctor)\b", readme)) == COMMANDS.keys()


def test_every_variable_that_is_read_is_listed(readme: str) -> None:
    code = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = {"DATABASE_URL", *re.findall(r'(?:environ\.get|flag)\("(\w+)"', code)}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.MULTILINE)) == read - IN_ONE_LINE
    assert all(f"`{name}`" in readme for name in IN_ONE_LINE)


def test_everything_that_make_does_is_named(readme: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {target for target in targets if f"make {target}" not in readme and f"`{target}`" not in readme} == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does(name: str) -> None:
    command = load_command_class(COMMANDS[name], name)
    said = " ".join(command.create_parser("manage.py", name).format_help().split())
    assert command.help in said
