from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = _("年度报告")

    def ready(self) -> None:
        from config import databases  # noqa: F401  registers its check

        # The jobs know nothing of those who have work for them, and only now are there models.
        from reports.intake.batch_import import import_batch
        from reports.intake.single_import import read_for_preview
        from reports.jobs.steps import register
        from reports.lifecycle.recheck import recheck
        from reports.models import JobKind

        register(JobKind.IMPORT, import_batch)
        register(JobKind.PREVIEW, read_for_preview)
        register(JobKind.RECHECK, recheck)
