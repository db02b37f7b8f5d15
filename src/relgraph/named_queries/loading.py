"""Named queries: files `queries/*.cypher`, each a header of comments and one reading statement.

::

    // Stakeholders of a market whom many stakeholders refer to.
    //
    // param: market MARKET
    // param: at_least INTEGER = 3
    // returns: id STRING, name STRING, referrals INTEGER
    // example: relgraph query run often-referred -p market customer
    MATCH …
    RETURN … ORDER BY …

The first paragraph is the purpose; further ones are remarks. Loading checks what a run relies on:
that the header can be read and that the query only reads. The rest of docs/cypher-subset.md is
checked for the shipped queries by tests/queries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

from relgraph.errors import InvalidInput, Problem, UsageError, did_you_mean
from relgraph.messages import Message
from relgraph.named_queries.parameters import DATED, PARAMETER_TYPES, Parameter, check_values
from relgraph.named_queries.readonly import check_tokens
from relgraph.named_queries.returned import RETURN_TYPES, ReturnColumn, conform
from relgraph.named_queries.tokens import CypherFault, tokenise
from relgraph.resources import resource_dir
from relgraph.result import Result

_KEYED = re.compile(r"(param|returns|example):\s*(.*)")
_PARAMETER = re.compile(r"([A-Za-z_]\w*) +([A-Z]+)(?: *= *(.+))?", re.ASCII)
_COLUMN = re.compile(r"([A-Za-z_]\w*) +([A-Z]+)", re.ASCII)


@dataclass(frozen=True)
class NamedQuery:
    """A query of `queries/` that only reads.

    Parameters
    ----------
    name : str
        The file's name without its ending.
    purpose : str
        What it answers, in a sentence.
    parameters : tuple of Parameter
        In the order of the file.
    returns : tuple of ReturnColumn
        The columns of its rows, in order.
    cypher : str
        The whole file; its header is comments to a store.
    """

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    returns: tuple[ReturnColumn, ...]
    cypher: str

    def check_parameters(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for each parameter, as `parameters.check_values` does."""
        return check_values(Message("query.place", name=self.name), self.parameters, values)

    def check_result(self, result: Result) -> Result:
        """Return a store's rows in the declared types, as `returned.conform` does."""
        return conform(self.name, self.returns, result)


def load_queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """Return every query of a folder by name; of the shipped ones by default.

    Raises
    ------
    InvalidInput
        A header can't be read, or a query does more than read; all problems, with file and line.
    """
    queries: dict[str, NamedQuery] = {}
    problems: list[Problem] = []
    for name, path in _files(folder).items():
        try:
            queries[name] = read_query(path)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return queries


def find_query(name: str, folder: Path | None = None) -> NamedQuery:
    """Return the query of this name, or raise UsageError with a suggestion."""
    files = _files(folder)
    if name not in files:
        hint = did_you_mean(name, files) or Message("query.list")
        raise UsageError("query.unknown", parameter="name", name=name, hint=hint)
    return read_query(files[name])


def read_query(path: Path) -> NamedQuery:
    """Read one query; raise InvalidInput with its problems, as `load_queries` does."""
    text = path.read_text(encoding="utf-8")
    header = _read_header(text, path.name)
    problems = header.problems
    try:
        check_tokens(tokenise(text))
    except CypherFault as fault:
        problems.append(Problem(fault.message, path.name, fault.line))
    if problems:
        raise InvalidInput(problems)
    return NamedQuery(
        path.stem, header.purpose, tuple(header.parameters), tuple(header.columns), text
    )


def _files(folder: Path | None) -> dict[str, Path]:
    folder = resource_dir("queries") if folder is None else folder
    return {path.stem: path for path in sorted(folder.glob("*.cypher"))}


class _Header(NamedTuple):
    purpose: str
    parameters: list[Parameter]
    columns: list[ReturnColumn]
    problems: list[Problem]


def _read_header(text: str, file: str) -> _Header:
    """Return what the first comment lines of a file say, and what is wrong with them."""
    comment = takewhile(lambda line: line.startswith("//"), text.splitlines())
    lines = [line.removeprefix("//").strip() for line in comment]
    purpose = takewhile(lambda line: line and not _KEYED.match(line), lines)
    header = _Header(" ".join(purpose), [], [], [])
    for number, line in enumerate(lines, 1):
        match = _KEYED.match(line)
        try:
            if match and match[1] == "param":
                header.parameters.append(_read_parameter(match[2]))
            elif match and match[1] == "returns":
                header.columns.extend(map(_read_column, match[2].split(",")))
        except UsageError as error:
            header.problems.append(Problem(error.message, file, number))
    return header


def _read_parameter(words: str) -> Parameter:
    match = _PARAMETER.fullmatch(words)
    if match is None or match[2] not in PARAMETER_TYPES:
        raise UsageError("query.parameter", words=words, types=tuple(PARAMETER_TYPES))
    name, kind, default = match.groups()
    parameter = Parameter(name, kind)
    if default is None:
        return parameter
    if kind == "STRING":
        default = default.removeprefix("'").removesuffix("'")
    value = parameter.convert(default)
    return Parameter(name, kind, default if kind in DATED else value)  # today is another day


def _read_column(words: str) -> ReturnColumn:
    match = _COLUMN.fullmatch(words.strip())
    if match is None or match[2] not in RETURN_TYPES:
        raise UsageError("query.column", words=words.strip(), types=tuple(RETURN_TYPES))
    return ReturnColumn(match[1], match[2])
