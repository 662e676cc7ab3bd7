"""Templates that can be read: short lines, no file left over, and a tag for text that may take several lines."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.template import Context, Template

MAX_LINE = 160
ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = {str(path.relative_to(ROOT)): path for path in sorted(ROOT.rglob("*.html"))}
# Django and its apps look for these by name.
FOUND_BY_NAME = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "admin/base_site.html",
    "registration/login.html",
}


def test_no_line_is_longer_than_a_screen_is_wide() -> None:
    too_long = [
        f"{name}:{number}"
        for name, path in TEMPLATES.items()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > MAX_LINE
    ]
    assert too_long == []


def test_every_template_is_rendered_included_or_extended() -> None:
    code = [path for app in ("agencies", "reports", "config") for path in (ROOT.parent / app).rglob("*.py")]
    named = {
        name
        for path in [*TEMPLATES.values(), *code]
        for name in re.findall(r"""["']([\w/]+\.html)["']""", path.read_text(encoding="utf-8"))
        if TEMPLATES.get(name) != path
    }
    assert set(TEMPLATES) - named - FOUND_BY_NAME == set()


def test_text_over_several_lines_is_printed_as_one() -> None:
    template = Template(
        """{% load page %}{% oneline %}
          {% if agency %}
            <b class="agency"
               id="{{ id }}"
               lang="zh">{{ agency }}</b>
          {% endif %}
          的报告
          {{ " · " }}{{ quote }}
        {% endoneline %}"""
    )
    printed = template.render(Context({"agency": "青山镇人民政府", "id": "a1", "quote": "两\n行"}))
    assert printed == '<b class="agency" id="a1" lang="zh">青山镇人民政府</b>的报告 · 两\n行'
