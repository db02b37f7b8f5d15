"""Planning agrees row by row with a second implementation, written from the definitions alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planning.agreement import disagreements


@pytest.mark.parametrize("seed", [*range(10), 172, 259])
def test_a_second_implementation_has_the_same_rows(seed: int, tmp_path: Path) -> None:
    assert disagreements(seed, tmp_path) == []
