"""Tokens: as both engines cut them, or refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.named_queries.tokens import CypherFault, find_parameters, tokenise


def cut(cypher: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokenise(cypher)]


def test_words_names_numbers_texts_parameters_and_symbols() -> None:
    assert cut("RETURN `a``b`.x>=1.5e3+0xFF-1_000<>'it\\'s'+\"a\\\\\"=~$p") == [
        ("word", "RETURN"),
        ("name", "a`b"),
        ("symbol", "."),
        ("word", "x"),
        ("symbol", ">="),
        ("number", "1.5e3"),
        ("symbol", "+"),
        ("number", "0xFF"),
        ("symbol", "-"),
        ("number", "1_000"),
        ("symbol", "<>"),
        ("text", "'it\\'s'"),
        ("symbol", "+"),
        ("text", '"a\\\\"'),
        ("symbol", "=~"),
        ("parameter", "p"),
    ]


def test_comments_and_spaces_are_no_tokens_but_count_lines() -> None:
    tokens = tokenise("// one 'quote\nMATCH /* CREATE\n(x) // */ (n)\r\n RETURN\u3000n")
    assert [token.text for token in tokens] == ["MATCH", "(", "n", ")", "RETURN", "n"]
    assert [token.line for token in tokens] == [2, 3, 3, 3, 4, 4]


def test_a_text_may_hold_lines_comments_and_the_other_quote() -> None:
    tokens = tokenise("'a\n// \"b' n")
    assert [(token.kind, token.line) for token in tokens] == [("text", 1), ("word", 2)]


def test_parameters_with_their_first_line() -> None:
    tokens = tokenise("$b // $c\n'$d' $`a b` $`x``y` $0 $b")
    assert find_parameters(tokens) == {"b": 1, "a b": 2, "x`y": 2, "0": 2}


@pytest.mark.parametrize(
    ("word", "keyword"),
    [("create", "CREATE"), ("ſet", "SET"), ("ＣＲＥＡＴＥ", "CREATE"), ("deleteN", "DELETEN")],
)
def test_look_alikes_spell_keywords(word: str, keyword: str) -> None:
    [token] = tokenise(word)
    assert token.keyword == keyword


def test_a_name_in_back_quotes_is_no_keyword() -> None:
    [token] = tokenise("`CREATE`")
    assert token.keyword == ""
    assert token.is_name


@pytest.mark.parametrize(
    ("cypher", "message"),
    [
        ("RETURN 1\n/* x", "a comment without its closing */"),
        ("RETURN 1\n'x", "a text without its closing '"),
        ('RETURN 1\n"x\\"', 'a text without its closing "'),
        ("RETURN 1\n`x``", "a name without its closing `"),
        ("RETURN 1\n$ x", "a $ without the name"),
        ("RETURN 1\nx\u200b", "the character '\\u200b'"),
        ("RETURN 1\n\0", "the character '\\x00'"),
        ("RETURN 1\n\\u0043REATE (n)", "the character '\\\\'"),
        ("RETURN 1\n'\\u0027'", "the escape \\u0027"),
        ("RETURN 1\n'\\u005c'", "the escape \\u005c"),
        ("RETURN 1\n'\\u000a'", "the escape \\u000a"),
        ("RETURN 1\n// \\u000a CREATE (n)", "the escape \\u000a"),
        ("RETURN 1\n/* \\u002a\\u002f CREATE (n) */", "the escape \\u002a"),
        ("RETURN 1\n`\\u0041`", "the escape \\u0041"),
    ],
)
def test_what_engines_would_cut_in_other_ways_is_refused(cypher: str, message: str) -> None:
    with pytest.raises(CypherFault) as caught:
        tokenise(cypher)
    assert message in str(caught.value.message)
    assert caught.value.line == 2


@pytest.mark.parametrize("text", ["'\\u00e9'", "'C:\\\\users'", "'\\\\u0027'", "'\\n\\t\\''"])
def test_harmless_escapes_pass(text: str) -> None:
    assert cut(text) == [("text", text)]


@given(st.text())
def test_a_name_in_back_quotes_holds_anything_but_escapes(name: str) -> None:
    quoted = "`" + name.replace("`", "``") + "`"
    if "\\u" not in name:
        assert cut(quoted) == [("name", name)]


@given(st.text())
def test_any_text_is_cut_or_refused(text: str) -> None:
    lines = range(1, text.count("\n") + 2)
    with suppress(CypherFault):
        assert all(token.line in lines for token in tokenise(text))
