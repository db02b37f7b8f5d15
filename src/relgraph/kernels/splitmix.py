"""Random numbers by splitmix64, for kernels: a state that is counted up, and what it is mixed to.

A caller adds GOLDEN to its state for each number that it draws. Two streams are independent where
their states began at numbers that were mixed themselves.
Source: Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195.
"""

from __future__ import annotations

import numpy as np

from relgraph.kernels.compiled import compiled

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31, _S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
_UNIT = 2.0**-53


@compiled
def mixed(state: np.uint64) -> np.uint64:
    """Return the random number of a state."""
    state = (state ^ (state >> _S30)) * MIX_1
    state = (state ^ (state >> _S27)) * MIX_2
    return state ^ (state >> _S31)


@compiled
def uniform(state: np.uint64) -> float:
    """Return the random number of a state as one in [0, 1), of 53 binary digits."""
    return float(mixed(state) >> _S11) * _UNIT
