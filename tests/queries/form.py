"""The form of a shipped query: what docs/cypher-subset.md asks of its header and its Cypher.

None of it matters when a query is run; loading checks what does.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from relgraph.errors import UsageError
from relgraph.named_queries import NamedQuery, find_parameters, read_query
from relgraph.named_queries.tokens import Token, tokenise
from tests.queries.subset import find_unportable
from tests.queries.tree import (
    Fault,
    Items,
    UnbalancedBrackets,
    find_columns,
    keyword,
    read_tree,
    split_clauses,
)


def find_faults(path: Path) -> list[str]:
    """Return what is wrong with a query that loads, in the order of lines."""
    query = read_query(path)
    tokens = tokenise(query.cypher)
    faults = [*_check_header(query, tokens), *_check_example(query)]
    try:
        tree = read_tree(tokens)
    except UnbalancedBrackets as error:
        faults.append(error.fault)
    else:
        faults += [*_check_columns(query, tree), *find_unportable(tokens, tree)]
    return [f"{path.name}:{line}: {message}" for line, message in sorted(faults)]


def _line_of(query: NamedQuery, pattern: str) -> int:
    """Return the last line of a header that matches; 1 for none."""
    lines = enumerate(query.cypher.splitlines(), 1)
    return max((number for number, line in lines if re.match(f"// *{pattern}", line)), default=1)


def _check_header(query: NamedQuery, tokens: list[Token]) -> Iterator[Fault]:
    if not query.purpose.endswith("."):
        yield Fault(1, "no purpose: begin with a comment that says it in a sentence")
    if not query.returns:
        yield Fault(1, "no line `// returns:`")
    declared = [parameter.name for parameter in query.parameters]
    used = find_parameters(tokens)
    for name, line in used.items():
        if name not in declared:
            yield Fault(line, f"${name} has no line `// param: {name} TYPE`")
    for name in dict.fromkeys(declared):
        line = _line_of(query, rf"param: *{name}\b")
        if name not in used:
            yield Fault(line, f"parameter {name} is never used as ${name}")
        if declared.count(name) > 1:
            yield Fault(line, f"parameter {name} is declared twice")
    columns = [column.name for column in query.returns]
    for name in dict.fromkeys(columns):
        if columns.count(name) > 1:
            line = _line_of(query, rf"returns:.*\b{name} ")
            yield Fault(line, f"column {name} is declared twice")


def _check_columns(query: NamedQuery, tree: Items) -> Iterator[Fault]:
    last = split_clauses(tree)[-1]
    first = last[0]
    line = first.line if isinstance(first, Token) else 1
    if keyword(last, 0) != "RETURN":
        yield Fault(line, "the query doesn't end with RETURN … ORDER BY")
        return
    declared = [column.name for column in query.returns]
    found = [token.text if token is not None else None for token in find_columns(tree)]
    if None in found:
        yield Fault(line, f"column {found.index(None) + 1} of RETURN has no name: give it with AS")
    elif found != declared:
        given, said = ", ".join(map(str, found)), ", ".join(declared) or "nothing"
        yield Fault(line, f"RETURN gives {given}, `returns:` says {said}")
    if "ORDER" not in {keyword(last, position) for position in range(len(last))}:
        yield Fault(line, "RETURN has no ORDER BY: each store would give its own order")


def _check_example(query: NamedQuery) -> Iterator[Fault]:
    """Check that the example runs this query, with parameters that it takes."""
    line = _line_of(query, "example:")
    examples = re.findall(r"^// *example: *(.*)$", query.cypher, re.MULTILINE)
    if not examples:
        yield Fault(line, "no line `// example:`")
        return
    try:
        words = shlex.split(examples[-1])
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
