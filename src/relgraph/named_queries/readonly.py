"""The second lock: what a query may consist of, checked by tokens before a store sees it.

The first lock is the store's own (opened for reading), and it is not enough: read-only engines
still copy tables to files, load files and URLs, install extensions and end transactions. So only
one statement of the clauses below passes; every other clause is refused, known or yet to come.

A clause can only begin where an operand has ended (``RETURN n SET``) or where a statement begins.
Where an operand must follow (``n.set``, ``AS create``, ``(delete)``) a word is a name, whatever it
spells. Where both could be (after `*`, `>`, NOT), the clauses with an effect are refused.
"""

from __future__ import annotations

from enum import Enum, auto

from relgraph.errors import ForbiddenCypher
from relgraph.messages import Message
from relgraph.named_queries.tokens import CypherFault, Token, tokenise


class _Next(Enum):
    """What can follow."""

    CLAUSE = auto()  # a statement begins
    BRACE = auto()  # a statement begins, or a map
    OPERAND = auto()
    OPERATOR = auto()  # an operator, or the next clause
    EITHER = auto()  # an operand, or what follows one


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_STATEMENT = frozenset({"MATCH", "OPTIONAL", "WITH", "UNWIND", "RETURN", "CALL"})

# The words allowed where an operand has ended, and what follows each.
_AFTER_OPERAND = (
    dict.fromkeys(("MATCH", "WHERE", "WITH", "UNWIND", "RETURN", "BY"), _Next.OPERAND)
    | dict.fromkeys(("SKIP", "LIMIT", "YIELD", "CALL"), _Next.OPERAND)
    | dict.fromkeys(("AND", "OR", "XOR", "IN", "CONTAINS"), _Next.OPERAND)
    | dict.fromkeys(("AS", "WHEN", "THEN", "ELSE"), _Next.OPERAND)
    | dict.fromkeys(("OPTIONAL", "ORDER", "STARTS", "ENDS", "NULL", "END"), _Next.OPERATOR)
    | dict.fromkeys(("ASC", "ASCENDING", "DESC", "DESCENDING"), _Next.OPERATOR)
    | dict.fromkeys(("NOT", "IS"), _Next.EITHER)
    | {"UNION": _Next.CLAUSE}
)
# Words before an operand that could as well be names.
_PREFIXES = frozenset({"NOT", "CASE", "DISTINCT", "ALL", "ANY"})
# Symbols after which only an operand can follow; after others than these and closing ones, either.
_BEFORE_OPERAND = _words("( [ , . : :: = <> != < <= >= =~ += / ^ - & ||")
_CLOSING = frozenset(")]}")

# Refused where a name could stand too: the clauses with an effect that can follow others.
_EFFECTS = _words("CREATE DELETE DETACH FOREACH INSERT LOAD MERGE NODETACH REMOVE SET USE")

# Procedures that only read, in lower case: Ladybug's, then Neo4j's.
PROCEDURES = _words("""
    current_setting db_version show_connection show_functions show_indexes show_tables stats_info
    storage_info table_info

    db.index.fulltext.querynodes db.index.fulltext.queryrelationships db.info db.labels
    db.propertykeys db.relationshiptypes db.schema.nodetypeproperties db.schema.reltypeproperties
    db.schema.visualization dbms.components
    """)
# Where Neo4j keeps its own functions. Any other dotted function was installed later, and
# may run a query of its own.
_NAMESPACES = _words("date datetime duration localdatetime localtime point time vector")
_ALLOWED = Message("cypher.allowed")


def check_readonly(cypher: str, place: str = "query") -> list[Token]:
    """Refuse a query that is not one reading statement; return its tokens.

    Parameters
    ----------
    cypher : str
        The query.
    place : str
        What to call it in messages: a file's name.

    Raises
    ------
    ForbiddenCypher
        The message says which line, which clause was found, and what is allowed.

    Examples
    --------
    >>> _ = check_readonly("MATCH (n) WHERE n.set = 1 RETURN n.id AS create")
    >>> check_readonly("MATCH (n) DETACH DELETE n")
    Traceback (most recent call last):
    relgraph.errors.ForbiddenCypher: query:1: DETACH is not allowed: a query is one statement of
    MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT, UNION and CALL of
    a reading procedure
    """
    try:
        tokens = tokenise(cypher)
        check_tokens(tokens)
    except CypherFault as fault:
        raise ForbiddenCypher(
            "cypher.at", place=place, line=fault.line, found=fault.message
        ) from None
    return tokens


