"""What is portable gives the same rows on both stores; what isn't differs as the docs say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from relgraph.errors import QueryFailed
from relgraph.named_queries.tokens import tokenise
from relgraph.store import Store, open_store
from tests.queries.dialects import DIFFERENT, PORTABLE
from tests.queries.golden_rows import fill, to_lines
from tests.queries.subset import find_unportable
from tests.queries.tree import read_tree


@pytest.fixture(scope="module")
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as new:
        fill(new, "small")
    with open_store(store_url) as filled:
        yield filled


def unportable(cypher: str) -> list[str]:
    tokens = tokenise(cypher)
    return [fault.message for fault in find_unportable(tokens, read_tree(tokens))]


@pytest.mark.parametrize("cypher", list(PORTABLE))
def test_a_portable_form_gives_these_rows(store: Store, cypher: str) -> None:
    parameters = {"month": timedelta(days=30)} if "$month" in cypher else {}
    assert to_lines(store.execute(cypher, parameters))[1:] == PORTABLE[cypher]


@pytest.mark.parametrize("cypher", list(PORTABLE))
def test_the_check_lets_a_portable_form_pass(cypher: str) -> None:
    assert unportable(cypher) == []


@pytest.mark.parametrize("cypher", list(DIFFERENT))
def test_a_form_that_differs_does_so_as_written_down(
    store: Store, store_kind: str, cypher: str
) -> None:
    expected = getattr(DIFFERENT[cypher], store_kind)
    if isinstance(expected, str):
        with pytest.raises(QueryFailed, match=expected):
            store.execute(cypher)
    else:
        assert to_lines(store.execute(cypher))[1:] == expected


@pytest.mark.parametrize("cypher", list(DIFFERENT))
def test_the_check_refuses_a_form_that_differs(cypher: str) -> None:
    assert unportable(cypher)
