from __future__ import annotations

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client

from agencies.models import AccountRecord, Agency, Division, FormerName, Kind, Membership, Role, User

PAGES = [
    "/admin/",
    "/admin/agencies/division/",
    "/admin/agencies/division/?q=990101",
    "/admin/agencies/division/?level__exact=4",
    "/admin/agencies/division/add/",
    "/admin/agencies/division/990101101000/change/",
    "/admin/agencies/agency/",
    "/admin/agencies/agency/?q=青山",
    "/admin/agencies/agency/?kind__exact=township&owes_report__exact=1",
    "/admin/agencies/agency/add/",
    "/admin/agencies/agency/990101101000/change/",
    "/admin/agencies/user/",
    "/admin/agencies/user/?memberships__role__exact=clerk",
    "/admin/agencies/user/add/",
]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_opens_for_the_administrator(administrator_client: Client, township: Agency, address: str) -> None:
    assert administrator_client.get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_no_page_opens_for_a_clerk_or_a_supervisor(
    clerk_client: Client, supervisor_client: Client, address: str
) -> None:
    for client in (clerk_client, supervisor_client):
        response = client.get(address)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/admin/login/")


def test_an_agency_is_found_by_code_name_place_and_former_name(administrator_client: Client, township: Agency) -> None:
    FormerName.objects.create(agency=township, name="红旗公社")
    for words in ("990101101", "青山", "示例县青山镇", "红旗公社"):
        page = administrator_client.get("/admin/agencies/agency/", {"q": words}).content.decode()
        assert "/admin/agencies/agency/990101101000/change/" in page
    page = administrator_client.get("/admin/agencies/agency/", {"q": "绿水"}).content.decode()
    assert "/admin/agencies/agency/990101101000/change/" not in page


def test_divisions_are_offered_by_their_path(administrator_client: Client, township: Agency) -> None:
    found = administrator_client.get(
        "/admin/autocomplete/",
        {"term": "青山", "app_label": "agencies", "model_name": "agency", "field_name": "division"},
    ).json()
    assert found["results"] == [{"id": "990101101000", "text": "示例省示例市示例县青山镇"}]


def test_an_agency_is_created_with_its_former_names(administrator_client: Client, county: Division) -> None:
    form = {
        "code": "990101000000-02",
        "name": "示例县 民政局",
        "kind": Kind.DEPARTMENT,
        "division": county.pk,
        "owes_report": "on",
        "former_names-TOTAL_FORMS": "1",
        "former_names-INITIAL_FORMS": "0",
        "former_names-0-name": "示例县民政科",
    }
    response = administrator_client.post("/admin/agencies/agency/add/", form)
    assert response.status_code == 302
    created = Agency.objects.get(code="990101000000-02")
    assert (created.name, created.owes_report) == ("示例县民政局", True)
    assert [former.name for former in created.former_names.all()] == ["示例县民政科"]


def test_a_wrong_code_is_explained_beside_the_field(administrator_client: Client, county: Division) -> None:
    form = {
        "code": "990102000000-02",
        "name": "示例县民政局",
        "kind": Kind.DEPARTMENT,
        "division": county.pk,
        "credit_code": "91350100M000100Y44",
        "former_names-TOTAL_FORMS": "0",
        "former_names-INITIAL_FORMS": "0",
    }
    page = administrator_client.post("/admin/agencies/agency/add/", form).content.decode()
    assert "应以所在区划的代码 990101000000 开头" in page
    assert "校验位不符：末位应为 3" in page


def test_moving_an_agency_elsewhere_is_refused_in_words(
    administrator_client: Client, township: Agency, other_county: Division
) -> None:
    form = {
        "name": township.name,
        "kind": township.kind,
        "division": other_county.pk,
        "former_names-TOTAL_FORMS": "0",
        "former_names-INITIAL_FORMS": "0",
    }
    page = administrator_client.post(f"/admin/agencies/agency/{township.pk}/change/", form).content.decode()
    assert "机构代码“990101101000”应以所在区划的代码 990102000000 开头" in page


def test_a_renamed_county_takes_its_towns_along(administrator_client: Client, township: Agency) -> None:
    form = {"name": "模范县", "level": "3", "parent": "990100000000"}
    response = administrator_client.post("/admin/agencies/division/990101000000/change/", form)
    assert response.status_code == 302
    township.division.refresh_from_db()
    assert township.division.path == "示例省示例市模范县青山镇"


def test_a_membership_is_given_on_the_page_of_the_user(
    administrator_client: Client, outsider: User, township: Agency
) -> None:
    address = f"/admin/agencies/user/{outsider.pk}/change/"
    page = administrator_client.get(address)
    assert page.status_code == 200
    form = page.context["adminform"].form
    fields = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    held = outsider.memberships.get()
    fields |= {
        "is_active": "on",
        "memberships-TOTAL_FORMS": "2",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": str(held.pk),
        "memberships-0-user": str(outsider.pk),
        "memberships-0-agency": held.agency_id,
        "memberships-0-role": held.role,
        "memberships-1-user": str(outsider.pk),
        "memberships-1-agency": township.pk,
        "memberships-1-role": Role.REVIEWER,
    }
    assert administrator_client.post(address, fields).status_code == 302
    assert Membership.objects.filter(user=outsider, agency=township, role=Role.REVIEWER).exists()


def test_a_password_given_by_the_administrator_is_changed_first(administrator_client: Client, clerk: User) -> None:
    new = "qing-shan-2026"
    sent = {"username": "neu", "usable_password": "true", "password1": new, "password2": new}
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    administrator_client.post("/admin/agencies/user/add/", sent | inline)
    assert User.objects.get(username="neu").must_change_password
    address = f"/admin/agencies/user/{clerk.pk}/password/"
    assert administrator_client.post(address, sent).status_code == 302
    clerk.refresh_from_db()
    assert clerk.check_password(new)
    assert clerk.must_change_password
    assert Client().post("/accounts/login/", {"username": "clerk", "password": new}).status_code == 302


