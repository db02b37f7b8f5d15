"""The mixing step of splitmix64, in NumPy's integers alone: of single states or of arrays.

Source: Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

States = TypeVar("States", np.uint64, npt.NDArray[np.uint64])

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
MIX_2 = np.uint64(0x94D049BB133111EB)
_S30, _S27, _S31 = np.uint64(30), np.uint64(27), np.uint64(31)


def mix(state: States) -> States:
    """Return the random numbers of states."""
    state = (state ^ (state >> _S30)) * MIX_1
    state = (state ^ (state >> _S27)) * MIX_2
    return state ^ (state >> _S31)
