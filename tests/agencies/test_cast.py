from __future__ import annotations

from django.test import Client

from agencies.models import Agency, Role, User


def test_everybody_of_the_cast_stands_where_the_story_says(
    clerk: User, colleague: User, reviewer: User, supervisor: User, outsider: User, township: Agency
) -> None:
    places = {
        person.username: (membership.agency.code, membership.role)
        for person in (clerk, colleague, reviewer, supervisor, outsider)
        for membership in person.memberships.select_related("agency")
    }
    assert places == {
        "clerk": ("990101101000", Role.CLERK),
        "colleague": ("990101101000", Role.CLERK),
        "reviewer": ("990101101000", Role.REVIEWER),
        "supervisor": ("990101000000", Role.SUPERVISOR),
        "outsider": ("990102101000", Role.CLERK),
    }


def test_the_clients_are_signed_in_and_the_reader_is_not(clerk_client: Client, reader: Client) -> None:
    assert "_auth_user_id" in clerk_client.session
    assert "_auth_user_id" not in reader.session
