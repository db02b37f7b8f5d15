"""Types of relationship: mistyped ones are problems, new ones are noted with what they count as."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from relgraph.model import CONTACTED, RELATIONSHIP_TYPES
from relgraph.readwrite.names import mistyped_type
from relgraph.store_settings import parse_settings
from tests.conftest import Relgraph
from tests.readwrite.reading import PEOPLE, problems, read
from tests.readwrite.test_reading import column, stored
from tests.told import told

NEW = (
    "new types of relationship: {}; such a type runs one way, counts in the network, not as word "
    "of mouth; `relgraph settings` can declare otherwise"
)


def ties(*types: str) -> dict[str, str | bytes]:
    rows = "".join(f"c1,c2,{name}\n" for name in types)
    return {"stakeholders.csv": PEOPLE, "relationships.csv": f"source,target,type\n{rows}"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("REFERRS", "REFERS"),
        ("refered", "REFERS"),
        ("Influnces", "INFLUENCES"),
        ("INFLUENCED_BY", "INFLUENCES"),
        ("buys", "BUYS_FROM"),
        ("buy", "BUYS_FROM"),
        ("buys form", "BUYS_FROM"),
        ("KNOWN", "KNOWS"),
        ("knwos", "KNOWS"),
        ("partner", "PARTNERS_WITH"),
        ("partners", "PARTNERS_WITH"),
        ("reporting to", "REPORTS_TO"),
        ("works", "WORKS_FOR"),
        ("competes", "COMPETES_WITH"),
        ("MANGES", "MANAGES"),
        ("manager", "MANAGES"),
        ("suppplies", "SUPPLIES"),
        ("distribute to", "DISTRIBUTES"),
    ],
)
def test_near_a_known_type(tmp_path: Path, typed: str, meant: str) -> None:
    (found,) = problems(tmp_path, ties("KNOWS", typed))
    assert found.startswith("relationships.csv:3: ")
    assert f"is not a known type of relationship (did you mean '{meant}'?)" in found


@pytest.mark.parametrize("typed", ["manage", "refer", "Works for", "合作", "supply", "buy-from"])
def test_other_spellings_of_known_types_are_read(tmp_path: Path, typed: str) -> None:
    found = read(tmp_path, ties(typed))
    assert set(column(found.relationships, "type")) <= set(RELATIONSHIP_TYPES) - {CONTACTED}
    assert found.notes == ()


@pytest.mark.parametrize(
    "typed",
    ["LENDS_TO", "SELLS_TO", "OWNS", "TRUSTS", "WORKS_WITH", "FRIEND_OF", "A", "LIKES", "ADVISES"],
)
def test_a_new_type_is_noted(tmp_path: Path, typed: str) -> None:
    found = read(tmp_path, ties(typed))
    assert told(found.notes) == (NEW.format(f"{typed} (1)"),)


def test_new_types_are_counted(tmp_path: Path) -> None:
    files = ties("LENDS_TO", "OWNS")
    files["relationships.csv"] = f"{files['relationships.csv']!s}c2,c1,LENDS_TO\n"
    assert told(read(tmp_path, files).notes) == (NEW.format("LENDS_TO (2), OWNS (1)"),)
    many = told(read(tmp_path, ties(*(f"T{number}" for number in range(9)))).notes)
    assert many == (NEW.format("T0 (1), T1 (1), T2 (1), T3 (1), T4 (1), T5 (1), 3 more"),)


def test_stored_and_declared_types_are_not_new(tmp_path: Path) -> None:
    store = replace(stored(), type_names=frozenset({"LENDS_TO", "REFERRS"}))
    assert read(tmp_path, ties("LENDS_TO"), store).notes == ()
    assert "did you mean 'REFERS'" in problems(tmp_path, ties("REFERRS"), store)[0]
    settings = parse_settings("[types.REFERRS]\n[types.OWNS]")
    declared = replace(store, settings=settings)
    assert read(tmp_path, ties("REFERRS", "OWNS"), declared).notes == ()
    assert "did you mean 'OWNS'" in problems(tmp_path, ties("OWNNS"), declared)[0]


def test_no_known_type_is_near_another() -> None:
    for name in RELATIONSHIP_TYPES:
        others = set(RELATIONSHIP_TYPES) - {name}
        assert mistyped_type(name, others) is None


def test_nothing_is_stored(relgraph: Relgraph) -> None:
    for name, text in ties("REFERRS").items():
        Path(name).write_text(str(text))
    result = relgraph("import", *ties())
    assert (result.exit_code, Path("relgraph.lbug").exists()) == (4, False)
    assert result.stderr == (
        "relgraph: error: relationships.csv:2: REFERRS is not a known type of relationship (did "
        "you mean 'REFERS'?); correct it, or declare it with `relgraph settings`\n"
    )
    assert relgraph("settings", "-", input="[types.REFERRS]\n").exit_code == 0
    assert relgraph("import", *ties()).stderr == ""
