from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from agencies.models import Agency
from reports.public.comparison.query import ComparisonQuery, read_query
from tests.published import checked_together, publish

GREEN, CLEAR = "990101101000", "990101102000"


@pytest.fixture
def reports(township: Agency, other_township: Agency) -> None:
    with checked_together():
        for year in (2021, 2022, 2023):
            publish(township, year)
            publish(other_township, year)


def chosen(address: str) -> ComparisonQuery:
    return read_query(QueryDict(address.removeprefix("?")))


@pytest.mark.usefixtures("reports")
class TestAddress:
    def test_a_whole_county_is_one_word(self) -> None:
        choice = chosen("agency=division:990101000000")
        assert [agency.pk for agency in choice.agencies] == [GREEN, CLEAR]
        assert choice.address() == "?agency=division:990101000000"

    def test_what_is_usual_is_not_said(self) -> None:
        ticked = "agency=990101101000&agency=990101102000&year=2021&year=2022&year=2023&view=overview"
        assert chosen(ticked).address() == f"?agency={GREEN},{CLEAR}"

    @pytest.mark.parametrize(
        "address",
        [
            f"?agency={GREEN},{CLEAR}",
            f"?agency={GREEN}&year=2021,2023&figure=received,disclosed_rate&view=ranks&at=2021&sort=name",
            f"?agency={CLEAR},division:990101000000&view=years&of=disclosed_rate&sort=-overall",
            f"?agency={GREEN}&figure=applications.refused_process.business&view=heat&sort=2022",
            f"?agency={GREEN},123456789012",
        ],
    )
    def test_it_leads_back_to_itself(self, address: str) -> None:
        assert chosen(address).address() == address

    def test_nothing_in_it_breaks_out(self) -> None:
        assert chosen("agency=<script>%26x").address() == "?agency=%3Cscript%3E%26x"

    def test_a_pasted_table_gives_its_codes(self) -> None:
        choice = chosen(urlencode({"codes": f"代码\t名称\r\n{GREEN}\t青山镇\r\n{CLEAR}，绿水镇"}))
        assert [agency.pk for agency in choice.agencies] == [GREEN, CLEAR]
        assert choice.notices == []


@pytest.mark.usefixtures("reports")
class TestTicking:
    def test_what_was_ticked_gets_a_short_address(self, reader: Client) -> None:
        ticked = {
            "agency": [GREEN],
            "codes": CLEAR,
            "year": ["2022", "2023"],
            "offered_years": "2021 2022 2023",
            "find": "",
            "compare": "1",
        }
        response = reader.post("/compare/", ticked)
        assert response.status_code == 302
        assert response["Location"] == f"/compare/?agency={GREEN},{CLEAR}&year=2022,2023"
        assert not response.cookies

    def test_all_years_on_offer_are_all_years_there_will_be(self, reader: Client, township: Agency) -> None:
        ticked = {"agency": [GREEN], "year": ["2021", "2022"], "offered_years": "2021 2022", "compare": "1"}
        assert reader.post("/compare/", ticked)["Location"] == f"/compare/?agency={GREEN}"

    def test_a_search_keeps_what_was_ticked(self, reader: Client) -> None:
        address = reader.post("/compare/", {"agency": [GREEN], "find": "绿水 镇", "search": "1"})["Location"]
        assert address == f"/compare/?agency={GREEN}&find=%E7%BB%BF%E6%B0%B4+%E9%95%87#choose"
        page = reader.get(address).content.decode()
        assert f'name="agency" value="{GREEN}" checked' in page
        assert f'name="agency" value="{CLEAR}"' in page
