"""What pages and reports say, in each language: one table of words per language.

A table is `templates/words/LANGUAGE.json`. A page carries the tables along, so that its script
says the same and the reader can turn it to another language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, get_args

from relgraph.render.page import TEMPLATES

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Say = Callable[..., str]


@cache
def read_words() -> dict[Language, dict[str, str]]:
    """Return the words of each language by their keys."""
    files = {language: TEMPLATES / "words" / f"{language}.json" for language in LANGUAGES}
    return {name: json.loads(file.read_text(encoding="utf-8")) for name, file in files.items()}


def speaker(language: Language) -> Say:
    """Return the function that says a text in a language: `say(key, own=None, **values)`.

    A key that the table lacks is said by `own`, the data's own word, or by its last part.

    Examples
    --------
    >>> say = speaker("zh")
    >>> say("level.5"), say("column.shoe_size"), say("column.shoe_size", "shoe_size")
    ('伙伴', 'shoe size', 'shoe_size')
    >>> speaker("en")("report.title", firm="Acme")
    'Acme: relationships'
    """
    words: Mapping[str, str] = read_words()[language]

    def say(key: str, own: str | None = None, **values: Any) -> str:
        text = words.get(key)
        if text is None:
            return re.sub(r"^\w+\.", "", key).replace("_", " ") if own is None else own
        return re.sub(r"\{(\w+)\}", lambda found: str(values.get(found[1], "")), text)

    return say
