"""Parameters of queries: their types, and the check of values before a store sees them."""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from typing import Any

from relgraph.errors import UsageError, did_you_mean
from relgraph.messages import Message, Value
from relgraph.model import ALL_MARKETS
from relgraph.settings import end_of_today, parse_moment

TODAY = "today"  # the day of the run; as a DATETIME its end
DATED = ("DATE", "DATETIME")  # types that take it
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query.

    Parameters
    ----------
    name : str
        As the query uses it, without the `$`.
    type : str
        STRING, INTEGER, DOUBLE, BOOLEAN, DATE (``2024-05-01`` or ``today``), DATETIME (a time, a
        date for the end of its day, or ``today``), DURATION (a whole number of days), LIST
        (``a,b`` or a JSON list of one type), MARKET (one of the six, or firm) or STAKEHOLDER (an
        id, or a name that only one has); empty for any value, as in a user's own query.
    default : object
        The value when none is given, or the text of one; None makes the parameter required.

    Examples
    --------
    >>> str(Parameter("days", "DURATION", timedelta(days=90)))
    'days DURATION = 90'
    """

    name: str
    type: str = ""
    default: Any = None

    def __str__(self) -> str:
        shown = f"{self.name} {self.type}".rstrip()
        if self.default is None:
            return shown
        return f"{shown} = {self.default if self.type in DATED else _show(self.default)}"

    def convert(self, value: Any) -> Any:
        """Return a value, or the text of one, as the driver takes it; refuse other types."""
        if not self.type:
            return value
        try:
            return PARAMETER_TYPES[self.type](value)
        except (ValueError, TypeError, OverflowError):
            taken = Message(f"parameter.type.{self.type}", markets=ALL_MARKETS)
            meant = did_you_mean(str(value), ALL_MARKETS) if self.type == "MARKET" else None
            raise UsageError(
                "parameter.wrong", name=self.name, taken=taken, value=_excerpt(value), meant=meant
            ) from None


def check_values(
    place: Value, parameters: Iterable[Parameter], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a value of the right type for each parameter of the query at a place.

    Raises
    ------
    UsageError
        A parameter is unknown, missing or ill-typed; the message names all of them.
    """
    known = {parameter.name: parameter for parameter in parameters}
    faults = [_unknown(name, known) for name in values if name not in known]
    checked = {}
    for name, parameter in known.items():
        if name in values:
            try:
                checked[name] = parameter.convert(values[name])
            except UsageError as error:
                faults.append(error.message)
        elif parameter.default is None:
            kind = parameter.type or "VALUE"
            faults.append(Message("parameter.missing", name=name, type=kind))
        else:
            checked[name] = parameter.convert(parameter.default)
    if faults:
        joined = reduce(lambda one, other: Message("parameter.and", one=one, other=other), faults)
        raise UsageError("parameter.at", place=place, faults=joined)
    return checked


def parse_value(name: str, text: str) -> Any:
    """Return what a text means as a parameter of a user's own query.

    A number, true, false, null, a text or a list of them as JSON writes it is just that; any
    other text is itself.

    Raises
    ------
    UsageError
        It is a number that no store takes, or not valid Unicode.

    Examples
    --------
    >>> [parse_value("x", text) for text in ("10", "C1", "007", '"10"', '["a"]')]
    [10, 'C1', '007', '10', ['a']]
    """
    try:
        value = _from_json(text)
    except ValueError:
        value = text
    try:
        if isinstance(value, list):
            return [_scalar(item) for item in value]
        return _text(text) if isinstance(value, dict) else _scalar(value)
    except (ValueError, TypeError):
        raise UsageError("parameter.refused", name=name, value=_excerpt(text)) from None


def _unknown(name: str, known: Mapping[str, Parameter]) -> Message:
    taken = tuple(map(str, known.values())) or Message("parameter.none")
    meant = did_you_mean(name, known)
    return Message("parameter.unknown", name=_excerpt(name), taken=taken, meant=meant)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # stores refuse a lone surrogate, which bytes that are not UTF-8 become
    return value


def _integer(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]{1,20}", value):
        value = int(value)
    if isinstance(value, bool) or operator.index(value) not in _INT64:
        raise ValueError
    return operator.index(value)


def _double(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _boolean(value: Any) -> bool:
    text = str(value).lower()
    if not isinstance(value, bool | str) or text not in ("true", "false"):
        raise ValueError
    return text == "true"


def _date(value: Any) -> date:
    if value == TODAY:
        return end_of_today().date()
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError
    return value


def _datetime(value: Any) -> datetime:
    if value == TODAY:
        return end_of_today()
    try:
        return parse_moment(value, "")
    except UsageError as error:
        raise ValueError from error


def _duration(value: Any) -> timedelta:
    if isinstance(value, timedelta):
        return value
    return timedelta(days=_integer(value))


def _list(value: Any) -> list[Any]:
    if isinstance(value, str):
        value = _from_json(value) if value.lstrip().startswith("[") else value.split(",")
    if not isinstance(value, list | tuple) or len({type(item) for item in value}) > 1:
        raise TypeError
    return [_scalar(item) for item in value]


def _market(value: Any) -> str:
    name = _text(value).strip().lower()
    if name not in ALL_MARKETS:
        raise ValueError
    return name


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(value)
    return _double(value) if isinstance(value, float) else _integer(value)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError(text) from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are not JSON


def _show(value: Any) -> str:
    """Return a default as the header of a query writes it."""
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, timedelta):
        return str(value.days)
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _excerpt(value: Any) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


PARAMETER_TYPES: dict[str, Callable[[Any], Any]] = {
    "STRING": _text,
    "INTEGER": _integer,
    "DOUBLE": _double,
    "BOOLEAN": _boolean,
    "DATE": _date,
    "DATETIME": _datetime,
    "DURATION": _duration,
    "LIST": _list,
    "MARKET": _market,
    "STAKEHOLDER": _text,
}
