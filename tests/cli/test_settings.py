"""`relgraph settings`: shown, replaced, exported and copied with the data, and honoured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Relgraph
from tests.render.test_page import payload_of

SETTINGS = """\
# Ours.
[types.LENDS_TO]
both_ways = true
word_of_mouth = true


[types.FIGHTS]
hostile = true
"""
PEOPLE = "id,name,market\na,A,customer\nb,B,customer\nc,C,customer\nd,D,customer\n"
TIES = """\
source,target,type,strength
a,b,LENDS_TO,0.5
c,b,LENDS_TO,0.5
c,d,FIGHTS,0.5
"""


@pytest.fixture
def declared(relgraph: Relgraph) -> Relgraph:
    """Return a command line whose store has settings, and ties of the types declared there."""
    Path("ours.toml").write_text(SETTINGS)
    Path("stakeholders.csv").write_text(PEOPLE)
    Path("relationships.csv").write_text(TIES)
    result = relgraph("settings", "ours.toml")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert relgraph("import", "stakeholders.csv", "relationships.csv").stderr == ""
    return relgraph


def rows(relgraph: Relgraph, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(relgraph(*arguments, "--json").stdout)
    return found


def test_they_are_shown_as_they_were_given(declared: Relgraph) -> None:
    assert declared("settings").stdout == SETTINGS


def test_what_is_shown_without_any_can_be_filled_in(relgraph: Relgraph) -> None:
    Path("stakeholders.csv").write_text(PEOPLE)
    relgraph("import", "stakeholders.csv")
    shown = relgraph("settings").stdout
    assert relgraph("settings", "-", input=shown).exit_code == 0
    assert relgraph("settings", "-", input=shown.replace("\n# ", "\n")).exit_code == 4
    example = "\n".join(line.removeprefix("# ") for line in shown.splitlines()[3:])
    assert relgraph("settings", "-", input=example).exit_code == 0


def test_an_empty_file_takes_them_away(declared: Relgraph) -> None:
    assert declared("settings", "-", input="").exit_code == 0
    assert declared("settings").stdout.startswith("# No settings yet.")


def test_word_travels_both_ways_along_a_declared_type(declared: Relgraph) -> None:
    # a–b–c at .5 each: 1 + .5 + .25 from either end; the hostile tie to d carries nothing.
    for seed in "ac":
        assert rows(declared, "reach", seed)[-1]["expected"] == pytest.approx(1.75)
    ranked = {row["id"]: row["reached"] for row in rows(declared, "reach")}
    assert ranked == {"a": 2, "b": 2, "c": 2, "d": 0}


def test_a_declared_type_counts_once_and_a_hostile_one_not_at_all(declared: Relgraph) -> None:
    degrees = rows(declared, "centrality", "--measure", "degree", "--measure", "out_degree")
    assert {row["id"]: (row["degree"], row["out_degree"]) for row in degrees} == {
        "a": (1, 1),
        "b": (2, 2),
        "c": (1, 1),
        "d": (0, 0),
    }
    assert "1 hostile tie" in declared("centrality").stderr
    hostile = rows(declared, "centrality", "--measure", "degree", "--include-hostile")
    assert {row["id"]: row["degree"] for row in hostile}["d"] == 1


def test_partnerships_portraits_and_pages_honour_them(declared: Relgraph) -> None:
    pairs = rows(declared, "strength")
    assert [(row["source"], row["target"], row["imbalance"]) for row in pairs] == [
        ("a", "b", 0.0),
        ("b", "c", 0.0),
    ]
    ties = json.loads(declared("show", "b", "--json").stdout)["ties"]
    assert {tie["direction"] for tie in ties} == {"both"}
    declared("map", "-o", "map.html")
    sheet = payload_of(Path("map.html").read_text(encoding="utf-8"))["sheet"]
    ties = sheet["ties"]["columns"]
    told = dict(zip(ties["type"], zip(ties["both"], ties["tells"], strict=True), strict=True))
    assert told == {"LENDS_TO": (True, True), "FIGHTS": (False, False)}


def test_introductions_go_along_declared_word_of_mouth(relgraph: Relgraph) -> None:
    Path("stakeholders.csv").write_text(PEOPLE + "e,E,employee\n")
    Path("relationships.csv").write_text(
        "source,target,type,strength\ne,b,KNOWS,0.5\na,b,LENDS_TO,0.5\n"
    )
    relgraph("import", "stakeholders.csv", "relationships.csv")
    assert rows(relgraph, "intro", "a") == []
    relgraph("settings", "-", input="[types.LENDS_TO]\nword_of_mouth = true\n")
    assert [row["chance"] for row in rows(relgraph, "intro", "a")] == [0.25]


def test_a_tie_of_a_declared_type_is_updated_from_either_end(declared: Relgraph) -> None:
    Path("more.csv").write_text("source,target,type,strength\nb,a,LENDS_TO,0.7\n")
    result = declared("import", "--relationships", "more.csv", "--csv")
    assert result.stdout.splitlines()[1] == "more.csv,1,0,1,0"
    Path("more.csv").write_text("source,target,type,strength\na,b,LENDS_TO,1\nb,a,LENDS_TO,.7\n")
    assert "with other values" in declared("import", "--relationships", "more.csv").stderr


@pytest.mark.parametrize("ending", ["/", ".json", ".xlsx"])
def test_they_are_exported_and_imported(declared: Relgraph, ending: str) -> None:
    declared("export", "-o", f"out{ending}")
    result = declared("import", "-d", "new.lbug", f"out{ending}")
    assert (result.exit_code, result.stderr) == (0, "")
    assert declared("settings", "-d", "new.lbug").stdout == SETTINGS
    declared("export", "-d", "new.lbug", "-o", f"again{ending}")
    first, again = Path(f"out{ending}"), Path(f"again{ending}")
    for path in first.iterdir() if first.is_dir() else [first]:
        assert (again / path.name if again.is_dir() else again).read_bytes() == path.read_bytes()


def test_an_export_without_any_leaves_none(declared: Relgraph) -> None:
    declared("export", "-o", "out/")
    declared("settings", "-", input="")
    declared("export", "-o", "out/")
    assert Path("out/relgraph.toml").read_text() == ""


def test_a_copy_has_them(declared: Relgraph) -> None:
    assert declared("copy", "relgraph.lbug", "new.lbug").exit_code == 0
    assert declared("settings", "-d", "new.lbug").stdout == SETTINGS
    declared("settings", "-", input="")
    assert declared("copy", "relgraph.lbug", "new.lbug", "--replace").exit_code == 0
    assert declared("settings", "-d", "new.lbug").stdout.startswith("# No settings")


def test_they_stay_when_data_is_replaced(declared: Relgraph) -> None:
    result = declared("import", "stakeholders.csv", "relationships.csv", "--replace")
    assert (result.exit_code, result.stderr) == (0, "")
    assert declared("settings").stdout == SETTINGS
    Path("twice.csv").write_text(TIES + "b,a,LENDS_TO,0.6\n")
    twice = declared("import", "stakeholders.csv", "--relationships", "twice.csv", "--replace")
    assert "with other values" in twice.stderr


def test_an_import_that_replaces_them_says_so(declared: Relgraph) -> None:
    Path("relgraph.toml").write_text("[types.LENDS_TO]\nword_of_mouth = true\n")
    result = declared("import", "relgraph.toml")
    assert result.stderr == (
        "relgraph: note: the settings of the store are now those of relgraph.toml\n"
    )
    assert declared("settings").stdout == "[types.LENDS_TO]\nword_of_mouth = true\n"
    assert rows(declared, "reach", "b") == []


def test_they_are_utf_8_whatever_the_data_is(declared: Relgraph) -> None:
    Path("relgraph.toml").write_text("# Größe\n", encoding="utf-8")
    declared("import", "relgraph.toml", "stakeholders.csv", "--encoding", "cp1252")
    assert declared("settings").stdout == "# Größe\n"


def test_ties_that_run_both_ways_from_now_on(relgraph: Relgraph) -> None:
    Path("stakeholders.csv").write_text(PEOPLE)
    Path("relationships.csv").write_text(
        "source,target,type,strength\na,b,LENDS_TO,.5\nb,a,LENDS_TO,.25\n"
    )
    relgraph("import", "stakeholders.csv", "relationships.csv")
    result = relgraph("settings", "-", input=SETTINGS)
    assert result.stderr == (
        "relgraph: note: 1 pair of LENDS_TO is stored in both directions; of each the larger "
        "strength counts\n"
    )
    assert rows(relgraph, "reach", "b")[-1]["expected"] == pytest.approx(1.5)


def test_every_problem_is_told_and_nothing_changes(declared: Relgraph) -> None:
    text = (
        '[types.KNOWS]\n[types.CONTACTED]\n[types."lends to"]\nbothways = true\n'
        "[types.GIVES]\nhostile = 1\n[type.X]\n[types]\nY = 3\n"
    )
    assert declared("settings", "-", input=text).exit_code == 4
    problems = declared("settings", "-", input=text.replace("[types]\nY = 3\n", "")).stderr
    assert problems.splitlines() == [
        f"relgraph: error: -: {problem}"
        for problem in (
            "[type] is not a section of the settings (did you mean 'types'?)",
            "type KNOWS is relgraph's own, and its meaning is fixed",
            "CONTACTED is what contacts are stored as; declare another type",
            "type 'lends to' is not a name as types are stored: use capital letters A to Z, "
            "digits and underscores",
            "types.lends to.bothways is none of both_ways, word_of_mouth, hostile (did you mean "
            "'both_ways'?)",
            "types.GIVES.hostile is '1'; write true or false",
        )
    ]
    assert declared("settings").stdout == SETTINGS
    broken = declared("settings", "-", input="[types.X]\nboth_ways = yes\n")
    assert broken.stderr == "relgraph: error: -:2: not TOML: Invalid value\n"
    for wrong in ("types = 3\n", "[types]\nX = 3\n"):
        assert "is not a table" in declared("settings", "-", input=wrong).stderr


@pytest.mark.parametrize("ending", [".toml", ".json", ".xlsx"])
def test_problems_in_an_import_have_their_file(declared: Relgraph, ending: str) -> None:
    declared("export", "-o", f"out{'/' if ending == '.toml' else ending}")
    if ending == ".toml":
        Path("out/relgraph.toml").write_text("[types.X]\nhostle = true\n")
        result = declared("import", "out")
        assert result.stderr.startswith("relgraph: error: out/relgraph.toml: types.X.hostle is ")
    else:
        result = declared("import", f"out{ending}", "ours.toml")
        assert result.exit_code == 2
        Path("relgraph.toml").write_text(SETTINGS)
        result = declared("import", f"out{ending}", "relgraph.toml")
        assert "relgraph.toml: settings are also in out" in result.stderr


def test_a_missing_file_is_a_usage_error(relgraph: Relgraph) -> None:
    result = relgraph("settings", "nosuch.toml")
    assert result.exit_code == 2
    assert result.stderr.startswith("relgraph: error: ")
    assert not Path("relgraph.lbug").exists()
