"""`relgraph query`: named queries, own Cypher, and the two locks on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from relgraph.named_queries import load_queries
from relgraph.store import open_store
from tests.conftest import Relgraph
from tests.queries.golden_rows import fill
from tests.stored import store_rows

IDS = "MATCH (s:Stakeholder) RETURN s.id AS id ORDER BY id"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store with the small dataset; nobody writes to it."""
    path = tmp_path_factory.mktemp("query") / "small.lbug"
    with open_store(str(path), write=True) as store:
        fill(store, "small")
    return path


@pytest.fixture
def db(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RELGRAPH_DB", str(filled))
    return filled


def test_list_names_each_query_with_its_purpose_and_parameters(relgraph: Relgraph) -> None:
    run = relgraph("query", "list", "--json")
    assert run.exit_code == 0
    rows = json.loads(run.stdout)
    assert [row["name"] for row in rows] == sorted(load_queries())
    by_name = {row["name"]: row for row in rows}
    assert by_name["departures"] == {
        "name": "departures",
        "purpose": "Who left, when and why, with the margin that went with them.",
        "parameters": "",
    }
    assert by_name["by-market"]["parameters"] == "market MARKET"
    assert by_name["strongest-partnerships"]["parameters"] == (
        "at_least DOUBLE = 0.7, held_on DATE = today"
    )


def test_show_prints_the_file(relgraph: Relgraph) -> None:
    run = relgraph("query", "show", "cooling-ties")
    assert run.exit_code == 0
    assert run.stdout == load_queries()["cooling-ties"].cypher


@pytest.mark.parametrize("command", ["show", "run"])
def test_an_unknown_query_gets_a_suggestion(relgraph: Relgraph, db: Path, command: str) -> None:
    run = relgraph("query", command, "departure")
    assert run.exit_code == 2
    assert run.stdout == ""
    assert "there is no query 'departure' (did you mean 'departures'?)" in run.stderr


def test_run_takes_parameters_and_row_options(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "by-market", "-p", "market", "customer", "--csv", "--top", "2")
    assert run.exit_code == 0
    header, *rows = run.stdout.splitlines()
    assert header.startswith("id,name,sub_market,")
    assert [row.split(",")[0] for row in rows] == ["C3", "C1"]


def test_run_filters_by_market_where_there_is_such_a_column(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "unowned-stakeholders", "--market", "influencer", "--json")
    assert [row["id"] for row in json.loads(run.stdout)] == ["I2"]


def test_a_stakeholder_is_named_by_id_or_exact_name(relgraph: Relgraph, db: Path) -> None:
    rows = [
        relgraph("query", "run", "referral-partners", "--json", "-p", "stakeholder_id", text).stdout
        for text in ("C2", "`Birch`}) DETACH DELETE n //")
    ]
    assert rows[0] == rows[1]
    assert len(json.loads(rows[0])) == 2
    run = relgraph("query", "run", "referral-partners", "-p", "stakeholder_id", "Birc")
    assert run.exit_code == 2
    assert "'Birc' is neither an id nor a name" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("by-market",), "parameter market is missing: give it with --param market MARKET"),
        (("by-market", "-p", "market", "suplier"), "did you mean 'supplier'?"),
        (("cooling-ties", "-p", "window", "a week"), "parameter window takes a DURATION, a whole"),
        (("cooling-ties", "-p", "windw", "7"), "did you mean 'window'?"),
        (
            ("cooling-ties", "-p", "window", "7", "-p", "window", "8"),
            "--param: parameter window is given twice",
        ),
        ((), "give NAME or --cypher, and not both"),
        (("departures", "--cypher", "-"), "give NAME or --cypher, and not both"),
        (
            ("--cypher", "no.cypher"),
            "--cypher: no.cypher: there is no such file; give a file's name, or - to",
        ),
    ],
)
def test_wrong_calls_end_in_a_line(
    relgraph: Relgraph, db: Path, arguments: tuple[str, ...], message: str
) -> None:
    run = relgraph("query", "run", *arguments)
    assert run.exit_code == 2
    assert run.stdout == ""
    assert message in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_without_a_store_nothing_is_made(relgraph: Relgraph, tmp_path: Path) -> None:
    run = relgraph("query", "run", "departures", "-d", tmp_path / "none.lbug")
    assert run.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_no_rows_are_a_header_and_success(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "strongest-partnerships", "-p", "at_least", "2", "--csv")
    assert run.exit_code == 0
    assert run.stdout.splitlines() == [
        "source,source_name,type,target,target_name,strength,bond,level,margin"
    ]


