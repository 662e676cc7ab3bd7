"""Originals made ready to be looked at, by a worker: whoever asks first is told to come again in a moment."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from reports.importing.document import Document, Unreadable
from reports.importing.sandboxed import document_sandboxed
from reports.models import Rendition, RenditionState, Source
from reports.originals.keeping import DamagedOriginal, read_original
from reports.originals.page_picture import NoPicture, page_picture
from reports.originals.reading import document_of, keep_reading

READING = 0
"""As the number of a page: the whole, read again."""
MAX_WAIT = datetime.timedelta(minutes=2)
"""After this the worker that was asked counts as dead, and another one is asked."""
KEPT = datetime.timedelta(days=1)


def reading_of(source: Source) -> tuple[Document | None, bool]:
    """What the original says, and whether a worker is still to read it; neither where it is gone or cannot be read."""
    document = document_of(source)
    if document is not None:
        return document, False
    return None, _asked(source, READING).state == RenditionState.ASKED


def picture_of(source: Source, page: int) -> bytes | None:
    """The PNG of a page, counted from 1; None while a worker is still to draw it. Raises NoPicture."""
    document = document_of(source)
    if document is None or page not in {block.page for block in document.blocks}:
        raise NoPicture(f"page {page}")
    made = _asked(source, page)
    if made.state == RenditionState.FAILED:
        raise NoPicture(f"page {page}")
    return bytes(made.png) if made.png is not None else None


@transaction.atomic
def _asked(source: Source, page: int) -> Rendition:
    made, fresh = Rendition.objects.get_or_create(source=source, page=page)
    # Who asks for a reading that is made has not found it: it was removed since.
    lost = page == READING and made.state == RenditionState.DONE
    if fresh or lost or (made.state == RenditionState.ASKED and made.asked_at < timezone.now() - MAX_WAIT):
        made.state, made.asked_at = RenditionState.ASKED, timezone.now()
        made.save(update_fields=["state", "asked_at"])
        render.enqueue(made.pk)
    return made


@task
def render(pk: int) -> None:
    """Makes what was asked for; nothing where it is made already."""
    made = Rendition.objects.select_related("source").filter(pk=pk, state=RenditionState.ASKED).first()
    if made is None:
        return
    made.state = RenditionState.DONE
    try:
        data = read_original(made.source)
        if made.page == READING:
            keep_reading(made.source, document_sandboxed(data, made.source.name))
        else:
            made.png = page_picture(data, made.page)
    except (DamagedOriginal, NoPicture, Unreadable):
        made.state = RenditionState.FAILED
    made.save(update_fields=["state", "png"])


def forget_renditions() -> None:
    """Removes those that nobody has asked for lately; each is drawn anew when it is wanted."""
    Rendition.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
