"""The register: administrative divisions and the agencies that report."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies import codes
from agencies.naming import Body, body_named, normalised, path_under
from agencies.pinyin import spelled


class Level(models.IntegerChoices):
    PROVINCE = 1, _("省级")
    CITY = 2, _("地级")
    COUNTY = 3, _("县级")
    TOWNSHIP = 4, _("乡级")


def within(place: Division, on: str = "") -> models.Q:
    """The condition that an agency or division lies in the place or below; `on` is the way to it from the filtered model."""
    return models.Q(**{f"{on}__code__range" if on else "code__range": codes.subtree(place.prefix)})


class DivisionQuerySet(models.QuerySet["Division"]):
    def under(self, division: Division) -> DivisionQuerySet:
        """The division and everything below it."""
        return self.filter(within(division))

    def governed(self) -> DivisionQuerySet:
        """Those that stand for a place, not for a gap in the scheme of codes."""
        return self.filter(placeholder=False)


class Division(models.Model):
    """An administrative division, identified by its 12-digit code (two digits a province, two a city, two a county,
    three a township, three zeros). The code nests, so a subtree is a code prefix."""

    code = models.CharField(
        _("区划代码"),
        max_length=codes.DIVISION_CODE_LENGTH,
        primary_key=True,
        validators=[codes.validate_division_code],
    )
    name = models.CharField(_("名称"), max_length=60, db_index=True)
    level = models.PositiveSmallIntegerField(_("级别"), choices=Level)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(
        _("全称"),
        max_length=200,
        blank=True,
        help_text=_("自省级起的全称，如山东省威海市文登区泽库镇。由上级和名称得出。"),
    )
    placeholder = models.BooleanField(
        _("仅为编码而设"), default=False, help_text=_("如“市辖区”“省直辖县级行政区划”：没有自己的政府，不写进全称。")
    )
    pinyin = models.TextField(_("拼音"), blank=True, editable=False)

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.path or self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Its path follows from its parent's, and everything below follows from it."""
        self.path = path_under(self.parent.path if self.parent else "", self.name, self.placeholder)
        self.pinyin = spelled(self.name)
        before = Division.objects.filter(pk=self.pk).values_list("path", flat=True).first()
        super().save(*args, **kwargs)
        if before not in (None, self.path):
            self._refresh_paths_below()

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.code])

    @property
    def prefix(self) -> str:
        """The digits that every code of its subtree begins with."""
        return codes.prefix_of(self.code, self.level)

    def covers(self, code: str) -> bool:
        """Whether the code of an agency or division lies in its subtree; `within` asks the same of the database."""
        return code.startswith(self.prefix)

    def clean(self) -> None:
        self.name = normalised(self.name)
        if self.level not in Level:
            return
        if codes.level_of(self.code) > self.level:
            raise ValidationError({"level": _("区划代码 %(code)s 的级别低于所选级别。") % {"code": self.code}})
        if self.parent and (self.parent.level >= self.level or not self.code.startswith(self.parent.prefix)):
            message = _("%(code)s 不在上级“%(parent)s”的代码之下。") % {"code": self.code, "parent": self.parent}
            raise ValidationError({"parent": message})

    def _refresh_paths_below(self) -> None:
        known = {self.code: self}
        for division in Division.objects.under(self).exclude(pk=self.pk).order_by("level", "code"):
            above = known[division.parent_id].path if division.parent_id in known else ""
            division.path = path_under(above, division.name, division.placeholder)
            known[division.code] = division
        Division.objects.bulk_update(known.values(), ["path"], batch_size=200)


class Kind(models.TextChoices):
    """What an agency is; also decides whether it owes a report unless the register says otherwise."""

    GOVERNMENT = "government", _("人民政府")
    COMMITTEE = "committee", _("管理委员会")
    TOWNSHIP = "township", _("乡镇人民政府")
    SUBDISTRICT = "subdistrict", _("街道办事处")
    DEPARTMENT = "department", _("政府部门")
    OTHER_UNIT = "other_unit", _("农场、监狱、企业等")


def existed_in(year: int, on: str = "") -> models.Q:
    """The condition that an agency existed at some time of the year; `on` is the way to it from the filtered model."""
    founded, ended = (f"{on}__valid_from", f"{on}__valid_to") if on else ("valid_from", "valid_to")
    return ~models.Q(**{f"{founded}__gt": datetime.date(year, 12, 31)}) & ~models.Q(
        **{f"{ended}__lt": datetime.date(year, 1, 1)}
    )


def owing_in(year: int) -> models.Q:
    """The condition that an agency owes the report on the year: it outlived it, for the report is made in January after."""
    last_day = datetime.date(year, 12, 31)
    founded = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=last_day)
    lasting = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=last_day)
    return founded & lasting & models.Q(owes_report=True)


