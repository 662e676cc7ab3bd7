"""What is asked of every state of every page: that nothing scrolls sideways and that axe-core finds no fault."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page

from tests.browser.test_public_pages import AXE, LEVELS

WIDE_FIRST = [1440, *(pytest.param(width, marks=pytest.mark.slow) for width in (1024, 390))]
"""The widths of a journey that is too long to be made three times on every run."""


def faults(page: Page) -> list[str]:
    """What stands against the page as it is now: violations of WCAG 2.2 AA, and whether it scrolls sideways."""
    # Handed over by the debugger, which the content policy does not bind.
    page.evaluate(AXE)
    found = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    listed = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]
    return listed + [f"scrolls {sideways} px sideways"] * (sideways > 0)


def show(page: Page, name: str) -> None:
    """A picture for whoever wants to look; SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")
