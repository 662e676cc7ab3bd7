"""A report is one agency's account of one year; its versions hold what it said."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from config.language import pick_lazy
from reports.models.content import content_of
from reports.models.figures import read_figures, row_names, total_of
from reports.models.finding import Finding
from reports.models.refusals import refusals
from reports.models.states import PUBLIC_STATES, Origin, ScopeBasis, ScopeKind, State
from reports.standard import EDITIONS, NARRATIVE_PARTS, PROSE_CHAPTERS, chapter_named
from reports.standard.elements import Edition
from reports.standard.measures import HEADLINES


class ReportQuerySet(models.QuerySet["Report"]):
    def published(self) -> ReportQuerySet:
        return self.filter(published__isnull=False)

    def taken_down(self) -> ReportQuerySet:
        """Those that were public and were taken down whole."""
        return self.with_taken_down_version().filter(published=None)

    def with_taken_down_version(self, number: int | None = None) -> ReportQuerySet:
        """Those of which some version, or the one of that number, was taken down."""
        down = Version.objects.filter(report=OuterRef("pk"), state=State.TAKEN_DOWN)
        return self.filter(Exists(down.filter(number=number) if number else down))

    def with_verdict(self) -> ReportQuerySet:
        """With their agencies, each with `unbalanced` and `undecided`."""
        return self.select_related("agency__division").annotate(unbalanced=unbalanced(), undecided=undecided())

    def with_headlines(self) -> ReportQuerySet:
        """With the public version, its headline figures and the verdict, in one query however many there are."""
        totals = {key: total_of(measure, "published__") for key, measure in HEADLINES.items()}
        return self.with_verdict().select_related("published").annotate(**totals)

    def with_figures(self) -> ReportQuerySet:
        """With the public version and all its figures, in one query."""
        return self.select_related("published", *row_names("published__"))


def unbalanced() -> Exists:
    """Whether the published version of a report has a broken equation."""
    return Exists(Finding.objects.broken_equations().filter(version=OuterRef("published")))


def undecided() -> Exists:
    """Whether something is missing in the published version of a report."""
    return Exists(Finding.objects.missing_figures().filter(version=OuterRef("published")))


class Report(models.Model):
    """Agency × year. Points to the version the public sees and to the one being worked on.

    `counted_by` is whose published report counts this one, too, the nearest; `overlapping` says that it counts in part what
    another counts. Both are kept by `reports.catalogue.sums`.
    `official_url` and `official_on` say where and when the agency itself made it public, on the site of its government.
    """

    agency = models.ForeignKey(Agency, verbose_name=_("机构"), on_delete=models.PROTECT, related_name="reports")
    year = models.PositiveSmallIntegerField(_("报告年度"))
    published = models.OneToOneField(
        "Version", verbose_name=_("公开版本"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    working = models.OneToOneField(
        "Version", verbose_name=_("在办版本"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    counted_by = models.ForeignKey(
        Agency, verbose_name=_("已计入"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    overlapping = models.BooleanField(_("范围重叠"), default=False)

    official_url = models.URLField(_("官方公开网址"), max_length=500, blank=True)
    official_on = models.DateField(_("官方公开日期"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度报告")
        verbose_name_plural = _("年度报告")
        ordering = ["-year", "agency_id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="one_report_per_agency_and_year"),
            models.CheckConstraint(condition=models.Q(year__range=(2008, 2100)), name="report_year_is_plausible"),
        ]
        indexes = [
            models.Index(fields=["-year", "agency"], name="report_by_year"),
            models.Index(fields=["agency"], condition=models.Q(overlapping=True), name="report_overlapping"),
        ]

    def __str__(self) -> str:
        words = {"agency": self.agency.name, "year": self.year}
        return gettext("%(agency)s%(year)s年政府信息公开工作年度报告") % words

    def get_absolute_url(self) -> str:
        """Where readers find it."""
        return reverse("report", args=[self.agency_id, self.year])

    @property
    def taken_down(self) -> Version | None:
        """What readers saw before it was taken down; None while something is public, or where nothing ever was."""
        if self.published_id is not None:
            return None
        return self.versions.filter(state=State.TAKEN_DOWN).with_figures().order_by("-number").first()

    def get_filing_url(self) -> str:
        """Where its agency works on it."""
        return reverse("draft", args=[self.agency_id, self.year])


class VersionQuerySet(models.QuerySet["Version"]):
    def from_source(self, source: models.Model) -> VersionQuerySet:
        """Those that rest on a file, wholly or in single figures."""
        return self.filter(models.Q(source=source) | models.Q(also_from=source)).distinct()

    def public(self) -> VersionQuerySet:
        """Those that readers see: what is published, and what was until it was corrected."""
        return self.filter(state__in=PUBLIC_STATES)

    def with_figures(self) -> VersionQuerySet:
        """With their report, agency and figures, in one query."""
        return self.select_related("report__agency", *row_names())


class Version(models.Model):
    """What a report said at one time: prose here, figures in the row of its edition. A correction is a new version.

    Every chapter of prose of any edition has a column under its key (see below the class).

    `marks` holds, by figure key, what stood in a cell that holds no number. `places` holds, by figure key and by what doubts
    name, where in `source` it was read, or in the one of `also_from` whose SHA-256 stands there as `source`; `typed_by`
    there is who put something else in its place before it was stored. `doubts` are the doubts of its import, each with
    code, where and message, and `settled_by` where somebody saw to it; `missing_tables` the tables that its source
    lacked. A version without `edition` had no table.
    `scope_kind`, `scope_by`, `scope_units` and `scope_quote` say whom it covers as that is known today, and may be decided later;
    `scope_published` is what was said of it when it became public, which the record commits to.
    `checked_with` tells the set of rules that last judged it (`reports.checks.rules.rule_set`), `checks` how often its
    findings were brought in line: of two checks at the same time the one that began earlier has seen less.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="versions", verbose_name=_("年度报告"))
    number = models.PositiveSmallIntegerField(_("版本"))
    edition = models.CharField(_("格式"), max_length=4, blank=True, choices=[(name, name) for name in EDITIONS])
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    origin = models.CharField(_("来源"), max_length=8, choices=Origin, default=Origin.ENTERED)

    preamble = models.TextField(_("前言"), blank=True)
    notes = models.TextField(_("表格说明"), blank=True)

    printed_name = models.CharField(_("文内机构名称"), max_length=100, blank=True)
    contact_address = models.CharField(_("联系地址"), max_length=200, blank=True)
    contact_postcode = models.CharField(_("邮政编码"), max_length=6, blank=True)
    contact_phone = models.CharField(_("联系电话"), max_length=60, blank=True)
    website = models.CharField(_("电子版网址"), max_length=200, blank=True)
    scope_kind = models.CharField(_("统计范围"), max_length=10, choices=ScopeKind, default=ScopeKind.UNKNOWN)
    scope_by = models.CharField(_("统计范围依据"), max_length=6, choices=ScopeBasis, blank=True)
    scope_units = models.JSONField(_("统计单位"), default=list, blank=True)
    scope_quote = models.TextField(_("统计范围原文"), blank=True)
    scope_published = models.JSONField(null=True, editable=False)

    marks = models.JSONField(_("单元格标记"), default=dict, blank=True)
    places = models.JSONField(_("单元格出处"), default=dict, blank=True)
    doubts = models.JSONField(_("导入疑问"), default=list, blank=True)
    missing_tables = models.JSONField(_("缺少的表格"), default=list, blank=True)
    source = models.ForeignKey(
        "Source", verbose_name=_("来源文件"), null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    also_from: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "Source", verbose_name=_("其他来源文件"), blank=True, related_name="also_in"
    )
    reason = models.TextField(_("更正理由"), blank=True)
    checked_with = models.CharField(_("核对所用规则"), max_length=12, blank=True, db_index=True)

    checks = models.PositiveIntegerField(_("核对次数"), default=0)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("创建时间"), default=timezone.now)
    edits = models.PositiveIntegerField(_("修改次数"), default=0)
    changed_at = models.DateTimeField(_("修改时间"), default=timezone.now)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    published_at = models.DateTimeField(_("公开时间"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("报告版本")
        verbose_name_plural = _("报告版本")
        ordering = ["report_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["report"], condition=models.Q(state=State.PUBLISHED), name="one_published_version_per_report"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="version_by_publication"),
            # The few whose scope a supervisor has to decide.
            models.Index(
                fields=["report"],
                condition=models.Q(state=State.PUBLISHED, scope_kind=ScopeKind.UNKNOWN),
                name="version_of_unknown_scope",
            ),
        ]

    def __str__(self) -> str:
        return gettext("%(report)s · 第%(number)s版") % {"report": self.report, "number": self.number}

    def get_absolute_url(self) -> str:
        """Where it can be read: by everybody once it is public, before by its agency and the supervisor."""
        if not self.is_public:
            return self.report.get_filing_url()
        address = self.report.get_absolute_url()
        return f"{address}?version={self.number}" if self.state == State.SUPERSEDED else address

    def clean(self) -> None:
        """Raises ValidationError with everything that forbids to submit it, each error with the cells concerned.

        Saving a draft is always possible, and what was published elsewhere is stored as it was published.
        """
        super().clean()
        answers_for_itself = self.state == State.PUBLISHED and not self.came_published
        if self.state == State.SUBMITTED or answers_for_itself:
            refused = refusals(content_of(self))
            if self.scope_kind == ScopeKind.UNKNOWN:
                told = gettext("请选定统计范围：表中的数据包括哪些机关。")
                refused.append(ValidationError(told, "scope_unknown", {"where": "scope_kind", "cells": []}))
            if refused:
                raise ValidationError(refused)

    @property
    def is_public(self) -> bool:
        """Whether readers see it, as what is published or as what was until it was corrected."""
        return self.state in PUBLIC_STATES

    @property
    def is_published(self) -> bool:
        """Whether it is the one that readers see now; `is_public` holds for a corrected one, too."""
        return self.state == State.PUBLISHED

    @property
    def came_published(self) -> bool:
        """Whether it was imported as published elsewhere and never went through a draft here."""
        return self.origin == Origin.IMPORTED and self.submitted_at is None

    @property
    def revision(self) -> str:
        """Another one after every change. An editor gives back the one it saw: nothing is overwritten unseen."""
        return str(self.edits)

    def edited(self) -> None:
        """Counts a change that an editor who began before it has to be told of. Times do not tell that: clocks are put back."""
        self.edits += 1
        self.changed_at = timezone.now()

    @property
    def form(self) -> Edition | None:
        """The declared edition that its tables follow."""
        return EDITIONS.get(self.edition)

    @property
    def narrative(self) -> dict[str, str]:
        return {part: getattr(self, part) for part in NARRATIVE_PARTS}

    @property
    def figures(self) -> dict[str, Any]:
        """Every figure by its key; None is blank."""
        return read_figures(self)


for _chapter in map(chapter_named, PROSE_CHAPTERS):
    _text = models.TextField(pick_lazy(_chapter.heading, _chapter.heading_en), blank=True)
    Version.add_to_class(_chapter.key, _text)
