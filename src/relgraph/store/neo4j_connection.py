"""Connection: the Neo4j driver behind plain values and our errors; nothing of it leaves here."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import neo4j
import neo4j.exceptions as failures
import neo4j.graph
import neo4j.time

from relgraph.errors import (
    QueryFailed,
    RelgraphError,
    StoreUnavailable,
    UnsupportedVersion,
)
from relgraph.messages import Message, Value
from relgraph.store.columns import Column, to_column, to_plain
from relgraph.store.graph import Run
from relgraph.store.interruptible import interruptible, within
from relgraph.store.neo4j_address import Address
from relgraph.store.schema import check_columns, one_line
from relgraph.store.unknown_names import Named, UnknownName

logging.getLogger("neo4j").addHandler(logging.NullHandler())

_CONNECT_SECONDS = 4.0  # to connect, name resolution included
_OLDEST = (5, 26)
_OUT_OF_MEMORY = ("MemoryPoolOutOfMemory", "OutOfMemoryError", "MemoryLimitExceeded")
_EVERYTHING_STORED = Message("left.everything")
_TIMED_OUT = ("TransactionTimedOut", "LockClientStopped", "LockAcquisitionTimeout")

_T = TypeVar("_T")


class TimedOut(QueryFailed):
    """A transaction took longer than it may."""


class Connection:
    """A driver that has reached its server.

    Parameters
    ----------
    address : Address
        Where to.
    password : str or None
        None tries without.

    Raises
    ------
    StoreUnavailable, UnsupportedVersion
        Within five seconds, with what to do.
    """

    def __init__(self, address: Address, password: str | None) -> None:
        self.address = address
        self._password = password
        self._driver = self._make_driver()
        try:
            self._check_server()
        except BaseException:
            self.close()
            raise

    def _make_driver(self) -> neo4j.Driver:
        with _translated(self.address):
            return neo4j.GraphDatabase.driver(
                self.address.uri,
                auth=(self.address.user, self._password) if self._password else None,
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_CONNECT_SECONDS,
                max_transaction_retry_time=0.0,
                notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
                user_agent="relgraph",
            )

    def _check_server(self) -> None:
        with _translated(self.address):
            agent = within(_CONNECT_SECONDS, lambda: str(self._driver.get_server_info().agent))
        product, _, version = agent.partition("/")
        numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
        if numbers < _OLDEST:
            raise UnsupportedVersion(
                "server.too_old",
                url=self.address.label,
                found=f"{product} {version}",
                oldest=".".join(map(str, _OLDEST)),
            )

    def close(self) -> None:
        """Let go of the server."""
        self._driver.close()

    def _session(self, access: str) -> neo4j.Session:
        return self._driver.session(database=self.address.database, default_access_mode=access)

    def _interruptible(self, call: Callable[[], _T]) -> _T:
        return interruptible(call, self._hang_up)

    def _hang_up(self) -> None:
        """Close every connection, so that the server gives up what it does for us."""
        hung_up, self._driver = self._driver, self._make_driver()
        hung_up.close()

    def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Column]:
        """Run one statement that the server refuses if it would write."""
        return self._run_alone(neo4j.READ_ACCESS, cypher, parameters)

    def ask(
        self, cypher: str, parameters: Mapping[str, Any] | None
    ) -> tuple[dict[str, Column], list[UnknownName]]:
        """Run a user's statement as `read` does; also return the names that nothing has."""

        def call() -> tuple[dict[str, Column], list[UnknownName]]:
            with self._driver.session(
                database=self.address.database,
                default_access_mode=neo4j.READ_ACCESS,
                notifications_min_severity=neo4j.NotificationMinimumSeverity.WARNING,
            ) as session:
                result = session.run(cypher, _to_driver(parameters or {}))
                columns = _columns(result)
                return columns, _unknown_names(result.consume())

        with _translated(self.address):
            return self._interruptible(call)

    def change(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Column]:
        """Run one statement in a transaction of its own, without trying again."""
        return self._run_alone(neo4j.WRITE_ACCESS, cypher, parameters)

    def _run_alone(
        self, access: str, cypher: str, parameters: Mapping[str, Any] | None
    ) -> dict[str, Column]:
        values = _to_driver(parameters or {})

        def call() -> dict[str, Column]:
            with self._session(access) as session:
                return _columns(session.run(cypher, values))

        with _translated(self.address):
            return self._interruptible(call)

    @contextlib.contextmanager
    def transaction(self, timeout: float | None = None) -> Iterator[Run]:
        """Give a function that runs statements in one transaction, committed at the end.

        Not a managed one: that would try again when the server is out of memory. Ctrl-C while it
        commits lets that end.
        """
        with _translated(self.address), self._session(neo4j.WRITE_ACCESS) as session:
            transaction = self._interruptible(lambda: session.begin_transaction(timeout=timeout))

            def run(cypher: str, parameters: Mapping[str, Any] | None = None) -> dict[str, Column]:
                values = _to_driver(parameters or {})
                return self._interruptible(lambda: _columns(transaction.run(cypher, values)))

            try:
                yield run
            except BaseException:
                # The server may be gone; without a commit it keeps nothing either way.
                with contextlib.suppress(failures.Neo4jError, failures.DriverError):
                    transaction.close()
                raise
            try:
                interruptible(transaction.commit, lambda: None)
            except KeyboardInterrupt:
                raise KeyboardInterrupt(_EVERYTHING_STORED) from None


