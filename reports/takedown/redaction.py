"""Words taken out of everything that the database holds about a report; figures stay as they are.

Records that hold them are erased part by part, each erasure being an entry of the chain; what is left of a public version is
recorded anew, so that it can be proved on. Originals are erased whole: nobody can take words out of a file of any kind.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.utils.translation import gettext as _

from agencies.models import Agency, Record, erase
from reports.catalogue import text_index
from reports.checks.content import RuleFinding
from reports.findings.run import check_versions
from reports.lifecycle.acts import Refused, record
from reports.models import (
    Action,
    BatchFile,
    Change,
    Finding,
    Job,
    MinHashSignature,
    PendingImport,
    Rendition,
    Report,
    Source,
    State,
    TakeDown,
)
from reports.models.change import PUBLISHED
from reports.models.published_content import published_content
from reports.originals.keeping import erased_name
from reports.takedown.places import (
    change_texts,
    holds,
    imports_of,
    jobs_of,
    originals_of,
    rows_about,
    versions_of,
)
from reports.takedown.words import Words, without


def lock_work_of(agency: Agency, words: Words) -> None:
    """Locks, in the order of all locks, what the office has in hand. Raises Refused while a worker is at something that would
    bring the words back."""
    for job in jobs_of(agency).select_for_update(of=("self",)).order_by("pk"):
        if job.is_under_way and holds(job, words):
            raise Refused(_("含有这些文字的一份文件正在读取，请等它读完再隐去。"))
    list(PendingImport.objects.filter(office=agency).select_for_update(of=("self",)).order_by("pk"))


def erase_words(report: Report, words: Words, takedown: TakeDown) -> list[str]:
    """Takes the words out; gives back the names of the files of the storage that have to go, too."""
    Agency.objects.select_for_update().get(pk=report.agency_id)
    pending = [each.source_id for each in imports_of(report) if holds(each, words)]
    its = originals_of(report) | Source.objects.filter(pk__in=pending).distinct()
    # All uploads of the same bytes, whoever brought them.
    sources = list(Source.objects.filter(sha256__in=set(its.values_list("sha256", flat=True))).order_by("pk"))
    checksums: dict[str, str] = {}
    files = []
    for source in sources:
        if not source.erased:
            files += [str(source.file.name), source.reading_name]
            checksums[source.sha256] = erased_name(source.sha256)

    def change(text: str) -> str:
        text = without(text, words)
        for old, new in checksums.items():
            text = text.replace(old, new)
        return text

    abouts = _rewrite_findings(report, change)
    _rewrite_versions(report, change, abouts, takedown)
    for rows in rows_about(report):
        for row in rows:
            if isinstance(row, Job) and holds(row, words):
                files += [row.result["place"]] if row.result.get("place") else []
            _rewrite(row, change, takedown)
    for file in BatchFile.objects.filter(sha256__in=checksums):
        _rewrite(file, change, takedown)
    for source in sources:
        source.refresh_from_db()
        change_texts(source, change)
        source.erased, source.file = True, ""
        source.save()
    Rendition.objects.filter(source__in=sources).delete()
    return files


def _rewrite(row: Model, change: Callable[[str], str], takedown: TakeDown) -> None:
    if changed := change_texts(row, change):
        if isinstance(row, Record):
            _erase(row, changed, takedown)
        else:
            row.save(update_fields=changed)


def _erase(row: Record, parts: list[str], takedown: TakeDown) -> None:
    """The erasure names the take-down, whose reason is kept in one place."""
    erase(row, parts, takedown.made_by, takedown.identifier)


def _rewrite_findings(report: Report, change: Callable[[str], str]) -> set[str]:
    """A finding keeps its decision, under the fingerprint of what is left of it. Gives back the fingerprints that are no more:
    the words could be tried out with them."""
    gone = set()
    for finding in Finding.objects.filter(version__report=report):
        changed = change_texts(finding, change)
        if not changed:
            continue
        before, left = finding.fingerprint, _fingerprint(finding)
        if left != before:
            gone.add(before)
            if Finding.objects.filter(version=finding.version_id, fingerprint=left).exists():
                finding.delete()
                continue
            finding.fingerprint = left
        finding.save()
    return gone


def _fingerprint(finding: Finding) -> str:
    return RuleFinding(finding.rule, finding.where, operands=finding.operands, quote=finding.quote).fingerprint


def _rewrite_versions(report: Report, change: Callable[[str], str], abouts: set[str], takedown: TakeDown) -> None:
    rewritten = []
    for version in versions_of(report):
        before, words_before = published_content(version), text_index.words_of(version)
        if changed := change_texts(version, change):
            if not version.is_public:
                # Whoever has the form open is told, and does not save the words once more.
                version.edited()
            version.save()
            rewritten.append(version)
            text_index.replace(version, words_before)
        after = published_content(version)
        differing = {f"{PUBLISHED}{name}" for name in after if after[name] != before[name]}
        for made in Change.objects.filter(version=version).order_by("pk"):
            made.version = version
            parts = set(change_texts(made, change))
            parts |= {"about"} if made.about in abouts else set()
            parts |= {name for name in differing if name in made.salts}
            if parts:
                _erase(made, sorted(parts), takedown)
        if changed:
            record(
                version,
                Action.REDACTED,
                takedown.made_by,
                comment=takedown.reason,
                at=takedown.made_at,
                publishes=version.is_public,
            )
    MinHashSignature.objects.filter(version__in=rewritten).delete()
    check_versions(version for version in rewritten if version.state not in (State.SUPERSEDED, State.TAKEN_DOWN))
