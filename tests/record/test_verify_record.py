"""Whatever is changed behind the back of the program is found, and named in plain words."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from agencies.models import AccountAct, AccountRecord, Agency, RecordEntry, RecordHead, User, erase
from agencies.models.record import extend_chains
from agencies.record.sealing import seal
from reports.models import Change, Version
from tests.record.sealed import as_operator, run, verify

JSONB = "::jsonb" if connection.vendor == "postgresql" else ""


def test_an_untouched_record_is_whole(version: Version) -> None:
    assert verify() == ""
    assert RecordEntry.objects.filter(head=None).count() == 0
    positions = list(RecordEntry.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_a_figure_changed_in_a_change_is_found(version: Version) -> None:
    change = version.changes.filter(action="saved").get()
    key = next(iter(change.figures))
    run(
        f"UPDATE reports_change SET figures = %s{JSONB} WHERE id = %s",
        json.dumps(change.figures | {key: [0, 9]}),
        change.pk,
    )
    assert "的内容被改过：figures" in verify()


def test_a_published_figure_changed_in_its_own_row_is_found(version: Version) -> None:
    run("UPDATE reports_figures2021 SET disclosure_licensing_decisions = 7 WHERE version_id = %s", version.pk)
    assert "的内容被改过：published.figures" in verify()


def test_a_published_sentence_is_found_and_who_acted(version: Version) -> None:
    Version.objects.filter(pk=version.pk).update(overview="收到申请2件。")
    assert "published.narrative.overview" in verify()
    run("UPDATE reports_change SET made_by_name = '别人' WHERE id = %s", version.changes.latest("pk").pk)
    assert "made_by_name" in verify()


def test_a_deleted_entry_is_found(version: Version) -> None:
    gone = RecordEntry.objects.get(position=2)
    run("DELETE FROM agencies_recordentry WHERE id = %s", gone.pk)
    told = verify()
    assert "第 3 条之前缺了条目" in told
    assert "不在任何一条链上" in told
    assert "所封的条目少了" in told


def test_a_deleted_act_is_found(version: Version) -> None:
    run("DELETE FROM reports_change WHERE id = %s", version.changes.latest("pk").pk)
    assert "所记的内容不见了" in verify()


def test_entries_put_in_another_order_are_found(version: Version) -> None:
    with as_operator(), connection.cursor() as cursor:
        for old, new in ((2, 1000), (3, 2), (1000, 3)):
            cursor.execute("UPDATE agencies_recordentry SET position = %s WHERE position = %s", [new, old])
    told = verify()
    assert "第 2 条接不上前一条" in told
    assert "与自己的校验值不符" in told


def test_a_chain_rewritten_and_sealed_anew_is_found_by_a_head_that_was_kept(version: Version) -> None:
    """The operator has the key, the database and the program; only what left the house he cannot change."""
    kept = RecordHead.objects.latest("number")
    with as_operator(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM agencies_recordentry")
        cursor.execute("DELETE FROM agencies_recordhead")
        change = version.changes.filter(action="saved").get()
        cursor.execute("UPDATE reports_change SET comment = %s WHERE id = %s", ["改写", change.pk])
    extend_chains(list(Change.objects.with_parts().order_by("pk")))
    seal()
    assert verify() == "", "by itself the site's record is whole again"
    assert "整个改写" in verify("--head", f"{kept.number}:{kept.hash}")
    assert "整个改写" in verify("--head", f"1:{'0' * 64}")


def test_a_forged_signature_and_a_forged_head_are_found(version: Version) -> None:
    run("UPDATE agencies_recordhead SET signature = %s WHERE number = 1", "0" * 128)
    assert verify() == "第 1 号存证的签名不对。\n"
    run("UPDATE agencies_recordhead SET size = 1 WHERE number = 2")
    assert "第 2 号存证与自己的校验值不符" in verify()


def test_what_was_taken_down_leaves_the_chain_whole(version: Version, supervisor: User) -> None:
    change = version.changes.filter(action="saved").get()
    erasure = erase(change, ["texts"], supervisor, "误公开个人信息")
    change = Change.objects.get(pk=change.pk)
    assert change.texts == {}
    assert "texts" not in change.salts
    assert (erasure.made_by_username, erasure.chain) == ("supervisor", change.chain)
    assert verify() == ""
    run(f"UPDATE reports_change SET texts = %s{JSONB} WHERE id = %s", '{"overview": ["", "塞进来的"]}', change.pk)
    assert "的内容被改过：texts" in verify()


def test_salts_that_vanish_without_a_take_down_are_found(version: Version) -> None:
    run(f"UPDATE reports_change SET salts = %s{JSONB} WHERE id = %s", "{}", version.changes.latest("pk").pk)
    assert "的内容被改过" in verify()


def test_each_account_has_its_own_chain(township: Agency, clerk: User, reviewer: User, supervisor: User) -> None:
    for person in (clerk, reviewer, clerk):
        AccountRecord.objects.create(act=AccountAct.RESET, user=person, username=person.username, made_by=supervisor)
    lengths = [RecordEntry.objects.filter(chain=f"account:{person.pk}").count() for person in (clerk, reviewer)]
    assert lengths == [2, 1]
    assert verify() == ""


@pytest.mark.usefixtures("version")
def test_sealing_again_makes_no_empty_head() -> None:
    assert seal() == []
