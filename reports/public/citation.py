"""How a report is cited, as GB/T 7714-2015 writes electronic reports."""

from __future__ import annotations

import datetime

from django.utils import timezone

from reports.models import Version


def citation(version: Version, address: str, today: datetime.date) -> str:
    """“泽库镇人民政府. 泽库镇人民政府2023年政府信息公开工作年度报告[R/OL]. (2024-01-18)[2024-05-02]. https://…”

    The date in round brackets is the day on which this version became public here, the one in square brackets the day
    of the visit. A report is Chinese in whatever language the page is read.
    """
    report = version.report
    title = f"{report.agency.name}{report.year}年政府信息公开工作年度报告"
    number = f"：第{version.number}版" if version.number > 1 else ""
    published = f"({timezone.localtime(version.published_at):%Y-%m-%d})" if version.published_at else ""
    return f"{report.agency.full_name}. {title}{number}[R/OL]. {published}[{today:%Y-%m-%d}]. {address}"
