"""How the command line speaks: messages as sentences, and text as a terminal can show it.

Parameters are named as the options of the running command. Text is made safe, measured and padded.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from relgraph.messages import Speaker

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


say = Speaker("en", option_name)


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
