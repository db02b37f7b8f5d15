"""`rank_centrality` as Python calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph import import_files, open_store, rank_centrality
from relgraph.errors import UsageError

WORKED_EXAMPLE = Path(__file__).parents[2] / "sample_data" / "worked_example"


def test_one_measure_may_be_given_as_a_string(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "we.lbug"), write=True) as store:
        import_files(store, [WORKED_EXAMPLE])
        ranked = rank_centrality(store, "betweenness")
        assert list(ranked.columns) == ["rank", "id", "name", "market", "betweenness"]
        assert ranked["id"][:2].tolist() == ["D1", "E1"]
        assert list(rank_centrality(store, "all").columns)[4:6] == ["degree", "in_degree"]
        with pytest.raises(UsageError, match="measures: 'betweness' is not one of degree, in_deg"):
            rank_centrality(store, "betweness")
        with pytest.raises(UsageError, match="measures: no measure given; name one or more of"):
            rank_centrality(store, [])
