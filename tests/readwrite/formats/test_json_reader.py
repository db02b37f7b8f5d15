"""JSON: tables with the line of each row; what isn't JSON, or no table, is reported."""

from __future__ import annotations

import json

import pytest

from relgraph.readwrite.formats.json_reader import read_json
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable


def read(text: str) -> tuple[list[RawTable], list[str]]:
    """Return the tables and the problems of reading them."""
    log = ProblemLog()
    return read_json(text, "a.json", "a", log), [str(problem) for problem in log.problems]


def test_one_object_of_tables() -> None:
    text = """{
      "stakeholders": [
        {"id": "c1", "name": "Ann"},

        {"id": 7, "revenue": 1.5, "vip": true, "note": null}
      ],
      "relationships": []
    }"""
    (people, ties), problems = read(text)
    assert problems == []
    assert (people.file, people.name, people.header_line) == ("a.json", "stakeholders", 3)
    assert people.headers == ("id", "name", "revenue", "vip", "note")
    assert [column.to_pylist() for column in people.columns] == [
        *(["c1", "7"], ["Ann", None], [None, "1.5"], [None, "true"], [None, None]),
    ]
    assert people.lines.tolist() == [3, 5]
    assert people.texts is not None
    assert [marks.tolist() for marks in people.texts[:2]] == [[True, False], [True, False]]
    assert (ties.name, len(ties)) == ("relationships", 0)


def test_one_list_is_one_table() -> None:
    (table,), problems = read('[{"id": "a"},\n {"id": "b"}]\n')
    assert problems == []
    assert (table.name, table.lines.tolist()) == ("a", [1, 2])


def test_types_that_an_export_says() -> None:
    types = {"stakeholders": {"code": "text", "odd": "colour"}, "relationships": 3}
    tables = {"stakeholders": [{"id": "a", "code": "1"}], "relationships": [{"source": "a"}]}
    read_tables, problems = read(json.dumps({"columns": types, **tables}))
    assert problems == []
    assert [table.types for table in read_tables] == [{"code": "text"}, {}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a.json:1: not valid JSON: Expecting value"),
        (
            '{"stakeholders": [\n{"id": "a"}\n{"id": "b"}]}',
            "a.json:3: not valid JSON: Expecting ',' delimiter",
        ),
        ('[{"id": "a"},\n]', "a.json:2: not valid JSON: Expecting value"),
        ('[{"id": "a"}]\nmore', "a.json:2: not valid JSON: Extra data"),
        ('{"stakeholders" [', "a.json:1: not valid JSON: Expecting ':' delimiter"),
        ("{3: []}", "a.json:1: not valid JSON: Expecting property name enclosed in double quotes"),
        ('{"stakeholders": [{"id": "a"', "a.json:1: not valid JSON: Expecting ',' delimiter"),
        ("[" * 100_000, "a.json:1: JSON that can't be read: maximum recursion depth"),
        (f'[{{"id": {"9" * 5000}}}]', "a.json:1: JSON that can't be read: Exceeds the limit"),
        ('"text"', "a.json:1: no table found; expected an object with the lists stakeholders,"),
        ("{}", "a.json:1: no table found"),
        ('{"relationships": {}}', "a.json:1: 'relationships' is not a list"),
    ],
)
def test_what_is_not_json_or_no_table(text: str, problem: str) -> None:
    tables, problems = read(text)
    assert problems[0].startswith(problem)
    assert not tables[-1].whole


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("[1, 2]", "'name' '[1, 2]' is a list; expected text, a number, true or false"),
        ('{"a": 1}', "'name' \"{'a': 1}\" is an object"),
        ("NaN", "'name' nan is not a finite number"),
        ("1e999", "'name' inf is not a finite number"),
        (r'"a\u0000"', r"'name' 'a\x00' contains a NUL or half a character"),
        (r'"\ud800"', r"'name' '\ud800' contains a NUL or half a character"),
    ],
)
def test_values_that_no_cell_can_hold(cell: str, problem: str) -> None:
    _, problems = read(f'[{{"id": "a"}},\n{{"id": "b", "name": {cell}}}]')
    assert len(problems) == 1
    assert problems[0].startswith(f"a.json:2: {problem}")


def test_rows_that_are_no_objects_and_keys_given_twice() -> None:
    text = '{"stakeholders": [\n7,\n{"id": "a", "id": "b"}],\n"stakeholders": []}'
    _, problems = read(text)
    assert problems == [
        "a.json:2: '7' is not a row object like {\"id\": …}",
        "a.json:3: key 'id' is given twice in this row",
        "a.json:4: key 'stakeholders' is given a second time",
    ]
