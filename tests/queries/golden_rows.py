"""The golden rows of the named queries: where they are, and how they are written anew.

`python -m tests.queries.golden_rows` writes them from an embedded store. Look at the difference
before you commit it: the rows of `small` were checked by hand.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from relgraph.api.importing import import_files
from relgraph.api.queries import run_named_query
from relgraph.named_queries import NamedQuery, load_queries
from relgraph.result import Result
from relgraph.store import Store, open_store

_TESTS = Path(__file__).resolve().parents[1]
DATASETS = {
    "small": _TESTS / "data" / "queries",
    "six_markets": _TESTS.parent / "sample_data" / "six_markets",
}
# Values for the parameters without a default.
REQUIRED = {
    "small": {"market": "supplier", "stakeholder_id": "C2"},
    "six_markets": {"market": "influencer", "stakeholder_id": "cus-10"},
}


def fill(store: Store, dataset: str) -> None:
    """Make a store hold one of the datasets."""
    import_files(store, [DATASETS[dataset]], replace=True)


def run_query(store: Store, query: NamedQuery, dataset: str) -> Result:
    """Run a query with the values of the golden rows."""
    given = {
        parameter.name: REQUIRED[dataset][parameter.name]
        for parameter in query.parameters
        if parameter.default is None
    }
    return run_named_query(store, query.name, given)


def golden_file(dataset: str, name: str) -> Path:
    """Return where a query's rows are: one JSON object of columns, and a row a line."""
    return Path(__file__).parent / "golden" / dataset / f"{name}.jsonl"


def to_lines(result: Result) -> list[list[Any]]:
    """Return the column names, then each row, in JSON's types; floats to 9 digits.

    Stores add up in their own order, so that the last digits of a sum differ.
    """
    rows = [[_plain(value) for value in row.values()] for row in result.rows()]
    return [list(result.columns), *rows]


def read_lines(dataset: str, name: str) -> list[list[Any]]:
    """Return what `to_lines` gave when the golden file was written."""
    text = golden_file(dataset, name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.9g}")
    return value.isoformat() if isinstance(value, date | datetime) else value


def write_rows(store: Store, dataset: str) -> None:
    """Write the golden rows of one dataset."""
    fill(store, dataset)
    for name, query in load_queries().items():
        file = golden_file(dataset, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = to_lines(run_query(store, query, dataset))
        text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    for each in DATASETS:
        with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/x", write=True) as new:
            write_rows(new, each)
