"""What the command line says: messages as sentences, parameters as the options of its command."""

from __future__ import annotations

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
