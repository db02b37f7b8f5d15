"""Columns that are held: the same rows as Python's objects, in the same order."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from relgraph.held import Coded, Columns, Packed, coded, each, is_rising, joined
from relgraph.result import Result

ODD = [
    "",
    "a",
    "A",
    "a\0",
    "a\0b",
    "aaaaaaaa",
    "aaaaaaaab",
    "é",
    "ÿ",
    "王芳",
    "\ue000",
    "😀",
    "z" * 40,
]


@pytest.mark.parametrize("longest", [7, 13])
def test_texts_are_ordered_by_code_point_as_python_does(longest: int) -> None:
    draw = random.Random(longest)
    texts = [
        *ODD[:12],
        *("".join(draw.choices("abé王😀", k=draw.randint(0, longest))) for _ in range(300)),
    ]
    texts += ODD if longest > 8 else []
    packed = Packed.of(texts)
    assert [texts[row] for row in packed.order().tolist()] == sorted(texts)
    once = sorted(set(texts))
    assert Packed.of(once).is_rising()
    assert is_rising(np.array(once, dtype=object))
    for row in range(0, len(once) - 1, 9):
        swapped = [*once[:row], once[row + 1], once[row], *once[row + 2 :]]
        assert not Packed.of(swapped).is_rising()
        assert not Packed.of([*once[: row + 1], *once[row:]]).is_rising()
    missing = Packed.of(["b", None, "a"])
    assert missing.order().tolist() == [1, 2, 0]
    assert not missing.is_rising()


def test_texts_are_cut_and_laid_in_a_row() -> None:
    texts = [*ODD, None, "x"]
    packed = Packed.of(texts)
    rows = np.array([3, 14, 13, 0, 9])
    cut = packed[rows]
    assert cut.decoded().tolist() == [texts[row] for row in rows.tolist()]
    assert Packed.in_a_row(*cut.compact()).decoded().tolist() == cut.decoded().tolist()
    assert Packed.in_a_row(*packed[2:6].compact()).decoded().tolist() == texts[2:6]
    assert Packed.joined([packed, cut]).decoded().tolist() == [*texts, *cut.decoded().tolist()]
    assert len(Packed.in_a_row(*packed[:0].compact())) == 0


def test_shared_values_are_joined_by_value() -> None:
    one, other = coded(np.array(["a", None, "b"], object)), coded(np.array(["b", "c"], object))
    both = joined([one, other])
    assert isinstance(both, Coded)
    assert both.decoded().tolist() == ["a", None, "b", "b", "c"]
    assert joined([one, Packed.of(["d"])]).tolist() == ["a", None, "b", "d"]


def test_a_result_decodes_only_what_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    result = Result({"rank": np.arange(3), "id": Packed.of(["a", "b", "c"])})
    sizes: list[int] = []
    plain = Packed.decoded

    def counted(self: Packed) -> Any:
        sizes.append(len(self))
        return plain(self)

    monkeypatch.setattr(Packed, "decoded", counted)
    first = result.take(np.array([2, 0])).head(1)
    assert len(first) == 1
    assert not sizes
    assert list(first.rows()) == [{"rank": 2, "id": "c"}]
    assert sizes == [1]
    columns = each(Columns({"id": Packed.of(["a"])}), lambda column: column[:0])
    assert columns["id"].dtype == object
