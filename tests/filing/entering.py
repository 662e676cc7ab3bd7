"""What a test of the entry form sends, and what it looks at afterwards."""

from __future__ import annotations

from django.urls import reverse

from agencies.models import Agency
from reports.models import Version
from reports.standard import EDITIONS

YEAR = 2025
FORM = EDITIONS["2021"]


def address(agency: Agency, year: int = YEAR) -> str:
    return reverse("draft", args=[agency.code, year])


def zeros(version: Version, **changed: str) -> dict[str, str]:
    """Everything the form sends, all zeros but for what is given, with double underscores for the dots of keys."""
    return (
        {"revision": version.revision, "act": "save", "zero_meant": "1"}
        | dict.fromkeys(FORM.figures, "0")
        | {key.replace("__", "."): value for key, value in changed.items()}
    )


def stored(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)
