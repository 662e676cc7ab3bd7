"""The register with everything in it: loaded once for this file, 44,699 divisions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from pytest_django.plugin import DjangoDbBlocker

from agencies.loading import LoadResult, load_divisions
from agencies.matching import match_agency
from agencies.models import Agency, CountsInto, Division, Kind, Level

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module", autouse=True)
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LoadResult]:
    with django_db_blocker.unblock():
        loaded = load_divisions()
        yield loaded
        CountsInto.objects.all()._raw_delete(using="default")
        Agency.objects.all()._raw_delete(using="default")
        Division.objects.all()._raw_delete(using="default")


def test_every_province_city_county_and_township_is_there(register: LoadResult) -> None:
    assert register == LoadResult(44_699, 0, 44_678, 0)
    counts = {level.name: Division.objects.filter(level=level).count() for level in Level}
    # The source counts 2,978 counties and 41,352 townships; three of the former and one of the latter repeat the code
    # of the division above.
    assert counts == {"PROVINCE": 31, "CITY": 342, "COUNTY": 2_975, "TOWNSHIP": 41_351}


def test_farms_prisons_companies_and_zones_owe_no_report() -> None:
    townships = Agency.objects.filter(division__level=Level.TOWNSHIP)
    counts = {kind.name: townships.filter(kind=kind).count() for kind in Kind}
    assert counts == {
        "GOVERNMENT": 0,
        "COMMITTEE": 0,
        "TOWNSHIP": 29_571,
        "SUBDISTRICT": 9_173,
        "DEPARTMENT": 0,
        "OTHER_UNIT": 2_596,
    }
    assert not Agency.objects.owing(2023).filter(kind=Kind.OTHER_UNIT).exists()
    assert Agency.objects.owing(2023).count() == 42_077


@pytest.mark.parametrize(
    ("code", "full_name", "kind", "owes"),
    [
        ("370000000000", "山东省人民政府", Kind.GOVERNMENT, True),
        ("371000000000", "山东省威海市人民政府", Kind.GOVERNMENT, True),
        ("371003000000", "山东省威海市文登区人民政府", Kind.GOVERNMENT, True),
        ("371003104000", "山东省威海市文登区泽库镇人民政府", Kind.TOWNSHIP, True),
        ("371002002000", "山东省威海市环翠区鲸园街道办事处", Kind.SUBDISTRICT, True),
        ("371073112000", "山东省威海市威海临港经济技术开发区汪疃镇人民政府", Kind.TOWNSHIP, True),
        ("371073000000", "山东省威海市威海临港经济技术开发区管理委员会", Kind.COMMITTEE, True),
        ("110000000000", "北京市人民政府", Kind.GOVERNMENT, True),
        ("110105021000", "北京市朝阳区南磨房地区办事处", Kind.SUBDISTRICT, True),
        ("500229000000", "重庆市城口县人民政府", Kind.GOVERNMENT, True),
        ("419001101000", "河南省济源市五龙口镇人民政府", Kind.TOWNSHIP, True),
        ("410928101000", "河南省濮阳市濮阳县柳屯镇人民政府", Kind.TOWNSHIP, True),
        ("441900101000", "广东省东莞市石碣镇人民政府", Kind.TOWNSHIP, True),
        ("442000001000", "广东省中山市石岐街道办事处", Kind.SUBDISTRICT, True),
        ("620201001000", "甘肃省嘉峪关市雄关街道办事处", Kind.SUBDISTRICT, True),
        ("152200000000", "内蒙古自治区兴安盟行政公署", Kind.GOVERNMENT, True),
        ("632857000000", "青海省海西蒙古族藏族自治州大柴旦行政委员会", Kind.COMMITTEE, True),
        ("310115501000", "上海市浦东新区中国（上海）自由贸易试验区（保税片区）", Kind.OTHER_UNIT, False),
        ("130922400000", "河北省沧州市青县青县农场", Kind.OTHER_UNIT, False),
        ("220722208000", "吉林省松原市长岭县三团乡人民政府", Kind.TOWNSHIP, True),
        ("659011500000", "新疆维吾尔自治区新星市二道湖镇人民政府", Kind.TOWNSHIP, True),
        ("654202500000", "新疆维吾尔自治区塔城地区乌苏市兵团一二三团生活区", Kind.OTHER_UNIT, False),
    ],
)
def test_agencies_are_called_what_documents_call_them(code: str, full_name: str, kind: Kind, owes: bool) -> None:
    agency = Agency.objects.select_related("division").get(code=code)
    assert (agency.full_name, agency.kind, agency.owes_report) == (full_name, kind, owes)


@pytest.mark.parametrize("word", ["市辖区", "直辖县级", "直辖村级", "市辖"])
def test_no_placeholder_is_ever_printed(word: str) -> None:
    assert not Division.objects.filter(path__contains=word).exists()
    assert not Agency.objects.filter(name__contains=word).exists()


def test_placeholders_keep_the_tree_and_have_no_agency() -> None:
    gaps = Division.objects.filter(placeholder=True)
    assert gaps.count() == 21
    assert not Agency.objects.filter(division__in=gaps).exists()
    assert Division.objects.get(code="110101000000").parent_id == "110100000000"


def test_a_city_without_counties_stands_right_above_its_towns() -> None:
    parents = Division.objects.filter(code__in=["441900101000", "442000001000", "460400100000"])
    assert [division.parent_id for division in parents] == ["441900000000", "442000000000", "460400000000"]


def test_the_second_run_writes_nothing() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert load_divisions() == LoadResult(0, 0, 0, 0)
    assert [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))] == []
    assert len(queries) <= 6, "one of them looks for those who count into nobody yet"


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("威海临港经济技术开发区汪疃镇人民政府", "371073112000"),
        ("汤头沟镇人民政府", "130825104000"),
        ("威海市文登区泽库镇人民政府", "371003104000"),
        ("招远市金岭镇人民政府", "370685103000"),
        ("威海市环翠区鲸园街道", "371002002000"),
        ("威海市临港区汪疃镇人民政府", "371073112000"),
        ("威海市环翠区人民政府鲸园街道办事处", "371002002000"),
        ("北京市朝阳区人民政府", "110105000000"),
        ("东莞市石碣镇", "441900101000"),
        ("积石山县大河家镇人民政府", "622927101000"),
        ("内蒙古赤峰市敖汉旗新州街道办", "150430404000"),
        ("扬州市生态科技新城杭集镇人民政府", "321002401000"),
    ],
)
def test_what_documents_print_finds_its_agency(printed: str, code: str) -> None:
    match = match_agency(printed, 2023)
    assert match.agency is not None
    assert match.agency.code == code


def test_a_name_that_eighty_eight_towns_bear_is_not_guessed() -> None:
    match = match_agency("城关镇人民政府", 2023)
    assert match.agency is None
    assert len(match.candidates) == 88
    assert match.why == "名录中有 88 个机构符合“城关镇人民政府”，文中没有写明是哪一个，请选定。"


def test_a_town_that_moved_to_a_zone_is_not_found_in_its_old_district() -> None:
    match = match_agency("威海市文登区汪疃镇人民政府", 2023)
    assert match.agency is None
    assert [agency.code for agency in match.candidates] == ["371073112000"]


def test_every_agency_is_found_by_its_own_full_name() -> None:
    """One in a hundred and one of them, all over the country."""
    sample = list(Agency.objects.select_related("division"))[::101]
    assert len(sample) == 443
    assert [agency.full_name for agency in sample if match_agency(agency.full_name, 2023).agency != agency] == []


def test_a_name_costs_three_queries_among_forty_thousand(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for printed in ("威海市文登区泽库镇人民政府", "城关镇人民政府", "哪里也没有镇人民政府"):
        with django_assert_max_num_queries(3):
            for candidate in match_agency(printed, 2023).candidates:
                assert candidate.full_name.endswith(candidate.name)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/agencies/agency/",
        "/admin/agencies/agency/?q=城关镇",
        "/admin/agencies/agency/?kind__exact=other_unit",
        "/admin/agencies/agency/?p=800",
        "/admin/agencies/agency/371003104000/change/",
        "/admin/agencies/division/",
        "/admin/agencies/division/?q=371003",
        "/admin/agencies/division/371003000000/change/",
        "/admin/autocomplete/?term=城关&app_label=agencies&model_name=agency&field_name=division",
    ],
)
def test_the_admin_pages_take_few_queries_and_stay_short(
    administrator_client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        response = administrator_client.get(address)
    assert response.status_code == 200
    assert len(response.content) < 100_000
