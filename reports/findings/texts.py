"""The signatures of the stored narratives, and whose text may be whose."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.checks.comparables import OtherText
from reports.checks.reuse.bands import bands_of, candidates
from reports.checks.reuse.shingles import shingles
from reports.findings.contents import Subject
from reports.models import MinHashBand, MinHashSignature, State, Version
from reports.standard import PROSE_CHAPTERS

MAX_CANDIDATES = 5
"""Of the texts that may be like one, so many are compared with it in full, those that share most bands first."""

SCHEME = "1"
"""Another number whenever texts are masked, cut or signed differently, so that every signature is made anew."""

A_QUERY = 10_000
"""Values in one query: SQLite takes 32,766."""

Bands = Sequence[int]


@dataclass(frozen=True)
class Signature:
    """The bands of a text, and its digest where it is not stored yet."""

    bands: Bands
    fresh: str = ""


def signatures_of(versions: Sequence[Version]) -> dict[int, Signature]:
    """By key of the version, the signature of its narrative. Those that are new are stored by `keep_signatures`."""
    if not versions:
        return {}
    known = dict(
        MinHashSignature.objects.filter(pk__in=[version.pk for version in versions]).values_list("pk", "digest")
    )
    bands: dict[int, list[int]] = {version.pk: [] for version in versions}
    for pk, value in MinHashBand.objects.filter(signature__in=known).values_list("signature_id", "value"):
        bands[pk].append(value)
    found = {}
    for version in versions:
        digest = _digest(version)
        if known.get(version.pk) == digest:
            found[version.pk] = Signature(tuple(bands[version.pk]))
        else:
            found[version.pk] = Signature(tuple(bands_of(shingles(version.narrative, _name(version)))), digest)
    return found


def keep_signatures(signatures: Mapping[Version, Signature]) -> None:
    """Stores those that are new. The reports of the versions are locked, so that nobody mixes two of them."""
    fresh = {version.pk: (version, each) for version, each in signatures.items() if each.fresh}
    if not fresh:
        return
    MinHashBand.objects.filter(signature__in=fresh).delete()
    MinHashSignature.objects.bulk_create(
        [MinHashSignature(version_id=pk, digest=each.fresh) for pk, (_version, each) in fresh.items()],
        update_conflicts=True,
        unique_fields=["version"],
        update_fields=["digest"],
    )
    rows = [
        MinHashBand(signature_id=pk, year=version.report.year, value=value)
        for pk, (version, each) in fresh.items()
        for value in each.bands
    ]
    MinHashBand.objects.bulk_create(rows, batch_size=A_QUERY // 3)


def _name(version: Version) -> str:
    return version.printed_name or version.report.agency.name


def _digest(version: Version) -> str:
    said = "\0".join([SCHEME, _name(version), *(version.narrative.get(part, "") for part in PROSE_CHAPTERS)])
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def texts_for(
    subjects: Sequence[Subject], *, stored: bool = True, signatures: Mapping[int, Signature] | None = None
) -> dict[int, tuple[OtherText, ...]]:
    """By number of the subject: what other agencies published for its year or the year before, or what is given for these
    years, and may be the same text. Without `stored` the database is not asked. `signatures` are those of the versions,
    where they are known already."""
    if signatures is None:
        signatures = signatures_of([subject.version for subject in subjects if subject.version])
    bands: dict[int, Bands] = {}
    for number, subject in enumerate(subjects):
        if subject.version:
            bands[number] = signatures[subject.version.pk].bands
        elif subject.place:
            bands[number] = bands_of(shingles(subject.content.narrative, subject.content.agency))
    places = {number: place for number in bands if (place := subjects[number].place)}
    published = likely_texts(bands, places) if stored else {}
    among = _among_given(subjects, bands)
    found = {}
    for number in bands:
        texts = among.get(number, ())
        known = {(text.code, text.year) for text in texts}
        found[number] = texts + tuple(t for t in published.get(number, ()) if (t.code, t.year) not in known)
    return found


def _among_given(subjects: Sequence[Subject], bands: Mapping[int, Bands]) -> dict[int, tuple[OtherText, ...]]:
    """The same among what is not stored."""
    given = [number for number in bands if subjects[number].version is None]
    holders: dict[int, list[int]] = {}
    for number in given:
        for value in bands[number]:
            holders.setdefault(value, []).append(number)
    found = {}
    for number in given:
        own, year = subjects[number].identity, subjects[number].content.year or 0
        near = {
            value: [
                other
                for other in holders[value]
                if subjects[other].identity != own and subjects[other].content.year in (year, year - 1)
            ]
            for value in bands[number]
        }
        found[number] = tuple(_given_text(subjects[n]) for n in candidates(bands[number], near)[:MAX_CANDIDATES])
    return found


def _given_text(subject: Subject) -> OtherText:
    content = subject.content
    return OtherText(content.agency, subject.code, content.year or 0, content.narrative)


def likely_texts(bands: Mapping[int, Bands], places: Mapping[int, tuple[str, int]]) -> dict[int, tuple[OtherText, ...]]:
    """What was published by others and may be like these texts: `bands` and `places`, agency and year, by any key."""
    holders = _holders({value for values in bands.values() for value in values})
    chosen = {}
    for key, values in bands.items():
        code, year = places[key]
        near = {
            value: [pk for pk, holder, its in holders.get(value, ()) if holder != code and its in (year, year - 1)]
            for value in values
        }
        chosen[key] = candidates(values, near)[:MAX_CANDIDATES]
    wanted = {pk for many in chosen.values() for pk in many}
    found = Version.objects.filter(pk__in=wanted).select_related("report__agency") if wanted else []
    texts = {version.pk: _text(version) for version in found}
    return {key: tuple(texts[pk] for pk in many) for key, many in chosen.items()}


def _holders(values: Iterable[int]) -> dict[int, list[tuple[int, str, int]]]:
    """By band, the published versions that have it, with agency and year."""
    holders: dict[int, list[tuple[int, str, int]]] = {}
    asked = sorted(values)
    for start in range(0, len(asked), A_QUERY):
        rows = MinHashBand.objects.filter(
            value__in=asked[start : start + A_QUERY], signature__version__state=State.PUBLISHED
        ).values_list("value", "signature_id", "signature__version__report__agency_id", "year")
        for value, pk, code, year in rows:
            holders.setdefault(value, []).append((pk, code, year))
    return holders


def _text(version: Version) -> OtherText:
    return OtherText(_name(version), version.report.agency_id, version.report.year, version.narrative)


def versions_like(version: Version, most: int = 20) -> list[Version]:
    """What other agencies published, or are about to publish, and may be the same text as this version."""
    values = MinHashBand.objects.filter(signature=version.pk).values("value")
    alike = MinHashBand.objects.filter(value__in=values, year__in=(version.report.year, version.report.year + 1))
    alike = alike.exclude(signature__version__report__agency=version.report.agency_id)
    current = (State.PUBLISHED, State.SUBMITTED)
    found = alike.filter(signature__version__state__in=current).values_list("signature", flat=True).distinct()
    return list(Version.objects.filter(pk__in=list(found[:most])).select_related("report"))
