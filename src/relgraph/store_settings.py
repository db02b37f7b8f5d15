"""What a store carries along beside its data, as one TOML file.

Each section of the file has a function here that reads it; to add one, write it, name it in
`_SECTIONS` and give `StoreSettings` a field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from relgraph.errors import InvalidInput, Problem, did_you_mean
from relgraph.messages import Message
from relgraph.model import CONTACTED, RELATIONSHIP_TYPES, RelationshipType, word_of_mouth

SETTINGS_FILE = "relgraph.toml"

_TYPE_NAME = re.compile(r"[A-Z0-9_]*[A-Z][A-Z0-9_]*")
_DECLARED = ("both_ways", "word_of_mouth", "hostile")
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
    """

    text: str = ""
    declared: Mapping[str, RelationshipType] = field(default_factory=dict)

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
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput([_unreadable(str(error), file)]) from None
    problems = [
        Message("settings.section", name=name, meant=did_you_mean(name, _SECTIONS))
        for name in content
        if name not in _SECTIONS
    ]
    read = {name: _SECTIONS[name](content.get(name, {}), problems) for name in _SECTIONS}
    if problems:
        raise InvalidInput([Problem(problem, file) for problem in problems])
    return StoreSettings(_tidied(text), read["types"])


def _tidied(text: str) -> str:
    """Return a text with the line ends of this system, and one at its end."""
    text = re.sub("\r\n?", "\n", text).strip("\n")
    return f"{text}\n" if text.strip() else ""


def _unreadable(reason: str, file: str) -> Problem:
    line = _AT_LINE.search(reason)
    message = Message("settings.not_toml", reason=_AT_LINE.sub("", reason))
    return Problem(message, file, int(line[1]) if line else None)


def _read_types(section: Any, problems: list[Message]) -> dict[str, RelationshipType]:
    """Return the types that `[types.NAME]` declares."""
    if not isinstance(section, dict):
        problems.append(Message("settings.not_table", name="types"))
        return {}
    return {name: _read_type(name, given, problems) for name, given in section.items()}


def _read_type(name: str, given: Any, problems: list[Message]) -> RelationshipType:
    if name in RELATIONSHIP_TYPES:
        key = "settings.contact_type" if name == CONTACTED else "settings.own_type"
        problems.append(Message(key, type=name))
    elif not _TYPE_NAME.fullmatch(name):
        problems.append(Message("settings.type_name", type=name))
    if not isinstance(given, dict):
        problems.append(Message("settings.not_table", name=f"types.{name}"))
        given = {}
    for key, value in given.items():
        place = f"types.{name}.{key}"
        if key not in _DECLARED:
            meant = did_you_mean(key, _DECLARED)
            problems.append(Message("settings.key", name=place, keys=_DECLARED, meant=meant))
        elif not isinstance(value, bool):
            problems.append(Message("settings.not_truth", name=place, value=value))
    both_ways, told, hostile = (given.get(key) is True for key in _DECLARED)
    return RelationshipType(name, both_ways, told, sign=-1 if hostile else 1)


_SECTIONS: Mapping[str, Callable[[Any, list[Message]], Any]] = {"types": _read_types}
