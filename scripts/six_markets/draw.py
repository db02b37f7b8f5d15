"""Seeded draws that stay the same on every version of Python.

Python promises that `random.Random.random` repeats itself, not that `choice` or `shuffle` do.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SEED = "Quillwater 1991"


class Draw:
    """A stream of draws for one purpose: adding a draw to one leaves the others as they are."""

    def __init__(self, purpose: str) -> None:
        self._uniform = random.Random(f"{SEED}/{purpose}").random

    def between(self, low: float, high: float) -> float:
        """Return a number from low up to high."""
        return low + (high - low) * self._uniform()

    def whole(self, low: int, high: int) -> int:
        """Return an integer from low to high, both included."""
        return low + int((high - low + 1) * self._uniform())

    def happens(self, probability: float) -> bool:
        """Return True with this probability."""
        return self._uniform() < probability

    def pick(self, items: Sequence[T]) -> T:
        """Return one item."""
        return items[int(len(items) * self._uniform())]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return `count` different items (all, if there are fewer), in drawn order."""
        left = list(items)
        return [left.pop(int(len(left) * self._uniform())) for _ in range(min(count, len(left)))]
