"""What is known of a kind of store before one is opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from relgraph.messages import Message

if TYPE_CHECKING:
    from relgraph.store.store import Store


class MissingPassword(NamedTuple):
    """A password that a store needs and that is not given.

    Parameters
    ----------
    variable : str
        The environment variable that holds it.
    question : Message
        What to ask a person for.
    """

    variable: str
    question: Message


class Adapter(NamedTuple):
    """A kind of store: which URLs are its own, and how one is opened.

    Parameters
    ----------
    schemes : sequence of str
        What its URLs begin with, before `://`; none for files.
    load : callable
        Returns the class that opens one; only this imports the driver.
    missing_password : callable, optional
        Returns what the store at a URL needs and the environment lacks, or None.
    """

    schemes: Sequence[str]
    load: Callable[[], type[Store]]
    missing_password: Callable[[str], MissingPassword | None] | None = None
