"""The JSON Schema says of a mapping what the parser says."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from relgraph.mapping.parsing import parse_mapping
from relgraph.mapping.schema import json_schema
from relgraph.readwrite.problems import ProblemLog

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Return whether a value fits a schema; only what ours uses is known."""
    if "oneOf" in schema and sum(fits(value, each) for each in schema["oneOf"]) != 1:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema:
        names = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
        if not any(is_of(value, name) for name in names):
            return False
    if isinstance(value, str):
        pattern = schema.get("pattern")
        long = len(value) >= schema.get("minLength", 0)
        return long and (pattern is None or re.search(pattern, value) is not None)
    if isinstance(value, list):
        sizes = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**6)
        return sizes and all(fits(each, schema.get("items", {})) for each in value)
    if isinstance(value, dict):
        known, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
        if any(name not in value for name in schema.get("required", [])):
            return False
        others = [each for name, each in value.items() if name not in known]
        if rest is False and others:
            return False
        here = all(fits(value[name], known[name]) for name in known.keys() & value.keys())
        return here and (rest in (True, False) or all(fits(each, rest) for each in others))
    if isinstance(value, int) and not isinstance(value, bool):
        return bool(value >= schema.get("minimum", value))
    return True


def is_of(value: Any, name: str) -> bool:
    return isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))


RULE = "[[stakeholders]]\nid = 'x'\n"
GOOD = [
    RULE,
    "description = 'x'\nmissing = ['NULL', '-']\n" + RULE,
    "missing = 'NULL'\n" + RULE,
    RULE + "name = 5\nmargin = 1.5\n",
    RULE + "from = 'a'\none_per = 'b'\nwhere = 'x > 1'",
    RULE + "from = 'a'\none_per = ['b', 'c']\nwhere = ['x > 1', ['y', 'no y']]",
    RULE + "from = 'a'\njoin = { b = 'a.x = b.x' }",
    RULE + "from = 'a'\njoin.b = { on = 'a.x = b.x', table = 't', optional = true }",
    RULE + "properties = { a = 'x', b = 2 }",
    RULE + "[read.t]\nfile = 'x.csv'\nheader = 3\nragged = 'cut'\ncolumns = ['a']",
    RULE + "[read.t]\ntypes = { a = 'number 1.234,56', b = 'date %d.%m.%Y' }\nmissing = '-'",
    RULE + "[read.t]\noptional = true",
    RULE + "[macros]\ncus = \"(x) AS 'cus-' || x\"",
    "[[relationships]]\nsource = 'a'\ntarget = 'b'\ntype = 'c'",
    "[[interactions]]\nsource = 'a'\ntarget = 'b'\nat = 'c'\nvalue = 1",
]
BAD = [
    RULE + "nmae = 'x'",
    RULE + "name = ['x']",
    RULE + "name = ''",
    RULE + "from = 3",
    RULE + "from = 'a'\nwhere = [['a']]",
    RULE + "from = 'a'\njoin = 'b'",
    RULE + "from = 'a'\njoin.b = { on = 'x', optional = 'yes' }",
    RULE + "from = 'a'\njoin.b = { on = 'x', off = 'yes' }",
    RULE + "from = 'a'\njoin.b = { table = 'x' }",
    RULE + "properties = 'x'",
    RULE + "[read.t]\nfiel = 'x'",
    RULE + "[read.t]\nheader = 0",
    RULE + "[read.t]\nheader = 'x'",
    RULE + "[read.t]\noptional = 'yes'",
    RULE + "[read.t]\nragged = 'drop'",
    RULE + "[read.t]\ntypes = { a = 'numbr' }",
    RULE + "[read.t]\ncolumns = 3",
    RULE + "[macros]\nx = 'a || b'",
    RULE + "read = 3",
    "[stakeholders]\nid = 'x'",
    "[[stakeholders]]\nname = 'x'",
    "[[relationships]]\nsource = 'a'\ntarget = 'b'",
    "missing = [1]\n" + RULE,
    "nothing = 1\n" + RULE,
]


@pytest.mark.parametrize("text", GOOD + BAD)
def test_schema_and_parser_agree(text: str) -> None:
    log = ProblemLog()
    parse_mapping(text, "m.toml", log)
    content = tomllib.loads(text)
    assert fits(content, json_schema()) == (not log.problems) == (text in GOOD), log.problems
