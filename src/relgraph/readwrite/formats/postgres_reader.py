"""Reading PostgreSQL: the tables of a server, or one query, and nothing else.

A connection reads in a transaction that can change nothing. Addresses hold passwords: messages and
records have `shown_url`, never the address itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pyarrow as pa

from relgraph.errors import UsageError
from relgraph.messages import Message
from relgraph.readwrite.formats.arrow_tables import arrow_table
from relgraph.readwrite.problems import ProblemLog
from relgraph.readwrite.raw_table import RawTable, empty_table

_URL = re.compile(r"postgres(ql)?://", re.IGNORECASE)
_USER = r"(?:[^:@/?#]*(?::[^@/?#]*)?@)?"
_SHOWN = re.compile(
    rf"postgres(?:ql)?://{_USER}([\w.-]*(?::\d+)?/?[\w.-]*)(\?[^@]*)?", re.IGNORECASE
)
_SECONDS = 300  # that the server may take
# What the driver says where it got as far as the server; all else may quote the address.
_REACHED = ("connection to server", "could not translate host name")
_KEPT = ("int2", "int4", "int8", "float4", "float8", "text", "varchar", "name", "bool", "time")
_MOMENTS = ("date", "timestamp", "timestamptz")
_TABLES = """
    SELECT c.relname, n.nspname, pg_table_is_visible(c.oid),
        quote_ident(n.nspname) || '.' || quote_ident(c.relname)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 2, 1
"""
_KEYS = """
    SELECT k.contype, a.attname, r.relname, n.nspname, pg_table_is_visible(k.confrelid), b.attname
    FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    LEFT JOIN pg_class r ON r.oid = k.confrelid
    LEFT JOIN pg_namespace n ON n.oid = r.relnamespace
    LEFT JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
    WHERE k.conrelid = $1::regclass AND k.contype IN ('p', 'f') AND array_length(k.conkey, 1) = 1
"""


def is_url(text: str) -> bool:
    """Return whether a text is the address of a server.

    Examples
    --------
    >>> is_url("postgresql://localhost/shop"), is_url("shop.db")
    (True, False)
    """
    return _URL.match(text) is not None


def shown_url(url: str) -> str:
    """Return what messages and records call a server: without user, password and settings.

    Examples
    --------
    >>> shown_url("postgresql://eve:secret@db.example:5432/shop?sslmode=require")
    'postgresql://db.example:5432/shop'
    >>> shown_url("postgresql://eve:se/cret@db.example/shop")
    'postgresql'
    """
    found = _SHOWN.fullmatch(url)
    return f"postgresql://{found[1]}" if found else "postgresql"


def table_names(url: str) -> list[str]:
    """Return the names of the tables and views that may be read; with the schema where needed."""
    with _opened(url) as cursor:
        return list(_tables(cursor))


def find_keys(url: str, table: str) -> tuple[str | None, dict[str, tuple[str, str]]]:
    """Return the declared key of a table, if it is one column, and what its columns lead to."""
    with _opened(url) as cursor:
        return _keys(cursor, _tables(cursor)[table])


def read_postgres(
    url: str, file: str, name: str, log: ProblemLog, query: str | None = None
) -> RawTable:
    """Read one table in the order of its key, or what a query gives; bytes are empty cells."""
    with _opened(url) as cursor:
        order = ""
        if query is None:
            identity = _tables(cursor)[name]
            key, _ = _keys(cursor, identity)
            order = f" ORDER BY {_quoted(key)}" if key else ""
        inner = f"({query}\n)" if query is not None else identity
        try:
            cursor.execute(f"SELECT * FROM {inner} AS q LIMIT 0")  # noqa: S608 it can only read
            columns = ", ".join(map(_as_read, cursor.fetch_arrow_table().schema))
            cursor.execute(f"SELECT {columns or 'NULL'} FROM {inner} AS q{order}")  # noqa: S608
            return arrow_table(cursor.fetch_arrow_table(), file, name, log)
        except cursor.connection.Error as error:
            log.add(Message("postgres.failed", reason=_reason(error)), file)
            return empty_table(file, name)


def _as_read(field: pa.Field) -> str:
    """Return a column with the type in which it is read; the driver leaves many as bytes."""
    kind = field.metadata[b"POSTGRESQL:type"].decode()
    column = _quoted(field.name)
    if kind in _MOMENTS:  # infinity and years that Python doesn't know are none
        value = f"CASE WHEN {column} BETWEEN '0001-01-02' AND '9999-12-30' THEN {column} END"
    elif kind == "bytea":
        value = "NULL::text"
    elif kind in ("numeric", "money"):
        value = f"{column}::numeric::float8"
    elif kind.startswith("_"):
        value = f"to_jsonb({column})::text"
    else:
        value = column if kind in _KEPT else f"{column}::text"
    return f"{value} AS {column}"


def _tables(cursor: Any) -> dict[str, str]:
    """Return the tables as SQL names them, by what mappings call them."""
    cursor.execute(_TABLES)
    return {
        name if visible else f"{schema}.{name}": identity
        for name, schema, visible, identity in cursor.fetchall()
    }


def _keys(cursor: Any, identity: str) -> tuple[str | None, dict[str, tuple[str, str]]]:
    cursor.execute(_KEYS, (identity,))
    key, links = None, {}
    for kind, column, table, schema, visible, to in cursor.fetchall():
        if kind in ("p", b"p"):
            key = column
        else:
            links[column] = (table if visible else f"{schema}.{table}", to)
    return key, links


@contextmanager
def _opened(url: str) -> Iterator[Any]:
    """Connect, and read only."""
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise UsageError("postgres.driver") from None
    try:
        connection = dbapi.connect(url)
    except dbapi.Error as error:
        reason = _reason(error)
        told = reason if any(part in reason for part in _REACHED) else Message("postgres.url")
        raise UsageError("postgres.unreachable", url=shown_url(url), reason=told) from None
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(f"SET LOCAL statement_timeout = '{_SECONDS}s'")
        yield cursor


def _reason(error: Exception) -> str:
    """Return what the server says, in a line."""
    text = re.sub(r"^.*?(?:Failed to connect|ERROR): +", "", str(error), flags=re.DOTALL)
    return text.partition("\n")[0].strip()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
