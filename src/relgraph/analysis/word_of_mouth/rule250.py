"""The rule of 250 as arithmetic: from unhappy customers a week to people a year.

Everyone knows about 250 people (Girard 1977), so two unhappy customers a week are 26,000 people
a year if each tells all of them; Girard himself says 5,000; surveys of complaints find about ten
hearers each, 1,040 a year. The presets give the share φ of a circle that hears.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from relgraph import assumptions
from relgraph.errors import check_choice, check_range
from relgraph.messages import Note
from relgraph.result import Result

Preset = Literal["literal", "girard", "survey"]
PRESETS: dict[Preset, float] = {
    "literal": assumptions.HEARING_LITERAL,
    "girard": assumptions.HEARING_GIRARD,
    "survey": assumptions.HEARING_SURVEY,
}


def hearing_share(preset: Preset) -> float:
    """Return φ of a preset, the share of a circle that hears.

    Examples
    --------
    >>> round(hearing_share("girard"), 4)
    0.1923
    """
    check_choice(preset, tuple(PRESETS), "preset")
    return PRESETS[preset]


def unique_people(
    hearers: float, tellers: float, population: float | None = None
) -> tuple[float, float, float]:
    """Return how many distinct people hear: at least, expected, at most.

    Parameters
    ----------
    hearers : float
        People who hear from one teller, m.
    tellers : float
        How many tell, k.
    population : float, optional
        People in the market, M. Without it the expected figure is not known (NaN).

    Returns
    -------
    tuple of three floats
        max m; M·(1 − (1 − m/M)^k) for circles drawn at random; min(M, k·m).

    Examples
    --------
    >>> [round(people) for people in unique_people(250, 104, 100_000)]
    [250, 22920, 26000]
    """
    if population is None:
        return min(hearers, hearers * tellers), np.nan, hearers * tellers
    hearers = min(hearers, population)
    expected = float(population * (1.0 - (1.0 - hearers / population) ** tellers))
    most = min(population, hearers * tellers)
    least = min(hearers, most)  # fewer than one teller reaches less than one circle
    return least, min(max(expected, least), most), most


def rule_of_250(
    unhappy: float = assumptions.UNHAPPY,
    circle: float = assumptions.CIRCLE,
    weeks: float = assumptions.WEEKS,
    population: float | None = None,
) -> Result:
    """Return people a week and a year for every preset.

    Parameters
    ----------
    unhappy : float
        Customers a week who are unhappy and tell of it.
    circle : float
        People that each of them knows.
    weeks : float
        Weeks in a year.
    population : float, optional
        People in the market, for how many distinct people hear.

    Returns
    -------
    Result
        `preset, week, year, unique_at_least, unique, unique_at_most`.

    Raises
    ------
    UsageError
        A figure is negative or not a number, or the population is not above 0.

    Examples
    --------
    >>> [round(year, 9) for year in rule_of_250()["year"].tolist()]
    [26000.0, 5000.0, 1040.0]
    """
    for name, value in (("unhappy", unhappy), ("circle", circle), ("weeks", weeks)):
        check_range(value, name, low=0, finite=True)
    if population is not None:
        check_range(population, "population", above=0, finite=True)
    shares = np.array(list(PRESETS.values()))
    hearers = circle * shares
    unique = [unique_people(float(each), unhappy * weeks, population) for each in hearers]
    low, expected, high = np.array(unique).T
    presets: npt.NDArray[np.object_] = np.array(list(PRESETS), dtype=object)
    columns = {
        "preset": presets,
        "week": unhappy * hearers,
        "year": unhappy * weeks * hearers,
        "unique_at_least": low,
        "unique": expected,
        "unique_at_most": high,
    }
    if population is not None:
        return Result(columns)
    return Result(columns, (Note("rule250.population"),))
