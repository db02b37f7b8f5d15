"""Money of several currencies in every command that reads it, and none of it elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from relgraph import api
from relgraph.errors import UsageError
from relgraph.planning.reading import read_basis
from relgraph.result import Result
from relgraph.settings import PlanningSettings
from relgraph.store import Store
from tests.stored import store_rows

EURO = 'currency = "EUR"\n[rates]\nUSD = 2.0\nCNY = 0.125\n'
MONEY = ("revenue", "margin")
PEOPLE: list[dict[str, Any]] = [
    {"id": "f", "name": "Acme", "market": "firm"},
    {"id": "e", "name": "Eve", "market": "employee"},
    {"id": "a", "name": "Ann", "market": "customer", "margin": 100.0, "revenue": 900.0},
    {"id": "b", "name": "Bob", "market": "customer", "margin": 40.0, "satisfaction": 0.2},
    {"id": "c", "name": "Cy", "market": "customer", "revenue": 300.0},
    {"id": "d", "name": "Dis", "market": "distributor", "margin": 200.0},
    {"id": "s", "name": "Sol", "market": "supplier", "revenue": 70.0, "sub_market": "steel"},
    {"id": "t", "name": "Tin", "market": "customer"},
    {"id": "x", "name": "Xia", "market": "customer", "status": "left", "margin": 30.0},
    {"id": "z", "name": "Zoe", "market": "customer", "margin": 16.0},
]
TIES: list[dict[str, Any]] = [
    {"source": "e", "target": "f", "type": "WORKS_FOR", "strength": 1.0},
    *({"source": "e", "target": i, "type": "MANAGES", "strength": 0.5} for i in "abds"),
    {"source": "a", "target": "b", "type": "REFERS", "strength": 0.5},
    {"source": "b", "target": "d", "type": "BUYS_FROM", "strength": 0.5, "margin": 60.0},
    {"source": "t", "target": "f", "type": "BUYS_FROM", "strength": 0.5, "margin": 24.0},
    *({"source": "a", "target": i, "type": "KNOWS", "strength": 0.5} for i in "cz"),
]
FIGURES: dict[str, Callable[[Store], Result]] = {
    "value": lambda store: api.value_stakeholders(store, draws=20),
    "exit": lambda store: api.rank_exits(store, draws=20),
    "exit ID": lambda store: api.trace_exit(store, ["e"]),
    "exit --rates": api.measure_churn,
    "portfolio": lambda store: api.classify_stakeholders(store, draws=20),
    "portfolio --model value": lambda store: api.classify_stakeholders(
        store, model="value", draws=20
    ),
    "overdue": lambda store: api.list_overdue(store, everyone=True),
    "strength": lambda store: api.rank_partnerships(store, by="margin"),
    "strength --at-risk": lambda store: api.rank_partnerships(store, at_risk=True),
    "brokers": api.rank_brokers,
}


def stored(
    path: Path,
    settings: str = "",
    currencies: Mapping[str, str] | None = None,
    scale: float = 1.0,
) -> Path:
    """Make a store of the firm whose money is scaled, with the currencies of stakeholders."""
    people: list[dict[str, Any]] = [
        {name: value * scale if name in MONEY else value for name, value in row.items()}
        | {"currency": (currencies or {}).get(row["id"])}
        for row in PEOPLE
    ]
    ties = [row | {"margin": row.get("margin", float("nan")) * scale} for row in TIES]
    store_rows(path, people, ties)
    with api.open_store(path, write=True) as store:
        api.save_settings(store, settings)
    return path


def rows(result: Result) -> list[dict[str, Any]]:
    return list(result.rows())


def test_a_currency_scales_all_money_by_its_rate(tmp_path: Path) -> None:
    every = dict.fromkeys("abcdstxz", "USD")
    converted = stored(tmp_path / "usd.lbug", EURO, every)
    scaled = stored(tmp_path / "twice.lbug", "", None, 2.0)
    with api.open_store(converted) as one, api.open_store(scaled) as other:
        for name, read in FIGURES.items():
            # Twice is exact in floating point, so the rows are the same to the last digit.
            assert rows(read(one)) == rows(read(other)), name
            said = [str(note) for note in read(one).notes]
            assert sum(note.startswith("money is in EUR, converted") for note in said) == 1, name


def test_money_of_several_currencies(tmp_path: Path) -> None:
    currencies = {
        "a": "EUR",
        "b": "usd",
        "c": "CNY",
        "d": "EUR",
        "t": "CNY",
        "x": "USD",
        "z": "CNY",
    }
    with api.open_store(stored(tmp_path / "mixed.lbug", EURO, currencies)) as store:
        margins = {
            row["id"]: (row["margin"], row["basis"]) for row in rows(FIGURES["value"](store))
        }
        # The ratio of margin to revenue is Ann's, 100/900.
        assert margins == {
            "a": (100, "given"),
            "b": (80, "given"),
            "c": (pytest.approx(300 * 0.125 / 9), "revenue"),
            "d": (80, "given"),
            "s": (None, "missing"),
            "t": (3, "ties"),
            "z": (2, "given"),
        }
        basis = read_basis(store, PlanningSettings())
        earned = dict(zip(basis.accounts.nodes.ids.tolist(), basis.margin.tolist(), strict=True))
        assert earned["d"] == 200 - 60 * 2  # Bob buys in dollars
        ties = {row["account"]: row["margin"] for row in rows(FIGURES["strength"](store))}
        assert ties["b"] == 80
        lost = {row["id"]: row["margin_cut_off"] for row in rows(api.rank_brokers(store))}
        assert lost["a"] == 2  # Zoe; Cy gave no margin
        assert [row["margin"] for row in rows(api.measure_churn(store))] == [60, 60]
        api.write_report(store, tmp_path / "r.md")
        text = (tmp_path / "r.md").read_text(encoding="utf-8")
        assert "- customers' margin a year: 182 EUR\n" in text
        assert "| market | stakeholders | ties each | revenue EUR | margin EUR |" in text
        assert "CNY (3 stakeholders, 1 CNY = 0.125 EUR)" in text
        api.write_report(store, tmp_path / "r.html")
        page = (tmp_path / "r.html").read_text(encoding="utf-8")
        for heading in ("margin", "at stake"):
            assert f">{heading}</span> EUR</th>" in page
        assert api.show_stakeholder(store, "b").properties["margin"] == 40  # as stored


def test_what_reads_no_money_needs_no_rates(tmp_path: Path) -> None:
    path = stored(tmp_path / "mixed.lbug", 'currency = "EUR"', {"a": "EUR", "b": "USD"})
    with api.open_store(path) as store:
        assert len(api.rank_centrality(store)) == 9
        for read in FIGURES.values():
            with pytest.raises(UsageError, match=r"no rate for USD: write currency = \"EUR\""):
                read(store)
        for write, name in ((api.write_report, "r.md"), (api.draw_map, "m.html")):
            with pytest.raises(UsageError, match=r"EUR .1 stakeholder., USD .1 stakeholder."):
                write(store, tmp_path / name)
            assert not (tmp_path / name).exists()


def test_settings_and_currencies_go_with_the_data(tmp_path: Path) -> None:
    path = stored(tmp_path / "one.lbug", EURO, {"a": "USD", "b": "CNY"})
    with api.open_store(path) as store:
        expected = rows(FIGURES["value"](store))
        api.export_store(store, tmp_path / "folder")
        api.export_store(store, tmp_path / "book.xlsx")
        with api.open_store(tmp_path / "copy.lbug", write=True) as target:
            api.copy_store(store, target)
            assert rows(FIGURES["value"](target)) == expected
    for name in ("folder", "book.xlsx"):
        with api.open_store(tmp_path / f"{name}.lbug", write=True) as store:
            api.import_files(store, tmp_path / name)
            assert rows(FIGURES["value"](store)) == expected
