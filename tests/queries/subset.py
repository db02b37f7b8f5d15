"""The portable subset: forms of Cypher that both stores take, and answer alike.

Told from tokens. What passes `readonly` and breaks a rule here is legal on one store, but refused,
or answered differently, by the other; docs/cypher-subset.md gives every rule with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relgraph.model import COLUMNS, NODE_LABEL, OCCURRENCE, RELATIONSHIP_TYPES
from relgraph.named_queries.tokens import Token
from tests.queries.tree import (
    Fault,
    Group,
    Items,
    Relationship,
    find_columns,
    find_relationships,
    find_variables,
    is_clause,
    keyword,
    names_after,
    names_after_as,
    split_clauses,
    symbol,
    walk,
)

FUNCTIONS = (
    *("abs", "avg", "ceil", "coalesce", "count", "floor", "log10", "max", "min", "size", "sqrt"),
    *("sum", "toFloat", "type"),
)
PROPERTIES = frozenset(name for table in COLUMNS.values() for name in table) | {OCCURRENCE}

# Words before an operand: in front of a bracket they are no functions and no lists.
_BEFORE_OPERAND = frozenset(
    {"AND", "AS", "BY", "CASE", "DISTINCT", "ELSE", "IN", "LIMIT", "MATCH", "NOT", "OR", "RETURN"}
    | {"SKIP", "THEN", "UNWIND", "WHEN", "WHERE", "WITH", "XOR"}
)
_CLAUSES_THAT_DIFFER = {
    "CALL": "the procedures differ",
    "UNION": "nothing orders its rows as a whole",
}
_FUNCTIONS_THAT_DIFFER = {
    "collect": "the order inside differs: count, or return the rows",
    "label": "Neo4j has none: use type(r)",
    "labels": "Ladybug gives a text, not a list",
    "log": "Ladybug's has base 10: use log10",
    "round": "halves differ",
    "substring": "Ladybug counts from 1",
    "tointeger": "Ladybug rounds, Neo4j cuts",
    "tolower": "letters beyond ASCII differ",
    "toupper": "letters beyond ASCII differ",
}
_SYMBOLS_THAT_DIFFER = {
    "..": "hops and slices differ",
    "::": "type predicates are Neo4j's",
    "!": "label expressions are Neo4j's",
    "&": "label expressions are Neo4j's",
    "?": "quantifiers are Neo4j's",
}


def find_unportable(tokens: Sequence[Token], tree: Items) -> Iterator[Fault]:
    """Find what is outside the portable subset in a query that only reads."""
    for bracket, items in walk(tree):
        for position, item in enumerate(items):
            if isinstance(item, Group):
                yield from _check_group(item, items, position, bracket)
            else:
                yield from _check_token(item, items, position, bracket)
        yield from _check_names(items, bracket)
        if bracket in ("", "{"):
            clauses = split_clauses(items)
            for position in range(len(clauses)):
                yield from _check_clause(clauses, position)
    yield from _check_sums(tokens)
    yield from _check_variables(tree)


def _check_token(token: Token, items: Items, position: int, bracket: str) -> Iterator[Fault]:
    if token.symbol in _SYMBOLS_THAT_DIFFER:
        yield _refused(token, token.symbol, _SYMBOLS_THAT_DIFFER[token.symbol])
    elif token.keyword in _CLAUSES_THAT_DIFFER and is_clause(items, position):
        yield _refused(token, token.keyword, _CLAUSES_THAT_DIFFER[token.keyword])
    elif token.keyword == "WHERE" and bracket in ("(", "["):
        yield _refused(token, "WHERE inside a pattern", "Ladybug has none: put it after")
    elif token.text in ("''", '""') and keyword(items, position - 1) == "CONTAINS":
        yield _refused(token, "CONTAINS of nothing", "it is false on Ladybug, true on Neo4j")
    elif token.kind == "text" and "\\" in token.text:
        yield _refused(token, "a backslash", "escapes differ: use a parameter")
    elif token.kind == "number" and not token.text.replace(".", "").isdecimal():
        yield _refused(token, f"the number {token.text}", "write it with digits and a point")
    elif token.kind == "parameter" and not token.text.isidentifier():
        yield _refused(token, f"the parameter {token.text!a}", "Ladybug takes only a plain name")
    elif token.kind == "parameter" and keyword(items, position + 1) == "IS":
        yield _refused(token, "a parameter tested for null", "Ladybug fails when it is null")


def _check_group(group: Group, items: Items, position: int, bracket: str) -> Iterator[Fault]:
    if group.token.text == "(":
        yield from _check_parenthesis(group, items, position)
    elif group.token.text == "[":
        yield from _check_bracket(group, items, position)
    else:
        yield from _check_brace(group, items, position, bracket)


def _check_parenthesis(group: Group, items: Items, position: int) -> Iterator[Fault]:
    before = items[position - 1] if position else None
    if not isinstance(before, Token) or not before.is_name:
        if not group.items:
            yield _refused(group.token, "a node without a label", f"write (:{NODE_LABEL})")
    elif before.keyword not in _BEFORE_OPERAND:
        yield from _check_function(before)


def _check_function(name: Token) -> Iterator[Fault]:
    folded = name.text.lower()
    if folded not in map(str.lower, FUNCTIONS):
        reason = _FUNCTIONS_THAT_DIFFER.get(folded, f"these are in it: {', '.join(FUNCTIONS)}")
        yield _refused(name, f"the function {name.text}", reason)


def _check_bracket(group: Group, items: Items, position: int) -> Iterator[Fault]:
    inside = group.items
    before = items[position - 1] if position else None
    if symbol(items, position - 1) == "-":
        for place in range(len(inside)):
            if symbol(inside, place) == "*":
                yield _refused(group.token, "a path of any length", "Ladybug may go round in it")
            if (symbol(inside, place), symbol(inside, place + 1)) == ("|", ":"):
                yield _refused(group.token, "|:", "Neo4j has dropped it: write A|B")
    elif keyword(inside, 1) == "IN" or symbol(inside, 0) == "(":
        yield _refused(group.token, "a list comprehension", "Ladybug has none")
    elif isinstance(before, Group) or (
        isinstance(before, Token) and before.is_name and before.keyword not in _BEFORE_OPERAND
    ):
        yield _refused(group.token, "an index into a list", "Ladybug counts from 1")


def _check_brace(group: Group, items: Items, position: int, bracket: str) -> Iterator[Fault]:
    before = keyword(items, position - 1)
    if before in ("EXISTS", "COUNT"):
        if keyword(group.items, 0) != "MATCH":
            yield _refused(group.token, f"{before} {{…}} without MATCH", "Ladybug needs it")
    elif bracket not in ("(", "[") or symbol(group.items, 1) != ":" or position + 1 < len(items):
        reason = "only a pattern's {property: value} is portable"
        yield _refused(group.token, f"{before} {{…}}".strip(), reason)


def _check_names(items: Items, bracket: str) -> Iterator[Fault]:
    """Check labels, types and properties: Ladybug refuses those that the store lacks."""
    if bracket in ("", "("):
        for label in names_after(items, (":",)):
            if label.text != NODE_LABEL:
                yield _refused(label, f"the label {label.text}", f"every node is a {NODE_LABEL}")
    for found in find_relationships(items):
        for kind in found.types:
            if kind.text not in RELATIONSHIP_TYPES:
                yield _refused(kind, f"the type {kind.text}", "a store may lack it")
    is_map = bracket == "{" and symbol(items, 1) == ":"
    keys = [item for item in items[:1] if isinstance(item, Token)] + names_after(items, (",",))
    for name in [*names_after(items, (".",)), *(keys if is_map else ())]:
        if name.text not in PROPERTIES:
            yield _refused(name, f"the property {name.text}", "a store may lack it")


def _check_clause(clauses: Sequence[Items], position: int) -> Iterator[Fault]:
    clause = clauses[position]
    first = clause[0] if clause else None
    if not isinstance(first, Token):
        return
    words = {keyword(clause, place) for place in range(len(clause))}
    if first.keyword == "WITH" and "ORDER" in words and "LIMIT" not in words:
        yield _refused(first, "WITH … ORDER BY without LIMIT", "the order is lost")
    if first.keyword == "MATCH":
        found = list(find_relationships(clause))
        yield from _check_repetition(found)
        where = clauses[position + 1] if position + 1 < len(clauses) else ()
        symbols = {symbol(where, place) for place in range(len(where))}
        apart = keyword(where, 0) == "WHERE" and "<>" in symbols
        for one in found:
            if not one.is_directed and not apart:
                reason = "Ladybug counts a loop twice: add WHERE a.id <> b.id"
                yield _refused(one.token, "a relationship without direction", reason)


def _check_repetition(relationships: Sequence[Relationship]) -> Iterator[Fault]:
    """Find relationships of one MATCH that could be the same one: Ladybug allows that."""
    for position, one in enumerate(relationships):
        types = {token.text for token in one.types}
        for other in relationships[:position]:
            if not types or not other.types or types & {token.text for token in other.types}:
                reason = "Ladybug may take one twice: write a MATCH for each"
                yield _refused(one.token, "a second relationship of a type in one MATCH", reason)
                break


def _check_sums(tokens: Sequence[Token]) -> Iterator[Fault]:
    for position, token in enumerate(tokens[:-1]):
        if token.keyword == "SUM" and tokens[position + 1].symbol == "(":
            before = [one.text.lower() for one in tokens[max(position - 2, 0) : position]]
            if before != ["coalesce", "("]:
                reason = "of nothing it is 0 or null: write coalesce(sum(…), 0)"
                yield _refused(token, "a bare sum", reason)


def _check_variables(tree: Items) -> Iterator[Fault]:
    """Find nodes that no pattern labels, and columns with the name of a pattern's variable."""
    nodes: dict[str, Token] = {}
    safe: set[str] = set()
    columns = {token.text: token for token in find_columns(tree) if token is not None}
    for _, items in walk(tree):
        safe |= {alias.text for alias in names_after_as(items)}
        for clause in split_clauses(items):
            if keyword(clause, 0) != "MATCH":
                continue
            for name, is_labelled in find_variables(clause):
                nodes.setdefault(name.text, name)
                safe |= {name.text} if is_labelled else set()
    for text, name in nodes.items():
        if text not in safe:
            yield _refused(name, f"the node {text} without a label", f"write ({text}:{NODE_LABEL})")
        if text in columns:
            reason = "Ladybug would order by that"
            yield _refused(columns[text], f"the column {text}, also a pattern's variable,", reason)


def _refused(token: Token, found: str, reason: str) -> Fault:
    return Fault(token.line, f"{found} is outside the portable subset: {reason}")
