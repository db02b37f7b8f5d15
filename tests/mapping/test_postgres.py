"""Source tables of a PostgreSQL server: read as they are, nothing changed, no password told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from relgraph.errors import InvalidInput, UsageError
from relgraph.mapping.reading import read_mapped
from relgraph.readwrite.formats.postgres_reader import (
    find_keys,
    is_url,
    read_postgres,
    shown_url,
    table_names,
)
from relgraph.readwrite.problems import ProblemLog
from tests.conftest import Relgraph

SCHEMA = """
DROP SCHEMA IF EXISTS public, crm CASCADE; CREATE SCHEMA public; CREATE SCHEMA crm;
CREATE TABLE staff (code text PRIMARY KEY, name text);
CREATE TABLE accounts (nr integer PRIMARY KEY, title text, care text REFERENCES staff);
CREATE TABLE invoices (nr serial PRIMARY KEY, payer integer REFERENCES accounts (nr),
    total numeric(10, 2), paid timestamptz);
CREATE VIEW crm.big AS SELECT * FROM invoices WHERE total > 5;
INSERT INTO staff VALUES ('e', 'Eve'), ('b', 'Bob');
INSERT INTO accounts VALUES (2, 'Bolt', 'b'), (1, 'Acme', 'e');
INSERT INTO invoices (payer, total, paid) VALUES (1, 10.10, '2024-03-01 12:00+02'),
    (1, 2.25, '2024-04-01'), (2, 7.00, NULL), (NULL, 1.00, NULL);
"""
RULES = """
[[stakeholders]]
id = "'firm'"
name = "'Firm'"
market = "'firm'"

[[stakeholders]]
from = "accounts"
id = "'a' || nr"
name = "title"
market = "'customer'"

