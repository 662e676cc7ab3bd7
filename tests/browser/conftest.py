from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PATIENCE = 20
"""Seconds that anything may take on a busy machine; only a fault takes longer."""

expect.set_options(timeout=1000 * PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    # Playwright's synchronous calls run inside an event loop, which Django would otherwise refuse to work in.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture(autouse=True)
def nothing_is_under_way(browser: Browser, live_server: LiveServer, transactional_db: None) -> Iterator[None]:
    """A page saves what was typed even as it is closed; that has to be over before the database is emptied."""
    yield
    for context in browser.contexts:
        context.close()
    wait_until_answered(live_server)


def wait_until_answered(live_server: LiveServer) -> None:
    """Whatever reached the server before is done with."""
    # The server takes connections up one after the other, each in a thread: once ours is answered, the others have theirs.
    ours = HTTPConnection(live_server.thread.host, live_server.thread.port, timeout=PATIENCE)
    ours.request("HEAD", "/static/styles/tokens.css")
    ours.getresponse().read()
    answering = [thread for thread in threading.enumerate() if thread.name.endswith("(process_request_thread)")]
    assert answering, "the threads of the server bear another name now"
    ours.close()
    for thread in answering:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "a request does not end"
