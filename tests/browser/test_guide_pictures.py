"""The pictures of the guides: `NIANBAO_PICTURES=1 pytest -m slow tests/browser/test_guide_pictures.py` takes them anew.

Otherwise they are taken into a folder that is thrown away, so that a guide cannot show a page that is gone. The county is the
invented one of the samples.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from agencies.models import User
from reports import lifecycle
from reports.jobs.running import run_job
from reports.management.commands.demo import TOWNSHIP
from reports.models import Job, Report
from tests.browser.looking import open_page
from tests.browser.test_filing import sign_in

DOCS = Path(settings.BASE_DIR) / "docs"
PICTURES = DOCS / "pictures"
TAKEN_ANEW = os.environ.get("NIANBAO_PICTURES", "") == "1"
WIDTH, HEIGHT, MARGIN = 1280, 620, 12
SMALLEST, LARGEST = 8_000, 200_000
"""Bytes of a picture: less shows nothing, more is a burden to whoever opens the guide."""
TOWNS = (TOWNSHIP, *(f"99012110{number}000" for number in range(1, 5)))

Show = Callable[[Page, str], Locator]


def work_of_a_clerk(page: Page, site: str) -> Locator:
    sign_in(page, site, "clerk")
    page.goto(f"{site}/filing/")
    return page.locator("main")


def proposals_of_last_year(page: Page, site: str) -> Locator:
    sign_in(page, site, "clerk")
    page.goto(f"{site}/filing/{TOWNSHIP}/2024/")
    page.check("#show-last")
    expect(page.locator(".proposals")).to_be_visible()
    return page.locator("section.chapter", has=page.locator("#h-applications"))


def column_that_does_not_balance(page: Page, site: str) -> Locator:
    sign_in(page, site, "clerk")
    page.goto(f"{site}/filing/{TOWNSHIP}/2024/")
    page.click("[data-fill]")
    page.fill("[name='applications.received.natural_person']", "3")
    page.fill("[name='applications.received.total']", "2")
    page.fill("[name='applications.granted.natural_person']", "3")
    page.click("[data-totals]")
    page.fill("[name='applications.received.total']", "2")
    expect(page.locator(".mend").first).to_be_visible()
    expect(page.locator(".contradiction").first).to_be_visible()
    return page.locator("section.chapter", has=page.locator("#h-applications"))


def file_before_it_is_stored(page: Page, site: str) -> Locator:
    sign_in(page, site, "supervisor")
    page.goto(f"{site}/filing/import/")
    page.set_input_files("[name=file]", settings.BASE_DIR / "samples" / "reports" / "yinlin-2021.docx")
    page.locator("form.upload button").first.click()
    expect(page.locator(".job")).to_be_visible()
    run_job.func(Job.objects.latest("pk").pk)
    # The page comes to know by itself.
    expect(page.locator(".side-by-side")).to_be_visible()
    return page.locator("main")


def comments_of_the_reviewer(page: Page, site: str) -> Locator:
    report = Report.objects.get(agency_id=TOWNSHIP, year=2024)
    assert report.working is not None
    zeros = dict.fromkeys(report.working.figures, 0) | {"disclosure.normative_documents.in_force": 4}
    texts = {"overview": "全年主动公开信息46条。"}
    clerk = User.objects.get(username="clerk")
    lifecycle.send_to_reviewer(lifecycle.save_draft(report.working, zeros, texts, clerk), clerk)
    sign_in(page, site, "reviewer")
    page.goto(f"{site}/filing/{TOWNSHIP}/2024/")
    page.wait_for_load_state()
    page.click(".return-panel summary")
    page.click("[name='disclosure.normative_documents.in_force']")
    page.locator("[name=pin_text]").first.fill("台账是 5 件，请核对")
    page.locator("[name=pin_at]").nth(1).select_option("overview:全年主动公开信息46条。")
    page.locator("[name=pin_text]").nth(1).fill("请写明比上年增减")
    return page.locator("section.chapter", has=page.locator("#h-disclosure"))


def queue_of_findings(page: Page, site: str) -> Locator:
    sign_in(page, site, "supervisor")
    page.goto(f"{site}/review/")
    page.locator(".queue [data-open]").first.click()
    expect(page.locator("#detail .formula, #detail blockquote").first).to_be_visible()
    return page.locator("#finder")


def progress_of_the_county(page: Page, site: str) -> Locator:
    sign_in(page, site, "supervisor")
    page.goto(f"{site}/review/progress/?year=2023")
    return page.locator("main")


def number_to_be_redacted(page: Page, site: str) -> Locator:
    sign_in(page, site, "supervisor")
    page.goto(f"{site}/review/takedown/990121100000/2023/")
    page.get_by_label("要隐去的文字").fill("0900-6013001")
    page.get_by_role("button", name="先看在哪里").click()
    page.locator("#h-found").wait_for()
    return page.locator("main")


def accounts_of_the_county(page: Page, site: str) -> Locator:
    sign_in(page, site, "supervisor")
    page.goto(f"{site}/accounts/office/")
    return page.locator("main")


def region_of_the_county(page: Page, site: str) -> Locator:
    page.goto(f"{site}/regions/990121000000/?year=2023")
    return page.locator("main")


def home(page: Page, site: str) -> Locator:
    page.goto(f"{site}/")
    return page.locator("main")


def list_of_what_does_not_balance(page: Page, site: str) -> Locator:
    page.goto(f"{site}/reports/?balanced=no")
    return page.locator("main")


def report_with_a_broken_equation(page: Page, site: str) -> Locator:
    page.goto(f"{site}/reports/990121001000/2023/")
    expect(page.locator("td.culprit, .equation-line.broken").first).to_be_visible()
    return page.locator("#applications")


def three_towns_compared(page: Page, site: str) -> Locator:
    page.goto(f"{site}/compare/?" + "&".join(f"agency={code}" for code in TOWNS))
    return page.locator(".ledger-frame").last


SHOWN: dict[str, Show] = {
    "filing": work_of_a_clerk,
    "last-year": proposals_of_last_year,
    "unbalanced": column_that_does_not_balance,
    "preview": file_before_it_is_stored,
    "comments": comments_of_the_reviewer,
    "queue": queue_of_findings,
    "progress": progress_of_the_county,
    "takedown": number_to_be_redacted,
    "accounts": accounts_of_the_county,
    "home": home,
    "region": region_of_the_county,
    "list": list_of_what_does_not_balance,
    "findings": report_with_a_broken_equation,
    "compare": three_towns_compared,
}


@pytest.fixture
def demonstration(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The invented county with its reports and accounts."""
    with override_settings(DEBUG=True, MEDIA_ROOT=tmp_path):
        call_command("demo", verbosity=0)
        yield


