"""Everything that a first look at the site needs; the accounts' password is public, so never where DEBUG is off."""

from __future__ import annotations

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.accounts.acts import record
from agencies.models import AccountAct, Agency, Membership, Role, User
from reports.lifecycle import start_draft
from reports.models import Report, Source
from samples.under_way import begin_review, begin_year, date_publications

SAMPLES = Path(settings.BASE_DIR) / "samples"
PASSWORD = "nianbao-demo"
TOWNSHIP = "990121100000"
COUNTY = "990121000000"
PLACES = (
    ("clerk", Role.CLERK, TOWNSHIP),
    ("reviewer", Role.REVIEWER, TOWNSHIP),
    ("supervisor", Role.SUPERVISOR, COUNTY),
)


class Command(BaseCommand):
    help = _("建立演示账号，载入虚构的示例县及其报告。仅限 DEBUG 打开时。可重复执行。")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(_("演示账号的密码是公开的，只能用于试用：DEBUG 关闭时不执行。没有作任何改动。"))
        call_command("load_divisions", str(SAMPLES / "register.csv"), stdout=self.stdout, stderr=self.stderr)
        make_accounts()
        if waiting := files_not_imported():
            # What does not balance in them is for the pages to show.
            call_command("import_reports", *map(str, waiting), stdout=StringIO(), stderr=self.stderr)
            self.stdout.write(_("示例报告导入 %(count)d 份。") % {"count": len(waiting) - len(files_not_imported())})
        open_draft()
        begin_work()
        names = "、".join([*(name for name, _role, _code in PLACES), "admin"])
        self.stdout.write(_("演示账号：%(names)s，密码均为 %(password)s。") % {"names": names, "password": PASSWORD})


@transaction.atomic
def make_accounts() -> None:
    """Accounts that exist keep the password that they have."""
    for name, role, code in PLACES:
        person = User.objects.filter(username=name).first() or User.objects.create_user(name, password=PASSWORD)
        membership, is_new = Membership.objects.get_or_create(user=person, agency_id=code, role=role)
        if is_new:
            record(AccountAct.GIVEN_ROLE, person, None, membership.agency, role)
    if not User.objects.filter(username="admin").exists():
        User.objects.create_superuser("admin", password=PASSWORD)


def files_not_imported() -> list[Path]:
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sorted((SAMPLES / "reports").iterdir())}
    known = Source.objects.filter(sha256__in=files, versions__isnull=False).values_list("sha256", flat=True)
    return [path for sha256, path in files.items() if sha256 not in set(known)]


def open_draft() -> None:
    """The clerk's report for the year after the last one filed."""
    agency = Agency.objects.get(pk=TOWNSHIP)
    filed = Report.objects.filter(agency=agency).order_by("-year").first()
    if filed and filed.published:
        start_draft(agency, filed.year + 1, User.objects.get(username="clerk"))


def begin_work() -> None:
    """The county at work: its reports dated, the next year half handed in, some findings decided."""
    date_publications()
    under_way = Report.objects.filter(agency=TOWNSHIP, published=None).order_by("-year").first()
    if under_way:
        begin_year(under_way.year, User.objects.get(username="admin"))
    begin_review(User.objects.get(username="supervisor"))
