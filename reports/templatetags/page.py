"""Tags of every page: icons, text written over several lines, and what the header may offer."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, NodeList, Parser, TextNode, Token
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from agencies.models import Division, Level, Role
from reports.checks.rules import RULES
from reports.models import Worker
from reports.public.filters import REGION_FIELDS

register = template.Library()

ICONS = settings.BASE_DIR / "static" / "vendor" / "bootstrap-icons-1.13.2"


@lru_cache(maxsize=64)
def _drawing(name: str) -> str:
    drawing = (ICONS / f"{name}.svg").read_text(encoding="utf-8").strip()
    return drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1).replace(
        'class="bi ', 'class="icon '
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """The vendored icon of that name, drawn into the page. It is decoration: a word always stands beside it."""
    return mark_safe(_drawing(name))


class OneLine(Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist
        in_tag = False
        for text in nodelist.get_nodes_by_type(TextNode):
            assert isinstance(text, TextNode)
            pieces = re.split("([<>])", text.s)
            for number, piece in enumerate(pieces):
                if piece in {"<", ">"}:
                    in_tag = piece == "<"
                else:
                    pieces[number] = re.sub(r"\s*\n\s*", " " if in_tag else "", piece)
            text.s = "".join(pieces)

    def render(self, context: Context) -> str:
        return self.nodelist.render(context)


@register.tag
def oneline(parser: Parser, token: Token) -> OneLine:
    """What stands between `{% oneline %}` and `{% endoneline %}`, without its line breaks and their indentation.

    A browser shows a line break as a space, and none belongs between Chinese words. Only the template's own text is
    joined; values keep theirs, and the attributes of a tag stay apart.
    """
    nodelist = parser.parse(("endoneline",))
    parser.delete_first_token()
    return OneLine(nodelist)


@register.inclusion_tag("jobs/_no_worker.html")
def no_worker() -> dict[str, Any]:
    """Says that nobody does what the page waits for, where that is so."""
    return {"silent": Worker.are_silent()}


@register.simple_tag
def roles_of(user: Any) -> frozenset[str]:
    """The roles that this user has at some agency; none for a reader who has not signed in."""
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    if user.is_superuser:
        return frozenset(Role.values)
    return frozenset(user.memberships.values_list("role", flat=True))


@register.filter
def is_in_use(rule_code: str) -> bool:
    """Whether a rule has a page to lead to: a stored finding may be an earlier verdict of one that has not."""
    return rule_code in RULES


@register.filter
def label_of(form: Any, name: str) -> str:
    """The label of a form field by its name."""
    return str(form.fields[name].label) if name in form.fields else name


@register.filter
def line_of(division: Division) -> list[Division]:
    """The places above a division and itself, the highest first, as far as they were fetched with it."""
    line = []
    place: Division | None = division
    while place is not None:
        line.append(place)
        place = place.parent
    return line[::-1]


@register.filter
def reports_of(place: Division) -> str:
    """The address of the list of reports of that place, the year left open."""
    names = {level: name for name, level in REGION_FIELDS.items()}
    return f"{reverse('report_list')}?{names.get(Level(place.level), 'q')}={place.code}"
