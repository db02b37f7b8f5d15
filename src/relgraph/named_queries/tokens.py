r"""Tokens: Cypher text cut into words, names, texts, numbers, parameters and symbols.

Both engines have to cut a query as this module does, or a clause could hide from the checks that
read its tokens. Where they differ the text is refused: an escape like ``\u0027`` is a quote to
Neo4j wherever it stands, and to Ladybug only a character inside a text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from relgraph.messages import Message

TokenKind = Literal["word", "name", "text", "number", "parameter", "symbol"]

# A possessive group (*+) never gives back what it took, so a text can't end early.
_PATTERN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<text>'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")
    | (?P<name>`(?:[^`]|``)*+`)
    | (?P<parameter>\$(?:[^\W\d]\w*|\d+|`(?:[^`]|``)*+`))
    | (?P<number>0[xX][0-9a-fA-F]+|0o[0-7]+|\d+(?:_\d+)*(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>/\*|['"`$])
    | (?P<symbol>\.\.|<>|<=|>=|=~|!=|::|\|\||\+=|[-+*/%^=<>()\[\]{}.,:;|&!?])
    """,
    re.DOTALL | re.VERBOSE,
)
_OPEN = {
    "/*": Message("cypher.open_comment"),
    "'": Message("cypher.open_text", mark="'"),
    '"': Message("cypher.open_text", mark='"'),
    "`": Message("cypher.open_name"),
    "$": Message("cypher.open_parameter"),
}
_ESCAPE = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|.)", re.DOTALL)
_UNSAFE = frozenset("'\"`\\$/*")


class CypherFault(ValueError):
    """What can't be read in a query, or is not allowed, and in which line of it."""

    def __init__(self, line: int, message: Message) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message


@dataclass(frozen=True)
class Token:
    """One token.

    Parameters
    ----------
    kind : {"word", "name", "text", "number", "parameter", "symbol"}
        A word may be a keyword; a name stands in back quotes and is never one.
    text : str
        As written, but a name without its quotes and a parameter without its `$`.
    line : int
        The line it starts in, from 1.
    """

    kind: TokenKind
    text: str
    line: int

    @cached_property
    def keyword(self) -> str:
        """Return a word as a keyword in upper case, also when look-alike letters spell it."""
        if self.kind != "word":
            return ""
        return unicodedata.normalize("NFKC", self.text).casefold().upper()

    @property
    def symbol(self) -> str:
        """Return a symbol's text; a name in back quotes may spell one too."""
        return self.text if self.kind == "symbol" else ""

    @property
    def is_name(self) -> bool:
        """Whether it can name something."""
        return self.kind in ("word", "name")


def tokenise(cypher: str) -> list[Token]:
    """Return the tokens of a query, without spaces and comments.

    Raises
    ------
    CypherFault
        Something isn't closed, or a character has no meaning in Cypher.

    Examples
    --------
    >>> [token.text for token in tokenise("MATCH (n:`a b` {id: $id}) // all of them")]
    ['MATCH', '(', 'n', ':', 'a b', '{', 'id', ':', 'id', '}', ')']
    """
    tokens = []
    position, line = 0, 1
    while position < len(cypher):
        match = _PATTERN.match(cypher, position)
        if match is None or match.lastgroup == "open":
            odd = Message("cypher.character", character=ascii(cypher[position]))
            raise CypherFault(line, _OPEN[match[0]] if match else odd)
        kind, text = str(match.lastgroup), match[0]
        _check_escapes(kind, text, line)
        if kind not in ("space", "comment"):
            tokens.append(_token(kind, text, line))
        line += text.count("\n")
        position = match.end()
    return tokens


def find_parameters(tokens: list[Token]) -> dict[str, int]:
    """Return each parameter that is used, with the line of its first use."""
    used: dict[str, int] = {}
    for token in tokens:
        if token.kind == "parameter":
            used.setdefault(token.text, token.line)
    return used


def _token(kind: str, text: str, line: int) -> Token:
    if kind == "parameter":
        text = text[1:]
    if text.startswith("`"):
        text = text[1:-1].replace("``", "`")
    return Token(kind, text, line)  # type: ignore[arg-type]


def _check_escapes(kind: str, text: str, line: int) -> None:
    """Refuse an escaped character that would end the token for one engine and not for the other."""
    for escape in _ESCAPE.finditer(text):
        if escape["code"] is None:
            continue
        letter = chr(int(escape["code"], 16))
        if kind != "text" or letter in _UNSAFE or not letter.isprintable():
            raise CypherFault(line, Message("cypher.escape", escape=escape[0]))
