"""Settings: which network is measured, as of when, and how a ranking is made.

One type for every command that ranks: the command line makes its options from the fields, the
functions of `api` take it, and a wrong value is refused here, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any, Literal, TypedDict, get_args

from relgraph import assumptions
from relgraph.arguments import check_fields, check_kind, listed
from relgraph.errors import UsageError, check_choice, check_range
from relgraph.model import ALL_MARKETS
from relgraph.progress import SILENT, Progress

Strength = Literal["given", "index"]
STRENGTHS: tuple[Strength, ...] = get_args(Strength)
MEDIAN, DROP = MISSING_STRENGTHS = ("median", "drop")
LARGEST_SEED = 2**63 - 1  # that a compiled kernel takes


@dataclass(frozen=True)
class Projection:
    """Which part of the graph a network shows, and how.

    Parameters
    ----------
    types : tuple of str, optional
        Relationship types to take; None takes those of the default network.
    undirected : bool
        Every tie runs both ways; a pair has the larger of its two strengths.
    weighted : bool
        False makes every strength 1.
    include_left : bool
        Keep stakeholders whose status is `left`.
    without_firm : bool
        Take the firm out.
    within : tuple of str
        Restrict the stakeholders to these markets (all, when empty).
    include_hostile : bool
        Take ties of sign −1 too, which then count like any other.
    missing_strength : "median", "drop" or float
        What a tie without a strength counts as: the median of ties like it
        (`network.strengths`), nothing, or this strength, above 0 and at most 1. By the median all
        count as 1 where no tie has a strength.

    Examples
    --------
    >>> Projection(missing_strength="0.4").missing_strength
    0.4
    """

    types: tuple[str, ...] | None = None
    undirected: bool = False
    weighted: bool = True
    include_left: bool = False
    without_firm: bool = False
    within: tuple[str, ...] = ()
    include_hostile: bool = False
    missing_strength: str | float = MEDIAN

    def __post_init__(self) -> None:
        if self.types is not None:
            object.__setattr__(self, "types", listed(self.types, "types"))
        object.__setattr__(self, "within", listed(self.within, "within"))
        check_fields(self)
        for market in self.within:
            check_choice(market, ALL_MARKETS, "within")
        rule = self.missing_strength
        if rule in MISSING_STRENGTHS:
            return
        try:
            value = float(rule)
        except (TypeError, ValueError):
            value = 0.0
        if not 0 < value <= 1:
            raise UsageError("missing_strength.wrong", parameter="missing_strength", value=rule)
        object.__setattr__(self, "missing_strength", value)


@dataclass(frozen=True)
class RankingSettings:
    """How a ranking is made.

    Parameters
    ----------
    projection : Projection
        Which network is measured; the default network unless it says otherwise.
    strength : {"given", "index"}
        Which strengths: as given, or the partnership index where there is one.
    as_of : datetime, date or str, optional
        Contacts up to then count, up to the end of the day for a date; up to the latest one that
        isn't still to come for None. Text is ISO 8601, without a zone it is UTC; kept as a
        datetime in UTC without its zone.
    confidence : bool
        Add how sure each rank is when ties are uncertain.
    seed : int
        Of all random draws; the same seed gives the same answer.
    progress : Progress
        Reports the steps of long work.
    cache : bool, optional
        Keep the network in a file for the next time, or don't; None keeps large ones of stores
        that are files.

    Raises
    ------
    UsageError
        A value is invalid; the error lists the choices.

    Examples
    --------
    >>> RankingSettings(as_of="2026-01-01").as_of
    datetime.datetime(2026, 1, 1, 23, 59, 59, 999999)
    >>> RankingSettings(strength="strong")
    Traceback (most recent call last):
    relgraph.errors.UsageError: strength: 'strong' is not one of given, index
    """

    projection: Projection = field(default_factory=Projection)
    strength: Strength = "given"
    as_of: datetime | None = None
    confidence: bool = False
    seed: int = 0
    progress: Progress = field(default=SILENT, compare=False)
    cache: bool | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.as_of is not None:
            object.__setattr__(self, "as_of", parse_moment(self.as_of, "as_of"))
        check_fields(self)
        check_range(self.seed, "seed", 0, LARGEST_SEED)


USUAL = RankingSettings()


@dataclass(frozen=True)
class PlanningSettings:
    """How planning figures are made.

    Parameters
    ----------
    assume : mapping of str to float
        Assumptions by name (see `relgraph assumptions`) that have another value than usual; a
        value that is given counts as certain.
    years : float, optional
        Money of so many years from now counts; of all years for None.
    draws : int
        Worlds behind each interval; 0 for no intervals.
    seed : int
        Of all random draws.
    as_of : datetime, date or str, optional
        As in `RankingSettings`.
    progress : Progress
        Reports the steps of long work.
    """

    assume: Mapping[str, float] = field(default_factory=dict)
    years: float | None = None
    draws: int = int(assumptions.PLAN_DRAWS)
    seed: int = 0
    as_of: datetime | None = None
    progress: Progress = field(default=SILENT, compare=False)

    def __post_init__(self) -> None:
        if self.as_of is not None:
            object.__setattr__(self, "as_of", parse_moment(self.as_of, "as_of"))
        check_fields(self)
        check_range(self.draws, "draws", *assumptions.LIMITS["draws"])
        check_range(self.seed, "seed", 0, LARGEST_SEED)
        if self.years is not None:
            check_range(self.years, "years", above=0)


class Changes(TypedDict, total=False):
    """Single settings, as keyword arguments of a function that also takes them all."""

    projection: Projection | None
    strength: Strength
    as_of: datetime | date | str | None
    confidence: bool
    seed: int
    progress: Progress
    cache: bool | None


def settle(settings: RankingSettings | None, changes: Changes) -> RankingSettings:
    """Return settings with single ones changed; the usual ones for None.

    Examples
    --------
    >>> settle(None, {"seed": 3}).seed
    3
    """
    given: dict[str, Any] = {**changes}
    if given.get("projection", ...) is None:
        del given["projection"]
    return replace(settings or USUAL, **given)


class PlanningChanges(TypedDict, total=False):
    """Single planning settings, as keyword arguments of a function that also takes them all."""

    assume: Mapping[str, float]
    years: float | None
    draws: int
    seed: int
    as_of: datetime | date | str | None
    progress: Progress


def settle_planning(
    settings: PlanningSettings | None, changes: PlanningChanges
) -> PlanningSettings:
    """Return planning settings with single ones changed; the usual ones for None."""
    given: dict[str, Any] = {**changes}
    return replace(settings or PlanningSettings(), **given)


def parse_moment(moment: datetime | date | str, parameter: str) -> datetime:
    """Return a moment in UTC without its zone; a date is the end of that day.

    Raises
    ------
    UsageError
        It is no date or time of ISO 8601.

    Examples
    --------
    >>> parse_moment("2026-03-01T12:00:00+02:00", "as_of")
    datetime.datetime(2026, 3, 1, 10, 0)
    """
    check_kind(moment, datetime | date | str, parameter)
    try:
        read = _read_moment(moment.strip()) if isinstance(moment, str) else moment
        if not isinstance(read, datetime):
            return datetime.combine(read, time.max)
        return read if read.tzinfo is None else read.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):  # no date, or in UTC before the year 1 or after 9999
        raise UsageError("moment.wrong", parameter=parameter, value=moment) from None


def _read_moment(text: str) -> datetime | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.fromisoformat(text)


def end_of_today() -> datetime:
    """Return the last moment of the day of the run: here or in UTC, whichever is later.

    A contact without a zone is taken to be in UTC, although the clock that dated it can be ahead
    of UTC.
    """
    return datetime.combine(max(date.today(), datetime.now(UTC).date()), time.max)
