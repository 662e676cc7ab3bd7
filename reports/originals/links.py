"""From what a version says to the place in its file where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from reports.models import Version
from reports.originals.drawing import anchor


@dataclass(frozen=True)
class SourceLink:
    """Where what stands in an input comes from: `href` leads to the place, `note` says what there is to say about it.

    `look` is `retyped` where somebody put it in the place of what was read, `doubtful` where that is in doubt; `proposed` is
    what would balance if it stood there."""

    href: str = ""
    note: str = ""
    look: str = ""
    proposed: str = ""


NO_LINK = SourceLink()


def source_links(version: Version) -> dict[str, SourceLink]:
    """By figure key and the other names of places. The file is another one where a figure was taken over from it."""
    if version.source is None:
        return {}
    return {where: _source_link(place, version.source.sha256) for where, place in version.places.items()}


def _source_link(place: Mapping[str, Any], sha256: str) -> SourceLink:
    name = anchor(place)
    href = f"{reverse('source_view', args=[place.get('source', sha256)])}#{name}" if name else ""
    return SourceLink(href, typed_by(place), "retyped" if "typed_by" in place else "")


def typed_by(place: Mapping[str, Any]) -> str:
    """Who put what stands there in the place of what the file says; empty where it is the file's."""
    return _("导入时由%(who)s改填，与原文不同") % {"who": place["typed_by"]} if place.get("typed_by") else ""
