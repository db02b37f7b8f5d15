"""What takes minutes runs only when it is asked for: `pytest -m fuzz`."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of this folder that are marked, unless they are asked for."""
    if "fuzz" not in (config.option.markexpr or ""):
        left_out = [item for item in items if item.get_closest_marker("fuzz")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
