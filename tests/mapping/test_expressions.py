"""Expressions: values of rows and groups, and no way out of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from relgraph.mapping import engine as engines
from relgraph.mapping.engine import Engine, SqlFailed
from relgraph.mapping.expressions import Checker, Expression
from relgraph.mapping.form import Macro
from relgraph.messages import Message
from tests.mapping.mapped import wrong

ATTACKS = [
    # files, named or found
    "(SELECT content FROM read_text('/etc/passwd'))",
    "(SELECT 1 FROM '/etc/passwd')",
    "(SELECT 1 FROM read_csv('/etc/passwd'))",
    "(SELECT 1 FROM read_blob('/etc/passwd'))",
    "(SELECT 1 FROM glob('/*'))",
    "read_text('/etc/passwd')",
    "id FROM read_parquet('x.parquet')",
    "EXISTS (FROM 'x.csv')",
    "id IN (FROM 'x.csv')",
    "1; COPY t0 TO 'out.csv'",
    "id); COPY t0 TO 'out.csv' --",
    "1; EXPORT DATABASE 'out'",
    "1; ATTACH 'other.db'",
    # the network, and code from it
    "id FROM 'http://example.com/x.csv'",
    "(SELECT 1 FROM 'https://example.com/x.parquet')",
    "1; INSTALL httpfs",
    "1; LOAD httpfs",
    # settings
    "1; SET enable_external_access = true",
    "1; SET memory_limit = '100GB'",
    "1; PRAGMA database_list",
    "current_setting('home_directory')",
    "getvariable('x')",
    "getenv('HOME')",
    # Python's own variables, other tables, other schemas
    "(SELECT count(*) FROM t0)",
    "query('SELECT 1')",
    "json_execute_serialized_sql('x')",
    "main.upper(id)",
    # memory and time
    "len(range(10000000000))",
    "length(repeat('x', 3000000000))",
    "lpad('x', 2000000000, 'y')",
    "format('{:1000000000}', 1)",
    "bitstring('1', 2000000000)",
    "(WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r)",
    "unnest(generate_series(1, 1000000000))",
    "sleep_ms(100000)",
    "pg_sleep(100)",
    # what differs from run to run, or writes
    "random()",
    "now()",
    "nextval('s')",
    "write_log('x')",
    # not one value
    "id, id",
    "id AS other",
    "*",
    "COLUMNS(*)",
    "id UNION SELECT 1",
    "id ORDER BY 1",
    "?",
    "$x",
    "",
    "'" + "x" * 20_000 + "'",
]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine({"t0": pa.table({"_row": [0], "id": ["1"]})}) as engine:
        yield engine


@pytest.mark.parametrize("sql", ATTACKS)
def test_attacks_are_refused(sql: str, engine: Engine) -> None:
    assert isinstance(Checker(engine).read(sql), Message)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM 'test_expressions.py'",
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY t0 TO 'out.csv'",
        "ATTACH 'other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET memory_limit = '100GB'",
        "SET enable_external_access = true",
        "SELECT * FROM ATTACKS",
        "SELECT * FROM 'http://example.com/x.csv'",
    ],
)
def test_the_engine_itself_is_locked(statement: str, engine: Engine) -> None:
    with pytest.raises(SqlFailed):
        engine.rows(statement)


def test_memory_is_bounded(engine: Engine) -> None:
    with pytest.raises(SqlFailed):
        engine.rows("SELECT length(repeat('x', 4294967294))")


def test_time_is_bounded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SECONDS", 0.2)
    with pytest.raises(SqlFailed) as caught:
        engine.rows("SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b")
    assert caught.value.kind == "InterruptException"


BOMBS = [
    "list_reduce(string_split(id, ''), lambda a, b: a || a || b)",
    "list_transform(string_split(id, ''), lambda a: list_transform(string_split(id, ''), "
    "lambda b: list_transform(string_split(id, ''), lambda c: id || a || b || c)))::VARCHAR",
    "replace(" * 4 + "id" + f", 'a', '{'a' * 2000}')" * 4,
    "hex(" * 18 + "id" + ")" * 18,
    "list_transform(string_split(id, ''), lambda a: list_transform(string_split(id, ''), "
    "lambda b: string_split(id || id || id, a)))::VARCHAR",
    "string_agg(id, '" + "x" * 5000 + "') OVER (ORDER BY _row)",
    "list(id || id) OVER (ORDER BY _row)::VARCHAR",
]


@pytest.mark.parametrize("sql", BOMBS)
def test_what_makes_much_of_little_is_bounded(sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MEMORY", 1 << 26)
    monkeypatch.setattr(engines, "SECONDS", 2.0)
    rows = pa.table({"_row": range(1000), "id": ["a" * 200] * 1000})
    with Engine({"t0": rows}) as engine:
        found = Checker(engine).read(sql)
        assert isinstance(found, Expression), str(found)
        with pytest.raises(SqlFailed):
            engine.table(f"SELECT ({sql}\n) AS c FROM t0")


@pytest.mark.parametrize(
    "sql",
    [
        "regexp_matches(id, '(a+)+$')",
        "regexp_matches(id, '(a|aa)*b')",
        "regexp_replace(id, '(.*)*', '\\1', 'g')",
        "id SIMILAR TO '(a|a)*b'",
        "id LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%a%a%b'",
        "id GLOB '*a*a*a*a*a*a*a*a*a*a*a*a*a*b'",
    ],
)
def test_no_pattern_takes_long(sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "SECONDS", 2.0)
    with Engine({"t0": pa.table({"id": ["a" * 5000]})}) as engine:
        assert isinstance(Checker(engine).read(sql), Expression)
        assert len(engine.rows(f"SELECT {sql} FROM t0")) == 1


def test_patterns_that_are_too_large_are_refused(engine: Engine) -> None:
    with pytest.raises(SqlFailed, match="repetition"):
        engine.rows("SELECT regexp_matches(id, '((a{1,1000}){1,1000}){1,1000}') FROM t0")


def test_macros_that_grow_without_end_are_refused(engine: Engine) -> None:
    checker = Checker(engine)
    refused = [
        checker.add_macro(Macro(f"m{n}", ("x",), f"m{n - 1}(m{n - 1}(x))" if n else "x || x"))
        for n in range(8)
    ]
    assert refused[0] is None
    assert isinstance(refused[-1], Message)


def test_a_macro_knows_its_parameters_only(engine: Engine) -> None:
    checker = Checker(engine)
    assert checker.add_macro(Macro("cus", ("x",), "'cus-' || x")) is None
    assert isinstance(checker.add_macro(Macro("bad", ("x",), "x || id")), Message)
    assert isinstance(checker.add_macro(Macro("upper", ("x",), "x")), Message)
    found = checker.read("cus(id)")
    assert isinstance(found, Expression)
    assert engine.rows(f"SELECT {found.sql} FROM t0") == [("cus-1",)]


@pytest.mark.parametrize(
    ("sql", "columns", "aggregates"),
    [
        ("sum(a) / count(DISTINCT b.c)", {("a",), ("b", "c")}, True),
        ("max(a) FILTER (WHERE b > 0)", {("a",), ("b",)}, True),
        ("first(a ORDER BY b)", {("a",), ("b",)}, True),
        ("list_transform(a, lambda x: x || b)", {("a",), ("b",)}, False),
        ("row_number() OVER (PARTITION BY a ORDER BY b)", {("a",), ("b",)}, False),
        ("CASE WHEN a LIKE 'x%' THEN b::DATE END", {("a",), ("b",)}, False),
        ("'it''s' || \"Account Name\" -- said", {("Account Name",)}, False),
        ("coalesce(nullif(trim(a), ''), 'none')", {("a",)}, False),
        ("date_diff('day', a, b) + EXTRACT(year FROM a)", {("a",), ("b",)}, False),
        ("try_cast(a AS INTEGER) BETWEEN 1 AND 2", {("a",)}, False),
    ],
)
def test_what_an_expression_names(
    sql: str, columns: set[tuple[str, ...]], aggregates: bool, engine: Engine
) -> None:
    found = Checker(engine).read(sql)
    assert isinstance(found, Expression), found
    assert (set(found.columns), found.aggregates) == (columns, aggregates)


def test_an_attack_in_a_mapping_has_its_line(tmp_path: Path) -> None:
    files = {"a.csv": "code\n1\n"}
    mapping = """
