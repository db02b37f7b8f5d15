"""Write the schema of mappings, and the tables of docs/importing.md (`--check`: only compare)."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from relgraph.mapping.form import (
    JOIN_KEYS,
    READ_KEYS,
    RULE_KEYS,
    RULE_NEEDS,
    Key,
    key_meaning,
    rule_keys,
)
from relgraph.mapping.schema import json_schema
from relgraph.messages import Speaker
from relgraph.model import COLUMNS, TABLES

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "importing.md"
SCHEMA = ROOT / "mappings" / "schema.json"
HOLDS = {
    "text": "text",
    "texts": "a text or a list",
    "line": "a number",
    "types": "a type for each column",
    "expression": "an expression",
    "expressions": "a list of expressions",
    "joins": "a condition for each table",
    "conditions": "a list of conditions",
    "properties": "an expression for each name",
}


def keys(section: str, listed: tuple[Key, ...]) -> str:
    """Return the keys of a section as a table."""
    say = Speaker()
    rows = [
        f"| `{key.name}` | {HOLDS.get(key.kind, ' or '.join(f'`{c}`' for c in key.choices))} "
        f"| {say(key_meaning(section, key.name))} |\n"
        for key in listed
    ]
    return "| key | holds | is |\n|---|---|---|\n" + "".join(rows)


def columns() -> str:
    """Return the columns that a rule for each table can give."""
    rows = []
    for table in TABLES:
        own = [key.name for key in rule_keys(table) if key not in RULE_KEYS]
        names = [f"`{name}`" + (f" ({COLUMNS[table][name].type})") for name in own]
        needs = ", ".join(f"`{name}`" for name in RULE_NEEDS[table])
        rows.append(f"| `[[{table}]]` | {needs} | {', '.join(names)} |\n")
    return "| rule | needs | columns |\n|---|---|---|\n" + "".join(rows)


def document(text: str) -> str:
    """Return the page with the tables of the keys that there are."""
    tables = {
        "read": keys("read", READ_KEYS),
        "rule": keys(TABLES[0], RULE_KEYS),
        "join": keys("join", JOIN_KEYS),
        "columns": columns(),
    }
    for name, table in tables.items():
        begin, end = f"<!-- {name}: made from the form of mappings -->\n", "<!-- end -->"
        pattern = re.compile(f"(?<={re.escape(begin)}).*?(?={end})", re.DOTALL)
        text = pattern.sub(lambda _, table=table: table, text, count=1)
    return text


def run() -> int:
    """Write both, or with `--check` say whether they are in step."""
    made = {
        DOCUMENT: document(DOCUMENT.read_text(encoding="utf-8")),
        SCHEMA: json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n",
    }
    stale = [
        path
        for path, text in made.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" not in sys.argv[1:]:
        for path in stale:
            path.write_text(made[path], encoding="utf-8")
        return 0
    for path in stale:
        print(f"{path.relative_to(ROOT)} is not in step; run `make docs`", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(run())
