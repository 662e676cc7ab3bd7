from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = _("机构名录")

    def ready(self) -> None:
        from agencies import middleware  # noqa: F401  listens to who signs in
        from agencies.record import triggers

        pre_migrate.connect(triggers.take_off_for_migration, sender=self)
        post_migrate.connect(triggers.put_back_after_migration, sender=self)
