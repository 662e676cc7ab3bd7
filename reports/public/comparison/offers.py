"""What could be added to a comparison: agencies and places found by a word, or by walking down the divisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from agencies.models import Agency, Division, Level
from agencies.search import agencies_named, places_named

MAX_FOUND = 20
MAX_PLACES = 5
MAX_SEARCH_LENGTH = 100


@dataclass(frozen=True)
class Offers:
    text: str
    agencies: tuple[Agency, ...] = ()
    places: tuple[Division, ...] = ()


@dataclass(frozen=True)
class Branch:
    """A place of the register with the line of places above it and the parts that it has, placeholders passed over."""

    place: Division | None
    line: tuple[Division, ...]
    parts: tuple[Division, ...]


def offers(text: str, without: Collection[str]) -> Offers:
    """Agencies and places by what people type: two queries."""
    text = text.replace("\0", "")[:MAX_SEARCH_LENGTH].strip()
    if not text:
        return Offers("")
    found = agencies_named(text).exclude(pk__in=without).select_related("division")
    return Offers(text, tuple(found[:MAX_FOUND]), tuple(places_named(text)[:MAX_PLACES]))


def branch(code: str) -> Branch:
    """Begins with the provinces where the code is none: two queries."""
    place = None
    if len(code) == 12 and code.isascii() and code.isdigit():
        lookup = Division.objects.select_related("parent__parent__parent")
        place = lookup.filter(pk=code, level__lt=Level.TOWNSHIP).first()
    if place is None:
        return Branch(None, (), tuple(Division.objects.filter(level=Level.PROVINCE)))
    line, above = [place], place.parent
    while above is not None:
        line.append(above)
        above = above.parent
    parts = Division.objects.filter(parent=place) | Division.objects.filter(
        parent__placeholder=True, parent__parent=place
    )
    shown = parts.governed().filter(level__lte=Level.COUNTY)
    return Branch(place, tuple(one for one in reversed(line) if not one.placeholder), tuple(shown.order_by("code")))
