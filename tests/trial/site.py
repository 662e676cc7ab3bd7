"""A whole site: gunicorn with several processes, workers, an invented county with its people, and other people at work."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests
from django.core.management import call_command
from django.db import connection

from agencies.models import Agency, Division, Kind, Level, Membership, Role, User
from tests.run import ROOT, PostgresServer
from tests.trial.processes import PATIENCE, Supervised, wait_until
from tests.trial.visitor import Answer, Draft, Visitor

PASSWORD = "nianbao-demo"
SUPERVISOR, CLERKS, OTHER = "supervisor", ("clerk", "colleague", "third"), "other"
CLERK, COLLEAGUE, THIRD = CLERKS
COUNTY = "990121000000"
TOWNS = 40
YEAR = 2023
WEB_PROCESSES, WORKERS = 2, 2


@dataclass
class Others:
    """What became of the requests of people whom the fault does not concern."""

    answered: int = 0
    lost: int = 0
    slowest: float = 0

    def __str__(self) -> str:
        return f"{self.answered} requests of others answered, the slowest in {self.slowest:.1f} s"


class Site:
    def __init__(self, folder: Path, server: PostgresServer | None) -> None:
        self.folder, self.server = folder, server
        self.answers: list[Answer] = []
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.web: Supervised
        self.workers: list[Supervised] = []
        self._visitors: dict[str, Visitor] = {}

    def serve(self, port: int, *options: str) -> Supervised:
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
        command += ["--workers", str(WEB_PROCESSES), "--threads", "4", "--log-level", "warning", *options]
        serving = Supervised(command, os.environ, self.folder / "web.log")
        wait_until(lambda: _answers(port), "the site to answer")
        return serving

    def start_worker(self) -> Supervised:
        return Supervised(_manage("work"), os.environ, self.folder / "worker.log")

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A command in a process of its own, which must end by itself."""
        return subprocess.run(
            _manage(*arguments),
            cwd=ROOT,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def start_command(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            _manage(*arguments), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def visitor(self, name: str = "", address: str = "198.51.100.1") -> Visitor:
        """A browser of its own; with a name, signed in."""
        fresh = Visitor(self.address, self.answers, address)
        if name:
            fresh.sign_in(name, PASSWORD)
        return fresh

    def person(self, name: str) -> Visitor:
        """The browser in which this person has signed in."""
        if name not in self._visitors:
            self._visitors[name] = self.visitor(name)
        return self._visitors[name]

    @contextmanager
    def others_at_work(self) -> Iterator[Others]:
        """A reader, and a clerk who saves again and again, while something happens."""
        others, over = Others(), threading.Event()
        draft, reader = Draft(self.person(OTHER), town_code(39), YEAR), self.visitor()

        def read() -> None:
            reader.get("/reports/")

        def save() -> None:
            draft.save({"overview": f"本年度工作情况，{time.time()}。"})

        def again_and_again(act: Callable[[], None]) -> None:
            while not over.is_set():
                began = time.monotonic()
                try:
                    act()
                    others.answered += 1
                except (requests.RequestException, AssertionError):
                    others.lost += 1
                others.slowest = max(others.slowest, time.monotonic() - began)
                over.wait(0.1)

        threads = [threading.Thread(target=again_and_again, args=[act], daemon=True) for act in (read, save)]
        for thread in threads:
            thread.start()
        try:
            yield others
        finally:
            over.set()
            for thread in threads:
                thread.join()


@contextmanager
def running_site(folder: Path, server: PostgresServer | None) -> Iterator[Site]:
    site = Site(folder, server)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    with open(os.devnull, "w", encoding="utf-8") as quiet:
        call_command("load_divisions", str(ROOT / "samples" / "register.csv"), stdout=quiet, stderr=quiet)
    _people()
    connection.close()
    with ExitStack() as stack:
        site.web = site.serve(site.port)
        stack.callback(site.web.end)
        for _number in range(WORKERS):
            site.workers.append(site.start_worker())
            stack.callback(site.workers[-1].end)
        stack.callback(connection.close)
        yield site


def town_code(number: int) -> str:
    return f"990121{500 + number:03}000"


def town_name(number: int) -> str:
    return f"第{number + 100}镇"


def _people() -> None:
    """Forty towns more, and the clerks of all of them; and who supervises the county."""
    county = Division.objects.get(pk=COUNTY)
    towns = []
    for number in range(TOWNS):
        code, name = town_code(number), town_name(number)
        place = Division.objects.create(code=code, name=name, level=Level.TOWNSHIP, parent=county)
        body = {"name": f"{name}人民政府", "kind": Kind.TOWNSHIP, "division": place, "owes_report": True}
        towns.append(Agency.objects.create(code=code, **body))
    supervisor = User.objects.create_user(SUPERVISOR, password=PASSWORD)
    Membership.objects.create(user=supervisor, agency_id=COUNTY, role=Role.SUPERVISOR)
    for name in (*CLERKS, OTHER):
        clerk = User.objects.create_user(name, password=PASSWORD)
        for town in towns:
            for role in (Role.CLERK, Role.REVIEWER):
                Membership.objects.create(user=clerk, agency=town, role=role)


def _manage(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _answers(port: int) -> bool:
    with suppress(requests.RequestException):
        return requests.get(f"http://127.0.0.1:{port}/robots.txt", timeout=5).ok
    return False
