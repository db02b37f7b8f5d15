"""Every named query gives the same golden rows on every store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from relgraph.named_queries import load_queries
from relgraph.store import Store, open_store
from tests.queries.golden_rows import DATASETS, fill, golden_file, read_lines, run_query, to_lines

QUERIES = load_queries()


@pytest.fixture(scope="module", params=list(DATASETS))
def filled(request: pytest.FixtureRequest, store_url: str) -> Iterator[tuple[Store, str]]:
    with open_store(store_url, write=True) as store:
        fill(store, request.param)
    with open_store(store_url) as store:
        yield store, request.param


@pytest.mark.parametrize("name", list(QUERIES))
def test_golden_rows(filled: tuple[Store, str], name: str) -> None:
    store, dataset = filled
    lines = to_lines(run_query(store, QUERIES[name], dataset))
    assert lines == read_lines(dataset, name)


def test_each_query_finds_something_in_the_small_dataset() -> None:
    for name in QUERIES:
        assert len(golden_file("small", name).read_text(encoding="utf-8").splitlines()) > 1, name


def test_there_are_no_rows_of_queries_that_are_gone() -> None:
    for dataset in DATASETS:
        files = golden_file(dataset, "x").parent.iterdir()
        assert {file.stem for file in files} == set(QUERIES)
