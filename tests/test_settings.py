"""Settings without which a site in production would not be safe: it refuses to start, and says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PRODUCTION = {"DEBUG": "0", "SECRET_KEY": "for-this-test-" + "0" * 50, "ALLOWED_HOSTS": "nianbao.example"}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """The command `check` in an environment that says this and nothing else to the site."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check"]
    return subprocess.run(
        command,
        env=kept | {"DATABASE_URL": "sqlite://:memory:"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("proxies", [{}, {"PROXIES": ""}, {"PROXIES": "one"}, {"PROXIES": "-1"}])
def test_behind_tls_a_site_that_does_not_know_its_proxies_does_not_start(proxies: dict[str, str]) -> None:
    done = start(**PRODUCTION, **proxies)
    assert done.returncode != 0
    assert "PROXIES must be set in the environment: how many proxies" in done.stderr


def test_a_number_of_proxies_that_is_none_is_told_without_tls_too() -> None:
    done = start(**PRODUCTION, TLS="0", PROXIES="-1")
    assert done.returncode != 0
    assert "PROXIES must be set in the environment: how many proxies" in done.stderr


@pytest.mark.parametrize("settings", [{"PROXIES": "0"}, {"PROXIES": "1"}, {"TLS": "0"}])
def test_a_site_that_says_it_starts(settings: dict[str, str]) -> None:
    assert start(**PRODUCTION, **settings).returncode == 0


def test_a_site_for_development_needs_to_say_nothing() -> None:
    assert start().returncode == 0