def test_who_gave_a_password_closed_or_reopened_an_account_is_recorded(
    administrator_client: Client, administrator: User, clerk: User
) -> None:
    new = "qing-shan-2026"
    sent = {"username": "clerk", "usable_password": "true", "password1": new, "password2": new}
    administrator_client.post(f"/admin/agencies/user/{clerk.pk}/password/", sent)
    address = f"/admin/agencies/user/{clerk.pk}/change/"
    held = clerk.memberships.get()
    fields = {
        "username": "clerk",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "1",
        "memberships-0-id": str(held.pk),
        "memberships-0-user": str(clerk.pk),
        "memberships-0-agency": held.agency_id,
        "memberships-0-role": held.role,
    }
    for more in ({}, {"is_active": "on"}):
        assert administrator_client.post(address, fields | more).status_code == 302
    records = AccountRecord.objects.filter(user=clerk).order_by("pk")
    assert list(records.values_list("act", flat=True)) == ["reset", "deactivated", "reactivated"]
    assert {(record.made_by, record.made_by_username) for record in records} == {(administrator, "admin")}


def test_neither_accounts_nor_who_signed_in_can_be_deleted_here(administrator_client: Client, clerk: User) -> None:
    Client().post("/accounts/login/", {"username": "clerk", "password": "nianbao-demo"})
    Client().post("/accounts/login/", {"username": "clerk", "password": "wrong"})
    kept = {"agencies/user": User, "axes/accesslog": AccessLog, "axes/accessattempt": AccessAttempt}
    AccountRecord.objects.create(act="issued", user=clerk, username="clerk")
    for place, model in (kept | {"agencies/accountrecord": AccountRecord}).items():
        before = set(model.objects.values_list("pk", flat=True))
        assert before, place
        assert administrator_client.get(f"/admin/{place}/").status_code == 200
        one = next(iter(before))
        assert administrator_client.get(f"/admin/{place}/{one}/change/").status_code == 200
        assert administrator_client.post(f"/admin/{place}/{one}/delete/", {"post": "yes"}).status_code == 403
        bulk = {"action": "delete_selected", "_selected_action": [str(key) for key in before], "post": "yes"}
        administrator_client.post(f"/admin/{place}/", bulk)
        assert set(model.objects.values_list("pk", flat=True)) == before, place


def change(client: Client, person: User, *roles: tuple[str, str], **fields: str) -> None:
    """Sends the page of an account as a browser does, with these fields and roles, in the order of those it has."""
    address = f"/admin/agencies/user/{person.pk}/change/"
    form = client.get(address).context["adminform"].form
    sent = {name: value for name, value in form.initial.items() if isinstance(value, str)}
    sent |= {name: "on" for name in ("is_active", "is_staff", "is_superuser") if form.initial[name]}
    sent |= {name: value for name, value in fields.items() if value}
    for name in fields:
        if not fields[name]:
            sent.pop(name, None)
    had = list(person.memberships.order_by("pk"))
    sent |= {"memberships-TOTAL_FORMS": str(len(roles)), "memberships-INITIAL_FORMS": str(len(had))}
    for number, (agency, role) in enumerate(roles):
        at = f"memberships-{number}-"
        sent |= {at + "user": str(person.pk), at + "agency": agency, at + "role": role}
        if number < len(had):
            sent[at + "id"] = str(had[number].pk)
            if not role:
                sent |= {at + "DELETE": "on", at + "role": had[number].role, at + "agency": had[number].agency_id}
    assert client.post(address, sent).status_code == 302


def test_whatever_an_administrator_changes_about_an_account_is_in_its_chain_under_his_name(
    administrator_client: Client, administrator: User, clerk: User, township: Agency, other_township: Agency
) -> None:
    here, there = township.pk, other_township.pk
    change(administrator_client, clerk, (here, "clerk"), first_name="王五")
    change(administrator_client, clerk, (here, "clerk"), username="wang-wu")
    change(administrator_client, clerk, (there, "reviewer"))
    change(administrator_client, clerk, (there, ""))
    change(administrator_client, clerk, (here, "clerk"), is_staff="on", is_active="")
    told = list(AccountRecord.objects.filter(user=clerk).order_by("pk").values_list("act", "agency", "role", "comment"))
    assert told == [
        ("renamed", None, "", "clerk（） → clerk（王五）"),
        ("renamed", None, "", "clerk（王五） → wang-wu（王五）"),
        ("lost_role", here, "clerk", ""),
        ("given_role", there, "reviewer", ""),
        ("lost_role", there, "reviewer", ""),
        ("deactivated", None, "", ""),
        ("given_role", here, "clerk", ""),
        ("admin_rights", None, "", "工作人员状态：是"),
    ]
    records = AccountRecord.objects.filter(user=clerk)
    assert {record.chain for record in records} == {f"account:{clerk.pk}"}
    assert {(record.made_by, record.made_by_username) for record in records} == {(administrator, "admin")}
    before = records.count()
    change(administrator_client, clerk, (here, "clerk"), is_active="")
    assert AccountRecord.objects.filter(user=clerk).count() == before, "what stays as it was is no act"


def test_an_agency_at_which_somebody_acts_is_not_deleted(
    administrator_client: Client, clerk: User, township: Agency
) -> None:
    administrator_client.post(f"/admin/agencies/agency/{township.pk}/delete/", {"post": "yes"})
    assert Agency.objects.filter(pk=township.pk).exists()
    assert clerk.memberships.exists()
