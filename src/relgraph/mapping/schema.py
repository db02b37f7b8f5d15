"""The JSON Schema of mappings for editors, made from the form that the parser follows."""

from __future__ import annotations

from typing import Any

from relgraph.mapping.form import (
    JOIN_KEYS,
    READ_KEYS,
    RULE_KEYS,
    Key,
    Kind,
    key_meaning,
    rule_keys,
)
from relgraph.mapping.value_types import KINDS
from relgraph.messages import Speaker
from relgraph.model import TABLES

Schema = dict[str, Any]
_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_EXPRESSION: Schema = {"type": ["string", "number", "boolean"], "minLength": 1}
_CONDITION: Schema = {
    "oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 2, "maxItems": 2}]
}


def json_schema() -> Schema:
    """Return the schema; it ships as `mappings/schema.json`."""
    rules = {
        table: {"type": "array", "items": _section(table, rule_keys(table))} for table in TABLES
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "relgraph mapping",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string"},
            "missing": _TEXTS,
            "read": _named(_section("read", READ_KEYS)),
            "macros": _named({"type": "string", "pattern": r"^\s*\([\w\s,]*\)\s*[Aa][Ss]\s"}),
            **rules,
        },
    }


def _section(section: str, keys: tuple[Key, ...]) -> Schema:
    properties: Schema = {}
    own = {key.name for key in (*RULE_KEYS, *READ_KEYS, *JOIN_KEYS)}
    say = Speaker()
    for key in keys:
        described = key.name in own and not (section in TABLES and key not in RULE_KEYS)
        says = {"description": say(key_meaning(section, key.name))} if described else {}
        properties[key.name] = _value(key) | says
    required = [key.name for key in keys if key.required]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": required} if required else {}),
    }


def _named(schema: Schema) -> Schema:
    return {"type": "object", "additionalProperties": schema}


def _value(key: Key) -> Schema:
    if key.kind == "choice":
        return {"type": "boolean"} if "true" in key.choices else {"enum": list(key.choices)}
    values: dict[Kind, Schema] = {
        "text": _TEXT,
        "texts": _TEXTS,
        "line": {"type": "integer", "minimum": 1},
        "types": _named({"type": "string", "pattern": rf"^\s*({'|'.join(KINDS)})(\s.*)?$"}),
        "expression": _EXPRESSION,
        "expressions": _TEXTS,
        "conditions": {"oneOf": [_TEXT, {"type": "array", "items": _CONDITION}]},
        "properties": _named(_EXPRESSION),
    }
    if key.kind == "joins":
        return _named({"oneOf": [_EXPRESSION, _section("join", JOIN_KEYS)]})
    return dict(values[key.kind])
