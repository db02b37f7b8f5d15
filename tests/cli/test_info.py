"""`relgraph info`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from relgraph.resources import resource_dir
from tests.conftest import Relgraph

NORTHWIND = resource_dir("sample_data") / "northwind"


def counts(rows: list[dict[str, Any]], kind: str) -> dict[str, int]:
    return {row["name"]: row["count"] for row in rows if row["kind"] == kind}


def test_northwind_is_told_as_published(relgraph: Relgraph) -> None:
    assert relgraph("import", NORTHWIND).exit_code == 0
    rows = json.loads(relgraph("info", "--json").stdout)
    assert counts(rows, "market") == {
        "customer": 91,
        "supplier": 29,
        "distributor": 3,
        "competitor": 0,
        "influencer": 0,
        "employee": 9,
        "firm": 1,
    }
    assert counts(rows, "store")["stakeholders"] == 133
    types = counts(rows, "type")
    assert (types["MANAGES"], types["REPORTS_TO"], types["CONTACTED"]) == (464, 8, 830)
    assert counts(rows, "store")["relationships"] == sum(types.values()) - 830
    assert counts(rows, "property")["BUYS_FROM.since"] == 89
    assert counts(rows, "property")["revenue"] == 100
    assert list(rows[0]) == ["kind", "name", "count", "at", "sha256"]


def test_every_import_is_told_with_its_files(relgraph: Relgraph) -> None:
    people = Path("people.csv")
    people.write_text("id,name,market\na,A,customer\nb,B,supplier\n")
    assert relgraph("import", people).exit_code == 0
    ties = Path("ties.csv")
    ties.write_text("source,target,type\na,b,knows\n")
    assert relgraph("import", ties).exit_code == 0
    rows = json.loads(relgraph("info", "--json").stdout)
    first, file = [row for row in rows if row["kind"] == "import"]
    assert (first["name"], first["count"]) == ("people.csv", 2)
    assert (file["name"], file["count"]) == ("ties.csv", 1)
    assert file["sha256"] == hashlib.sha256(ties.read_bytes()).hexdigest()
    assert file["at"].endswith("Z")


def test_a_property_with_an_awkward_name_is_told(relgraph: Relgraph) -> None:
    name = "back`tick} RETURN $x //"
    Path("stakeholders.csv").write_text(f"id,name,market,{name}\na,A,customer,1\n")
    assert relgraph("import", "stakeholders.csv").exit_code == 0
    rows = json.loads(relgraph("info", "--json").stdout)
    assert counts(rows, "property")[name] == 1


def test_a_missing_store_is_said_and_not_made(relgraph: Relgraph) -> None:
    result = relgraph("info")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "run `relgraph import` first" in result.stderr
    assert list(Path().iterdir()) == []


def test_what_is_not_a_store_is_said(relgraph: Relgraph) -> None:
    Path("empty.lbug").touch()
    Path("notes.txt").write_text("hello")
    for name in ("empty.lbug", "notes.txt"):
        result = relgraph("info", "-d", name)
        assert result.exit_code == 3
        assert "is not a relgraph database" in result.stderr
        assert len(result.stderr.splitlines()) == 1
