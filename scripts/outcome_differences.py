"""Where the answers of two versions of relgraph differ."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from command_outcomes import Outcome

TOLERANCE = 1e-12  # of a number's size
ABSENT = "(absent)"
Place = tuple[str | int, ...]


class Difference(NamedTuple):
    """A value that isn't the same: where it is, what it was, what it is now."""

    command: str
    column: str
    row: str
    before: Any
    after: Any


def compare(
    before: Mapping[str, Outcome], after: Mapping[str, Outcome], renamed: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield what isn't the same in the answers to each command line."""
    for command in sorted(before.keys() ^ after.keys()):
        yield Difference(command, "(command line)", "", command in before, command in after)
    for command in sorted(before.keys() & after.keys()):
        was, now = before[command], after[command]
        if was["exit_code"] != now["exit_code"]:
            yield Difference(command, "(exit code)", "", was["exit_code"], now["exit_code"])
            continue
        for place, *values in differences(_rename(was["data"], renamed), now["data"]):
            column = ".".join(part for part in place if isinstance(part, str))
            row = ".".join(str(part) for part in place if isinstance(part, int))
            yield Difference(command, column.removeprefix("stdout."), row, *values)


def differences(before: Any, after: Any, place: Place = ()) -> Iterator[tuple[Place, Any, Any]]:
    """Yield the place and both values wherever two trees of JSON differ.

    Lists of different lengths aren't compared item by item: what only one of them holds is told.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        if _are_columns_moved(before, after, place):
            yield (*place, "(order)"), list(before), list(after)
        for key in before | after:
            yield from differences(before.get(key, ABSENT), after.get(key, ABSENT), (*place, key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, values in enumerate(zip(before, after, strict=True)):
            yield from differences(*values, (*place, number))
    elif isinstance(before, list) and isinstance(after, list):
        place = (*place, "(rows)")
        yield place, len(before), len(after)
        old, new = Counter(map(json.dumps, before)), Counter(map(json.dumps, after))
        yield from ((place, row, ABSENT) for row in (old - new).elements())
        yield from ((place, ABSENT, row) for row in (new - old).elements())
    elif not _same(before, after):
        yield place, before, after


def _are_columns_moved(before: Mapping[str, Any], after: Mapping[str, Any], place: Place) -> bool:
    """Return whether the columns of a row come in another order; in files nobody sees it."""
    moved = before.keys() == after.keys() and list(before) != list(after)
    return moved and place[:1] == ("stdout",)


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return math.isclose(before, after, rel_tol=TOLERANCE)
    return type(before) is type(after) and bool(before == after)


def _rename(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {renamed.get(key, key): _rename(item, renamed) for key, item in value.items()}
    return [_rename(item, renamed) for item in value] if isinstance(value, list) else value
