"""Notes in the reader's language: English ones are recognised by the sentences they fill.

Notes are made wherever something is assumed, in English, with figures and names in them. A table
of words has such a sentence as `note.SENTENCE`, with {names} where they go; a note that fits none
stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from relgraph.render.words import LANGUAGES, Language, read_words, speaker

_KEY = "note."
_TEXTS = ("why", "who", "markets", "measure", "measures", "type", "at", "group")
_NUMBER = r"[\d,]+"


def notes_in_languages(notes: Iterable[str]) -> list[dict[Language, str]]:
    """Return each note in every language."""
    return [{language: translate_note(note, language) for language in LANGUAGES} for note in notes]


def translate_note(note: str, language: Language) -> str:
    """Return a note in a language.

    Examples
    --------
    >>> translate_note("nobody is drawn in 2 markets: customer, employee", "zh")
    '2 个市场中没有人:顾客, 员工'
    >>> translate_note("who knows", "zh")
    'who knows'
    """
    say = speaker(language)
    for sentence, key in _sentences(language):
        if found := sentence.fullmatch(note):
            values = {
                name: _value(name, text, language) for name, text in found.groupdict().items()
            }
            return say(key, **values)
    return note


def _value(name: str, text: str, language: Language) -> str:
    """Return what fills a sentence: markets and reasons are words too."""
    if name == "markets":
        say = speaker(language)
        return ", ".join(say(f"market.{market}", market) for market in text.split(", "))
    return translate_note(text, language) if name == "why" else text


@cache
def _sentences(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    keys = [key for key in read_words()[language] if key.startswith(_KEY)]
    return tuple((_pattern(key.removeprefix(_KEY)), key) for key in keys)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", sentence)
    parts[::2] = map(re.escape, parts[::2])
    parts[1::2] = (f"(?P<{name}>{'.+?' if name in _TEXTS else _NUMBER})" for name in parts[1::2])
    return re.compile("".join(parts), re.DOTALL)
