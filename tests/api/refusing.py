"""What a wrong argument of the API has to be answered with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from relgraph.errors import RelgraphError, UsageError


@contextmanager
def refused(
    parameter: str, said: str = "", kind: type[RelgraphError] = UsageError
) -> Iterator[None]:
    """Expect an error that carries the parameter's name and begins with it, then says this."""
    begins = "^" + re.escape(f"{parameter}: {said}")
    with pytest.raises(kind, match=begins) as caught:
        yield
    assert caught.value.parameter == parameter
