"""`map` and `report` on thin, strange and hostile stores: a page that says it, or a clear line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_map import fill, stakeholder, tie
from tests.conftest import Relgraph

STRINGS = [
    text
    for text in json.loads(
        (Path(__file__).parents[1] / "data" / "naughty_strings" / "blns.json").read_text("utf-8")
    )
    if text.strip()
]
PEOPLE = [stakeholder("a", "customer"), stakeholder("b", "supplier")]
BETWEEN = [
    tie("a", "b", "REFERS", strength=0.5),
    tie("b", "a", "REFERS", strength=0.25),
    tie("a", "b", "SUPPLIES", strength=0.5),
    tie("b", "a", "SUPPLIES"),
]
STORES = {
    "nobody": ([], [], "there is no firm in this network"),
    "firm only": ([stakeholder("f", "firm")], [], "there are no ties between those who are drawn"),
    "one": ([stakeholder("a", "customer")], [], "there is no firm in this network"),
    "no firm": (PEOPLE, [tie("a", "b", "KNOWS")], "there is no firm in this network"),
    "no ties": ([stakeholder("f", "firm"), *PEOPLE], [], "there are no ties"),
    "loops": (PEOPLE, [tie("a", "a", "KNOWS"), tie("b", "b", "REFERS")], "2 self loops left out"),
    "parallel": (PEOPLE, BETWEEN, "nobody is drawn in 4 markets"),
    "all left": ([stakeholder("a", "customer", status="left")], [], "1 stakeholder is left out"),
}
OUTPUTS = {
    "map": ["map", "-o", "out"],
    "report": ["report", "-o", "out"],
    "markdown": ["report", "--format", "markdown", "-o", "out"],
}


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def payloads(html: str) -> dict[str, Any]:
    """Return the JSON that a page carries, strictly read."""
    found = re.findall(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', html, re.S)
    return {name: json.loads(text, parse_constant=refuse) for name, text in found}


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("store", STORES)
def test_thin_stores_are_drawn_and_said(relgraph: Relgraph, store: str, output: str) -> None:
    stakeholders, relationships, said = STORES[store]
    fill(stakeholders, relationships)
    result = relgraph(*OUTPUTS[output])
    assert result.exit_code == 0, result.stderr
    text = Path("out").read_text(encoding="utf-8")
    assert said in text
    assert "nan" not in text.partition("<script>")[0].lower().split()
    if output != "markdown":
        assert payloads(text)["payload"]["sheet"]["size"] == len(stakeholders) - (
            store == "all left"
        )


def test_parallel_ties_are_one_line(relgraph: Relgraph) -> None:
    fill(PEOPLE, BETWEEN)
    assert relgraph("map").exit_code == 0
    sheet = payloads(Path("map.html").read_text(encoding="utf-8"))["payload"]["sheet"]
    assert sheet["lines"]["count"] == 1
    assert sheet["ties"]["count"] == 4
    assert sheet["lines"]["columns"]["strength"] == {"all": 0.5}


VALUES = """id,name,market,score,share,joined,seen,active,code
f,The firm,firm,1,0.5,2024-02-29,2024-02-29T23:59:59+01:00,true,007
a,Ada,customer,9007199254740991,1e308,1999-12-31,1970-01-01T00:00:00Z,false,NaN
b,Bo,supplier,-1,-1e-300,,,,Infinity
"""


@pytest.mark.parametrize("output", OUTPUTS)
def test_values_of_every_type_are_shown(relgraph: Relgraph, output: str) -> None:
    Path("stakeholders.csv").write_text(VALUES, encoding="utf-8")
    Path("relationships.csv").write_text("source,target,type\na,f,BUYS_FROM\n", encoding="utf-8")
    assert relgraph("import", "stakeholders.csv", "relationships.csv").exit_code == 0
    result = relgraph(*OUTPUTS[output])
    assert result.exit_code == 0, result.stderr
    text = Path("out").read_text(encoding="utf-8")
    if output != "map":
        assert "joined" in text
        return
    figures = payloads(text)["payload"]["sheet"]["figures"]
    assert figures["score"] == [9007199254740991, -1, 1]
    assert figures["joined"] == ["1999-12-31", None, "2024-02-29"]
    assert figures["seen"] == ["1970-01-01T00:00:00", None, "2024-02-29T22:59:59"]
    assert figures["active"] == [False, None, True]
    assert figures["code"] == ["NaN", "Infinity", "007"]


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("output", OUTPUTS)
def test_numbers_that_are_none_are_left_empty(
    relgraph: Relgraph, output: str, value: float
) -> None:
    people = [stakeholder("f", "firm"), stakeholder("a", "customer", revenue=value, margin=2.0)]
    fill(people, [tie("a", "f", "BUYS_FROM", margin=value)])
    result = relgraph(*OUTPUTS[output])
    assert result.exit_code == 0, result.stderr
    text = Path("out").read_text(encoding="utf-8")
    if output == "map":
        figures = payloads(text)["payload"]["sheet"]["figures"]
        assert figures.get("revenue", {"all": None}) == {"all": None}
    assert "inf" not in re.findall(r"\b\w+\b", text.partition("<script")[0].lower())


def test_every_naughty_string_is_text(relgraph: Relgraph) -> None:
    strings = [text for text in STRINGS if "\x00" not in text]
    people = [
        stakeholder(f"{text}{place}", "customer") | {"name": text, "sub_market": text}
        for place, text in enumerate(strings)
    ]
    fill([stakeholder("f", "firm"), *people], [tie(p["id"], "f", "BUYS_FROM") for p in people])
    for place, title in enumerate(("".join(strings), "</script><script>window.hacked=1//")):
        assert relgraph("map", "-o", f"map{place}", "--title", title).exit_code == 0
        sheet = payloads(Path(f"map{place}").read_text(encoding="utf-8"))["payload"]
        assert sheet["title"] == title
        drawn = dict(zip(*(sheet["sheet"]["nodes"][key] for key in ("key", "label")), strict=True))
        assert drawn == {"f": "Name of f"} | {person["id"]: person["name"] for person in people}
        for output in ("report", "markdown"):
            assert relgraph(*OUTPUTS[output], "--title", title).exit_code == 0
            text = Path("out").read_text(encoding="utf-8")
            outside = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.S)
            assert not re.search(r"(?<!\\)<(script|img|svg|iframe|a|object)\b", outside, re.I), (
                output
            )


def test_every_naughty_market_is_refused_in_one_escaped_line(relgraph: Relgraph) -> None:
    rows = [
        f'i{place},n,"{text.replace(chr(34), 2 * chr(34))}"' for place, text in enumerate(STRINGS)
    ]
    Path("stakeholders.csv").write_text("\n".join(["id,name,market", *rows]), "utf-8", newline="")
    result = relgraph("import", "stakeholders.csv")
    assert result.exit_code == 4
    lines = result.stderr.splitlines()
    refused = [line for line in lines if "stakeholders.csv:" in line]
    assert len(refused) == len(STRINGS)
    for line in lines:
        assert line.isprintable(), ascii(line)
    assert not Path("relgraph.lbug").exists()
