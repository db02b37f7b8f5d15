"""What counts as of a kind, and what an error says of what doesn't."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
import pytest

from relgraph.arguments import check_kind, checked, listed
from relgraph.errors import UsageError
from relgraph.messages import Speaker


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, float),
        (np.float32(0.5), float),
        (np.int64(3), int),
        (np.True_, bool),
        (np.str_("a"), str),
        (None, int | None),
        (pd.Timestamp("2026-01-01"), date | str),
        ({"customer": 1}, Mapping[str, int]),
        (np.array(["a"]), Iterable[str]),
        ("a", Literal["a", "b"]),
        (None, Literal["a", "b"] | None),
        (object(), Any),
    ],
)
def test_values_of_a_kind(value: object, kind: Any) -> None:
    check_kind(value, kind, "name")


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        (True, float, "True is not a number"),
        ("1", float | None, "'1' is not a number"),
        (1.0, int, "1.0 is not a whole number"),
        (1, bool, "1 is not True or False"),
        (b"a", str | Path, "b'a' is not text or a Path"),
        (["a"], Mapping[str, int], "['a'] is not a mapping"),
        (7, Iterable[str], "7 is not a list"),
        ("x" * 100, Path, "'xxxxxxxxxxxx...xxxxxxxxxxxxx' is not a Path"),
        (["a"], Literal["a", "b"], "\"['a']\" is not one of a, b"),
    ],
)
def test_values_of_another_kind(value: object, kind: Any, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_kind(value, kind, "name")
    assert str(caught.value) == f"name: {said}"


def test_errors_are_told_in_the_readers_language() -> None:
    with pytest.raises(UsageError) as caught:
        check_kind("x", int | Path, "top")
    assert caught.value.told(Speaker("zh")) == "top: 'x' 不是整数或 Path"


def test_several_are_one_or_more() -> None:
    assert listed("ab", "names") == ("ab",)
    assert listed(Path("ab"), "paths", str | Path) == (Path("ab"),)
    assert listed(pd.Series(["a", "b"]), "names") == ("a", "b")
    with pytest.raises(UsageError, match=r"^names: 98 is not text"):
        listed(b"b", "names")


def test_a_checked_function_is_called_as_before() -> None:
    @checked
    def add(one: int, /, other: int = 1, *, by: int = 1) -> int:
        """Add."""
        return one + other * by

    assert add(1, by=2) == 3
    assert add.__doc__ == "Add."
    with pytest.raises(TypeError, match="by_what"):
        add(1, by_what=2)  # type: ignore[call-arg]