def test_own_cypher_from_stdin_and_file(relgraph: Relgraph, db: Path, tmp_path: Path) -> None:
    cypher = (
        "MATCH (s:Stakeholder)\r\nWHERE s.revenue >= $least AND s.id IN $ids // comment\r\n"
        "RETURN s.id AS id, s.name AS name ORDER BY id;\r\n"
    )
    file = tmp_path / "own query.cypher"
    file.write_bytes(b"\xef\xbb\xbf" + cypher.encode())
    options = ("-p", "least", "500", "-p", "ids", '["C1", "C3", "C4"]', "--csv")
    runs = [
        relgraph("query", "run", "--cypher", file, *options),
        relgraph("query", "run", "--cypher", "-", *options, input=cypher),
    ]
    for run in runs:
        assert run.exit_code == 0, run.stderr
        assert run.stdout.splitlines() == ["id,name", "C1,Almond Works", "C3,槐树酒业"]


GAPS = "UNWIND [3, null, 1] AS number RETURN number"


def test_whole_numbers_stay_whole_beside_missing_ones(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "--cypher", "-", "--json", input=GAPS)
    assert run.stdout == '[\n  {"number": 3},\n  {"number": null},\n  {"number": 1}\n]\n'


def test_parameters_of_own_cypher_are_checked(relgraph: Relgraph, db: Path) -> None:
    cypher = "MATCH (s:Stakeholder) WHERE s.id = $who RETURN s.id AS id"
    run = relgraph("query", "run", "--cypher", "-", "-p", "whom", "C1", input=cypher)
    assert run.exit_code == 2
    assert "parameter who is missing: give it with --param who VALUE" in run.stderr
    assert (
        "stdin: parameter 'whom' is unknown: the query takes who (did you mean 'who'?)"
        in run.stderr
    )


def test_hostile_values_are_only_values(relgraph: Relgraph, db: Path) -> None:
    for value in (
        "`}) DETACH DELETE n //",
        "' OR 1=1 //",
        "$who",
        "x" * 10_000,
        "\\u0027",
    ):
        run = relgraph(
            *("query", "run", "--cypher", "-", "--json", "-p", "who", value),
            input="MATCH (s:Stakeholder {id: 'C1'}) RETURN $who AS who",
        )
        assert json.loads(run.stdout) == [{"who": value}]
    assert len(relgraph("query", "run", "--cypher", "-", "--csv", input=IDS).stdout.split()) == 19


def test_values_that_are_no_text_are_refused(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "referral-partners", "-p", "stakeholder_id", "\udcff")
    assert run.exit_code == 2
    assert "takes a STAKEHOLDER's id or name (valid Unicode text), not '\\udcff'" in run.stderr


def test_a_file_that_is_not_utf8_is_named_with_its_line(
    relgraph: Relgraph, db: Path, tmp_path: Path
) -> None:
    file = tmp_path / "latin.cypher"
    file.write_bytes(b"RETURN 1 AS x\n// caf\xe9")
    run = relgraph("query", "run", "--cypher", file)
    assert run.exit_code == 2
    assert "latin.cypher:2: not UTF-8" in run.stderr


def test_a_query_that_the_store_refuses_is_a_line(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "--cypher", "-", input="MATCH (s:Nobody) RETURN s.id AS id")
    assert run.exit_code == 1
    assert "Nobody" in run.stderr
    assert "Traceback" not in run.stderr


FORBIDDEN = {
    "COPY": "COPY (MATCH (s:Stakeholder) RETURN s.id) TO 'out.csv'",
    "EXPORT": "EXPORT DATABASE 'out'",
    "LOAD": "LOAD FROM 'secret.csv' RETURN *",
    "LOAD is": "LOAD CSV FROM 'http://127.0.0.1:9/x' AS line RETURN line",
    "IMPORT": "IMPORT DATABASE 'out'",
    "INSTALL": "INSTALL httpfs",
    "LOAD is not": "LOAD EXTENSION httpfs",
    "ATTACH": "ATTACH 'out' AS x (dbtype duckdb)",
    "CHECKPOINT": "CHECKPOINT",
    "SHOW": "SHOW USERS",
    "TERMINATE": "TERMINATE TRANSACTIONS 'x'",
    "CREATE": "CREATE (:Stakeholder {id: 'new'})",
    "SET": "MATCH (s:Stakeholder) SET s.name = 'x'",
    "DETACH": "MATCH (s:Stakeholder) DETACH DELETE s",
    "a second statement": f"{IDS}; CHECKPOINT",
    "CALL of threads": "CALL threads=1",
    "the character": "\\u0043REATE (:Stakeholder {id: 'new'})",
}


