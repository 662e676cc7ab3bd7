from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    name = "agencies"
    verbose_name = _("机构名录")

    def ready(self) -> None:
        from agencies import middleware  # noqa: F401  listens to who signs in
