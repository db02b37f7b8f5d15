"""The reader's language: found once per command line, and all that speaks is told.

`--lang` comes first, then `RELGRAPH_LANG`, then the locale; English where none of them decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from relgraph.cli import click_words, interrupts, speech
from relgraph.errors import UsageError
from relgraph.messages import LANGUAGES, Language

VARIABLE = "RELGRAPH_LANG"
# In the order in which they decide.
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")


def find_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language that a command line asks for, or else its environment.

    The last `--lang` counts: that of a command rather than that before it. A wrong one is left to
    the option to refuse.

    Raises
    ------
    UsageError
        `RELGRAPH_LANG` decides, and names no language.

    Examples
    --------
    >>> find_language(["info"], {"LANG": "zh_CN.UTF-8"})
    'zh'
    >>> find_language(["--lang=en", "info"], {"LANG": "zh_CN.UTF-8"})
    'en'
    """
    for asked in reversed(list(_asked(arguments))):
        if asked in LANGUAGES:
            return asked
    named = environment.get(VARIABLE)
    if named and named not in LANGUAGES:
        raise UsageError("language.unknown", variable=VARIABLE, value=named, choices=LANGUAGES)
    return named or locale_language(environment)


def _asked(arguments: Sequence[str]) -> Iterator[str]:
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for option, value in pairwise([*before, ""]):
        if option == "--lang":
            yield value
        elif option.startswith("--lang="):
            yield option.removeprefix("--lang=")


def locale_language(environment: Mapping[str, str]) -> Language:
    """Return the language of the locale, if there is one that relgraph speaks, else English."""
    name = next(filter(None, map(environment.get, _LOCALE)), "")
    return "zh" if name.lower().startswith("zh") else "en"


def speak(language: Language) -> None:
    """Use a language from here on: for messages, help, and what click says of its own."""
    speech.speak(language)
    click_words.speak(language)
    interrupts.farewell = interrupts.FAREWELL
    if language != "en":
        interrupts.farewell = f"{speech.say('diagnostic.error')}: {speech.say('interrupted')}"
