"""Rules: which rows are used, what they give, and what is told of the others."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from relgraph.mapping.engine import Engine, SqlFailed
from tests.mapping.mapped import FIRM, mapped, notes, wrong

ACCOUNTS = "id,name,manager\nA1,Acme,eve\nA2,Bolt,\nA3,Cord,eve\nA1b,Acme 2,bob\n"
DEALS = (
    "deal,account,amount,stage,signed\n"
    '1,A1,"1.000,50",won,31.12.2023\n'
    "2,A1,200,won,01.02.2024\n"
    "3,A2,300,lost,\n"
    "4,,400,won,05.02.2024\n"
    "5,A9,500,won,06.02.2024\n"
    "6,A3,600,open,\n"
)
FILES = {"accounts.csv": ACCOUNTS, "deals.csv": DEALS}
READ = """
[read.deals]
types = { amount = "number 1.234,56", signed = "date %d.%m.%Y" }
"""
PEOPLE = (
    FIRM
    + """
[[stakeholders]]
from = "accounts"
id = "id"
name = "name"
market = "'customer'"
"""
)
BUYS = """
[[relationships]]
from = "deals"
join = { accounts = "deals.account = accounts.id" }
where = [["stage = 'won'", "not won"]]
source = "accounts.id"
type = "'BUYS_FROM'"
target = "'firm'"
margin = "sum(amount)"
since = "min(signed)"
"""


def test_an_aggregate_groups_and_each_row_has_one_reason(tmp_path: Path) -> None:
    dataset = mapped(tmp_path, FILES, READ + PEOPLE + BUYS).reading.dataset
    ties = dataset.relationships
    assert ties.to_dict("records") == [
        {
            "source": "A1",
            "type": "BUYS_FROM",
            "target": "firm",
            "margin": 1200.5,
            "since": pd.Timestamp("2023-12-31"),
        }
    ]
    assert ties.index.to_list() == [(str(tmp_path / "deals.csv"), 2)]
    assert str(dataset.notes[1]) == (
        "relationships 1 · deals.csv · read 6 · used 2 · gives 1 · dropped: "
        "2 nothing in accounts to join (lines 5, 6), 2 not won (lines 4, 7)"
    )


def test_every_row_is_in_the_account(tmp_path: Path) -> None:
    accounts = mapped(tmp_path, {**FILES, "x.csv": "a\n1\n2\n"}, READ + PEOPLE + BUYS).accounts
    told = [(each.rule, each.source.name, len(each.source)) for each in accounts]
    assert told == [
        ("stakeholders 2", "accounts", 4),
        ("relationships 1", "deals", 6),
        ("", "x", 2),
    ]
    deals = accounts[1]
    assert [deals.outcomes[at] for at in deals.outcome] == [
        *("used", "used", "dropped", "dropped", "dropped", "dropped")
    ]


def test_a_table_that_is_only_joined_says_which_rows_nobody_asked_for(tmp_path: Path) -> None:
    mapping = READ + FIRM.replace("'firm'", "'A1'", 1) + BUYS.replace("'firm'", "'A1'")
    told = notes(tmp_path, FILES, mapping)
    assert "accounts.csv: 1 row not asked for by any rule (line 5)" in told


def test_one_row_for_each_value(tmp_path: Path) -> None:
    mapping = """
[[stakeholders]]
from = "accounts"
one_per = ["manager"]
id = "manager"
name = "upper(manager)"
market = "'employee'"
properties = { accounts = "count(*)" }
"""
    dataset = mapped(tmp_path, FILES, mapping).reading.dataset
    assert dataset.stakeholders.to_dict("records") == [
        {"id": "eve", "name": "EVE", "market": "employee", "accounts": 2},
        {"id": "bob", "name": "BOB", "market": "employee", "accounts": 1},
    ]
    assert str(dataset.notes[0]) == (
        "stakeholders 1 · accounts.csv · read 4 · used 3 · gives 2 · dropped: 1 no manager (line 3)"
    )


def test_values_that_differ_in_a_group_are_a_problem_with_a_line(tmp_path: Path) -> None:
    mapping = READ + PEOPLE + BUYS.replace("sum(amount)", "amount")
    assert wrong(tmp_path, FILES, mapping) == [
        "deals.csv:2: relationships 1: margin is both '1000.5' and '200.0' in the rows that become "
        "this one; take one with min, max or another aggregate"
    ]


def test_a_join_that_multiplies_is_noted(tmp_path: Path) -> None:
    files = {**FILES, "rates.csv": "account,rate\nA1,1\nA1,2\n"}
    mapping = (
        PEOPLE
        + READ
        + BUYS.replace("accounts =", "rates =").replace("accounts.id", "rates.account")
    )
    told = notes(tmp_path, files, mapping)
    assert (
        "relationships 1: a join finds several rows for one, first for deals.csv:2; sums and "
        "counts take each of them"
    ) in told
    assert any("read 6 · used 2 · gives 1" in note for note in told)


def test_a_join_without_end_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"{number}\n" for number in range(3000))
    files = {"a.csv": f"id\n{rows}", "b.csv": f"id\n{rows}"}
    mapping = """