@contextlib.contextmanager
def _translated(address: Address) -> Iterator[None]:
    """Turn the driver's exceptions into ours, each a line that says what to do."""
    try:
        yield
    except TimeoutError as error:
        reason = Message("server.silent", seconds=_CONNECT_SECONDS)
        raise _unreachable(address.label, "server.down", reason) from error
    except (failures.Neo4jError, failures.DriverError) as error:
        raise _translate(address, error) from error
    except (ValueError, TypeError, OverflowError, UnicodeError) as error:
        raise QueryFailed("query.failed", reason=one_line(str(error))) from error


def _translate(
    address: Address, error: failures.Neo4jError | failures.DriverError
) -> RelgraphError:
    where = address.label
    if isinstance(error, failures.DriverError):
        return _lost(where, error)
    code, message = error.code or "", one_line(error.message or str(error))
    if code.endswith("AuthenticationRateLimit"):
        return StoreUnavailable("server.too_many_tries", url=where)
    if ".Security." in code:
        return StoreUnavailable("server.refused", url=where, user=address.user)
    if "DatabaseNotFound" in code or ".Database." in code:
        return StoreUnavailable("server.no_database", url=where)
    if any(sign in code for sign in _OUT_OF_MEMORY):
        return QueryFailed("server.no_memory", url=where)
    if any(sign in code for sign in _TIMED_OUT):
        return TimedOut("query.failed", reason=message)
    if "too large to index" in message:
        return QueryFailed("write.long_id")
    return QueryFailed("query.failed", reason=message)


def _lost(where: str, error: failures.DriverError) -> RelgraphError:
    message = one_line(str(error))
    if isinstance(error, failures.IncompleteCommit):
        return StoreUnavailable("server.lost_at_commit", url=where)
    if isinstance(error, failures.UnsupportedServerProduct):
        return UnsupportedVersion("server.not_neo4j", url=where, reason=message)
    causes = (cause for sign, cause in _CAUSES.items() if sign in message)
    return _unreachable(where, next(causes, "server.down"), message[:160])


# Why a connection was lost, by the driver's words.
_CAUSES = {
    "looks like HTTP": "server.answers_http",
    "SSL": "server.not_encrypted",
    "certificate": "server.not_encrypted",
    "DNS resolve": "server.unknown_name",
}


def _unreachable(where: str, cause: str, reason: Value) -> StoreUnavailable:
    return StoreUnavailable("server.unreachable", url=where, cause=Message(cause), reason=reason)


def _columns(result: neo4j.Result) -> dict[str, Column]:
    names = result.keys()
    rows = result.values()
    check_columns(names)
    values = zip(*rows, strict=True) if rows else ((),) * len(names)
    return {
        name: to_column([_from_driver(value) for value in column])
        for name, column in zip(names, values, strict=True)
    }


# The server's status for a name that nothing in the database has, and what it should be.
_UNKNOWN: dict[str, Named] = {"01N50": "label", "01N51": "type", "01N52": "property"}
_MISSING_NAME = re.compile("`(.+?)` does not exist|is: (.+)\\)")


def _unknown_names(summary: neo4j.ResultSummary) -> list[UnknownName]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a preview in drivers before 6
        statuses = summary.gql_status_objects
    return [
        UnknownName(match[1] or match[2], _UNKNOWN[status.gql_status])
        for status in statuses
        if status.gql_status in _UNKNOWN
        and (match := _MISSING_NAME.search(status.status_description))
    ]


_AS_IS = frozenset({str, int, float, bool, type(None)})


def _from_driver(value: Any) -> Any:
    """Return a value without the driver's types: a node or relationship is its properties."""
    if type(value) in _AS_IS:
        return value
    if type(value) is list:
        return value if _AS_IS.issuperset(map(type, value)) else [_from_driver(v) for v in value]
    if isinstance(value, neo4j.graph.Path):
        return [_from_driver(node) for node in value.nodes]
    if isinstance(value, neo4j.graph.Entity | Mapping):
        return {name: _from_driver(item) for name, item in value.items()}
    if isinstance(value, neo4j.time.DateTime | neo4j.time.Date | neo4j.time.Time):
        return to_plain(value.to_native())
    return to_plain(value)


def _to_driver(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters as the server compares them: a time without a zone is UTC."""
    return {
        name: value.replace(tzinfo=UTC)
        if isinstance(value, datetime) and value.tzinfo is None
        else value
        for name, value in parameters.items()
    }
