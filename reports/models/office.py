"""For which office something was begun that belongs to no report yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Role


class OfficeWork(models.Model):
    """The base of what an office has in hand. Who may go on with it is asked of the roles at that office today
    (`agencies.access.office_work_of`), not of who began it: people leave, their work stays."""

    office = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("经办单位")
    )
    office_role = models.CharField(_("经办角色"), max_length=10, choices=Role, blank=True)

    class Meta:
        abstract = True