[[relationships]]
from = "invoices"
source = "'a' || payer"
where = [["payer IS NOT NULL", "paid by nobody"]]
type = "'BUYS_FROM'"
target = "'firm'"
margin = "sum(total)"
"""
SECRETS = ("s3/cr@t", "s3%2Fcr%40t", "wr0ng", "s3")


def execute(url: str, *statements: str) -> None:
    from adbc_driver_postgresql import dbapi

    with closing(dbapi.connect(url, autocommit=True)) as connection, connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


@pytest.fixture(scope="module")
def filled(postgres_url: str) -> str:
    execute(postgres_url, *filter(str.strip, SCHEMA.split(";")))
    return postgres_url


@pytest.fixture
def mapping(filled: str, tmp_path: Path) -> Path:
    path = tmp_path / "m.toml"
    reads = "".join(f'[read.{name}]\nurl = "{filled}"\n' for name in ("accounts", "invoices"))
    path.write_text(reads + RULES)
    return path


def sums(found: Any) -> dict[str, float]:
    ties = found.reading.dataset.relationships
    return dict(zip(ties["source"], ties["margin"], strict=True))


def test_a_server_is_read_like_files(mapping: Path) -> None:
    found = read_mapped(mapping)
    assert sums(found) == pytest.approx({"a1": 12.35, "a2": 7.0})
    told = [str(note) for note in found.reading.dataset.notes]
    assert any("invoices · read 4 · used 3 · gives 2 · dropped: 1 paid by nobody" in each
               for each in told)  # fmt: skip
    assert [file.rows for file in found.reading.files] == [2, 4, 0]
    assert read_mapped(mapping).reading.files == found.reading.files


def test_a_query_runs_on_the_server(filled: str, mapping: Path) -> None:
    text = mapping.read_text().replace("[read.invoices]", '[read.invoices]\nquery = "{}"')
    mapping.write_text(text.format("SELECT payer, max(total) AS total FROM invoices GROUP BY 1"))
    assert sums(read_mapped(mapping)) == pytest.approx({"a1": 10.10, "a2": 7.0})


def test_tables_of_other_schemas_have_its_name(filled: str, mapping: Path) -> None:
    assert table_names(filled) == ["crm.big", "accounts", "invoices", "staff"]
    text = mapping.read_text().replace("[read.invoices]", '[read.invoices]\ntable = "crm.big"')
    mapping.write_text(text)
    assert sums(read_mapped(mapping)) == pytest.approx({"a1": 10.10, "a2": 7.0})
    mapping.write_text(text.replace("crm.big", "crm.bigg"))
    with pytest.raises(InvalidInput, match=r"no table 'crm\.bigg' \(did you mean 'crm\.big'"):
        read_mapped(mapping)


def test_types_are_those_of_the_server(filled: str) -> None:
    query = """
        SELECT 12.50::numeric AS n, 'NaN'::numeric AS nan, '3.5'::money AS m, 7::int2 AS i,
            2.0::float8 AS f, true AS b, DATE '2024-02-29' AS d, DATE 'infinity' AS never,
            TIMESTAMPTZ '2024-01-01 01:30+02' AS t, '{a,"b c"}'::text[] AS list,
            '{"a": 1}'::jsonb AS j, 'x'::char(3) AS c, '\\x00'::bytea AS raw, NULL::int AS none,
            '1.2.3.4'::inet AS address, INTERVAL '1 day' AS span
    """
    log = ProblemLog()
    raw = read_postgres(filled, "q", "q", log, query)
    cells = dict(zip(raw.headers, (column[0].as_py() for column in raw.columns), strict=True))
    assert not log.problems
    assert cells == {
        "n": "12.5", "nan": None, "m": "3.5", "i": "7", "f": "2.0", "b": "true", "d": "2024-02-29",
        "never": None, "t": "2023-12-31T23:30:00+00:00", "list": '["a", "b c"]', "j": '{"a": 1}',
        "c": "x", "raw": None, "none": None, "address": "1.2.3.4/32", "span": "1 day",
    }  # fmt: skip


def test_rows_come_in_the_order_of_the_key(filled: str) -> None:
    raw = read_postgres(filled, "accounts", "accounts", ProblemLog())
    assert raw.columns[0].to_pylist() == ["1", "2"]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM invoices RETURNING nr",
        "INSERT INTO staff VALUES ('x', 'X') RETURNING code",
        "SELECT 1 AS a; DROP TABLE invoices",
        "DROP TABLE invoices",
        "WITH gone AS (DELETE FROM invoices RETURNING nr) SELECT * FROM gone",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "SELECT 1 AS a) TO PROGRAM 'touch /tmp/relgraph-was-here' --",
        "COPY invoices TO PROGRAM 'cat'",
        "SELECT setval('invoices_nr_seq', 1000)",
        "SELECT FROM WHERE",
    ],
)
def test_nothing_on_the_server_is_changed(filled: str, query: str) -> None:
    log = ProblemLog()
    read_postgres(filled, "shop", "q", log, query)
    assert [str(problem).partition(": ")[0] for problem in log.problems] == ["shop"]
    raw = read_postgres(filled, "q", "q", log, "SELECT count(*) AS n FROM invoices, staff")
    assert raw.columns[0].to_pylist() == ["8"]


def test_declared_keys_are_known(filled: str) -> None:
    assert find_keys(filled, "invoices") == ("nr", {"payer": ("accounts", "nr")})
    assert find_keys(filled, "crm.big") == (None, {})


def test_a_draft_uses_declared_keys_and_has_no_password(relgraph: Relgraph, filled: str) -> None:
    drafted = relgraph("import", "--suggest", filled)
    assert drafted.exit_code == 0, drafted.stderr
    # Neither name nor values say that payer leads to accounts: the server does.
    assert "payer" in drafted.stdout
    assert not any(secret in drafted.stdout + drafted.stderr for secret in SECRETS[:2])
    Path("m.toml").write_text(drafted.stdout)
    done = relgraph("import", "--mapping", "m.toml", filled)
    assert done.exit_code == 0, done.stderr
    assert "gives 2" in done.stderr


def test_no_password_is_told_or_kept(
    relgraph: Relgraph, filled: str, mapping: Path, tmp_path: Path
) -> None:
    done = relgraph("import", "--mapping", mapping, "--ledger", "l.csv")
    assert done.exit_code == 0, done.stderr
    told = done.stdout + done.stderr + Path("l.csv").read_text() + relgraph("info").stdout
    told += json.dumps(relgraph("info", "--json").stdout)
    assert "postgresql:///postgres#invoices" in told
    assert not any(secret in told for secret in SECRETS[:2])
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*.lbug*") if path.is_file())
    assert not any(secret.encode() in stored for secret in SECRETS[:2])


def addresses(url: str) -> Iterator[str]:
    user, _, rest = urlsplit(url).netloc.rpartition("@")
    host = url.partition("@")[2] if user else rest
    yield f"postgresql://shop:wr0ng@{host}"
    yield f"postgresql://shop:wr0ng@{host}&nonsense=1"
    yield "postgresql://shop:wr0ng@127.0.0.1:1/shop"
    yield "postgresql://shop:wr0ng@nowhere.invalid/shop?connect_timeout=2"
    yield "postgresql://shop:wr0ng/x@127.0.0.1/shop"
    yield "postgresql://shop:wr0ng%zz@127.0.0.1/shop"
    yield "postgresql://shop:wr0ng?x@127.0.0.1/shop"
    yield "postgresql://shop:wr0ng"


def test_an_address_that_fails_tells_no_password(relgraph: Relgraph, filled: str) -> None:
    Path("m.toml").write_text(RULES)
    for url in addresses(filled):
        for command in (["--mapping", "m.toml", url], ["--suggest", url], [url]):
            done = relgraph("import", *command)
            assert done.exit_code == 2, (command, done.stderr)
            assert done.stderr.startswith("relgraph: error: "), done.stderr
            assert "wr0ng" not in unquote(done.stderr + done.stdout), done.stderr


def test_what_is_wrong_with_an_address_is_told(filled: str) -> None:
    wrong, _, closed, *_ = addresses(filled)
    with pytest.raises(UsageError, match="password authentication failed"):
        table_names(wrong)
    with pytest.raises(UsageError, match=r"^postgresql://127\.0\.0\.1:1/shop: .*refused"):
        table_names(closed)
    with pytest.raises(UsageError, match="the address can't be read; it is written postgresql"):
        table_names("postgresql://shop:wr0ng%zz@127.0.0.1/shop")


@pytest.mark.parametrize(
    ("read", "problem"),
    [
        ('url = "mysql://u:wr0ng@h/x"', "url is no address of PostgreSQL"),
        ('url = "postgresql://h/x"\nfile = "a.csv"', "has both file and url"),
    ],
)
def test_problems_of_a_mapping(tmp_path: Path, read: str, problem: str) -> None:
    (tmp_path / "m.toml").write_text(f"[read.accounts]\n{read}\n{RULES}")
    with pytest.raises(InvalidInput, match=problem) as caught:
        read_mapped(tmp_path / "m.toml")
    assert "wr0ng" not in str(caught.value)


def test_without_the_driver_an_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "adbc_driver_postgresql", None)
    with pytest.raises(UsageError, match=r"pip install 'relgraph\[postgres\]'"):
        table_names("postgresql://localhost/shop")


def test_addresses() -> None:
    assert is_url("POSTGRES://h/x")
    assert not is_url("postgres.csv")
    assert shown_url("postgresql://h:5433") == "postgresql://h:5433"
    assert shown_url("postgresql://u:p@/x?password=a@b") == "postgresql"
