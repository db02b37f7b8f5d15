"""How the command line speaks: messages as sentences, and text as a terminal can show it.

Parameters are named as the options of the running command. Text is measured, padded and folded.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from relgraph.messages import Language, Message, Speaker, Value

if TYPE_CHECKING:
    import click

_command: click.Command | None = None


def follow(command: click.Command | None) -> None:
    """Name the options of this command from now on, or those of all commands for None."""
    global _command
    _command = command


def option_name(parameter: str) -> str | None:
    """Return the running command's name for a parameter, or None if it has no such option."""
    if _command is None:
        return f"--{parameter.replace('_', '-')}" if len(parameter) > 1 else f"-{parameter}"
    for known in _command.params:
        if known.name and known.name.rstrip("_") == parameter:
            if known.param_type_name == "option":
                return max(known.opts, key=len)
            return known.human_readable_name.strip("[].").split()[0]
    return None


_speaker = Speaker("en", option_name)


def speak(language: Language) -> None:
    """Say everything in this language from now on."""
    global _speaker
    _speaker = Speaker(language, option_name)


def speaker() -> Speaker:
    """Return who says messages, in the reader's language and with the running command's options."""
    return _speaker


def running() -> str:
    """Return the name of the running command, if it is known."""
    return (_command and _command.name) or ""


def language() -> Language:
    """Return the reader's language."""
    return _speaker.language


def say(said: Message | str, own: str | None = None, /, **values: Value) -> str:
    """Say a message, or the sentence of a key filled with values, as the speaker does."""
    return _speaker(said, own, **values)


def display_width(text: str) -> int:
    """Return how many columns text takes on a terminal; a Chinese character takes two.

    Examples
    --------
    >>> display_width("abc"), display_width("王伟")
    (3, 4)
    """
    return len(text) if text.isascii() else sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return text padded with spaces to a display width, aligned right if asked."""
    gap = " " * (width - display_width(text))
    return gap + text if right else text + gap


def shorten(text: str, width: int) -> str:
    """Return text cut to a display width, the cut marked by an ellipsis.

    Examples
    --------
    >>> shorten("partnership", 8)
    'partner…'
    """
    if display_width(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += _character_width(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


# What a line is broken between: words, and the characters of a script without spaces; with them
# goes punctuation that may not begin or end a line.
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60"
_OPENING, _CLOSING = "（《「“‘【", "，。、；：？！）》」”’】…"
_PIECE = f" *[{_OPENING}]*(?:[^ {_WIDE}{_OPENING}{_CLOSING}]+|[^ ])[{_CLOSING}]*"


def fold(text: str, width: int) -> list[str]:
    """Return a sentence as lines of at most a display width.

    Examples
    --------
    >>> fold("which ten, what each is worth", 12)
    ['which ten,', 'what each is', 'worth']
    >>> fold("投入哪十个关系，为什么", 16)
    ['投入哪十个关系，', '为什么']
    """
    lines = [""]
    for piece in re.findall(_PIECE, text):
        if display_width(lines[-1] + piece) > width:
            piece = piece.lstrip()
            lines += [""] if lines[-1] else []
        while display_width(piece) > width:
            lines[-1] = _beginning(piece, width)
            piece = piece[len(lines[-1]) :]
            lines.append("")
        lines[-1] += piece
    return lines


def _beginning(text: str, width: int) -> str:
    """Return as much of a text as fits a display width, at least a character."""
    end = 1
    while display_width(text[: end + 1]) <= width and end < len(text):
        end += 1
    return text[:end]
