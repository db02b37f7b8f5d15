"""The tables of sentences: whole in every language, and whole for what the code says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from relgraph import errors
from relgraph.analysis.centrality.measures import MEASURES
from relgraph.api.report_sections.leaders import SHOWN_MEASURES
from relgraph.assumptions import ASSUMPTIONS
from relgraph.messages import LANGUAGES, Language, Message, Note, Speaker, read_sentences
from relgraph.messages.message import Sentence
from relgraph.model import (
    ALL_MARKETS,
    COLUMNS,
    CONTACTED,
    KINDS,
    LEFT_REASONS,
    RELATIONSHIP_TYPES,
    STAKEHOLDER_COLUMNS,
    STATUSES,
    TABLES,
)
from relgraph.named_queries.parameters import PARAMETER_TYPES
from relgraph.render.page import TEMPLATES

SOURCE = Path(__file__).parents[2] / "src" / "relgraph"
ERRORS = {name for name, each in vars(errors).items() if hasattr(each, "exit_code")}
MAKERS = {"Note", "Message", *ERRORS} - {"InvalidInput"}


def parts(sentence: Sentence) -> dict[str, str]:
    return {"say": sentence} if isinstance(sentence, str) else sentence


def places(text: str) -> set[str]:
    """Return the names that a text has places for."""
    return set(re.findall(r"\{(@?\w+)", text))


def calls(makers: set[str]) -> Iterator[tuple[str, int, ast.Call]]:
    """Yield the calls of some functions in the source, with the file and the line."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and not ast.unparse(node.func).startswith("click."):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in makers:
                    yield path.name, node.lineno, node


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_languages_say_the_same(language: Language) -> None:
    english, other = read_sentences("en"), read_sentences(language)
    assert sorted(other) == sorted(english)
    for key, sentence in english.items():
        told, translated = parts(sentence), parts(other[key])
        assert list(told) == list(translated), key
        for part, text in told.items():
            assert places(translated[part]) == places(text), key
            assert bool(translated[part]) == bool(text), key


def test_no_key_stands_in_two_files() -> None:
    files = sorted((SOURCE / "messages" / "en").glob("*.json"))
    keys = [key for file in files for key in read_sentences("en", file.stem)]
    assert sorted(keys) == sorted(read_sentences("en"))


def test_every_message_of_the_code_has_its_sentence() -> None:
    english = read_sentences("en")
    keys, made = 0, []
    for file, line, call in calls(MAKERS):
        if not call.args:
            continue
        key = call.args[0]
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            made.append(ast.unparse(key))
            continue
        keys += 1
        assert key.value in english, f"{file}:{line}: {key.value}"
        given = {keyword.arg for keyword in call.keywords}
        if None in given:
            continue
        filled = set().union(*map(places, parts(english[key.value]).values()))
        wanted = {name for name in filled if not name.startswith("@")}
        assert wanted <= given, f"{file}:{line}: {key.value} lacks {wanted - given}"
    assert keys > 200
    # A key that is put together has a prefix of its own: no sentence is written here.
    assert [text for text in made if text.startswith("f") and "." not in text.split("{")[0]] == []


def test_what_relgraph_names_has_a_word() -> None:
    named = [
        *(f"markets.{name}" for name in ALL_MARKETS),
        *(f"market.{name}" for name in ALL_MARKETS),
        *(f"type.{name}" for name in RELATIONSHIP_TYPES if name != CONTACTED),
        *(f"type_runs.{name}" for name in RELATIONSHIP_TYPES),
        *(f"column_meaning.{table}.{name}" for table in TABLES for name in COLUMNS[table]),
        *(f"column.{column.name}" for column in STAKEHOLDER_COLUMNS),
        *(f"measure.{name}{rest}" for name in MEASURES for rest in ("", ".is")),
        *(f"explanation.measure.{name}" for name in MEASURES),
        *(f"report.{name}{rest}" for name in SHOWN_MEASURES for rest in ("", ".lead")),
        *(f"column.{name}" for name in SHOWN_MEASURES),
        *(f"kind.{name}" for name in KINDS),
        *(f"status.{name}" for name in STATUSES),
        *(f"left_reason.{name}" for name in LEFT_REASONS),
        *(f"parameter.type.{name}" for name in PARAMETER_TYPES),
        *(f"assumption.{row.name}" for row in ASSUMPTIONS),
        *(f"unit.{row.unit}" for row in ASSUMPTIONS),
        *(f"source.{row.source}" for row in ASSUMPTIONS),
    ]
    assert [key for key in named if key not in read_sentences("en")] == []
    assert set(SHOWN_MEASURES) <= set(MEASURES)


def test_every_word_that_a_page_asks_for_exists() -> None:
    page = (TEMPLATES / "map.html.j2").read_text(encoding="utf-8")
    scripts = [file.read_text(encoding="utf-8") for file in (TEMPLATES / "js").glob("*.mjs")]
    asked = re.findall(r'data-(?:say|title|aria-label|placeholder)="([^"]+)"', page)
    asked += [key for script in scripts for key in re.findall(r'say\("([^"]+)"', script)]
    english = read_sentences("en", "page*")
    assert len(asked) > 80
    assert [key for key in asked if key not in english] == []


def test_no_page_speaks_of_options() -> None:
    for language in LANGUAGES:
        for key, sentence in read_sentences(language).items():
            told = Speaker(language, None)(Message(key))
            assert "--" not in told, key
            assert "{@" not in told, key
            assert "--" not in str(sentence), key


def test_one_and_many() -> None:
    say = Speaker()
    assert say("self_loops", count=1) == "1 self loop left out"
    assert say("self_loops", count=1234) == "1,234 self loops left out"
    assert say("strength.missing", missing=1, ties=2, value=1.0) == (
        "1 of 2 ties has no strength and counts as 1"
    )


def test_a_hint_is_for_who_has_its_parameter() -> None:
    note = Message("rule250.population")
    assert str(note) == "unique people need the size of the market: give population"
    assert Speaker("en", lambda name: f"--{name}")(note).endswith(": give --population")
    for without in (Speaker("en", lambda name: None), Speaker("en", None)):
        assert without(note) == "unique people need the size of the market"


def test_what_has_no_word_is_said_by_its_own() -> None:
    say = Speaker("zh")
    assert say("column.<b>", "<b>") == "<b>"
    assert say(Message("column.shoe_size", own="shoe_size")) == "shoe_size"
    assert say("report.title", firm="{firm}") == "{firm} 关系报告"


def test_no_figure_is_told_as_minus_nought() -> None:
    assert str(Note("communities.modularity", count=2, modularity=-1e-9)).endswith(" 0.0000")
    assert str(Note("range.above", value=-0.0, low=0)) == "0 is not above 0"
