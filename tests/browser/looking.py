"""What is asked of every state of every page: it stands still, nothing scrolls sideways, and axe-core finds no fault."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

AXE = (Path(__file__).parent.parent / "vendor" / "axe-core-4.14.1" / "axe.min.js").read_text(encoding="utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDTHS = [390, *(pytest.param(width, marks=pytest.mark.slow) for width in (1024, 1440))]
"""A sweep over all of them is too long for every run."""

WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
UNSHIFTED = 0.01


def open_page(browser: Browser, width: int, scripts: bool = True) -> tuple[Page, list[str]]:
    """A page of that width, and what its console complains about."""
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN", java_script_enabled=scripts)
    page = context.new_page()
    if scripts:
        page.add_init_script(WATCH_SHIFTS)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


def faults(page: Page, still: bool = False) -> list[str]:
    """What stands against the page as it is now: violations of WCAG 2.2 AA, and whether it scrolls sideways.

    One that has to stand still must not have shifted either since it was opened.
    """
    # Handed over by the debugger, which the content policy does not bind.
    page.evaluate(AXE)
    found = page.evaluate("levels => axe.run({runOnly: levels})", LEVELS)
    listed = [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]
    if (over := sideways(page)) > 0:
        listed.append(f"scrolls {over} px sideways")
    if still and (shifted := page.evaluate("window.shifted")) >= UNSHIFTED:
        listed.append(f"shifts by {shifted:.3f}")
    return listed


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def sweep(page: Page, site: str, addresses: Mapping[str, str], still: bool = False) -> dict[str, list[str]]:
    """What stands against each of the pages that are named; those without a fault are left out."""
    found = {}
    for name, address in addresses.items():
        page.goto(site + address)
        found[name] = faults(page, still)
        show(page, name)
    return {name: listed for name, listed in found.items() if listed}


def show(page: Page, name: str) -> None:
    """A picture for whoever wants to look; SCREENSHOTS names the folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=f"{folder}/{name}-{width}.png".replace(" ", "-"), full_page=True)
