"""What relgraph says to people: messages as data, and the one table of sentences per language.

A message is a key with its values; its sentence stands in `LANGUAGE/*.json`, a file per room that
has something to say. Every room makes messages; only the command line and the pages speak them.
"""

from relgraph.messages.message import (
    LANGUAGES,
    Language,
    Message,
    Note,
    Speaker,
    Value,
    collect,
    from_plain,
    in_languages,
    read_sentences,
    to_plain,
)

__all__ = [
    "LANGUAGES",
    "Language",
    "Message",
    "Note",
    "Speaker",
    "Value",
    "collect",
    "from_plain",
    "in_languages",
    "read_sentences",
    "to_plain",
]
