"""The TOML of a mapping: what it may say, and what is told of all else."""

from __future__ import annotations

import pytest

from relgraph.mapping.form import SECTIONS, Condition, Join, Macro, key_meaning
from relgraph.mapping.parsing import parse_mapping
from relgraph.messages import LANGUAGES, read_sentences
from relgraph.readwrite.problems import ProblemLog

RULE = "[[stakeholders]]\nid = 'x'\n"


def problems(text: str) -> list[str]:
    log = ProblemLog()
    parse_mapping(text, "m.toml", log)
    return [str(problem) for problem in log.problems]


def test_all_that_a_mapping_says() -> None:
    log = ProblemLog()
    mapping = parse_mapping(
        """
description = "An example"
missing = "NULL"
[read.deals]
file = "d.csv"
separator = ";"
header = 3
ragged = "cut"
missing = ["-", "n/a"]
types = { amount = "number 1.234,56" }
[macros]
cus = "(x, y) as 'cus-' || x || y"
one = "() AS 1"
[[relationships]]
from = "deals"
join = { accounts = "a = b" }
join.boss = { table = "staff", on = "c = d", optional = true }
where = [["stage = 'won'", "not won"], "x > 1"]
source = "a"
target = "b"
type = "'BUYS_FROM'"
strength = 0.5
properties = { note = "n" }
[[relationships]]
source = "a"
target = "b"
type = "'KNOWS'"
""".replace("join = { accounts", "join.accounts").replace('"a = b" }', '"a = b"'),
        "m.toml",
        log,
    )
    assert not log.problems
    read = mapping.read("Deals")
    assert (read.file, read.separator, read.header, read.ragged) == ("d.csv", ";", 3, "cut")
    assert (mapping.missing, read.missing) == (("NULL",), ("-", "n/a"))
    assert mapping.macros == (Macro("cus", ("x", "y"), "'cus-' || x || y"), Macro("one", (), "1"))
    rule, second = mapping.rules
    assert (rule.name, second.name) == ("relationships 1", "relationships 2")
    assert rule.joins == (
        Join("accounts", "accounts", "a = b"),
        Join("boss", "staff", "c = d", optional=True),
    )
    assert rule.where == (Condition("stage = 'won'", "not won"), Condition("x > 1"))
    assert rule.columns == {
        "source": "a",
        "target": "b",
        "type": "'BUYS_FROM'",
        "strength": "0.5",
        "note": "n",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("x = 1\ny = z", "m.toml:2: not TOML: "),
        ("", "m.toml: holds no rule; a rule is a section like [[stakeholders]] for one of "),
        ("[[stakeholder]]\nid = 'x'", "m.toml: 'stakeholder' is no key here (did you mean"),
        (
            RULE + "nmae = 'x'",
            "m.toml: stakeholders 1: 'nmae' is no key here (did you mean 'name'?)",
        ),
        (RULE + "where = 'x'", "m.toml: stakeholders 1: has conditions, joins or groups, but no"),
        (
            "[stakeholders]\nid = 'x'",
            "m.toml: stakeholders is not a list of rules; begin each with",
        ),
        (
            "[[relationships]]\nsource = 'a'\ntype = 'b'",
            "m.toml: relationships 1: target is missing",
        ),
        (RULE + "name = [1]", "m.toml: stakeholders 1: name = [1]: not an expression"),
        (RULE + "from = 1", "m.toml: stakeholders 1: from = 1: not text"),
        (RULE + "from = 'a'\nwhere = [['a']]", "m.toml: stakeholders 1: where has ['a'], which is"),
        (RULE + "from = 'a'\njoin = 'b'", "m.toml: stakeholders 1: join is not a section"),
        (RULE + "from = 'a'\njoin.b = { no = 'x' }", "m.toml: stakeholders 1: 'no' is no key here"),
        (
            RULE + "properties = { name = 'x' }",
            "m.toml: stakeholders 1: properties.name: name is a",
        ),
        (RULE + "[read.t]\nfiel = 'x'", "m.toml: [read.t]: 'fiel' is no key here (did you mean"),
        (RULE + "[read.t]\nheader = 0", "m.toml: [read.t]: header = 0: not the number of a line"),
        (RULE + "[read.t]\nragged = 'drop'", "m.toml: [read.t]: 'drop' is not one of refuse, cut"),
        (RULE + "[read.t]\ntypes = { a = 'numbr' }", "m.toml: [read.t]: types: a: 'numbr' is not"),
        (
            RULE + "[read.t]\nseparator = '\"'",
            "m.toml: [read.t]: separator = '\"': a quote or the end",
        ),
        (RULE + "[read.t]\nencoding = 'x'", "m.toml: [read.t]: 'x' is not a known encoding"),
        (RULE + "[read.t]\n[read.T]", "m.toml: [read.T]: T is described already"),
        (RULE + "where = " + "[" * 2000, "m.toml: not TOML: "),
        (RULE + "[macros]\nx = 'a || b'", "m.toml: [macros]: x = 'a || b': not a macro; write it"),
    ],
)
def test_what_it_can_not_mean(text: str, problem: str) -> None:
    told = problems(text)
    assert told
    assert told[0].startswith(problem)


def test_every_key_has_its_meaning_in_every_language() -> None:
    described = [key for key in read_sentences("en") if key.startswith("mapping.is.")]
    columns = {"read", "join"}
    keys = {
        key_meaning(section, key.name).key
        for section, keys in SECTIONS.items()
        for key in keys
        if section in columns or key.name in ("from", "join", "where", "one_per", "properties")
    }
    assert sorted(keys) == sorted(described)
    assert all(keys <= read_sentences(language).keys() for language in LANGUAGES)
