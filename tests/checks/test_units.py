"""Who the units of a whole are: by the register, by its statement, by the names of places."""

from __future__ import annotations

from agencies.naming import named_agencies
from reports.checks.comparables import Unit
from reports.checks.units import chosen_units, units_by_name
from tests.checks.rules.test_roll_up import report, units


def test_the_register_says_who_the_units_are() -> None:
    register, listed = units({}, {}), [Unit("", "第1镇", report())]
    assert chosen_units(register, listed) == tuple(register)
    assert chosen_units([], listed) == tuple(listed)
    assert chosen_units([], []) == ()


def test_a_statement_that_names_its_units_explains_who_of_the_register_is_left_out() -> None:
    register, listed = units({}, None), [Unit("", "第1镇", report())]
    assert chosen_units(register, listed) == tuple(listed)
    assert chosen_units(register, [Unit("", "第2镇")]) == tuple(register)


def test_a_unit_is_listed_by_its_short_name() -> None:
    names = ["示例县青山镇人民政府", "示例县教育局", "示例县青山街道办事处"]
    assert named_agencies("青山镇", names) == ["示例县青山镇人民政府"]
    assert named_agencies("教育局", names) == ["示例县教育局"]
    assert named_agencies("青山街道", names) == ["示例县青山街道办事处"]
    assert named_agencies("绿水镇", names) == []


def test_units_that_no_register_knows_are_found_by_the_statement_else_by_their_path() -> None:
    contents = {
        name: report(agency=name) for name in ("示例县人民政府", "示例县青山镇人民政府", "邻水县远山镇人民政府")
    }
    found, certain = units_by_name("示例县人民政府", ("青山镇", "绿水镇"), contents)
    assert [(unit.name, unit.content is not None) for unit in found] == [("青山镇", True), ("绿水镇", False)]
    assert certain
    found, certain = units_by_name("示例县人民政府", (), contents)
    assert [unit.name for unit in found] == ["示例县青山镇人民政府"]
    assert not certain