@pytest.mark.slow
@pytest.mark.usefixtures("demonstration")
def test_every_picture_can_be_taken(browser: Browser, live_server: LiveServer, tmp_path: Path) -> None:
    folder = PICTURES if TAKEN_ANEW else tmp_path
    for name, show in SHOWN.items():
        page, complaints = open_page(browser, WIDTH)
        shown = show(page, live_server.url)
        expect(shown).to_be_visible()
        assert complaints == [], name
        take(page, shown, folder / f"{name}.png")
        page.context.close()
    assert {picture.stem: picture for picture in folder.glob("*.png")}.keys() == SHOWN.keys()
    assert [path.name for path in folder.glob("*.png") if not SMALLEST < path.stat().st_size < LARGEST] == []


def take(page: Page, shown: Locator, path: Path) -> None:
    """The upper part of what is shown, as small as a guide needs it."""
    page.evaluate("document.activeElement?.blur()")
    margin = 0 if shown.evaluate("element => element.tagName") == "MAIN" else MARGIN
    shown.evaluate("(element, room) => scrollTo(0, element.getBoundingClientRect().top + scrollY - room)", margin)
    box = shown.bounding_box()
    assert box is not None
    ends = shown.evaluate(
        "element => Math.max(...[...element.children].map(each => each.getBoundingClientRect().bottom))"
    )
    top = max(box["y"] - margin, 0)
    height = min(ends + MARGIN, top + HEIGHT, 900) - top
    path.parent.mkdir(exist_ok=True)
    page.screenshot(path=path, clip={"x": 0, "y": top, "width": WIDTH, "height": height})
