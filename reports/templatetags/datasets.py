"""The description of a page for machines: a block of data, which no browser runs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from agencies.models import Agency
from reports.exporting.many import FORMATS as LIST_FORMS
from reports.exporting.official import FORMATS as REPORT_FORMS
from reports.models import Report, Version
from reports.public import jsonld

register = template.Library()

# What could end the element, or begin another, is written as an escape of JSON.
ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def _block(described: dict[str, Any]) -> SafeString:
    written = json.dumps(described, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')


def _addresses(request: HttpRequest) -> jsonld.Address:
    return lambda name, *taken: request.build_absolute_uri(reverse(name, args=taken))


@register.simple_tag(takes_context=True)
def dataset_of_report(context: dict[str, Any], report: Report, version: Version) -> SafeString:
    return _block(jsonld.of_report(report, version, REPORT_FORMS, _addresses(context["request"])))


@register.simple_tag(takes_context=True)
def dataset_of_agency(context: dict[str, Any], agency: Agency, years: Iterable[int]) -> SafeString:
    return _block(jsonld.of_agency(agency, years, _addresses(context["request"])))


@register.simple_tag(takes_context=True)
def dataset_of_list(context: dict[str, Any]) -> SafeString:
    request = context["request"]
    asked = request.GET.copy()
    for only_of_the_page in ("page", "sort"):
        asked.pop(only_of_the_page, None)
    return _block(jsonld.of_list(asked.urlencode(), LIST_FORMS, _addresses(request)))
