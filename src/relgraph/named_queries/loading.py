"""Named queries: files `queries/*.cypher`, each a header of comments and one portable query.

::

    // Stakeholders of a market whom many stakeholders refer to.
    //
    // param: market MARKET
    // param: at_least INTEGER = 3
    // returns: id STRING, name STRING, referrals INTEGER
    // example: relgraph query run often-referred -p market customer
    MATCH …
    RETURN … ORDER BY …

The first paragraph is the purpose, further ones are remarks. Everything is checked when the query
is loaded, so that a wrong file is found here and not by one store's driver.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relgraph.errors import InvalidInput, Problem, UsageError
from relgraph.named_queries.header import Header, read_header
from relgraph.named_queries.parameters import Parameter, check_values, suggest
from relgraph.named_queries.readonly import find_write
from relgraph.named_queries.returned import ReturnColumn, conform
from relgraph.named_queries.subset import find_unportable
from relgraph.named_queries.tokens import (
    Fault,
    Token,
    UnreadableCypher,
    find_parameters,
    tokenise,
)
from relgraph.named_queries.tree import Items, find_columns, keyword, read_tree, split_clauses
from relgraph.resources import resource_dir
from relgraph.result import Result

SUFFIX = ".cypher"


@dataclass(frozen=True)
class NamedQuery:
    """A query of `queries/`, checked.

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
    example : str
        A command line that runs it.
    cypher : str
        The whole file; its header is comments to a store.
    """

    name: str
    purpose: str
    parameters: tuple[Parameter, ...]
    returns: tuple[ReturnColumn, ...]
    example: str
    cypher: str

    def check_parameters(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for each parameter: the given one, converted, or the default.

        Raises
        ------
        UsageError
            A parameter is unknown, missing or ill-typed; the message names all of them.
        """
        return check_values(self.name, self.parameters, values)

    def check_result(self, result: Result) -> Result:
        """Return a store's rows with the columns in their declared types.

        Raises
        ------
        QueryFailed
            The rows have other columns, or values of other types.
        """
        return conform(self.name, self.returns, result)


def load_queries(folder: Path | None = None) -> dict[str, NamedQuery]:
    """Return every query of a folder by name; of the shipped ones by default.

    Raises
    ------
    InvalidInput
        A file breaks the rules of docs/cypher-subset.md; all problems, with file and line.
    """
    queries: dict[str, NamedQuery] = {}
    problems: list[Problem] = []
    for path in _files(folder):
        try:
            queries[path.stem] = read_query(path)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return queries


def find_query(name: str, folder: Path | None = None) -> NamedQuery:
    """Return the query of this name.

    Raises
    ------
    UsageError
        There is none; the message suggests what may have been meant.
    """
    paths = {path.stem: path for path in _files(folder)}
    if name not in paths:
        hint = suggest(name, list(paths)) or ": `relgraph query list` lists them"
        raise UsageError(f"there is no query {name!a}{hint}")
    return read_query(paths[name])


def read_query(path: Path) -> NamedQuery:
    """Read one query and check it.

    Raises
    ------
    InvalidInput
        It breaks a rule of docs/cypher-subset.md; all problems, with file and line.
    """
    text = path.read_text(encoding="utf-8")
    header, faults = read_header(text)
    try:
        tokens = tokenise(text)
        tree = read_tree(tokens)
    except UnreadableCypher as error:
        faults.append(error.fault)
    else:
        faults += _find_faults(tokens, tree, header)
    query = NamedQuery(
        path.stem,
        header.purpose,
        tuple(header.parameters.values()),
        tuple(header.columns.values()),
        header.example,
        text,
    )
    faults += _check_example(query, header)
    if faults:
        raise InvalidInput(Problem(message, path.name, line) for line, message in sorted(faults))
    return query


def _files(folder: Path | None) -> list[Path]:
    folder = resource_dir("queries") if folder is None else folder
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)


def _find_faults(tokens: list[Token], tree: Items, header: Header) -> Iterator[Fault]:
    write = find_write(tokens)
    if write is not None:
        yield write
        return  # the clauses below are not what they seem
    yield from _check_names(tokens, header)
    yield from _check_columns(tree, header)
    yield from find_unportable(tokens, tree)


def _check_names(tokens: list[Token], header: Header) -> Iterator[Fault]:
    used = find_parameters(tokens)
    for name, line in used.items():
        if name not in header.parameters:
            hint = suggest(name, list(header.parameters))
            yield Fault(line, f"${name} has no line `// param: {name} TYPE`{hint}")
    for name in header.parameters:
        if name not in used:
            yield Fault(header.lines[f"${name}"], f"parameter {name} is never used as ${name}")


def _check_columns(tree: Items, header: Header) -> Iterator[Fault]:
    last = split_clauses(tree)[-1]
    first = last[0]
    line = first.line if isinstance(first, Token) else 1
    if keyword(last, 0) != "RETURN":
        yield Fault(line, "the query doesn't end with RETURN … ORDER BY")
        return
    found = [token.text if token is not None else None for token in find_columns(tree)]
    if None in found:
        yield Fault(line, f"column {found.index(None) + 1} of RETURN has no name: give it with AS")
    elif found != list(header.columns):
        declared = ", ".join(header.columns) or "nothing"
        yield Fault(line, f"RETURN gives {', '.join(map(str, found))}, `returns:` says {declared}")
    if "ORDER" not in {keyword(last, position) for position in range(len(last))}:
        yield Fault(line, "RETURN has no ORDER BY: each store would give its own order")


def _check_example(query: NamedQuery, header: Header) -> Iterator[Fault]:
    """Check that the example runs this query, with parameters it takes."""
    line = header.lines.get("example")
    if line is None:
        return
    try:
        words = shlex.split(query.example)
    except ValueError as error:
        words = [str(error)]
    start = ["relgraph", "query", "run", query.name]
    options = words[len(start) :]
    if words[: len(start)] != start or options[::3] != ["-p"] * (len(options) // 3):
        yield Fault(line, f"the example is not `{' '.join(start)} -p NAME VALUE …`")
        return
    try:
        query.check_parameters(dict(zip(options[1::3], options[2::3], strict=True)))
    except (UsageError, ValueError) as error:
        yield Fault(line, f"the example fails: {error}")
