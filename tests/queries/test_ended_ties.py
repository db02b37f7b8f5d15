"""What has ended counts in no named query, and counted in all of them while it held."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from relgraph.api.importing import import_files
from relgraph.named_queries import load_queries
from relgraph.store import open_store
from tests.queries.golden_rows import DATASETS, read_lines, run_query, to_lines

Rows = dict[str, list[list[Any]]]
QUERIES = load_queries()
DATED = [name for name, query in QUERIES.items() if "held_on" in query.cypher]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory, store_url: str) -> dict[str, Rows]:
    """Return the rows of each query where ties hold, ended, begin tomorrow, or are not there."""
    found = {}
    for case, dates in {
        "hold": {"since": "2000-01-01", "until": "2999-12-31"},
        "ended": {"until": "2000-12-31"},
        "to come": {"since": "2999-01-01"},
        "none": None,
    }.items():
        folder = tmp_path_factory.mktemp("dated")
        write_dated(folder, dates)
        with open_store(store_url, write=True) as store:
            import_files(store, [folder], replace=True)
        with open_store(store_url) as store:
            found[case] = {
                name: to_lines(run_query(store, QUERIES[name], "small")) for name in DATED
            }
    return found


def write_dated(folder: Path, dates: dict[str, str] | None) -> None:
    for name in ("stakeholders", "relationships", "interactions"):
        frame = pd.read_csv(DATASETS["small"] / f"{name}.csv", dtype=str, keep_default_na=False)
        if name == "relationships":
            frame = frame.assign(**dates) if dates else frame.head(0)
        frame.to_csv(folder / f"{name}.csv", index=False)


def test_every_query_about_ties_asks_when_they_held() -> None:
    # A relationship that has dates is any but CONTACTED.
    about = {name for name, query in QUERIES.items() if "-[" in query.cypher} - {
        "cooling-ties",
        "owner-load",
        "unvisited-stakeholders",
    }
    assert set(DATED) == about


@pytest.mark.parametrize("name", DATED)
def test_ties_count_while_they_hold(rows: dict[str, Rows], name: str) -> None:
    assert rows["ended"][name] == rows["to come"][name] == rows["none"][name]
    assert rows["hold"][name] != rows["none"][name]
    assert rows["hold"][name] == read_lines("small", name)
