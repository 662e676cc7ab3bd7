"""For gunicorn (`--config python:tests.trial.hour_back`): its processes live an hour ago, and their clock goes on from there."""

from __future__ import annotations

import datetime
from typing import Any

import time_machine


def post_fork(_server: Any, _process: Any) -> None:
    time_machine.travel(datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1), tick=True).start()
