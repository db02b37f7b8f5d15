"""Parameters: values are checked before a store sees them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from relgraph.errors import UsageError
from relgraph.named_queries import parameters
from relgraph.named_queries.parameters import (
    Parameter,
    check_values,
    parse_value,
)

GOOD: list[tuple[str, Any, Any]] = [
    ("STRING", "10", "10"),
    ("STRING", "`}) DETACH DELETE n //", "`}) DETACH DELETE n //"),
    ("STRING", "a\0b", "a\0b"),
    ("INTEGER", "-7", -7),
    ("INTEGER", 2**63 - 1, 2**63 - 1),
    ("INTEGER", np.int64(3), 3),
    ("DOUBLE", "1e-3", 0.001),
    ("DOUBLE", 2, 2.0),
    ("BOOLEAN", "True", True),
    ("BOOLEAN", False, False),
    ("DATE", "2024-02-29", date(2024, 2, 29)),
    ("DATE", date(2024, 2, 29), date(2024, 2, 29)),
    ("DATETIME", "2024-02-29", datetime(2024, 2, 29, 23, 59, 59, 999999)),
    ("DATETIME", "2024-02-29T12:00:00+02:00", datetime(2024, 2, 29, 10)),
    ("DATETIME", date(2024, 2, 29), datetime(2024, 2, 29, 23, 59, 59, 999999)),
    ("DATETIME", datetime(2024, 2, 29, 12), datetime(2024, 2, 29, 12)),
    ("DURATION", "90", timedelta(days=90)),
    ("DURATION", timedelta(hours=1), timedelta(hours=1)),
    ("LIST", "a,b", ["a", "b"]),
    ("LIST", ' ["a,b", "c"]', ["a,b", "c"]),
    ("LIST", (1, 2), [1, 2]),
    ("LIST", [], []),
    ("MARKET", " Customer ", "customer"),
    ("MARKET", "firm", "firm"),
    ("STAKEHOLDER", "cus-01", "cus-01"),
]
BAD: list[tuple[str, Any]] = [
    ("STRING", 10),
    ("STRING", "\ud800"),
    ("INTEGER", "1.0"),
    ("INTEGER", "ten"),
    ("INTEGER", "１０"),
    ("INTEGER", "1" * 5000),
    ("INTEGER", 2**63),
    ("INTEGER", True),
    ("INTEGER", 1.0),
    ("DOUBLE", "nan"),
    ("DOUBLE", "1e999"),
    ("DOUBLE", True),
    ("DOUBLE", None),
    ("BOOLEAN", "yes"),
    ("BOOLEAN", 1),
    ("DATE", "2024-02-30"),
    ("DATE", "29.2.2024"),
    ("DATE", "20240229"),
    ("DATE", datetime(2024, 2, 29)),
    ("DATETIME", "2024-02-30"),
    ("DATETIME", "tomorrow"),
    ("DATETIME", 20240229),
    ("DURATION", "90 days"),
    ("DURATION", "99999999999"),
    ("LIST", "[1, true]"),
    ("LIST", '["a", 1]'),
    ("LIST", "[[1]]"),
    ("LIST", "[1"),
    ("LIST", "[" * 100_000),
    ("LIST", "[NaN]"),
    ("LIST", 3),
    ("MARKET", "customers"),
    ("STAKEHOLDER", "\udcff"),
]


@pytest.mark.parametrize(("kind", "value", "converted"), GOOD)
def test_values_of_the_type_are_taken(kind: str, value: Any, converted: Any) -> None:
    found = Parameter("x", kind).convert(value)
    assert found == converted
    assert type(found) is type(converted)


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_other_values_are_refused_in_one_line(kind: str, value: Any) -> None:
    with pytest.raises(UsageError, match=f"^parameter x takes an? {kind}.*, not ") as caught:
        Parameter("x", kind).convert(value)
    message = str(caught.value)
    assert len(message) < 200
    assert message.isprintable()


def test_all_faults_are_told_at_once_with_suggestions() -> None:
    parameters = [
        Parameter("top", "INTEGER", 10),
        Parameter("id", "STRING"),
        Parameter("on", "DATE"),
    ]
    with pytest.raises(UsageError) as caught:
        check_values("query q", parameters, {"tpo": "3", "on": "soon"})
    assert str(caught.value) == (
        "query q: parameter 'tpo' is unknown: the query takes top INTEGER = 10, id STRING, on DATE "
        "(did you mean 'top'?); parameter id is missing: give it with parameters id STRING; "
        "parameter on takes a DATE like 2024-05-01, or today, not 'soon'"
    )


def test_a_query_without_parameters_says_so() -> None:
    with pytest.raises(UsageError, match=r"parameter 'x' is unknown: the query takes none$"):
        check_values("query q", [], {"x": "1"})


def test_defaults_stand_in_for_what_is_not_given() -> None:
    parameters = [Parameter("top", "INTEGER", 10), Parameter("id", "STRING")]
    assert check_values("query q", parameters, {"id": "a"}) == {"top": 10, "id": "a"}


def test_a_misspelt_market_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match="did you mean 'supplier'"):
        Parameter("market", "MARKET").convert("suplier")


@pytest.mark.parametrize(
    ("parameter", "shown"),
    [
        (Parameter("a", "STRING", "x y"), "a STRING = 'x y'"),
        (Parameter("a", "BOOLEAN", True), "a BOOLEAN = true"),
        (Parameter("a", "LIST", ["x", "y"]), 'a LIST = ["x", "y"]'),
        (Parameter("a", "DATE", date(2024, 5, 1)), "a DATE = 2024-05-01"),
        (Parameter("a", "DOUBLE"), "a DOUBLE"),
    ],
)
def test_parameters_are_shown_as_they_are_declared(parameter: Parameter, shown: str) -> None:
    assert str(parameter) == shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", 10),
        ("-1.5", -1.5),
        ("true", True),
        ("null", None),
        ("007", "007"),
        ('"10"', "10"),
        ('["a", 1]', ["a", 1]),
        ('{"a": 1}', '{"a": 1}'),
        ("NaN", "NaN"),
        ("cus-01", "cus-01"),
        ("", ""),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_values_of_own_queries_are_what_they_look_like(text: str, value: Any) -> None:
    assert parse_value("x", text) == value


@pytest.mark.parametrize("text", ["9223372036854775808", "\udcff", "[[1]]", "1e999"])
def test_what_no_store_takes_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^parameter x: no store takes "):
        parse_value("x", text)


def test_nothing_close_gets_no_suggestion() -> None:
    with pytest.raises(UsageError, match=r"the query takes top INTEGER$"):
        check_values("q", [Parameter("top", "INTEGER")], {"zzz": 1, "top": 2})


def test_a_parameter_without_a_type_takes_any_value() -> None:
    parameters = [Parameter("x"), Parameter("y")]
    assert check_values("q", parameters, {"x": "1", "y": [None]}) == {"x": "1", "y": [None]}
    with pytest.raises(UsageError, match=r"^q: parameter 'z' is unknown: the query takes x, y$"):
        check_values("q", parameters, {"x": 1, "y": 2, "z": 3})


def test_today_is_the_day_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    parameter = Parameter("as_of", "DATETIME", "today")
    assert str(parameter) == "as_of DATETIME = today"
    for day in (1, 2):
        end = datetime(2030, 1, day, 23, 59, 59, 999999)
        monkeypatch.setattr(parameters, "end_of_today", lambda end=end: end)
        assert check_values("query x", [parameter], {}) == {"as_of": end}
