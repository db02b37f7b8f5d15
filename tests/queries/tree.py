"""A query as a tree of brackets, its clauses and the relationships of its patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from relgraph.named_queries.tokens import Token

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CLAUSES = frozenset({"MATCH", "WHERE", "WITH", "UNWIND", "RETURN", "UNION", "CALL"})

_TAILS = frozenset({"ORDER", "SKIP", "LIMIT"})


class Fault(NamedTuple):
    """What is wrong in a query's file, and in which line of it."""

    line: int
    message: str


class UnbalancedBrackets(ValueError):
    """A bracket has no other half; `fault` says which."""

    def __init__(self, bracket: Token, missing: str) -> None:
        self.fault = Fault(bracket.line, f"a {bracket.text} without its {missing} half")
        super().__init__(self.fault.message)


@dataclass(frozen=True)
class Group:
    """A pair of brackets and what stands between.

    Parameters
    ----------
    token : Token
        The opening bracket.
    items : tuple of Token and Group
        What it holds.
    """

    token: Token
    items: tuple[Token | Group, ...]


Items = Sequence[Token | Group]


@dataclass(frozen=True)
class Relationship:
    """A relationship in a pattern: where it begins, its types (none: any), its direction."""

    token: Token
    types: tuple[Token, ...]
    is_directed: bool


def read_tree(tokens: Sequence[Token]) -> Items:
    """Return a query's tokens with each pair of brackets as one item.

    Raises
    ------
    UnbalancedBrackets
        A bracket has no other half.
    """
    levels: list[list[Token | Group]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.symbol in _PAIRS:
            opened.append(token)
            levels.append([])
        elif token.symbol in _PAIRS.values():
            if not opened or _PAIRS[opened[-1].text] != token.text:
                raise UnbalancedBrackets(token, "opening")
            group = Group(opened.pop(), tuple(levels.pop()))
            levels[-1].append(group)
        else:
            levels[-1].append(token)
    if opened:
        raise UnbalancedBrackets(opened[-1], "closing")
    return levels[0]


def walk(items: Items, parent: str = "") -> Iterator[tuple[str, Items]]:
    """Yield the items of each level with the bracket around them, the outermost first."""
    yield parent, items
    for item in items:
        if isinstance(item, Group):
            yield from walk(item.items, item.token.text)


def split_clauses(items: Items) -> list[Items]:
    """Return a level's clauses, each with its keyword first; ORDER BY stays with WITH or RETURN."""
    clauses: list[list[Token | Group]] = []
    for position, item in enumerate(items):
        if not clauses or is_clause(items, position):
            clauses.append([])
        clauses[-1].append(item)
    return list(clauses)


def is_clause(items: Items, position: int) -> bool:
    """Whether a clause begins here: no name is meant, nor the end of STARTS WITH."""
    before = keyword(items, position - 1)
    is_name = symbol(items, position - 1) in (".", ":") or before in ("AS", "STARTS", "ENDS")
    return keyword(items, position) in _CLAUSES and not is_name


def symbol(items: Items, position: int) -> str:
    """Return the symbol, or the opening bracket, at a position; nothing outside."""
    if not 0 <= position < len(items):
        return ""
    item = items[position]
    return item.token.symbol if isinstance(item, Group) else item.symbol


def keyword(items: Items, position: int) -> str:
    """Return the word at a position as a keyword; nothing for anything else."""
    if not 0 <= position < len(items):
        return ""
    item = items[position]
    return "" if isinstance(item, Group) else item.keyword


def names_after(items: Items, symbols: Sequence[str]) -> list[Token]:
    """Return the names that directly follow one of the symbols."""
    return [
        item
        for position, item in enumerate(items)
        if isinstance(item, Token) and item.is_name and symbol(items, position - 1) in symbols
    ]


def find_relationships(items: Items) -> Iterator[Relationship]:
    """Yield the relationships of the patterns on a level: ``-[…]->``, ``<--`` and so on."""
    for position, item in enumerate(items):
        before = symbol(items, position - 1)
        if symbol(items, position) != "-" or before not in ("(", "<"):
            continue
        inside = items[position + 1] if position + 1 < len(items) else None
        has_body = isinstance(inside, Group) and inside.token.text == "["
        end = position + 1 + has_body
        if symbol(items, end) == "-":
            types = names_after(inside.items, (":", "|")) if isinstance(inside, Group) else []
            is_directed = before == "<" or symbol(items, end + 1) == ">"
            assert isinstance(item, Token)  # for mypy: it is a symbol
            yield Relationship(item, tuple(types), is_directed)


def find_variables(match: Items) -> Iterator[tuple[Token, bool]]:
    """Yield the variables of a MATCH clause, and whether a label or a bracket says what they are.

    A relationship needs no label; a node does.
    """
    for item in match:
        if isinstance(item, Group) and item.items:
            name = item.items[0]
            if isinstance(name, Token) and name.is_name:
                is_relationship = item.token.text == "["
                yield name, is_relationship or symbol(item.items, 1) == ":"


def names_after_as(items: Items) -> list[Token]:
    """Return the names that AS gives."""
    return [
        item
        for position, item in enumerate(items)
        if isinstance(item, Token) and item.is_name and keyword(items, position - 1) == "AS"
    ]


def find_columns(tree: Items) -> list[Token | None]:
    """Return the names of the columns of the last RETURN; None for one that has no name."""
    last = split_clauses(tree)[-1] if tree else ()
    if keyword(last, 0) != "RETURN":
        return []
    ends = [place for place in range(len(last)) if keyword(last, place) in _TAILS]
    body = last[1 + (keyword(last, 1) == "DISTINCT") : min(ends, default=len(last))]
    columns: list[list[Token | Group]] = [[]]
    for item in body:
        if isinstance(item, Token) and item.symbol == ",":
            columns.append([])
        else:
            columns[-1].append(item)
    return [_column_name(column) for column in columns]


def _column_name(column: Items) -> Token | None:
    name = column[-1] if column else None
    if not isinstance(name, Token) or not name.is_name:
        return None
    return name if len(column) == 1 or keyword(column, len(column) - 2) == "AS" else None
