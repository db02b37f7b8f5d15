"""The header of a query's file: purpose, parameters, columns and an example, as comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from relgraph.errors import UsageError
from relgraph.named_queries.parameters import PARAMETER_TYPES, Parameter
from relgraph.named_queries.returned import RETURN_TYPES, ReturnColumn
from relgraph.named_queries.tokens import Fault

_KEYS = ("param", "returns", "example")
_PARAMETER = re.compile(r"([A-Za-z_]\w*) +([A-Z]+)(?: *= *(.+))?", re.ASCII)
_COLUMN = re.compile(r"([A-Za-z_]\w*) +([A-Z]+)", re.ASCII)


class Header(NamedTuple):
    """What a header says; `lines` tells where each parameter, column and key stands."""

    purpose: str
    parameters: dict[str, Parameter]
    columns: dict[str, ReturnColumn]
    example: str
    lines: dict[str, int]


def read_header(text: str) -> tuple[Header, list[Fault]]:
    """Return what the first comment lines of a file say, and what is wrong with them."""
    header = Header(_read_purpose(text), {}, {}, _read_example(text), {})
    faults = [] if header.purpose else [Fault(1, "no purpose: begin with a comment that gives it")]
    for key, words, line in _keyed_lines(text):
        header.lines.setdefault(key, line)
        try:
            if key == "param":
                _add_parameter(header, words, line)
            elif key == "returns":
                for column in words.split(","):
                    _add_column(header, column.strip(), line)
        except UsageError as error:
            faults.append(Fault(line, str(error)))
    for key in ("returns", "example"):
        if key not in header.lines:
            faults.append(Fault(1, f"no line `// {key}:`"))
    return header, faults


def _comment_lines(text: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("//"):
            return
        yield line.removeprefix("//").strip(), number


def _keyed_lines(text: str) -> Iterator[tuple[str, str, int]]:
    for words, number in _comment_lines(text):
        key, colon, rest = words.partition(":")
        if colon and key in _KEYS:
            yield key, rest.strip(), number


def _read_purpose(text: str) -> str:
    """Return the first paragraph of the comment."""
    lines = []
    for words, _ in _comment_lines(text):
        if not words or words.partition(":")[0] in _KEYS:
            break
        lines.append(words)
    return " ".join(lines)


def _read_example(text: str) -> str:
    return next((words for key, words, _ in _keyed_lines(text) if key == "example"), "")


def _add_parameter(header: Header, words: str, line: int) -> None:
    match = _PARAMETER.fullmatch(words)
    kind = next((kind for kind in PARAMETER_TYPES if match and kind == match[2]), None)
    if match is None or kind is None:
        types = ", ".join(PARAMETER_TYPES)
        raise UsageError(f"{words!r} is no parameter: write NAME TYPE [= DEFAULT] ({types})")
    name, _, default = match.groups()
    if name in header.parameters:
        raise UsageError(f"parameter {name} is declared twice")
    parameter = Parameter(name, kind)
    if default is not None:
        if kind == "STRING":
            default = default.removeprefix("'").removesuffix("'")
        parameter = Parameter(name, kind, parameter.convert(default))
    header.parameters[name] = parameter
    header.lines[f"${name}"] = line


def _add_column(header: Header, words: str, line: int) -> None:
    match = _COLUMN.fullmatch(words)
    if match is None or match[2] not in RETURN_TYPES:
        types = ", ".join(RETURN_TYPES)
        raise UsageError(f"{words!r} is no column: write NAME TYPE ({types})")
    if match[1] in header.columns:
        raise UsageError(f"column {match[1]} is declared twice")
    header.columns[match[1]] = ReturnColumn(match[1], match[2])
