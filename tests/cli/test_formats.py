"""Rows in every format: golden files of an awkward result set, and what they read back as."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import numpy as np
import pytest

from relgraph.cli import formats
from relgraph.cli.options.output import FORMATS
from relgraph.result import Result
from tests.cli.awkward import awkward, golden_file, texts

AWKWARD = awkward()
EMPTY = Result({"id": np.array([], dtype=object), "degree": np.array([], dtype=np.int64)})


@pytest.mark.parametrize("format", FORMATS)
def test_golden(format: str) -> None:
    expected = golden_file(format).read_bytes().decode()
    assert formats.FORMATS[format](AWKWARD) == expected


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", "id  degree\n"),
        ("csv", "id,degree\n"),
        ("tsv", "id\tdegree\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("markdown", "| id | degree |\n| --- | --- |\n"),
    ],
)
def test_no_rows(format: str, expected: str) -> None:
    assert formats.FORMATS[format](EMPTY) == expected


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_read_back(format: str, delimiter: str) -> None:
    text = formats.FORMATS[format](AWKWARD)
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert [row["id"] for row in rows] == AWKWARD["id"].tolist()
    for row, name, number in zip(rows, AWKWARD["name"], AWKWARD["measure"], strict=True):
        name = name or ""
        assert row["name"] == ("'" + name if name.startswith(("=", "-", "＝")) else name)
        assert row["measure"] == "" if np.isnan(number) else float(row["measure"]) == number
    assert rows[0]["count"] == "9007199254740993"
    assert rows[0]["'=cmd"] == ""


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("name", ["a\rb", "a\r\nb", "a\r", 'a"b', "a\tb", "a,b", ""])
def test_one_name_is_one_record(format: str, delimiter: str, name: str) -> None:
    text = formats.FORMATS[format](Result({"name": np.array([name], dtype=object)}))
    assert list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:] == [[name]]


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_reads_back(format: str) -> None:
    text = formats.FORMATS[format](AWKWARD)
    rows = json.loads(text) if format == "json" else [json.loads(row) for row in text.splitlines()]
    assert [row["name"] for row in rows] == AWKWARD["name"].tolist()
    assert [row["types"] for row in rows] == AWKWARD["types"].tolist()
    assert rows[2]["measure"] is None
    assert rows[4]["measure"] == 1 / 3
    assert rows[6]["measure"] is None, "JSON knows no infinity"
    assert rows[0]["count"] == 2**53 + 1
    assert rows[0]["rank"] == 1
    assert isinstance(rows[0]["rank"], int)
    assert rows[3]["rank"] is None


@pytest.mark.parametrize("format", ["table", "markdown", "json", "jsonl"])
def test_nothing_steers_a_terminal(format: str) -> None:
    text = formats.FORMATS[format](AWKWARD)
    assert not set(text) & set("\x1b\x07\x9b\x7f\u202e\t\r")


def test_a_table_has_one_line_a_row_and_aligned_columns() -> None:
    lines = formats.FORMATS["table"](AWKWARD).split("\n")
    assert len(lines) == 1 + len(AWKWARD) + 1
    assert lines[0].split() == [*AWKWARD.columns]


def test_nested_values_are_read_by_people() -> None:
    value = {"by\n": "Ann", "shares": [0.5, None], "since": date(2024, 5, 1)}
    result = Result({"further": texts([value])})
    assert formats.FORMATS["table"](result) == (
        "further\nby\\n: Ann, shares: 0.5000, , since: 2024-05-01\n"
    )
    assert formats.FORMATS["jsonl"](result) == (
        '{"further": {"by\\n": "Ann", "shares": [0.5, null], "since": "2024-05-01"}}\n'
    )


def test_to_json_of_plain_values() -> None:
    assert formats.to_json({"a": (1, 2.5), "b": {"c": None}, "d": True, "e": 1j}) == (
        '{"a": [1, 2.5], "b": {"c": null}, "d": true, "e": "1j"}'
    )
