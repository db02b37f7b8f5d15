"""The settings that a store carries along, in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.api import open_store, read_settings, save_settings
from relgraph.errors import InvalidInput
from relgraph.store import Store
from relgraph.store_settings import parse_settings

TEXT = "[types.LENDS_TO]\nboth_ways = true\n"


def test_what_is_saved_is_read(worked: Store, tmp_path: Path) -> None:
    assert read_settings(worked) == ""
    with open_store(tmp_path / "new.lbug", write=True) as store:
        assert save_settings(store, TEXT.replace("\n", "\r\n")) == ()
        assert read_settings(store) == TEXT
        kind = store.read_settings().kinds["LENDS_TO"]
        assert (kind.both_ways, kind.word_of_mouth, kind.default, kind.sign) == (
            True,
            False,
            True,
            1,
        )
    with open_store(tmp_path / "new.lbug") as store:
        assert read_settings(store) == TEXT


def test_a_wrong_text_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "new.lbug", write=True) as store:
        with pytest.raises(InvalidInput, match=r"ours: .* is not a section"):
            save_settings(store, "[money]\n", file="ours")
        assert read_settings(store) == ""


def test_hostile_types_have_their_sign() -> None:
    kinds = parse_settings("[types.FIGHTS]\nhostile = true").kinds
    assert (kinds["FIGHTS"].sign, kinds["COMPETES_WITH"].sign, kinds["KNOWS"].sign) == (-1, -1, 1)
