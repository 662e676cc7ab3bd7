"""Reports described for machines, as https://schema.org/Dataset. Pure: addresses are made by the given function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency
from reports.models import Report, Version
from reports.standard.measures import HEADLINES

Address = Callable[..., str]
"""The absolute address of a named page: its name, then what it takes."""

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def of_report(report: Report, version: Version, forms: Iterable[str], address: Address) -> dict[str, Any]:
    """One published report, with the files that it can be had as."""
    agency = report.agency
    page = address("report", agency.pk, report.year)
    described = _dataset(str(report), page) | {
        "description": _("%(agency)s按国家格式公布的%(year)s年政府信息公开工作年度报告：三张表的全部数字和各章文字。")
        % {"agency": agency.full_name, "year": report.year},
        "temporalCoverage": str(report.year),
        "creator": _publisher(agency, address),
        "spatialCoverage": {"@type": "Place", "name": agency.division.path or agency.division.name},
        "variableMeasured": [measure.label for measure in HEADLINES.values()],
        "version": str(version.number),
        "isPartOf": {"@type": "Dataset", "name": _list_name(), "url": address("report_list")},
        "distribution": [
            _file(form, address("download", agency.pk, report.year, form)) for form in forms if form in MEDIA_TYPES
        ],
    }
    if version.published_at:
        described["datePublished"] = timezone.localtime(version.published_at).date().isoformat()
    return described


def of_agency(agency: Agency, years: Iterable[int], address: Address) -> dict[str, Any]:
    """All reports of one agency."""
    known = sorted(years)
    described = _dataset(_("%s历年政府信息公开工作年度报告") % agency.name, address("agency", agency.pk)) | {
        "description": _("%s历年政府信息公开工作年度报告的主要数据和比率。") % agency.full_name,
        "creator": _publisher(agency, address),
        "spatialCoverage": {"@type": "Place", "name": agency.division.path or agency.division.name},
        "variableMeasured": [measure.label for measure in HEADLINES.values()],
        "hasPart": [
            {"@type": "Dataset", "url": address("report", agency.pk, year), "name": str(year)} for year in known
        ],
        "distribution": [
            _file(form, f"{address('compare_file', form)}?agency={agency.pk}") for form in ("csv", "json", "xlsx")
        ],
    }
    if known:
        described["temporalCoverage"] = f"{known[0]}/{known[-1]}"
    return described


def of_list(query: str, forms: Iterable[str], address: Address) -> dict[str, Any]:
    """The reports that a list shows; `query` narrows it down, as the address of the page does."""
    after = f"?{query}" if query else ""
    return _dataset(_list_name(), address("report_list") + after) | {
        "description": _("各级行政机关按国家格式公布的政府信息公开工作年度报告，逐格入库，可以查找、比较和下载。"),
        "spatialCoverage": {"@type": "Place", "name": "中国"},
        "distribution": [_file(form, address("list_download", form) + after) for form in forms if form in MEDIA_TYPES],
    }


def _list_name() -> str:
    return _("政府信息公开工作年度报告")


def _dataset(name: str, page: str) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": page,
        "url": page,
        "name": name,
        "inLanguage": "zh-Hans",
        "isAccessibleForFree": True,
    }


def _publisher(agency: Agency, address: Address) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": agency.full_name, "url": address("agency", agency.pk)}


def _file(form: str, where: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[form], "contentUrl": where}
