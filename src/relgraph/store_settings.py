"""What a store carries along beside its data, as one TOML file.

Each section of the file has a function here that reads it; to add one, write it, name it in
`_SECTIONS` and give `StoreSettings` a field.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from relgraph.currencies import CODES, Currencies, currency_code
from relgraph.errors import InvalidInput, Problem, did_you_mean
from relgraph.messages import Message
from relgraph.model import CONTACTED, RELATIONSHIP_TYPES, RelationshipType, word_of_mouth

SETTINGS_FILE = "relgraph.toml"

_TYPE_NAME = re.compile(r"[A-Z0-9_]*[A-Z][A-Z0-9_]*")
_DECLARED = ("both_ways", "word_of_mouth", "hostile")
_LARGEST = sys.float_info.max
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


@dataclass(frozen=True)
class StoreSettings:
    """Settings of a store.

    Parameters
    ----------
    text : str
        The file as it was given.
    declared : mapping of str to RelationshipType
        The relationship types that it gives a meaning to.
    currencies : Currencies
        The store's currency, and the rates of others.
    capacities : mapping of str to float
        How many contacts a year employees can make, by id; `default` of all others.
    snapshots : str or None
        The folder in which a server's snapshots are kept.
    """

    text: str = ""
    declared: Mapping[str, RelationshipType] = field(default_factory=dict)
    currencies: Currencies = field(default_factory=Currencies)
    capacities: Mapping[str, float] = field(default_factory=dict)
    snapshots: str | None = None

    @property
    def kinds(self) -> Mapping[str, RelationshipType]:
        """Return every type whose meaning is known: relgraph's own, and those declared."""
        return {**RELATIONSHIP_TYPES, **self.declared}

    @property
    def word_of_mouth(self) -> tuple[str, ...]:
        """Return the types along which word travels."""
        return word_of_mouth(self.kinds)


def parse_settings(text: str, file: str = SETTINGS_FILE) -> StoreSettings:
    r"""Return what a settings file says.

    Parameters
    ----------
    text : str
        TOML.
    file : str
        Its name in problems.

    Raises
    ------
    InvalidInput
        With every problem that was found.

    Examples
    --------
    >>> parse_settings("[types.LENDS_TO]\nboth_ways = true").declared["LENDS_TO"].both_ways
    True
    """
    if not text.strip():
        return StoreSettings()
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([_unreadable(str(error), file)]) from None
    problems = [
        Message("settings.section", name=name, meant=did_you_mean(name, _SECTIONS))
        for name in content
        if name not in _SECTIONS
    ]
    read = {name: _SECTIONS[name](content.get(name), problems) for name in _SECTIONS}
    own, rates = read["currency"], read["rates"]
    if rates and "currency" not in content:
        problems.append(Message("settings.rates_alone"))
    if rates.get(own, 1) != 1:
        problems.append(Message("settings.own_rate", code=own))
    if problems:
        raise InvalidInput([Problem(problem, file) for problem in problems])
    currencies = Currencies(own, rates)
    return StoreSettings(
        _tidied(text), read["types"], currencies, read["capacities"], snapshots=read["snapshots"]
    )


def _tidied(text: str) -> str:
    """Return a text with the line ends of this system, and one at its end."""
    return re.sub("\r\n?", "\n", text).strip("\n") + "\n"


def _unreadable(reason: str, file: str) -> Problem:
    line = _AT_LINE.search(reason)
    message = Message("settings.not_toml", reason=_AT_LINE.sub("", reason))
    return Problem(message, file, int(line[1]) if line else None)


def _read_types(section: Any, problems: list[Message]) -> dict[str, RelationshipType]:
    """Return the types that `[types.NAME]` declares."""
    types = _table("types", section, problems)
    return {name: _read_type(name, given, problems) for name, given in types.items()}


def _table(name: str, given: Any, problems: list[Message]) -> dict[str, Any]:
    """Return a table of the file, an empty one where there is none."""
    if not isinstance(given, dict | None):
        problems.append(Message("settings.not_table", name=name))
    return given if isinstance(given, dict) else {}


def _read_type(name: str, given: Any, problems: list[Message]) -> RelationshipType:
    if name in RELATIONSHIP_TYPES:
        key = "settings.contact_type" if name == CONTACTED else "settings.own_type"
        problems.append(Message(key, type=name))
    elif not _TYPE_NAME.fullmatch(name):
        problems.append(Message("settings.type_name", type=name))
    given = _table(f"types.{name}", given, problems)
    for key, value in given.items():
        place = f"types.{name}.{key}"
        if key not in _DECLARED:
            meant = did_you_mean(key, _DECLARED)
            problems.append(Message("settings.key", name=place, keys=_DECLARED, meant=meant))
        elif not isinstance(value, bool):
            problems.append(Message("settings.not_truth", name=place, value=value))
    both_ways, told, hostile = (given.get(key) is True for key in _DECLARED)
    return RelationshipType(name, both_ways, told, sign=-1 if hostile else 1)


def _read_currency(given: Any, problems: list[Message]) -> str | None:
    """Return the code that `currency` gives."""
    return None if given is None else _read_code(given, "currency", problems)


def _read_rates(section: Any, problems: list[Message]) -> dict[str, float]:
    """Return the rates that `[rates]` gives, by code."""
    rates: dict[str, float] = {}
    for name, rate in _table("rates", section, problems).items():
        place = f"rates.{name}"
        code = _read_code(name, place, problems)
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not 0 < rate <= _LARGEST:
            problems.append(Message("settings.rate", name=place, value=rate))
        elif code in rates:
            problems.append(Message("settings.rate_twice", name=place, code=code))
        elif code is not None:
            rates[code] = float(rate)
    return rates


def _read_code(given: Any, place: str, problems: list[Message]) -> str | None:
    code = currency_code(given) if isinstance(given, str) else None
    if code in CODES:
        return code
    meant = did_you_mean(str(given), CODES)
    problems.append(Message("settings.currency", name=place, value=given, meant=meant))
    return None


def _read_capacities(section: Any, problems: list[Message]) -> dict[str, float]:
    """Return the contacts a year that `[capacities]` gives employees, by id."""
    capacities: dict[str, float] = {}
    for name, value in _table("capacities", section, problems).items():
        wrong = isinstance(value, bool) or not isinstance(value, int | float)
        if wrong or not 0 <= value <= _LARGEST:
            problems.append(Message("settings.capacity", name=f"capacities.{name}", value=value))
        else:
            capacities[name] = float(value)
    return capacities


def _read_snapshots(section: Any, problems: list[Message]) -> str | None:
    """Return the folder that `[snapshots]` names."""
    table = _table("snapshots", section, problems)
    for key in table:
        if key != "folder":
            meant = did_you_mean(key, ("folder",))
            keys = ("folder",)
            problems.append(
                Message("settings.key", name=f"snapshots.{key}", keys=keys, meant=meant)
            )
    folder = table.get("folder")
    if isinstance(folder, str) and Path(folder).is_absolute():
        return folder
    if folder is not None:
        problems.append(Message("settings.folder", name="snapshots.folder", value=folder))
    return None


_SECTIONS: Mapping[str, Callable[[Any, list[Message]], Any]] = {
    "types": _read_types,
    "currency": _read_currency,
    "rates": _read_rates,
    "capacities": _read_capacities,
    "snapshots": _read_snapshots,
}
