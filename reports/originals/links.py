"""From what a version says to the place in its file where that stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    if version.source is None or version.source.erased:
        return {}
    views = {"": version.source.get_view_url()}
    if any("source" in place for place in version.places.values()):
        views |= {source.sha256: source.get_view_url() for source in version.also_from.all()}
    return {where: _source_link(place, views) for where, place in version.places.items()}


def _source_link(place: Mapping[str, Any], views: Mapping[str, str]) -> SourceLink:
    name = anchor(place)
    href = f"{views[place.get('source', '')]}#{name}" if name else ""
    return SourceLink(href, typed_by(place), "retyped" if "typed_by" in place else "")


def typed_by(place: Mapping[str, Any]) -> str:
    """Who put what stands there in the place of what the file says; empty where it is the file's."""
    return _("导入时由%(who)s改填，与原文不同") % {"who": place["typed_by"]} if place.get("typed_by") else ""
