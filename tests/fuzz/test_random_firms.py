"""Planning agrees with its second implementation on many more firms than the suite looks at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.planning.agreement import disagreements


@pytest.mark.fuzz
@pytest.mark.parametrize("seed", range(12, 400))
def test_a_second_implementation_has_the_same_rows(seed: int, tmp_path: Path) -> None:
    assert disagreements(seed, tmp_path) == []
