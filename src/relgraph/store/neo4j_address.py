"""The address of a server: parsed from a URL, with user and database, never with a password."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from relgraph.errors import UsageError
from relgraph.messages import Message
from relgraph.store.adapter import MissingPassword

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT_USER = "neo4j"
DEFAULT_PORT = 7687
PASSWORD_VARIABLE = "NEO4J_PASSWORD"  # noqa: S105


class Address(NamedTuple):
    """Where a server is, and as whom and into which database to go.

    Parameters
    ----------
    scheme, host : str
        As in the URL.
    port : int
        Of Bolt.
    user : str
        Of the URL, or NEO4J_USERNAME, or neo4j.
    database : str or None
        Of the URL, or NEO4J_DATABASE; None is the user's home database.
    """

    scheme: str
    host: str
    port: int
    user: str
    database: str | None

    @property
    def uri(self) -> str:
        """Return what the driver takes."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def label(self) -> str:
        """Return what messages call it."""
        return f"{self.uri}/{self.database}" if self.database else self.uri


def is_server(url: str) -> bool:
    """Return whether a store's URL means a server.

    Examples
    --------
    >>> is_server("neo4j+s://db.example.org"), is_server("relgraph.lbug")
    (True, False)
    """
    scheme, separator, _ = url.partition("://")
    return bool(separator) and scheme.lower() in SCHEMES


def parse_address(url: str) -> Address:
    """Return the address that a URL means.

    Raises
    ------
    UsageError
        It holds a password, has no host, or can't be read. The message never repeats the URL's
        user part.

    Examples
    --------
    >>> address = parse_address("neo4j://ann@db.example.org/crm")
    >>> address.label, address.user
    ('neo4j://db.example.org:7687/crm', 'ann')
    """
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORT
    except ValueError as error:
        raise UsageError("url.unreadable", form=_FORM) from error
    if parts.password is not None:
        raise UsageError("url.password", variable=PASSWORD_VARIABLE)
    if not parts.hostname:
        raise UsageError("url.no_host", form=_FORM)
    database = parts.path.strip("/")
    if "/" in database or parts.query or parts.fragment:
        raise UsageError("url.too_long", form=_FORM)
    return Address(
        parts.scheme.lower(),
        parts.hostname,
        port,
        unquote(parts.username or "") or os.environ.get("NEO4J_USERNAME") or DEFAULT_USER,
        unquote(database) or os.environ.get("NEO4J_DATABASE") or None,
    )


_FORM = Message("url.form", form="neo4j://user@host:7687/database")


def missing_password(url: str) -> MissingPassword | None:
    """Return the password that a server needs and the environment lacks, or None."""
    if PASSWORD_VARIABLE in os.environ:
        return None
    address = parse_address(url)
    question = Message("url.ask_password", user=address.user, url=address.label)
    return MissingPassword(PASSWORD_VARIABLE, question)