[[stakeholders]]
from = "a"
join = { b = "true" }
id = "a.id"
"""
    assert wrong(tmp_path, files, mapping) == [
        "m.toml: stakeholders 1: can't be evaluated: "
        "the joins make more than 1,060,000 rows of 3,000"
    ]


def test_an_optional_join_and_a_table_joined_with_itself(tmp_path: Path) -> None:
    files = {"staff.csv": "id,name,boss\n1,Ann,\n2,Bob,1\n"}
    mapping = """
[[stakeholders]]
from = "staff"
join.manager = { table = "staff", on = "staff.boss = manager.id", optional = true }
id = "staff.id"
name = "staff.name"
market = "'employee'"
role = "coalesce('under ' || manager.name, 'head')"
"""
    frame = mapped(tmp_path, files, mapping).reading.dataset.stakeholders
    assert frame["role"].tolist() == ["head", "under Ann"]


def test_a_rule_without_a_table_gives_one_row(tmp_path: Path) -> None:
    frame = mapped(tmp_path, {"x.csv": "a\n1\n"}, FIRM).reading.dataset.stakeholders
    assert frame.to_dict("records") == [{"id": "firm", "name": "Firm", "market": "firm"}]
    assert frame.index.to_list() == [(f"{tmp_path}/m.toml: [[stakeholders]]", 1)]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('margin = "sum(amuont)"', "no column amuont in deals (did you mean 'amount'?)"),
        (
            'margin = "sum(deals.amuont)"',
            "no column deals.amuont in deals (did you mean 'amount'?)",
        ),
        ('margin = "sum(other.amount)"', "no column other.amount in deals"),
        ('margin = "sum(deal)"', "can't be evaluated: No function matches the given name and "),
        ('margin = "deal > 1"', "can't be evaluated: Cannot compare values of type VARCHAR"),
        ('margin = "[amount]"', "gives DOUBLE[]; only text, numbers, true or false, dates and"),
        ('margin = "summ(amount)"', "there is no function summ (did you mean 'sum'?)"),
        ('bond = "social"', "no column social in deals (text stands in single quotes)"),
        ('where = "sum(amount) > 1"', "an aggregate can't stand here"),
    ],
)
def test_an_expression_is_told_with_its_rule(rule: str, problem: str, tmp_path: Path) -> None:
    mapping = f"""{READ}{PEOPLE}
