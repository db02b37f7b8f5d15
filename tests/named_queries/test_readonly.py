"""The second lock: reading statements pass, everything else is refused by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.errors import ForbiddenCypher
from relgraph.named_queries import check_readonly

READING = r"""
MATCH (n:Stakeholder) RETURN n.id AS id ORDER BY id LIMIT 10;
MATCH (a)-[r:KNOWS|REFERS*1..3]->(b) WHERE NOT a.x IN $ids AND b.x STARTS WITH 'SET' RETURN a
MATCH (create:P)-[set:K]->(delete) RETURN create.set AS merge, set.x, delete ORDER BY merge
MATCH (n:SET {create: 1, remove: $set}) RETURN n.`CREATE` AS `SET n.x = 1`
CALL db.labels() YIELD label RETURN label
CALL db.labels
CALL show_tables() RETURN *
MATCH (n) CALL db.index.fulltext.queryNodes('x', $q) YIELD node, score WHERE score > 1 RETURN node
MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x > 1 } RETURN COUNT { (n)-->() } AS c
MATCH (n) RETURN n {.*, create: 1, .set} AS m, {delete: 1, set: 2} AS k
UNWIND [1] AS x WITH x WHERE x IS NOT NULL RETURN DISTINCT CASE WHEN x > 1 THEN 'a' ELSE x END
RETURN 1 AS x UNION ALL RETURN 'c' AS x
RETURN 1 AS x UNION RETURN 2 AS x UNION DISTINCT RETURN 3 AS x
OPTIONAL MATCH (n) RETURN [x IN n.l WHERE x > 1 | x + 1] AS l, reduce(a = 0, x IN [1] | a + x) AS r
MATCH p = shortestPath((a)-[*]-(b)) RETURN p, all(x IN nodes(p) WHERE x.id IS NOT NULL) AS k
MATCH p = ANY SHORTEST (a)-[:K]->+(b) RETURN length(p)
MATCH ((a)-[:K]->(b)){1,3} RETURN a
WITH 1 AS create, 2 AS set RETURN create, set + 1 AS use, [set, create] AS insert
MATCH (n) RETURN n ORDER BY n.use DESC, n.load SKIP 1 LIMIT $limit // CREATE (x)
MATCH (n) WHERE n.name = 'a; b' OR n.name = "CREATE (n)" /* ; DROP */ RETURN n
RETURN date.truncate('month', date()) AS d, point.distance($a, $b) AS e
RETURN `date`.truncate('year', $d) AS f
MATCH (n:P) WHERE n:A|B AND NOT (n)-->() XOR n.z RETURN n
MATCH (n) WITH * WHERE n.x = 1 RETURN *
MATCH (a)-[e:KNOWS* SHORTEST 1..3 (r, n | WHERE r.strength > 0.5)]->(b) RETURN CAST(b.x AS DOUBLE)
RETURN CASE 1 WHEN 1 THEN NOT true END AS x
MATCH (n) WHERE n.x =~ '(?i).*' AND n.y IN [1,2] RETURN -n.x ^ 2 % 3 AS z
MATCH (n) WHERE n.name ENDS WITH 'x' AND n.offset > offset(id(n)) RETURN n.next AS filter
MATCH (n) WHERE n IS P AND n.x IS :: INTEGER RETURN n
""".strip().splitlines()

CLAUSES = {
    "ALTER": "ALTER TABLE P ADD x INT64",
    "ANALYZE": "ANALYZE",
    "ATTACH": "ATTACH 'x' AS y (dbtype duckdb)",
    "BEGIN": "BEGIN TRANSACTION",
    "CHECKPOINT": "CHECKPOINT",
    "COMMENT": "COMMENT ON TABLE P IS 'x'",
    "COMMIT": "COMMIT",
    "COPY": "COPY (MATCH (n) RETURN n) TO 'x.csv'",
    "CREATE": "CREATE (n)",
    "CYPHER": "CYPHER 25 MATCH (n) RETURN n",
    "DELETE": "MATCH (n) DELETE n",
    "DENY": "DENY ACCESS ON DATABASE x TO y",
    "DETACH": "MATCH (n) DETACH DELETE n",
    "DROP": "DROP TABLE P",
    "EXPLAIN": "EXPLAIN MATCH (n) RETURN n",
    "EXPORT": "EXPORT DATABASE 'x'",
    "FINISH": "MATCH (n) FINISH",
    "FORCE": "FORCE CHECKPOINT",
    "FOREACH": "MATCH (n) FOREACH (x IN [1] | SET n.x = 1)",
    "GRANT": "GRANT ROLE x TO y",
    "IMPORT": "IMPORT DATABASE 'x'",
    "INSERT": "INSERT (n)",
    "INSTALL": "INSTALL json",
    "LOAD": "LOAD CSV FROM 'http://localhost/x' AS l RETURN l",
    "MERGE": "MERGE (n)",
    "NEXT": "RETURN 1 NEXT CREATE (n)",
    "NODETACH": "MATCH (n) NODETACH DELETE n",
    "PROFILE": "PROFILE MATCH (n) RETURN n",
    "REMOVE": "MATCH (n) REMOVE n.x",
    "ROLLBACK": "ROLLBACK",
    "SET": "MATCH (n) SET n.x = 1",
    "SHOW": "SHOW USERS",
    "START": "START DATABASE x",
    "STOP": "STOP DATABASE x",
    "TERMINATE": "TERMINATE TRANSACTIONS 'x'",
    "UNINSTALL": "UNINSTALL json",
    "UPDATE": "UPDATE x",
    "USE": "USE neo4j MATCH (n) RETURN n",
    "USING": "MATCH (n) USING INDEX n:P(x) RETURN n",
    "WHEN": "WHEN true THEN CREATE (n)",
}

BYPASSES = r"""
MATCH (n) LOAD FROM 'x' RETURN *
MATCH (n) WITH n, 1 AS return MATCH (m) WHERE 1 < 2 * return SET n.x = 1
MATCH (n) WITH n AS case WITH case SET case.x = 1
MATCH (n) WITH n AS not WITH not CREATE (m)
MATCH (n) WITH n AS where WHERE where SET n.x = 1
MATCH (n) WITH n AS with WITH with SET with.x = 1
MATCH ((a)-[:X]->(b))+ SET a.x = 1 RETURN 1
MATCH ((a)-[:X]->(b)){1,2} SET a.x = 1 RETURN 1
MATCH (n) WHERE n:% SET n.x = 1
MATCH (n) WHERE n.x IS :: LIST<INTEGER> SET n.x = 1
MATCH (n) WHERE n.x IS :: INTEGER! SET n.x = 1
MATCH (n) WHERE n.x IS NOT NULL SET n.x = 1
MATCH (n) WITH * CREATE (m)
MATCH (n) WITH DISTINCT * MERGE (m)
MATCH (n) WHERE 2 > 1. SET n.x = 1
MATCH (n) WHERE 1 > 0SET n.x = 1
MATCH (n) WHERE 'a'SET n.x = 1
MATCH (n) WHERE n.x SET n.x = 1
MATCH (n)/**/SET/**/n.x = 1
MATCH (n) ſET n.x = 1
RETURN 1 UNION CREATE (n)
RETURN 1 UNION ALL CREATE (n)
MATCH (n) WHERE EXISTS { CREATE (m) } RETURN n
MATCH (n) RETURN COUNT { MATCH (m) SET m.x = 1 }
MATCH (n) RETURN COLLECT { CALL { CREATE (m) } RETURN 1 }
OPTIONAL CALL { CREATE (m) }
(CREATE (n))
{ CREATE (n) }
"""

PROCEDURES = {
    "CALL of a subquery": "CALL { CREATE (n) }",
    "CALL of a subquery is not allowed": "MATCH (n) CALL (n) { SET n.x = 1 } RETURN n",
    "CALL of dbms.security.createUser": "CALL dbms.security.createUser('a', 'b')",
    "CALL of apoc.export.csv.all": "CALL apoc.export.csv.all('x', {})",
    "CALL of db.labelsx": "CALL db.labelsx()",
    "CALL of threads": "CALL threads=2",
    "CALL of PROJECT_GRAPH": "CALL PROJECT_GRAPH('x', ['a'], ['b'])",
    "the function apoc.cypher.runFirst": "RETURN apoc.cypher.runFirst('LOAD CSV …') AS x",
    "the function apoc.cypher.run": "RETURN `apoc` . /* */ `cypher`.run ('x')",
}


@pytest.mark.parametrize("cypher", READING)
def test_reading_statements_pass(cypher: str) -> None:
    assert check_readonly(cypher)


@pytest.mark.parametrize(("clause", "cypher"), CLAUSES.items())
def test_other_clauses_are_refused_by_name(clause: str, cypher: str) -> None:
    with pytest.raises(ForbiddenCypher, match=f"query:1: {clause} is not allowed: .* MATCH, "):
        check_readonly(cypher)


@pytest.mark.parametrize(("clause", "cypher"), CLAUSES.items())
def test_they_are_refused_in_any_case_and_line(clause: str, cypher: str) -> None:
    with pytest.raises(ForbiddenCypher, match=f"f.cypher:3: {clause} is"):
        check_readonly("// first\n\n" + cypher.lower(), "f.cypher")


@pytest.mark.parametrize("cypher", BYPASSES.strip().splitlines())
def test_ways_around_are_closed(cypher: str) -> None:
    with pytest.raises(ForbiddenCypher):
        check_readonly(cypher)


@pytest.mark.parametrize(("found", "cypher"), PROCEDURES.items())
def test_only_listed_procedures_and_built_in_functions(found: str, cypher: str) -> None:
    with pytest.raises(ForbiddenCypher, match=found):
        check_readonly(cypher)


@pytest.mark.parametrize("cypher", ["RETURN 1; CREATE (n)", "RETURN 1;\nRETURN 2", "RETURN 1;;"])
def test_one_statement_only(cypher: str) -> None:
    with pytest.raises(ForbiddenCypher, match="a second statement after ';'"):
        check_readonly(cypher)


@pytest.mark.parametrize("cypher", ["", " \n", "// nothing", "/* CREATE (n) */"])
def test_nothing_is_no_query(cypher: str) -> None:
    with pytest.raises(ForbiddenCypher, match="the query is empty"):
        check_readonly(cypher)


def test_a_name_that_could_be_a_clause_may_be_quoted() -> None:
    with pytest.raises(ForbiddenCypher, match="write `set` in back quotes"):
        check_readonly("MATCH (n) WHERE 2 * set > 1 RETURN n")
    assert check_readonly("MATCH (n) WHERE 2 * `set` > 1 RETURN n")


def test_what_cannot_be_read_is_refused_with_its_line() -> None:
    with pytest.raises(ForbiddenCypher, match=r"^stdin:2: a text without its closing '"):
        check_readonly("RETURN\n'x", "stdin")


WRITES = ("SET n.x = 1", "CREATE (m)", "MERGE (m)", "DELETE n", "DETACH DELETE n", "REMOVE n.x")
BEFORE = st.lists(
    st.sampled_from([*READING, "WITH *", "WHERE", "2 *", "n", "NOT", "case", "return", "1.", "> "]),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(BEFORE.map(lambda text: text.replace(";", "").split("//")[0]), st.sampled_from(WRITES))
def test_no_beginning_hides_a_write_after_a_closed_operand(before: str, write: str) -> None:
    with pytest.raises(ForbiddenCypher):
        check_readonly(f"{before} n {write}")
