"""An outsider with a kept head checks one report by the program in `docs/`, without the site."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from agencies.models import Agency, RecordEntry, RecordHead, User
from agencies.record.sealing import seal
from reports import lifecycle
from reports.models import Change, Version
from reports.takedown.acts import redact
from tests.record.conftest import YEAR
from tests.record.sealed import run

PROGRAM = Path(settings.BASE_DIR) / "docs" / "verify_one_report.py"


class Outsider:
    """Downloads, keeps, and runs the program."""

    def __init__(self, folder: Path, reader: Client, code: str) -> None:
        self.folder, self.reader, self.code = folder, reader, code

    def download(self) -> None:
        self._keep("report.json", f"/reports/{self.code}/{YEAR}/download/json/")
        self._keep("proof.json", f"/record/proof/{self.code}/{YEAR}/")

    def keep_day(self, name: str = "kept.json") -> None:
        self._keep(name, f"/record/{timezone.localdate()}.json")

    def _keep(self, name: str, address: str) -> None:
        answer = self.reader.get(address)
        assert answer.status_code == 200, address
        (self.folder / name).write_bytes(answer.content)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text
        (self.folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    def run(self, *kept: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-I", str(PROGRAM), "report.json", "proof.json", *(kept or ("--kept", "kept.json"))],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def outsider_outside(tmp_path: Path, reader: Client, version: Version, township: Agency) -> Outsider:
    there = Outsider(tmp_path, reader, township.pk)
    there.keep_day()
    there.download()
    return there


def test_an_untouched_report_is_confirmed(outsider_outside: Outsider) -> None:
    status, told = outsider_outside.run()
    assert (status, "unchanged" in told) == (0, True), told


def test_one_kept_head_confirms_it_too(outsider_outside: Outsider) -> None:
    head = RecordHead.objects.latest("number")
    kept = ("--head", f"{head.number}:{head.hash}")
    assert outsider_outside.run(*kept)[0] == 2, "the first head is not covered without what leads to it"
    assert outsider_outside.run(*kept, "--between", "kept.json")[0] == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("report.json", '"applications.received.total": 1', '"applications.received.total": 2', "differs in: figures"),
        ("report.json", "收到申请1件", "收到申请2件", "differs in: narrative.overview"),
        ("proof.json", '"position": 2', '"position": 3', "entry 2 of the chain"),
        ("proof.json", '"kind": "reports.change"', '"kind": "reports.other"', "does not fit its hash"),
        ("proof.json", '"root": "', '"root": "0', "does not fit its hash"),
    ],
)
def test_any_change_is_told(outsider_outside: Outsider, name: str, old: str, new: str, told: str) -> None:
    outsider_outside.change(name, old, new)
    status, output = outsider_outside.run()
    assert (status, told in output) == (1, True), output


def test_a_rewritten_record_is_told_by_the_day_that_was_kept(
    outsider_outside: Outsider, version: Version, clerk: User
) -> None:
    from agencies.models.record import extend_chains
    from tests.record.sealed import as_operator

    run("UPDATE reports_figures2021 SET disclosure_licensing_decisions = 7 WHERE version_id = %s", version.pk)
    with as_operator():
        RecordEntry._base_manager.all().delete()
        RecordHead._base_manager.all().delete()
    extend_chains(list(Change.objects.with_parts().order_by("pk")))
    seal()
    outsider_outside.download()
    status, told = outsider_outside.run()
    assert (status, "rewritten" in told) == (1, True), told
    outsider_outside.keep_day()
    assert outsider_outside.run()[0] == 0, "with nothing kept outside nobody can tell"


def test_what_is_not_sealed_yet_cannot_be_told(outsider_outside: Outsider, township: Agency, clerk: User) -> None:
    draft = lifecycle.start_correction(township.reports.get(), clerk, "再改")
    lifecycle.publish(lifecycle.submit(draft, clerk), clerk)
    outsider_outside.download()
    assert outsider_outside.run()[0] == 2


def test_the_proof_tells_nothing_of_who_when_and_what_is_at_work(
    outsider_outside: Outsider, reader: Client, township: Agency, clerk: User
) -> None:
    before = reader.get(f"/record/proof/{township.pk}/{YEAR}/").json()
    draft = lifecycle.start_correction(township.reports.get(), clerk, "正在改的理由")
    lifecycle.save_draft(draft, {}, {"overview": "还没有公开的话。"}, clerk)
    after = reader.get(f"/record/proof/{township.pk}/{YEAR}/").json()
    assert after == before
    for entry in after["entries"]:
        assert set(entry["salts"]) <= {name for name in entry["digests"] if name.startswith("published.")}
    assert "clerk" not in json.dumps(after)


def test_an_unpublished_report_has_no_proof(reader: Client, township: Agency, clerk: User) -> None:
    lifecycle.start_draft(township, YEAR, clerk)
    assert reader.get(f"/record/proof/{township.pk}/{YEAR}/").status_code == 404


def test_the_page_names_the_key_the_newest_head_and_the_days(reader: Client, version: Version) -> None:
    page = reader.get("/record/").content.decode()
    head = RecordHead.objects.latest("number")
    assert head.public_key in page
    assert f"{head.number}:{head.hash}" in page
    assert f"/record/{timezone.localdate()}.json" in page
    for address in ("/record/2020-01-01.json", "/record/2020-13-41.json", "/record/?before=x"):
        assert reader.get(address).status_code == 404


def test_a_proof_costs_few_queries(
    version: Version, reader: Client, township: Agency, django_assert_max_num_queries: Any
) -> None:
    # One of them asks for take-downs, which the proof tells, too.
    with django_assert_max_num_queries(7):
        reader.get(f"/record/proof/{township.pk}/{YEAR}/")


def test_a_redaction_is_told_and_proved(
    outsider_outside: Outsider, township: Agency, supervisor: User, version: Version
) -> None:
    redact(version.report, "申请1件", supervisor, "误写个人信息")
    seal()
    outsider_outside.keep_day()
    outsider_outside.download()
    status, told = outsider_outside.run()
    assert status == 0, told
    assert "redacted on" in told
    assert "by 示例县人民政府: 误写个人信息" in told
    outsider_outside.change("report.json", "误写个人信息", "别的理由")
    status, told = outsider_outside.run()
    assert (status, "recorded with another reason" in told) == (1, True), told


def test_an_earlier_version_is_confirmed_but_for_what_was_erased(
    outsider_outside: Outsider, township: Agency, clerk: User, supervisor: User, version: Version
) -> None:
    redact(version.report, "申请1件", supervisor, "误写个人信息")
    draft = lifecycle.start_correction(version.report, clerk, "补充")
    draft = lifecycle.save_draft(draft, {}, {"problems": "又有问题。"}, clerk)
    lifecycle.publish(lifecycle.submit(draft, clerk), clerk)
    seal()
    outsider_outside.keep_day()
    outsider_outside.download()
    assert outsider_outside.run()[0] == 0
    outsider_outside.change("report.json", "又有问题。", "没有问题。")
    assert outsider_outside.run()[0] == 1


def test_content_that_is_withheld_without_a_take_down_is_told(outsider_outside: Outsider) -> None:
    proof = json.loads((outsider_outside.folder / "proof.json").read_text(encoding="utf-8"))
    for entry in proof["entries"]:
        entry["salts"].pop("published.narrative.overview", None)
    (outsider_outside.folder / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    status, told = outsider_outside.run()
    assert (status, "no take-down is recorded" in told) == (1, True), told


def test_withheld_figures_are_no_take_down(outsider_outside: Outsider, supervisor: User, version: Version) -> None:
    redact(version.report, "申请1件", supervisor, "误写个人信息")
    seal()
    outsider_outside.keep_day()
    outsider_outside.download()
    proof = json.loads((outsider_outside.folder / "proof.json").read_text(encoding="utf-8"))
    for entry in proof["entries"]:
        entry["salts"].pop("published.figures", None)
    (outsider_outside.folder / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    outsider_outside.change("report.json", '"applications.received.total": 1', '"applications.received.total": 5')
    status, told = outsider_outside.run()
    assert (status, "differs in: figures" in told) == (1, True), told


def test_what_was_added_to_the_download_is_told(outsider_outside: Outsider) -> None:
    outsider_outside.change("report.json", '"narrative": {', '"narrative": {"added": "没有公开过的话。",')
    status, told = outsider_outside.run()
    assert (status, "differs in: narrative.added" in told) == (1, True), told