@pytest.mark.parametrize(("found", "cypher"), FORBIDDEN.items())
def test_what_is_no_reading_statement_does_nothing(
    relgraph: Relgraph, db: Path, tmp_path: Path, found: str, cypher: str
) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in db.parent.iterdir()}
    run = relgraph("query", "run", "--cypher", "-", input=cypher)
    assert run.exit_code == 2
    assert run.stdout == ""
    assert f"relgraph: error: stdin:1: {found}" in run.stderr
    assert list(tmp_path.iterdir()) == [secret]
    assert {path: path.read_bytes() for path in db.parent.iterdir()} == before


def test_there_is_no_way_to_write(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "departures", "--write")
    assert run.exit_code == 2
    assert "--write" in run.stderr


def test_a_server_gives_the_same_rows_and_refuses_the_same(
    relgraph: Relgraph, db: Path, neo4j_url: str
) -> None:
    with open_store(neo4j_url, write=True) as store:
        fill(store, "small")
    for arguments in (
        ("departures",),
        ("cooling-ties", "-p", "window", "60"),
        ("referral-partners", "-p", "stakeholder_id", "Almond Works"),
    ):
        here = relgraph("query", "run", *arguments, "--json")
        there = relgraph("query", "run", *arguments, "--json", "-d", neo4j_url)
        assert there.exit_code == 0, there.stderr
        assert there.stdout == here.stdout
        assert there.stderr == here.stderr
    for found, cypher in FORBIDDEN.items():
        run = relgraph("query", "run", "--cypher", "-", "-d", neo4j_url, input=cypher)
        assert run.exit_code == 2
        assert f"relgraph: error: stdin:1: {found}" in run.stderr
    run = relgraph("query", "run", "--cypher", "-", "-d", neo4j_url, "--jsonl", input=GAPS)
    assert run.stdout == '{"number": 3}\n{"number": null}\n{"number": 1}\n'
    run = relgraph("query", "run", "--cypher", "-", "-d", neo4j_url, "--csv", input=IDS)
    assert len(run.stdout.split()) == 19


def test_a_contact_that_is_still_to_come_misleads_no_query(
    relgraph: Relgraph, tmp_path: Path
) -> None:
    contacts = [
        *({"source": "e", "target": "c", "at": f"2024-01-{day:02}"} for day in (1, 2, 3, 4)),
        {"source": "e", "target": "d", "at": "2024-05-01"},
        {"source": "e", "target": "d", "at": "9062-05-01"},
    ]
    people = [
        {"id": "e", "name": "Eve", "market": "employee"},
        {"id": "c", "name": "Cui", "market": "customer"},
        {"id": "d", "name": "Dan", "market": "customer"},
    ]
    store_rows(tmp_path / "relgraph.lbug", people, interactions=contacts)

    def found(query: str, *arguments: str) -> list[Any]:
        run = relgraph("query", "run", query, "--json", *arguments)
        assert run.exit_code == 0, run.stderr
        rows: list[Any] = json.loads(run.stdout)
        return rows

    [cold] = found("cooling-ties")
    assert (cold["a"], cold["before"], cold["now"]) == ("c", 4, 0)
    assert [row["id"] for row in found("unvisited-stakeholders", "-p", "days", "100")] == ["c"]
    early = ("-p", "as_of", "2024-01-02")
    assert found("cooling-ties", *early) == []
    never = found("unvisited-stakeholders", *early)
    assert [(row["id"], row["last_contact"]) for row in never] == [("d", None)]


@pytest.mark.parametrize("market", ["customer", "customers", "Customer", "客户"])
def test_a_market_by_any_name_that_an_import_reads(
    relgraph: Relgraph, db: Path, market: str
) -> None:
    run = relgraph("query", "run", "by-market", "-p", "market", market, "--csv")
    canonical = relgraph("query", "run", "by-market", "-p", "market", "customer", "--csv")
    assert run.exit_code == 0
    assert run.stdout == canonical.stdout
    assert run.stdout.count("\n") > 1


