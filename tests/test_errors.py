"""Suggestions: a word that looks the same as the given one is told apart, not offered."""

from __future__ import annotations

import pytest

from relgraph.errors import did_you_mean


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("école", "e\u0301cole"),
        ("Acme", "Аcme"),
        ("a\u00a0b", "a b"),
        ("ann", "ann\u200b"),
        ("Ομέγα", "Oμέγα"),
    ],
)
def test_what_looks_the_same_is_not_offered(word: str, other: str) -> None:
    for given, known in ((word, other), (other, word)):
        said = str(did_you_mean(given, [known]))
        assert "looks the same" in said
        assert "U+" in said
        assert known not in said


@pytest.mark.parametrize(("word", "other"), [("ann ", "ann"), ("C1", "c1"), ("éclo", "école")])
def test_what_looks_different_is_offered(word: str, other: str) -> None:
    assert str(did_you_mean(word, [other])) == f" (did you mean '{other}'?)"
