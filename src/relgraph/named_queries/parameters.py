"""Parameters: the types that a named query declares, and the check of values before a store's."""

from __future__ import annotations

import json
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from relgraph.errors import UsageError
from relgraph.model import ALL_MARKETS

_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a named query.

    Parameters
    ----------
    name : str
        As the query uses it, without the `$`.
    type : str
        STRING, INTEGER, DOUBLE, BOOLEAN, DATE (``2024-05-01``), DURATION (a whole number of
        days), LIST (``a,b`` or a JSON list of one type), MARKET (one of the six, or firm) or
        STAKEHOLDER (an id, or a name that only one has).
    default : object
        The value when none is given; None makes the parameter required.

    Examples
    --------
    >>> str(Parameter("days", "DURATION", timedelta(days=90)))
    'days DURATION = 90'
    """

    name: str
    type: str
    default: Any = None

    def __str__(self) -> str:
        shown = f"{self.name} {self.type}"
        return shown if self.default is None else f"{shown} = {_show(self.default)}"

    def convert(self, value: Any) -> Any:
        """Return a value, or the text of one, as the driver takes it.

        Raises
        ------
        UsageError
            It is not of the parameter's type.
        """
        try:
            return PARAMETER_TYPES[self.type](value)
        except (ValueError, TypeError, OverflowError):
            hint = suggest(str(value), ALL_MARKETS) if self.type == "MARKET" else ""
            raise UsageError(
                f"parameter {self.name} takes {_MEANING[self.type]}, not {_excerpt(value)}{hint}"
            ) from None


def check_values(
    query: str, parameters: Sequence[Parameter], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a value of the right type for each parameter.

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
                faults.append(str(error))
        elif parameter.default is None:
            faults.append(f"parameter {name} is missing: give it with -p {name} {parameter.type}")
        else:
            checked[name] = parameter.default
    if faults:
        raise UsageError(f"query {query}: {'; '.join(faults)}")
    return checked


def parse_value(name: str, text: str) -> Any:
    """Return what a text means as a parameter of a user's own query.

    Numbers, true, false, null, texts and lists of them in JSON's spelling are that; any other
    text is itself.

    Raises
    ------
    UsageError
        It is a number that no store takes, or no valid Unicode.

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
        raise UsageError(f"parameter {name}: no store takes {_excerpt(text)}") from None


def suggest(name: str, known: Sequence[str]) -> str:
    """Return a hint at what may have been meant, or nothing.

    Examples
    --------
    >>> suggest("tpo", ["top", "market"])
    " (did you mean 'top'?)"
    """
    close = get_close_matches(name, known, 1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    takes = f"it takes {', '.join(map(str, known.values()))}" if known else "it takes none"
    return f"parameter {_excerpt(name)} is unknown: {takes}{suggest(name, list(known))}"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # a lone surrogate, from bytes that are not UTF-8, is no text to a store
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
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if not isinstance(value, bool):
        raise TypeError
    return value


def _date(value: Any) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError
    return value


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
    raise ValueError(constant)  # NaN and Infinity are no JSON


def _show(value: Any) -> str:
    if isinstance(value, timedelta):
        return str(value.days)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return repr(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _excerpt(value: Any) -> str:
    shown = ascii(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


PARAMETER_TYPES: dict[str, Callable[[Any], Any]] = {
    "STRING": _text,
    "INTEGER": _integer,
    "DOUBLE": _double,
    "BOOLEAN": _boolean,
    "DATE": _date,
    "DURATION": _duration,
    "LIST": _list,
    "MARKET": _market,
    "STAKEHOLDER": _text,
}
_MEANING = {
    "STRING": "a STRING (valid Unicode text)",
    "INTEGER": "an INTEGER of 64 bits",
    "DOUBLE": "a DOUBLE, a finite number",
    "BOOLEAN": "a BOOLEAN, true or false",
    "DATE": "a DATE like 2024-05-01",
    "DURATION": "a DURATION, a whole number of days",
    "LIST": "a LIST of one type, a,b or in JSON",
    "MARKET": f"a MARKET ({', '.join(ALL_MARKETS)})",
    "STAKEHOLDER": "a STAKEHOLDER's id or name (valid Unicode text)",
}