[[stakeholders]]
from = "a"
id = "code"
name = "(SELECT content FROM read_text('/etc/passwd'))"
market = "'customer'"
where = ["length(repeat('x', 3000000000)) > 0"]
join = { b = "1; ATTACH 'x'" }
"""
    assert wrong(tmp_path, {**files, "b.csv": "x\n1\n"}, mapping) == [
        "m.toml: stakeholders 1: join.b = 1; ATTACH 'x': not an SQL expression: more than one "
        "expression; only one value can stand here",
    ]
    assert wrong(tmp_path, files, mapping.rpartition("join")[0]) == [
        "m.toml: stakeholders 1: where = length(repeat('x', 3000000000)) > 0: "
        "the function repeat can't be used in a mapping",
        "m.toml: stakeholders 1: name = (SELECT content FROM read_text('/etc/passwd')): "
        "a query inside an expression; name its table in from or join instead",
    ]


def test_a_bomb_in_a_mapping_has_its_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MEMORY", 1 << 26)
    mapping = f"""
[[stakeholders]]
from = "a"
id = "code"
name = "length({BOMBS[0]})"
market = "'customer'"
"""
    mapping = mapping.replace("id, ''", "code, ''")
    (problem,) = wrong(tmp_path, {"a.csv": "code\n" + f"{'a' * 200}\n" * 1000}, mapping)
    assert problem.startswith("m.toml: stakeholders 1: ")
    assert "memory" in problem.lower() or "alloc" in problem.lower()
