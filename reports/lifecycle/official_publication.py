"""Where and when the agency itself made a report public: on the site of its government, not here."""

from __future__ import annotations

import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import User
from reports.lifecycle.acts import Refused, lock_report, lock_version, record
from reports.lifecycle.transactions import act
from reports.models import Action, Report


@act
def locate(report: Report, by: User | None, url: str, on: datetime.date | None) -> Report:
    """Records the address and the date of the official publication; blanks take back what was recorded.

    Recording again what is recorded changes nothing. Raises Refused where nothing is public, ValidationError by field
    for what is no address and for a day that has not come or lies before the report's year was over.
    """
    report = lock_report(report.agency, report.year)
    if report.published is None:
        raise Refused(_("这份报告还没有公开，不用登记。"))
    before = {"official_url": report.official_url, "official_on": _printed(report.official_on)}
    report.official_url, report.official_on = url.strip(), on
    after = {"official_url": report.official_url, "official_on": _printed(on)}
    changed = {name: [old, after[name]] for name, old in before.items() if old != after[name]}
    if not changed:
        return report
    _require_plausible(report)
    report.save()
    record(lock_version(report.published), Action.LOCATED, by, texts=changed)
    return report


def _require_plausible(report: Report) -> None:
    report.clean_fields(exclude={field.name for field in Report._meta.fields} - {"official_url", "official_on"})
    on = report.official_on
    if on and on > timezone.localdate():
        raise ValidationError({"official_on": _("公开日期还没有到。")})
    if on and on.year <= report.year:
        raise ValidationError({"official_on": _("公开日期早于报告年度结束，请核对年份。")})


def _printed(on: datetime.date | None) -> str:
    return on.isoformat() if on else ""


def disagreements(report: Report, website: str, due: datetime.date) -> list[str]:
    """What the recorded publication has against what the report says of itself and against its due date."""
    found = []
    claimed, actual = _host(website), _host(report.official_url)
    if claimed and actual and claimed != actual:
        words = {"claimed": claimed, "actual": actual}
        found.append(_("报告里写的网址是 %(claimed)s，登记的公开网址是 %(actual)s。") % words)
    if report.official_on and report.official_on > due:
        words = {"days": str((report.official_on - due).days)}
        found.append(_("公开日期比规定的期限晚 %(days)s 天。") % words)
    return found


def _host(address: str) -> str:
    """The site of an address as it is compared; printed ones often lack the scheme."""
    address = address.strip()
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""
