"""Who can introduce us, from a store."""

from __future__ import annotations

import pytest

from relgraph import find_introductions
from relgraph.errors import UnknownStakeholder
from relgraph.store import Store
from tests.api.refusing import refused


def test_a_way_by_names(acme: Store) -> None:
    ways = find_introductions(acme, "Bob", start="Eve")
    assert ways["way"].tolist() == ["e > a > b"]
    assert ways["chance"].tolist() == pytest.approx([0.9 * 0.8])


def test_who_is_unknown_and_what_is_out_of_range(acme: Store) -> None:
    for parameter in ("start", "exclude"):
        with pytest.raises(UnknownStakeholder) as caught:
            find_introductions(acme, "b", **{parameter: "nobody"})
        assert caught.value.parameter == parameter
    with refused("k"):
        find_introductions(acme, "b", k=0)
    with refused("hops"):
        find_introductions(acme, "b", hops=11)
    with refused("as_of"):
        find_introductions(acme, "b", as_of="soon")