def test_market_keeps_the_rows_that_name_a_stakeholder_of_it(relgraph: Relgraph, db: Path) -> None:
    args = ("query", "run", "strongest-partnerships", "-p", "at_least", "0", "--json")
    every = json.loads(relgraph(*args).stdout)
    people = json.loads(relgraph("query", "run", "--cypher", "-", "--json", input=PEOPLE).stdout)
    suppliers = {row["id"] for row in people if row["market"] == "supplier"}
    kept = json.loads(relgraph(*args, "--market", "supplier").stdout)
    assert kept == [row for row in every if {row["source"], row["target"]} & suppliers]
    assert 0 < len(kept) < len(every)


PEOPLE = "MATCH (s:Stakeholder) RETURN s.id AS id, s.market AS market ORDER BY id"


def test_market_needs_rows_about_stakeholders(relgraph: Relgraph, db: Path) -> None:
    run = relgraph("query", "run", "bonds-by-level", "--market", "customer")
    assert run.exit_code == 2
    assert "--market: these rows name no stakeholders" in run.stderr


@pytest.mark.parametrize(
    ("cypher", "said"),
    [
        (
            "MATCH (c:Supplier) RETURN c.id AS id",
            "there is no label 'Supplier': every stakeholder has the label Stakeholder, and its "
            "market is a property: (:Stakeholder {market: 'supplier'})",
        ),
        (
            "MATCH (:Stakeholder)-[r:KNOWS|REFER]->() RETURN r.strength AS s",
            "there is no relationship type 'REFER' (did you mean 'REFERS'?); there are BUYS_FROM,",
        ),
        (
            "MATCH (s:Stakeholder) RETURN s.revenu AS r",
            "stakeholders have no property 'revenu' (did you mean 'revenue'?); they have ",
        ),
        (
            "MATCH (:Stakeholder)-[r:KNOWS]->() RETURN r.strenght AS s",
            "relationships have no property 'strenght' (did you mean 'strength'?); they have ",
        ),
        (
            "MATCH (s:Stakeholder RETURN s.id AS id",
            "Invalid input in line 1 of the query, after: MATCH",
        ),
        (
            "MATCH (s:Stakeholder) WHERE s.market = customer RETURN s.id AS id",
            "there is no variable customer; if it is text, write 'customer'",
        ),
    ],
)
def test_names_that_the_store_lacks(relgraph: Relgraph, db: Path, cypher: str, said: str) -> None:
    run = relgraph("query", "run", "--cypher", "-", input=cypher)
    assert run.exit_code == 1
    assert run.stderr.startswith(f"relgraph: error: {said}")


def test_a_query_says_that_declared_types_mean_nothing_to_it(
    relgraph: Relgraph, tmp_path: Path
) -> None:
    store = str(tmp_path / "own.lbug")
    with open_store(store, write=True) as opened:
        fill(opened, "small")
    told = "what the settings say of LENDS_TO changes nothing in this one"
    assert told not in relgraph("query", "run", "referral-chains", "-d", store).stderr
    settings = tmp_path / "relgraph.toml"
    settings.write_text("[types.LENDS_TO]\nhostile = true\n", encoding="utf-8")
    assert relgraph("settings", str(settings), "-d", store).exit_code == 0
    for query, said in (("referral-chains", True), ("unvisited-stakeholders", False)):
        run = relgraph("query", "run", query, "-d", store)
        assert run.exit_code == 0
        assert (told in run.stderr) == said


def test_a_query_says_whom_it_takes_for_present(relgraph: Relgraph, tmp_path: Path) -> None:
    people = tmp_path / "stakeholders.csv"
    people.write_text("id,name,market,left_on\na,Ann,customer,2020-01-01\nb,Bea,customer,\n")
    store = str(tmp_path / "left.lbug")
    assert relgraph("import", str(people), "-d", store).exit_code == 0
    run = relgraph("query", "run", "market-overview", "-d", store)
    assert "1 stakeholder has a day of leaving but not the status left" in run.stderr
    run = relgraph("query", "run", "by-market", "-p", "market", "supplier", "-d", store, "--json")
    assert json.loads(run.stdout) == []
