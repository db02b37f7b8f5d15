"""Random numbers by splitmix64, for kernels: a state that is counted up, and what it is mixed to.

A caller adds GOLDEN to its state for each number that it draws. Two streams are independent where
their states began at numbers that were mixed themselves.
Source: Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import compiled
from relgraph.kernels.mixing import GOLDEN, MIX_1, MIX_2, mix

__all__ = ["GOLDEN", "MIX_1", "MIX_2", "mixed", "uniform"]

_S11 = np.uint64(11)
_UNIT = 2.0**-53

mixed = compiled(mix)


@compiled
def uniform(state: np.uint64) -> float:
    """Return the random number of a state as one in [0, 1), of 53 binary digits."""
    return float(mixed(state) >> _S11) * _UNIT
