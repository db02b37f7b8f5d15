"""Reading a saved plan, with everything that is wrong with it found in one pass."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from relgraph.errors import Problem, UsageError, did_you_mean
from relgraph.messages import Message
from relgraph.model import TABLES
from relgraph.planning.accounts import MARKETS
from relgraph.planning.basis import assumed_ranges
from relgraph.planning.plan.packages import COMBINATIONS
from relgraph.planning.plan.saved import COUNTS, LIMITS, MONEY, SHARES, TEXTS
from relgraph.readwrite.formats.encoding import decode
from relgraph.readwrite.formats.toml_reader import ACTION, ASSUMPTIONS, NAME, NEXT, PLAN, parse_toml
from relgraph.readwrite.problems import ProblemLog, shortened
from relgraph.readwrite.sources import read_bytes
from relgraph.settings import PlanningSettings, parse_moment

_TOP = (NAME, PLAN, ACTION, NEXT, ASSUMPTIONS, *TABLES)
_MADE = ("as_of", "draws", "seed", "years", "assume", "contacts", *MONEY[1:], *LIMITS)
_ACTIONS = tuple("+".join(names) for names in COMBINATIONS)
_ROW = ("rank", *TEXTS, *COUNTS, *SHARES, *MONEY, "trend")
_MOST = 1_000_000_000  # contacts


@dataclass(frozen=True)
class SavedPlan:
    """A plan as it was saved.

    Parameters
    ----------
    settings : PlanningSettings
        How it was made; `as_of` is the moment that it is of.
    chosen, others : tuple of dict
        What was expected of each investment that was chosen, and of the next that were not, by
        the names in `relgraph.planning.plan.saved`; what is unknown is missing.
    """

    settings: PlanningSettings
    chosen: tuple[dict[str, Any], ...] = field(default=())
    others: tuple[dict[str, Any], ...] = field(default=())


def read_plan_file(path: str | Path) -> SavedPlan:
    """Read a saved plan.

    Raises
    ------
    InvalidInput
        With every problem that was found.
    UsageError
        The path can't be read.
    """
    file, log = str(path), ProblemLog()
    if not Path(path).exists():
        raise UsageError("path.missing", parameter="review", path=file)
    content = parse_toml(decode(read_bytes(file, Path(path)), file, log), file, log)
    log.raise_any()
    reader = _Reader(file, log)
    reader.check_names(content, _TOP, file)
    if PLAN not in content:
        log.add(Message("saved.no_plan"), file)
    settings = reader.settings(content.get(PLAN, {}))
    rows = {key: reader.rows(key, content.get(key, [])) for key in (ACTION, NEXT)}
    log.raise_any()
    return SavedPlan(settings, tuple(rows[ACTION]), tuple(rows[NEXT]))


class _Reader:
    """Checks the parts of the file."""

    def __init__(self, file: str, log: ProblemLog) -> None:
        self.file, self.log = file, log
        self.seen: set[str] = set()

    def check_names(
        self, table: Mapping[str, Any], known: tuple[str, ...], place: str, line: int | None = None
    ) -> None:
        """Report names that a table can't have."""
        for name in table:
            if name not in known:
                meant = did_you_mean(name, known)
                self._complain(Message("saved.name_unknown", name=name, meant=meant), place, line)

    def settings(self, made: Any) -> PlanningSettings:
        """Return how the plan was made."""
        place = f"{self.file}: [{PLAN}]"
        if not isinstance(made, dict):
            self._complain(Message("scenario.not_section", name=PLAN), self.file)
            return PlanningSettings()
        self.check_names(made, _MADE, place)
        given: dict[str, Any] = {"assume": self._assume(made.get("assume", {}))}
        if isinstance(moment := made.get("as_of"), datetime | date):
            given["as_of"] = parse_moment(moment, "as_of")
        elif made:
            self._wrong(made, "as_of", Message("saved.date"), place)
        for name in ("draws", "seed", "years"):
            number = made.get(name)
            whole = int if name != "years" else (int, float)
            if number is not None and (isinstance(number, bool) or not isinstance(number, whole)):
                self._wrong(made, name, Message("saved.number"), place)
            elif number is not None:
                given[name] = number
        for name in [name for name in given if name != "as_of"]:
            try:
                PlanningSettings(**{name: given[name]})
            except UsageError as error:
                self.log.problems.append(Problem(error.message, place))
                del given[name]
        return PlanningSettings(**given)

    def _assume(self, given: Any) -> dict[str, float]:
        place = f"{self.file}: [{PLAN}.assume]"
        if not isinstance(given, dict):
            self._complain(Message("scenario.not_section", name=f"{PLAN}.assume"), self.file)
            return {}
        found = {}
        for name, value in given.items():
            if not _is_number(value):
                self._wrong(given, name, Message("saved.number"), place)
                continue
            try:
                assumed_ranges({name: float(value)})
            except UsageError as error:
                self.log.problems.append(Problem(error.message, place))
            found[name] = float(value)
        return found

    def rows(self, key: str, given: Any) -> list[dict[str, Any]]:
        """Return the tables of investments."""
        if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
            self._complain(Message("scenario.not_rows", name=key), self.file)
            return []
        place = f"{self.file}: [[{key}]]"
        return [self._row(row, place, number) for number, row in enumerate(given, 1)]

    def _row(self, row: dict[str, Any], place: str, number: int) -> dict[str, Any]:
        self.check_names(row, _ROW, place, number)
        for name in ("id", "action"):
            if name not in row:
                self._complain(Message("saved.needed", name=name), place, number)
        for name in row.keys() & set(_ROW):
            expected = _expected(name, row[name])
            if expected is not None:
                self._wrong(row, name, expected, place, number)
        node_id = row.get("id")
        if isinstance(node_id, str):
            if node_id in self.seen:
                self._complain(Message("saved.twice", id=shortened(node_id)), place, number)
            self.seen.add(node_id)
        return row

    def _wrong(
        self,
        table: Mapping[str, Any],
        name: str,
        expected: Message,
        place: str,
        line: int | None = None,
    ) -> None:
        """Report a value, or that there is none, and what was expected."""
        if name not in table:
            self._complain(Message("saved.needed", name=name), place, line)
            return
        value = shortened(_shown(table[name]))
        self._complain(
            Message("saved.wrong", name=name, value=value, expected=expected), place, line
        )

    def _complain(self, message: Message, place: str, line: int | None = None) -> None:
        self.log.add(message, place, line)


def _expected(name: str, value: Any) -> Message | None:
    """Return what was expected of a value, None where it is that."""
    if name in TEXTS:
        choices = {"market": MARKETS, "action": _ACTIONS}.get(name)
        if not isinstance(value, str) or not value:
            return Message("saved.text")
        wrong = choices is not None and value not in choices
        return Message("saved.choice", choices=choices) if wrong else None
    if name in (*COUNTS, "rank"):
        whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST
        return None if whole else Message("saved.count")
    if name in MONEY:
        return None if _is_number(value) else Message("saved.number")
    low = -1 if name == "trend" else 0
    within = _is_number(value) and low <= value <= 1
    return None if within else Message("saved.between", low=low, high=1)


def _is_number(value: Any) -> bool:
    """Return whether a value is a number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:
        return False


def _shown(value: Any) -> str:
    try:
        return str(value)
    except ValueError:  # an integer of thousands of digits
        return "…"
