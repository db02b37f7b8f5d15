"""What click says of its own ("Usage:", "No such option"), in the reader's language.

click asks gettext, which reads nothing but compiled files of the locale's language. So the modules
of click that speak are given a function that looks into `zh/click.json` instead.
"""

from __future__ import annotations

import gettext

import click.core
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

from relgraph.cli.help_texts import read_table
from relgraph.messages import Language

_SPEAKING = (
    *(click.core, click.exceptions, click.formatting, click.parser, click.termui, click.types),
)


class _Words(gettext.NullTranslations):
    """click's sentences in a language; a plural is the same sentence as its singular."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.said = read_table(language, "click")

    def gettext(self, message: str) -> str:
        return self.said.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.said.get(msgid1, msgid1 if n == 1 else msgid2)


def speak(language: Language) -> None:
    """Let click speak a language from here on."""
    words = gettext if language == "en" else _Words(language)
    for module in _SPEAKING:
        module.__dict__.update(_=words.gettext, ngettext=words.ngettext)