def check_tokens(tokens: list[Token]) -> None:
    """Raise CypherFault for the first token that a reading statement can't have."""
    if not tokens:
        raise CypherFault(1, Message("cypher.empty", allowed=_ALLOWED))
    if tokens[0].kind != "word":
        start = Message("cypher.start", text=tokens[0].text, allowed=_ALLOWED)
        raise CypherFault(tokens[0].line, start)
    _check_clauses(tokens)
    _check_functions(tokens)


def _check_clauses(tokens: list[Token]) -> None:
    follows = _Next.CLAUSE
    before = None
    for position, token in enumerate(tokens):
        if before is not None and before.symbol == ";":
            raise CypherFault(token.line, Message("cypher.second", allowed=_ALLOWED))
        if token.symbol:
            follows = _after_symbol(token.symbol, before)
        elif token.kind != "word" or _is_key(tokens, position, follows):
            follows = _Next.OPERATOR
        else:
            if not _may_stand(token.keyword, follows, before):
                raise _refused(token, maybe_name=follows is _Next.EITHER)
            if token.keyword == "CALL" and follows is not _Next.OPERAND:
                _check_procedure(tokens, position)
            follows = _after_word(token.keyword, follows)
        before = token


def _is_key(tokens: list[Token], position: int, follows: _Next) -> bool:
    """Whether the first word after `{` is a map's key, or a path's name."""
    if follows is not _Next.BRACE or position + 1 == len(tokens):
        return False
    return tokens[position + 1].symbol in (":", ",", "}", "=")


def _may_stand(keyword: str, follows: _Next, before: Token | None) -> bool:
    """Whether a word is allowed here."""
    if follows is _Next.OPERAND:
        return True
    if follows is _Next.EITHER:
        return keyword not in _EFFECTS
    if follows is _Next.OPERATOR:
        return keyword in _AFTER_OPERAND
    if keyword in ("ALL", "DISTINCT"):
        return before is not None and before.keyword == "UNION"
    return keyword in _STATEMENT


def _after_word(keyword: str, follows: _Next) -> _Next:
    if follows is _Next.OPERAND:
        return _Next.EITHER if keyword in _PREFIXES else _Next.OPERATOR
    if follows is _Next.EITHER:
        # The word may have been a name: `1 AS return … WHERE 2 < 1 * return SET …`.
        known = keyword in _AFTER_OPERAND or keyword in _PREFIXES
        return _Next.EITHER if known else _Next.OPERATOR
    return _AFTER_OPERAND.get(keyword, _Next.CLAUSE)


def _after_symbol(symbol: str, before: Token | None) -> _Next:
    if symbol in _CLOSING:
        return _Next.OPERATOR
    if symbol == "{":
        return _Next.BRACE
    if symbol == "." and before is not None and before.kind == "number":
        return _Next.EITHER  # `1.` may be a whole number
    return _Next.OPERAND if symbol in _BEFORE_OPERAND else _Next.EITHER


def _check_procedure(tokens: list[Token], position: int) -> None:
    """Refuse a CALL of anything but a listed procedure."""
    parts: list[str] = []
    for token in tokens[position + 1 :]:
        if not (token.symbol == "." if len(parts) % 2 else token.kind == "word"):
            break
        parts.append(token.text)
    name = "".join(parts)
    if name.lower() not in PROCEDURES:
        called = name or Message("cypher.subquery")
        refused = Message("cypher.call", called=called, procedures=sorted(PROCEDURES))
        raise CypherFault(tokens[position].line, refused)


def _check_functions(tokens: list[Token]) -> None:
    """Refuse calls of dotted functions that are not the engine's own."""
    for position, token in enumerate(tokens):
        if token.symbol != "(":
            continue
        start = position
        while start >= 1 and tokens[start - 1].is_name:
            start -= 1
            if start < 2 or tokens[start - 1].symbol != "." or not tokens[start - 2].is_name:
                break
            start -= 1
        chain = [part.text for part in tokens[start:position] if part.is_name]
        called = start > 0 and tokens[start - 1].keyword == "CALL"
        if len(chain) > 1 and chain[0].lower() not in _NAMESPACES and not called:
            raise CypherFault(token.line, Message("cypher.function", name=".".join(chain)))


def _refused(token: Token, *, maybe_name: bool) -> CypherFault:
    quote = Message("cypher.quote", name=token.text) if maybe_name else None
    refused = Message("cypher.clause", clause=token.keyword, allowed=_ALLOWED, quote=quote)
    return CypherFault(token.line, refused)
