"""Where the shipped queries and sample data are, installed from a wheel or editable."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource_dir(name: str) -> Path:
    """Return the folder `name` that ships with relgraph.

    A wheel carries it inside the package; an editable install reads it at the top of the
    repository, where it is edited.

    Raises
    ------
    FileNotFoundError
        The installation lacks the folder.

    Examples
    --------
    >>> resource_dir("queries").name
    'queries'
    """
    for parent in (_PACKAGE, _PACKAGE.parents[1]):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"this installation of relgraph has no folder {name!r}; reinstall it")
