"""What stored reports say of whom they cover is looked at anew when the rules have changed."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from agencies.models import Agency, Division
from reports.models import Action, Change, Version
from tests.published import publish

pytestmark = pytest.mark.django_db

SAID = "本报告汇总全县数据。"


def looked_at_anew(version: Version) -> Version:
    call_command("check_reports", all=True)
    version.refresh_from_db()
    return version


def test_a_sentence_that_no_rule_understood_before_is_read(county: Division) -> None:
    version = looked_at_anew(publish(Agency.objects.get(pk=county.code), 2023, preamble=SAID))
    assert (version.scope_kind, version.scope_by, version.scope_quote) == ("area", "text", SAID)
    assert Change.objects.get(version=version, action=Action.SCOPED).made_by is None


def test_what_was_taken_for_the_bodys_own_without_a_word_is_not_known_any_more(county: Division) -> None:
    government = Agency.objects.get(pk=county.code)
    version = looked_at_anew(publish(government, 2023, scope_kind="own", scope_by="kind"))
    assert (version.scope_kind, version.scope_by) == ("unknown", "")


def test_what_a_person_decided_stays(county: Division) -> None:
    government = Agency.objects.get(pk=county.code)
    version = looked_at_anew(publish(government, 2023, scope_kind="own", scope_by="person", preamble=SAID))
    assert version.scope_kind == "own"


def test_a_title_that_is_not_kept_goes_on_saying_what_it_said(county: Division) -> None:
    title = "示例县人民政府机关2023年政府信息公开工作年度报告"
    government = Agency.objects.get(pk=county.code)
    version = looked_at_anew(publish(government, 2023, scope_kind="own", scope_by="text", scope_quote=title))
    assert version.scope_kind == "own"