[[relationships]]
from = "deals"
source = "account"
type = "'BUYS_FROM'"
target = "'firm'"
{rule}
"""
    files = {"accounts.csv": "id,name\nA1,Acme\nA2,Bolt\nA3,C\nA9,D\n", "deals.csv": DEALS}
    key, sql = re.findall(r'^(\w+) = "(.*)"', rule)[0]
    (line,) = wrong(tmp_path, files, mapping)
    assert line.startswith(f"m.toml: relationships 1: {key} = {sql}: {problem}")


def test_conditions_see_the_line_and_types(tmp_path: Path) -> None:
    mapping = READ + PEOPLE + BUYS.replace("stage = 'won'", "_line > 2 AND signed > '2024-01-01'")
    told = notes(tmp_path, FILES, mapping)
    assert any("relationships 1 · deals.csv · read 6 · used 1 · gives 1" in note for note in told)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    mapping = READ + PEOPLE.replace('"name"', '"nam"') + BUYS.replace("stage", "stag")
    assert [line.partition(": no column")[0] for line in wrong(tmp_path, FILES, mapping)] == [
        "m.toml: stakeholders 2: name = nam",
        "m.toml: relationships 1: where = stag = 'won'",
    ]
    bad = {**FILES, "deals.csv": DEALS.replace("200", "2oo").replace("05.02.2024", "31.02.2024")}
    assert wrong(tmp_path, bad, READ + PEOPLE + BUYS) == [
        "deals.csv:3: amount '2oo' is not a number written 1.234,56",
        "deals.csv:5: signed '31.02.2024' is not a date written %d.%m.%Y",
    ]


def test_problems_of_the_mapping_and_of_cells_are_told_at_once(tmp_path: Path) -> None:
    mapping = (
        '[read.other]\nmore = "x"\n[macros]\nbad = "no macro"\n'
        + READ
        + PEOPLE.replace('"name"', '"nam"')
        + BUYS
        + "\n[[interactions]]\nfrm = 'deals'\nsource = 'deal'\ntarget = 'deal'\nat = 'signed'\n"
        + "\n[[interactions]]\nfrom = 'deals'\nsource = 'bad(no)'\ntarget = 'x'\nat = 'signed'\n"
        + "\n[[relationships]]\nfrom = 'ties'\nsource = 'a'\ntarget = 'b'\ntype = 'c'\n"
    )
    files = {**FILES, "deals.csv": DEALS.replace("200", "2oo")}
    lines = wrong(tmp_path, files, mapping)
    said = ("'more' is", "bad", "'frm' is", "no column nam", "'ties'", "deals.csv:3: amount '2oo'")
    assert [sum(word in line for line in lines) for word in said] == [1] * len(lines)


def test_a_value_that_fails_has_its_line(tmp_path: Path) -> None:
    mapping = PEOPLE.replace('"name"', '"name"\nrevenue = "manager::INTEGER"')
    assert wrong(tmp_path, FILES, mapping) == [
        f"accounts.csv:{line}: manager::INTEGER can't be evaluated here: Could not convert string "
        f"'{manager}' to INT32 when casting from source column manager"
        for line, manager in ((2, "eve"), (4, "eve"), (5, "bob"))
    ]


def test_a_value_inside_an_aggregate_has_its_line(tmp_path: Path) -> None:
    deals = DEALS.replace('"1.000,50"', "1.5").replace("200", "2oo")
    mapping = PEOPLE + BUYS.replace("sum(amount)", "1 + sum(amount::DOUBLE)").replace(
        "min(signed)", "NULL"
    )
    assert wrong(tmp_path, {**FILES, "deals.csv": deals}, mapping) == [
        "deals.csv:3: CAST(amount AS DOUBLE) can't be evaluated here: Could not convert string "
        "'2oo' to DOUBLE when casting from source column amount"
    ]


def test_numbers_that_are_ids_and_columns_with_blanks(tmp_path: Path) -> None:
    files = {"a.json": '[{"Account Id": 7.0, "Account Name": "x"}]'}
    mapping = """
[[stakeholders]]
from = "a"
id = "'a' || \\"Account Id\\""
name = "Account Name"
market = "'customer'"
"""
    frame = mapped(tmp_path, files, mapping).reading.dataset.stakeholders
    assert frame.to_dict("records") == [{"id": "a7", "name": "x", "market": "customer"}]


def test_a_number_as_a_key_is_a_value(tmp_path: Path) -> None:
    mapping = FIRM.replace("'firm'", "'1'", 1) + PEOPLE.partition("[[stakeholders]]\nfrom")[2].join(
        ["[[stakeholders]]\nfrom", ""]
    )
    mapping += """
[[relationships]]
from = "accounts"
source = "id"
target = 1
type = "'BUYS_FROM'"
"""
    ties = mapped(tmp_path, FILES, mapping).reading.dataset.relationships
    assert ties["target"].tolist() == ["1"] * 4


def test_sums_are_the_same_every_time(tmp_path: Path) -> None:
    rows = "".join(f"c{n % 7},{n / 3}\n" for n in range(20_000))
    files = {"a.csv": f"id,x\n{rows}"}
    mapping = """
[read.a]
types = { x = "number" }
[[stakeholders]]
from = "a"
one_per = ["id"]
id = "id"
name = "id"
market = "'customer'"
revenue = "sum(x)"
"""
    first, again = (mapped(tmp_path, files, mapping).reading.dataset.stakeholders for _ in range(2))
    assert first.equals(again)
    assert first["revenue"].sum() == pytest.approx(19_999 * 20_000 / 6)


@pytest.mark.parametrize("reorders", [False, True])
def test_a_condition_needs_no_value_for_rows_that_an_earlier_one_drops(
    tmp_path: Path, reorders: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def table(engine: Engine, sql: str) -> pa.Table:
        if reorders and " AND NOT (" in sql:  # as if the engine asked the second one first
            raise SqlFailed("ConversionException", "no number")
        return ask(engine, sql)

    ask = Engine.table
    monkeypatch.setattr(Engine, "table", table)
    files = {"t.csv": "a,x\nfirm,5\nfirm,no\nfirm,7\nfirm,\n" + "b,no\n" * 3000}
    mapping = """
[[interactions]]
from = "t"
where = [["x <> 'no'", "no"], ["x::INTEGER > 5", "small"]]
source = "a"
target = "'firm'"
at = "'2024-01-01'"
value = "x::INTEGER"
"""
    told = "\n".join(notes(tmp_path, files, FIRM + mapping)).replace(",", "")
    assert "read 3004 · used 1 · gives 1" in told
    assert "3002 no (lines 3 5 6 …) 1 small (line 2)" in told
