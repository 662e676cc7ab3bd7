"""A pytest plugin that sets the clock: `python -m pytest -p tests.clock --at 00:30` runs the tests as if it were half past
midnight in Shanghai, when in London it is still yesterday.

The clock of this process alone: a browser and other processes have the time that it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Generator
from zoneinfo import ZoneInfo

import pytest
import time_machine

SHANGHAI = ZoneInfo("Asia/Shanghai")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--at", type=datetime.time.fromisoformat, required=True, metavar="HH:MM", help="Shanghai's time")


def pytest_report_header(config: pytest.Config) -> str:
    return f"clock: {config.getoption('--at'):%H:%M} in Shanghai"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    today = datetime.datetime.now(SHANGHAI).date()
    moment = datetime.datetime.combine(today, item.config.getoption("--at"), SHANGHAI)
    with time_machine.travel(moment, tick=True):
        return (yield)