class AgencyQuerySet(models.QuerySet["Agency"]):
    def under(self, division: Division) -> AgencyQuerySet:
        """All agencies of the division and of everything below it."""
        return self.filter(within(division))

    def valid_in(self, year: int) -> AgencyQuerySet:
        """Those that existed at some time of the year."""
        return self.filter(existed_in(year))

    def owing(self, year: int) -> AgencyQuerySet:
        """Those that owe the report on the year."""
        return self.filter(owing_in(year))

    def free_code(self, division: Division) -> str:
        """The code for one more agency of the division: its own, else its own with the next number.

        Raises ValidationError where all ninety-nine numbers are taken.
        """
        taken = set(self.filter(division=division).values_list("code", flat=True))
        for code in (division.code, *(f"{division.code}-{number:02}" for number in range(1, 100))):
            if code not in taken:
                return code
        raise ValidationError(_("“%(division)s”的机构代码已经用完。"), params={"division": division})


class Agency(models.Model):
    """A body that publishes (or need not publish) an annual report.

    Its code begins with its 12-digit division code, with `-NN` for the bodies of one place beyond its government.
    Its name is the short one that people of the place use (泽库镇人民政府); `full_name` says where it is.
    """

    code = models.CharField(
        _("机构代码"), max_length=codes.AGENCY_CODE_LENGTH, primary_key=True, validators=[codes.validate_agency_code]
    )
    name = models.CharField(_("名称"), max_length=100, db_index=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    division = models.ForeignKey(
        Division, verbose_name=_("所在区划"), on_delete=models.PROTECT, related_name="agencies"
    )
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name=_("并入机构"), null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )
    owes_report = models.BooleanField(_("应当编制年度报告"), default=True)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, blank=True, validators=[codes.validate_credit_code]
    )
    pinyin = models.TextField(_("拼音"), blank=True, editable=False)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="agency_is_founded_before_it_ends",
                violation_error_message=_("撤销日期早于设立日期。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pinyin = spelled(self.name)
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            self._count_as_coded()

    def get_absolute_url(self) -> str:
        return reverse("agency", args=[self.code])

    @property
    def full_name(self) -> str:
        """The name with its whole path: 山东省威海市文登区泽库镇人民政府."""
        return self.place + self.name

    @property
    def place(self) -> str:
        """What stands before the name in the full name: 山东省威海市文登区."""
        path, own = self.division.path, self.division.name
        return path.removesuffix(own) if self.name.startswith(own) else path

    @property
    def body(self) -> Body:
        """What kind of body it is for the question whom its reports cover. What governs a township has nobody below it that
        reports, whatever it is called."""
        if self.kind == Kind.DEPARTMENT:
            return Body.BRANCHED if body_named(self.full_name) is Body.BRANCHED else Body.DEPARTMENT
        is_further = self.code != self.division_id
        return Body.TOWN if self.division.level == Level.TOWNSHIP and not is_further else Body.GOVERNMENT

    def _count_as_coded(self) -> None:
        # As the codes have it, until a supervisor knows better (`agencies.counting`).
        above = codes.codes_above(self.code)
        nearest = max(Agency.objects.filter(pk__in=above), key=lambda each: -above.index(each.code), default=None)
        if nearest and not self.counts_into.exists():
            self.counts_into.create(whole=nearest, valid_from=self.valid_from, valid_to=self.valid_to)

    def owes_in(self, year: int) -> bool:
        """Whether it owes the report on the year; `owing_in` asks the same of the database."""
        last_day = datetime.date(year, 12, 31)
        founded = self.valid_from is None or self.valid_from <= last_day
        return self.owes_report and founded and (self.valid_to is None or self.valid_to > last_day)

    def clean(self) -> None:
        self.name = normalised(self.name)
        if self.division_id and self.code[: codes.DIVISION_CODE_LENGTH] != self.division_id:
            message = _("机构代码“%(code)s”应以所在区划的代码 %(division)s 开头。")
            raise ValidationError({"division": message % {"code": self.code, "division": self.division_id}})
        if self.successor_id and self.successor_id == self.code:
            raise ValidationError({"successor": _("机构不能并入自己。")})


class FormerName(models.Model):
    """A name that an agency went by. Documents of that time are matched by it."""

    agency = models.ForeignKey(Agency, verbose_name=_("机构"), on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(_("曾用名"), max_length=100, db_index=True)
    until = models.DateField(_("使用至"), null=True, blank=True)

    class Meta:
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        ordering = ["agency_id", "until", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="one_former_name_per_agency")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = normalised(self.name)
