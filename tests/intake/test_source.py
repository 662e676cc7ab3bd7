"""What an original says, drawn by us, with an anchor for every place; pages of a PDF as pictures."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks, Settings

from agencies.models import Agency, User
from config.sandbox import client
from reports.filing.forms import typed_as
from reports.importing.document import Cell, Document, Paragraph
from reports.importing.read import read_report
from reports.intake import commit
from reports.models import PendingImport, Rendition, RenditionState, Report, Source
from reports.originals import drawing
from reports.originals.belonging import MARK
from reports.originals.drawing import draw_document
from reports.originals.page_picture import NoPicture, page_picture
from reports.originals.renditions import reading_of, render
from tests.intake.test_upload import page_of, send

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "reports"


@pytest.fixture(autouse=True)
def originals(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def view_of(data: bytes) -> str:
    return reverse("source_view", args=[hashlib.sha256(data).hexdigest()])


def published(data: bytes, name: str, agency: Agency) -> None:
    commit.store(read_report(data, name), data, name, agency=agency)
    assert Report.objects.get().published
    reading_of(Source.objects.latest("pk"))
    made_ready()


def test_it_is_shown_to_whoever_may_have_the_file(
    township: Agency, clerk_client: Client, outsider_client: Client, reader: Client
) -> None:
    send(clerk_client, page_of())
    address = view_of(page_of())
    assert clerk_client.get(address).status_code == 200
    assert outsider_client.get(address).status_code == 404
    assert reader.get(address).status_code == 404
    published(page_of(), "年报.html", township)
    assert reader.get(address).status_code == 200


def test_nothing_of_the_file_is_executed_or_rendered(township: Agency, reader: Client) -> None:
    published(page_of(), "年报.html", township)
    answer = reader.get(view_of(page_of()))
    text = answer.content.decode()
    assert "alert(1)" not in text
    assert "&lt;b&gt;其他&lt;/b&gt;" in text
    assert (
        "script-src" in answer["Content-Security-Policy"] or "default-src 'self'" in answer["Content-Security-Policy"]
    )


@pytest.mark.parametrize("name", ["julin-2023.html", "daishan-2023.pdf", "yinlin-2022.xlsx", "fengdu-2022.txt"])
def test_every_place_of_a_report_is_an_anchor(name: str, township: Agency, reader: Client) -> None:
    data = (SAMPLES / name).read_bytes()
    published(data, name, township)
    version = Report.objects.get().published
    assert version
    shown = html.fromstring(reader.get(view_of(data)).content.decode())
    places = {where: drawing.anchor(place) for where, place in version.places.items()}
    assert len(places) > 198
    assert set(places.values()) <= set(shown.xpath("//@id"))
    for key, number in version.figures.items():
        (cell,) = shown.xpath(f'//*[@id="{places[key]}"]')
        assert number is None or typed_as(number) in cell.text_content(), key


def test_a_figure_of_our_own_layout_leads_to_its_line(township: Agency, clerk_client: Client, reader: Client) -> None:
    published(page_of(), "年报.html", township)
    data = reader.get(reverse("download", args=[township.code, 2023, "csv"])).getvalue()
    send(clerk_client, data, "年报.csv")
    place = PendingImport.objects.get().parsed["places"]["applications.received.total"]
    shown = html.fromstring(clerk_client.get(view_of(data)).content.decode())
    (line,) = shown.xpath(f'//p[@id="{drawing.anchor(place)}"]')
    assert line.text_content().startswith("applications.received.total,")


def test_a_figure_of_a_public_report_leads_to_its_place(township: Agency, reader: Client) -> None:
    published(page_of(), "年报.html", township)
    report = html.fromstring(reader.get(reverse("report", args=[township.code, 2023])).content.decode())
    links = report.xpath('//td[starts-with(@id, "cell-")]/a[@class="origin"]/@href')
    assert len(links) == 200
    anchors = set(html.fromstring(reader.get(view_of(page_of())).content.decode()).xpath("//@id"))
    assert {link.partition("#")[2] for link in links} <= anchors
    assert {link.partition("?")[0] for link in links} == {view_of(page_of())}


def test_an_imported_figure_of_a_draft_leads_to_its_place_until_it_is_typed_over(
    township: Agency, clerk: User, clerk_client: Client
) -> None:
    commit.store(read_report(page_of(), "年报.html"), page_of(), "年报.html", clerk, as_draft=True, agency=township)
    address = reverse("draft", args=[township.code, 2023])
    key = "applications.received.total"

    def links() -> list[str]:
        return html.fromstring(clerk_client.get(address).content.decode()).xpath(f'//input[@name="{key}"]/../a/@href')  # type: ignore[no-any-return]

    assert [link.partition("?")[0] for link in links() if "sources" in link] == [view_of(page_of())]
    draft = Report.objects.get().working
    assert draft
    clerk_client.post(address, {"act": "save", "revision": draft.revision, key: "9"})
    assert not [link for link in links() if "sources" in link]


def test_a_long_document_is_cut_and_says_so(township: Agency, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document()
    for number in range(3):
        document.add_paragraph(f"第{number}段" * 10)
    document.add_grid([[Cell("格", column) for column in range(1, 6)]], exact=True)
    monkeypatch.setattr(drawing, "MAX_CELLS", 4)
    cut = draw_document(document)
    assert (len(cut.pieces), cut.cut) == (3, True)
    monkeypatch.setattr(drawing, "MAX_CHARACTERS", 35)
    assert len(draw_document(document).pieces) == 1
    monkeypatch.setattr(drawing, "MAX_CHARACTERS", 400)
    published(page_of(), "年报.html", township)
    assert "后面的内容没有显示" in reader.get(view_of(page_of())).content.decode()


def test_what_a_cell_from_above_covers_is_left_free() -> None:
    document = Document()
    document.add_grid([[Cell("大", 1), Cell("右", 2)], [Cell("下", 2)]], exact=True)
    (grid,) = draw_document(document).pieces
    assert [[(cell.text, cell.anchor) for cell in row.cells] for row in grid.rows] == [
        [("大", "g1-1-1"), ("右", "g1-1-2")],
        [("", ""), ("下", "g1-2-2")],
    ]


def test_what_was_read_is_kept_and_goes_with_the_file(
    township: Agency,
    clerk_client: Client,
    originals: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    send(clerk_client, page_of())
    first = clerk_client.get(view_of(page_of())).content
    (kept,) = originals.rglob("*.json.gz")
    assert kept.name == Path(Source.objects.get().reading_name).name
    second = clerk_client.get(view_of(page_of())).content

    def body(content: bytes) -> str:
        return str(html.fromstring(content.decode()).xpath("//main")[0].text_content())

    assert body(first) == body(second)
    with django_capture_on_commit_callbacks(execute=True):
        clerk_client.post(reverse("preview", args=[PendingImport.objects.get().pk]), {"act": "discard"})
    # What says whose folder it is stays.
    assert [path.name for path in originals.rglob("*") if path.is_file()] == [MARK]


def test_a_file_that_is_gone_says_so(township: Agency, reader: Client, originals: Path) -> None:
    published(page_of(), "年报.html", township)
    for path in originals.rglob("*"):
        if path.is_file():
            path.unlink()
    assert "正在重新读取" in reader.get(view_of(page_of())).content.decode()
    made_ready()
    answer = reader.get(view_of(page_of()))
    assert "原文件无法再次显示" in answer.content.decode()


def made_ready() -> None:
    """What a worker does with what was asked for."""
    for made in Rendition.objects.filter(state=RenditionState.ASKED):
        render.call(made.pk)


def test_what_was_read_is_read_again_by_a_worker_where_it_is_gone(
    township: Agency, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(page_of(), "年报.html", township)
    source = Source.objects.get()
    source.file.storage.delete(source.reading_name)
    with monkeypatch.context() as closed:
        closed.setattr(client, "_exchange", nothing_is_opened)
        answer = reader.get(view_of(page_of()))
    assert (answer.status_code, answer["Refresh"]) == (200, "2")
    assert "正在重新读取" in answer.content.decode()
    made_ready()
    answer = reader.get(view_of(page_of()))
    assert "Refresh" not in answer
    assert "总体情况" in answer.content.decode()


def nothing_is_opened(*_given: Any) -> None:
    raise AssertionError("a web process waits for the sandbox")


def test_no_web_process_waits_for_a_picture(
    township: Agency, clerk_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(clerk_client, (SAMPLES / "daishan-2023.pdf").read_bytes(), "年报.pdf")
    monkeypatch.setattr(client, "_exchange", nothing_is_opened)
    picture = reverse("source_page", args=[Source.objects.get().sha256, 1])
    for _time in range(2):
        assert clerk_client.get(picture).status_code == 503
    assert Rendition.objects.count() == 1, "it is asked for once"


# ---- pages of a PDF ----


def test_pages_of_a_pdf_are_shown_as_pictures_to_who_is_signed_in(
    township: Agency, clerk_client: Client, outsider_client: Client, reader: Client
) -> None:
    data = (SAMPLES / "daishan-2023.pdf").read_bytes()
    send(clerk_client, data, "年报.pdf")
    source = Source.objects.get()
    picture = reverse("source_page", args=[source.sha256, 1])
    preview = html.fromstring(
        clerk_client.get(reverse("preview", args=[PendingImport.objects.get().pk])).content.decode()
    )
    assert picture in preview.xpath("//img/@src")
    asked = clerk_client.get(picture)
    assert (asked.status_code, asked["Cache-Control"]) == (503, "no-store"), "it is drawn by a worker"
    page = clerk_client.get(picture, headers={"Accept": "text/html"})
    assert (page.status_code, page["Refresh"]) == (200, "2")
    assert outsider_client.get(picture).status_code == 404
    made_ready()
    answer = clerk_client.get(picture)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")
    assert "private" in answer["Cache-Control"]
    assert outsider_client.get(picture).status_code == 404
    assert reader.get(picture).status_code == 302
    assert clerk_client.get(reverse("source_page", args=[source.sha256, 99])).status_code == 404


def test_what_is_no_pdf_has_no_picture(township: Agency, clerk_client: Client) -> None:
    send(clerk_client, page_of())
    assert clerk_client.get(reverse("source_page", args=[Source.objects.get().sha256, 1])).status_code == 404
    with pytest.raises(NoPicture):
        page_picture(b"%PDF-1.7 broken", 1)


def test_paragraphs_keep_their_numbers() -> None:
    document = Document([Paragraph("甲", 3), Paragraph("乙", 7, page=2)])
    assert [(piece.anchor, piece.page) for piece in draw_document(document).pieces] == [("p3", None), ("p7", 2)]
