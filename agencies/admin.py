"""The register, the users and the rows of who signed in. Lists hold 44,000 rows and more: nothing here loads or counts
them all."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import Any

from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.accounts.acts import record
from agencies.counting import end_with_merger
from agencies.models import (
    AccountAct,
    AccountRecord,
    Agency,
    CountingRecord,
    CountsInto,
    Division,
    FormerName,
    Membership,
    User,
)


class ReadOnly(admin.ModelAdmin):
    """Shows everything, changes nothing, for whomever: not even a superuser is asked."""

    actions = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class FormerNameInline(admin.TabularInline):
    model = FormerName
    extra = 0


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    raw_id_fields = ["agency"]  # names repeat; the list that this opens shows the place beside each


class CountsIntoInline(admin.TabularInline):
    """Supervisors change it on their page, where it is recorded."""

    model = CountsInto
    fk_name = "agency"
    extra = 0
    can_delete = False
    raw_id_fields = ["whole"]

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Division)
class DivisionAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "level", "path", "placeholder"]
    list_filter = ["level", "placeholder"]
    search_fields = ["code__startswith", "name", "path"]
    search_help_text = _("按代码开头、名称或全称查找")
    autocomplete_fields = ["parent"]
    fields = ["code", "name", "level", "parent", "placeholder", "path"]
    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Division | None = None) -> list[str]:
        """A code is the identity of what it names; a path follows from the names."""
        return ["path"] if obj is None else ["code", "path"]


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "place", "kind", "owes_report", "valid_to"]
    list_filter = ["kind", "owes_report"]
    list_select_related = ["division"]
    search_fields = ["code__startswith", "name", "division__path", "former_names__name"]
    search_help_text = _("按代码开头、名称、所在地或曾用名查找")
    autocomplete_fields = ["division"]
    raw_id_fields = ["successor"]
    fields = [
        "code",
        "name",
        "kind",
        "division",
        "owes_report",
        ("valid_from", "valid_to"),
        "successor",
        "credit_code",
    ]
    inlines = [FormerNameInline]
    show_full_result_count = False
    list_per_page = 50

    def get_readonly_fields(self, request: HttpRequest, obj: Agency | None = None) -> list[str]:
        return [] if obj is None else ["code"]

    def get_inlines(self, request: HttpRequest, obj: Agency | None) -> tuple[type[admin.TabularInline], ...]:
        return (FormerNameInline,) if obj is None else (FormerNameInline, CountsIntoInline)

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm[Agency], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {"valid_to", "successor"} & set(form.changed_data):
            end_with_merger(obj, request.user if isinstance(request.user, User) else None)

    @admin.display(description=_("所在地"), ordering="division__path")
    def place(self, agency: Agency) -> str:
        return agency.place


class GivenPasswordForm(AdminPasswordChangeForm):
    """A password that somebody else has chosen: whose it is changes it first, and who chose it is recorded."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    @transaction.atomic
    def save(self, commit: bool = True) -> User:
        self.user.must_change_password = True
        person: User = super().save(commit)
        if commit:
            record(AccountAct.RESET, person, self.by)
        return person


@admin.register(User)
class AccountAdmin(UserAdmin):
    """What an account may do where follows from its memberships; Django's own permissions govern this site only.

    Accounts are closed by taking away `is_active`, and never deleted: what they did names them.
    """

    list_display = ["username", "last_name", "first_name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "memberships__role"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        (_("个人信息"), {"fields": ["last_name", "first_name", "email", "phone"]}),
        (_("本管理站点"), {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
    ]
    inlines = [MembershipInline]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        # The form is told who fills it in; this object serves every request and may not remember it.
        assert isinstance(request.user, User)
        for_this_request = copy(self)
        for_this_request.change_password_form = partial(GivenPasswordForm, by=request.user)
        return super(AccountAdmin, for_this_request).user_change_password(request, id, form_url)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[User], change: bool) -> None:
        if not change:
            obj.must_change_password = True
        super().save_model(request, obj, form, change)
        by = _actor(request)
        if not change:
            record(AccountAct.ISSUED, obj, by)
        if "is_active" in form.changed_data and change:
            record(AccountAct.REACTIVATED if obj.is_active else AccountAct.DEACTIVATED, obj, by)
        if NAMES & set(form.changed_data) and change:
            before = User(**{name: form.initial[name] for name in NAMES})
            words = [f"{one.username}（{one.get_full_name()}）" for one in (before, obj)]
            record(AccountAct.RENAMED, obj, by, comment=" → ".join(words))

    def save_related(self, request: HttpRequest, form: ModelForm[User], formsets: Any, change: bool) -> None:
        person, by = form.instance, _actor(request)
        before = _memberships(person)
        super().save_related(request, form, formsets, change)
        after = _memberships(person)
        for act, changed in ((AccountAct.LOST_ROLE, before - after), (AccountAct.GIVEN_ROLE, after - before)):
            for agency, role in sorted(changed):
                record(act, person, by, Agency.objects.get(pk=agency), role)
        if changed_rights := [name for name in RIGHTS if name in form.changed_data]:
            labels = {name: str(form.fields[name].label) for name in changed_rights}
            now = {name: form.cleaned_data[name] for name in changed_rights}
            words = [f"{labels[name]}：{_in_words(now[name])}" for name in changed_rights]
            record(AccountAct.ADMIN_RIGHTS, person, by, comment="；".join(words))


NAMES = {"username", "last_name", "first_name"}
RIGHTS = ("is_staff", "is_superuser", "groups")


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _memberships(person: User) -> set[tuple[str, str]]:
    return set(person.memberships.order_by().values_list("agency", "role"))


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    return "、".join(map(str, value)) or str(_("无"))


@admin.register(AccountRecord)
class AccountRecordAdmin(ReadOnly):
    list_display = ["username", "name", "act", "made_by_username", "made_by_name", "made_at"]
    list_filter = ["act"]
    search_fields = ["username", "name"]
    exclude = ["user", "made_by"]
    readonly_fields = ["made_by_username", "made_by_name"]


@admin.register(CountingRecord)
class CountingRecordAdmin(ReadOnly):
    list_display = ["agency", "before", "after", "since", "comment", "made_by_username", "made_at"]
    list_select_related = ["agency", "before", "after"]
    search_fields = ["agency__code__startswith", "agency__name"]


@admin.register(AccessLog)
class AccessLogAdmin(ReadOnly):
    list_display = ["username", "ip_address", "attempt_time", "logout_time"]
    search_fields = ["username", "ip_address"]


@admin.register(AccessAttempt)
class AccessAttemptAdmin(ReadOnly):
    list_display = ["username", "ip_address", "attempt_time", "failures_since_start"]
    search_fields = ["username", "ip_address"]
    # What was typed may be a password in the wrong field.
    exclude = ["get_data", "post_data"]


admin.site.site_header = admin.site.site_title = _("年报管理")
