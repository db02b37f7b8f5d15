"""A story: steps written in TOML that walk a meeting through a map."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from relgraph import assumptions
from relgraph.errors import (
    InvalidInput,
    Problem,
    UnknownStakeholder,
    did_you_mean,
    reason_of,
)
from relgraph.messages import Message
from relgraph.model import ALL_MARKETS
from relgraph.render.sheet import MARKET, Sheet

Resolve = Callable[[str], str]  # from a user's text to an id; raises UnknownStakeholder

KEYS: dict[str, type | tuple[type, ...]] = {
    "title": str,
    "text": str,
    "select": str,
    "focus": str,
    "hops": int,
    "markets": list,
    "types": list,
    "min_strength": (int, float),
    "only_at_risk": bool,
    "measure": str,
    "colour": str,
    "reach": str,
    "reach_hops": int,
    "unknown_ties": bool,
    "only_plan": bool,
    "between": bool,
    "strongest": bool,
    "ribbons": bool,
    "ribbons_by": str,
    "ring": str,
    "naming": str,
    "view": str,
    "x": str,
    "y": str,
    "filters": dict,
    "moment": str,
    "compared": str,
    "only": list,
    "chosen": list,
    "ways": list,
}
# What a step says only if it is given, as the page calls it.
_MORE = {
    "reach_hops": "reachHops",
    "unknown_ties": "unknownTies",
    "only_plan": "planOnly",
    "between": "between",
    "strongest": "thinned",
    "ribbons": "ribbons",
    "ribbons_by": "ribbonsBy",
    **{name: name for name in ("ring", "naming", "view", "x", "y", "filters")},
}
_CHOICES = {"ribbons_by": ("number", "strength", "margin"), "view": ("map", "plot")}
_PEOPLE = ("only", "chosen", "ways")  # lists of ids or names

TEXTS = ("title", "text", "filters")  # what is said or looked for, as it was written


def read_story(path: str | Path, sheet: Sheet, resolve: Resolve) -> list[dict[str, Any]]:
    """Return the steps of a story as the page takes them.

    The file has tables `[[step]]` with `title` and, all optional, `text`, `select` and `focus`
    (an id or name; `focus` shows only those within `hops` steps), `markets` and `types` (only
    these are shown), `min_strength`, `only_at_risk`, `measure` (what the size shows), `colour`
    (what it shows) and `reach` (word of mouth runs from this stakeholder, `reach_hops` far). A page
    that writes a story adds the rest of what its reader can choose: `unknown_ties`, `only_plan`,
    `between`, `strongest`, `ribbons` and `ribbons_by`; `ring`, `naming`, `view`, `x` and `y`;
    `filters` by column; the days `moment` and `compared`; and of stakeholders `only`, `chosen` and
    the two of `ways`.

    Raises
    ------
    InvalidInput
        With every problem found: the file, the step and the key.
    """
    name = str(path)
    try:
        with Path(path).open("rb") as file:
            written = tomllib.load(file)
    except OSError as error:
        unread = Message("file.unreadable", reason=reason_of(error))
        raise InvalidInput([Problem(unread, name)]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        no_toml = Message("story_file.no_toml", reason=str(error))
        raise InvalidInput([Problem(no_toml, name)]) from error
    steps = written.get("step")
    if not isinstance(steps, list) or not steps:
        raise InvalidInput([Problem(Message("story_file.empty"), name)])
    reader = _Reader(name, sheet, resolve)
    reader.check_top(written)
    read = [reader.step(number, step) for number, step in enumerate(steps, 1)]
    if reader.problems:
        raise InvalidInput(reader.problems)
    return read


class _Reader:
    """Turns steps into what the page takes, and keeps every problem."""

    def __init__(self, file: str, sheet: Sheet, resolve: Resolve) -> None:
        self.file = file
        self.sheet = sheet
        self.resolve = resolve
        self.problems: list[Problem] = []
        self.number: int | None = None
        self.positions = {node_id: at for at, node_id in enumerate(sheet.nodes.ids.tolist())}
        self.types = sorted(set(sheet.ties.type.tolist()))
        self.columns = tuple(dict.fromkeys((MARKET, *sheet.measures, *sheet.nodes.attributes)))

    def complain(self, problem: Message) -> None:
        if self.number is not None:
            problem = Message("story_file.step", number=self.number, problem=problem)
        self.problems.append(Problem(problem, self.file))

    def check_top(self, written: Mapping[str, Any]) -> None:
        for key in written:
            if key != "step":
                self.complain(Message("story_file.top_key", key=key))

    def step(self, number: int, step: Any) -> dict[str, Any]:
        """Return one step; what it doesn't give is as at opening."""
        self.number = number
        if not isinstance(step, dict):
            self.complain(Message("story_file.no_table"))
            return {}
        given = {key: value for key, value in step.items() if self.fits(key, value)}
        if "title" not in step:
            self.complain(Message("story_file.no_title"))
        focus = self.position(given, "focus")
        reach = self.position(given, "reach")
        select = self.position(given, "select")
        shown = self.chosen(given, "markets", ALL_MARKETS)
        types = self.chosen(given, "types", self.types)
        self.check_fields(given)
        return {
            "title": given.get("title", ""),
            "text": given.get("text", ""),
            "selected": next((at for at in (reach, select, focus) if at is not None), None),
            "focus": None if focus is None else {"node": focus, "hops": given.get("hops", 1)},
            "markets": [market for market in ALL_MARKETS if market not in shown],
            "types": [kind for kind in self.types if kind not in types],
            "minStrength": self.share(given, "min_strength"),
            "riskOnly": given.get("only_at_risk", False),
            "measure": self.measure(given, "measure", self.sheet.measures),
            "colour": self.measure(given, "colour", self.columns),
            "reach": reach,
            **{name: given[key] for key, name in _MORE.items() if key in given},
            **self.moments(given),
            **self.people(given),
        }

    def check_fields(self, given: Mapping[str, Any]) -> None:
        """Complain of fields that nobody has."""
        for key in ("ring", "x", "y"):
            self.measure(given, key, self.columns)
        self.measure(given, "naming", self.sheet.measures)
        for name in given.get("filters", {}):
            self.measure({"filters": name}, "filters", self.columns)

    def moments(self, given: Mapping[str, Any]) -> dict[str, int]:
        """Return the places of the earlier moments that days name."""
        times = self.sheet.times
        earlier = times.moments[:-1] if times is not None else ()
        named = {key: given[key] for key in ("moment", "compared") if key in given}
        for key, day in named.items():
            if day not in earlier:
                self.complain(_unknown(key, day, earlier))
        return {key: earlier.index(day) for key, day in named.items() if day in earlier}

    def people(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the positions of those whom lists name, `ways` as from where to where."""
        lists: dict[str, Any] = {
            key: [self.position({key: str(each)}, key) for each in given[key]]
            for key in _PEOPLE
            if key in given
        }
        if "ways" in lists:
            ends = [*lists["ways"], None, None]
            lists["ways"] = {"from": ends[0], "to": ends[1]}
            if None in ends[:2]:
                self.complain(Message("story_file.two", key="ways"))
        return lists

    def fits(self, key: str, value: Any) -> bool:
        if key not in KEYS:
            meant = did_you_mean(key, KEYS)
            self.complain(Message("story_file.key", key=key, keys=tuple(KEYS), meant=meant))
            return False
        expected = KEYS[key]
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            kind = Message(f"story_file.type.{_type_name(expected)}")
            self.complain(Message("story_file.type", key=key, value=repr(value), kind=kind))
            return False
        if key in _CHOICES and value not in _CHOICES[key]:
            self.complain(_unknown(key, value, _CHOICES[key]))
            return False
        low, high = assumptions.LIMITS["hops"]
        if key in ("hops", "reach_hops") and isinstance(value, int) and not low <= value <= high:
            outside = Message("range.between", value=value, low=low, high=high)
            self.complain(Message("story_file.value", key=key, problem=outside))
            return False
        return True

    def position(self, given: Mapping[str, Any], key: str) -> int | None:
        if key not in given:
            return None
        try:
            found = self.positions.get(self.resolve(given[key]))
        except UnknownStakeholder as error:
            self.complain(Message("story_file.value", key=key, problem=error.message))
            return None
        if found is None:
            absent = Message("story_file.absent", text=given[key])
            self.complain(Message("story_file.value", key=key, problem=absent))
        return found

    def chosen(self, given: Mapping[str, Any], key: str, known: Any) -> list[str]:
        """Return those of `known` that are named; all of them when the key is not given."""
        if key not in given:
            return list(known)
        for value in given[key]:
            if value not in known:
                self.complain(_unknown(key, value, known))
        return [value for value in known if value in given[key]]

    def share(self, given: Mapping[str, Any], key: str) -> float:
        value = float(given.get(key, 0))
        if not 0 <= value <= 1:
            outside = Message("range.between", value=value, low=0, high=1)
            self.complain(Message("story_file.value", key=key, problem=outside))
        return value

    def measure(self, given: Mapping[str, Any], key: str, known: Collection[str]) -> str | None:
        value: str | None = given.get(key)
        if value is not None and value not in known:
            self.complain(_unknown(key, value, known))
        return value


def _unknown(key: str, value: object, known: Iterable[str]) -> Message:
    choices = tuple(known)
    meant = did_you_mean(str(value), choices)
    problem = Message("choice.unknown", value=value, choices=choices, meant=meant)
    return Message("story_file.value", key=key, problem=problem)


def _type_name(expected: type | tuple[type, ...]) -> str:
    names = {str: "text", int: "integer", bool: "boolean", list: "list", dict: "table"}
    return names.get(expected, "number") if isinstance(expected, type) else "number"
