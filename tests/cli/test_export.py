from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from relgraph.model import TABLES
from relgraph.resources import resource_dir
from relgraph.store import open_store
from tests.conftest import Relgraph
from tests.readwrite.formats.gephi import read_gephi
from tests.readwrite.written_datasets import every_type


@pytest.fixture(autouse=True)
def store(relgraph: Relgraph) -> None:
    """Make relgraph.lbug in the folder where commands run."""
    dataset = every_type()
    dataset.stakeholders.loc[1, "name"] = "=HYPERLINK()"
    with open_store("relgraph.lbug", write=True) as store:
        store.create_schema()
        store.write(dataset)


@pytest.mark.parametrize("path", ["out/", "out", "deep/er/out"])
def test_a_folder_of_three_files(relgraph: Relgraph, path: str) -> None:
    run = relgraph("export", "-o", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert {file.name for file in Path(path).iterdir()} == {f"{table}.csv" for table in TABLES}
    lines = (Path(path) / "stakeholders.csv").read_text("utf-8").splitlines()
    assert lines[0] == "id,name,market,margin,left_on,paid,seen,visits"
    assert lines[2].startswith("b,=HYPERLINK(),customer,0.30000000000000004,2028-02-29,,")
    assert len((Path(path) / "interactions.csv").read_text().splitlines()) == 4


def test_a_folder_that_exists_keeps_its_other_files(relgraph: Relgraph) -> None:
    Path("out.d").mkdir()
    Path("out.d/notes.txt").write_text("mine")
    Path("out.d/stakeholders.csv").write_text("old")
    assert relgraph("export", "-o", "out.d").exit_code == 0
    assert Path("out.d/notes.txt").read_text() == "mine"
    assert Path("out.d/stakeholders.csv").read_text() != "old"


def test_files_by_ending(relgraph: Relgraph) -> None:
    for ending in ("xlsx", "json", "graphml", "gexf"):
        run = relgraph("export", "-o", f"out.{ending}")
        assert (run.exit_code, run.stdout) == (0, "")
        said = (
            ""
            if ending in ("xlsx", "json")
            else (
                "relgraph: note: 1 of 3 ties has no strength, and so no weight in the file: other "
                "programs count it as 1, the strongest there is\n"
            )
        )
        assert run.stderr == said
    assert openpyxl.load_workbook("out.xlsx").sheetnames == list(TABLES)
    assert len(json.loads(Path("out.json").read_text("utf-8"))["interactions"]) == 3
    for file, edges in (("out.graphml", 7), ("out.gexf", 6)):
        graph = read_gephi(Path(file))
        assert (len(graph.nodes), len(graph.edges)) == (3, edges)  # one tie runs both ways
        assert graph.nodes["b"]["name"] == "=HYPERLINK()"


def test_another_ending_is_a_usage_error(relgraph: Relgraph) -> None:
    run = relgraph("export", "-o", "out.csv")
    assert run.exit_code == 2
    assert run.stderr == (
        "relgraph: error: out.csv: can't write '.csv'; end it with .xlsx, .json, .graphml, .gml, "
        ".net, .gexf, or with / for a folder of CSV files\n"
    )
    assert not Path("out.csv").exists()


def test_the_path_is_needed(relgraph: Relgraph) -> None:
    run = relgraph("export")
    assert run.exit_code == 2
    assert "Missing option '-o' / '--output'" in run.stderr


def test_defuse(relgraph: Relgraph) -> None:
    assert relgraph("export", "--defuse", "-o", "out/").exit_code == 0
    assert "\nb,'=HYPERLINK(),customer," in Path("out/stakeholders.csv").read_text("utf-8")


def test_a_text_that_xml_forbids(relgraph: Relgraph) -> None:
    dataset = every_type()
    dataset.stakeholders.loc[1, "name"] = "bell\x07"
    with open_store("relgraph.lbug", write=True) as store:
        store.write(dataset)
    Path("out.gexf").write_text("old")
    run = relgraph("export", "-o", "out.gexf")
    assert run.exit_code == 1
    assert run.stderr == (
        "relgraph: error: stakeholder 'b': name has the character U+0007, which GEXF can't hold; "
        "export CSV files or JSON instead\n"
    )
    assert Path("out.gexf").read_text() == "old"


def test_no_store(relgraph: Relgraph) -> None:
    run = relgraph("export", "-d", "missing.lbug", "-o", "out/")
    assert run.exit_code == 3
    assert not Path("out").exists()


def test_a_folder_that_is_missing(relgraph: Relgraph) -> None:
    run = relgraph("export", "-o", "missing/out.json")
    assert run.exit_code == 1
    assert run.stderr.startswith("relgraph: error: missing/out.json: folder 'missing' does not")


def test_an_empty_store(relgraph: Relgraph) -> None:
    with open_store("empty.lbug", write=True) as store:
        store.create_schema()
    assert relgraph("export", "-d", "empty.lbug", "-o", "out/").exit_code == 0
    assert [Path(f"out/{table}.csv").read_text() for table in TABLES] == [
        "id,name,market\n",
        "source,target,type\n",
        "source,target,at\n",
    ]


def contents(path: str) -> dict[str, bytes]:
    files = Path(path).iterdir() if Path(path).is_dir() else [Path(path)]
    return {file.name[:6]: file.read_bytes() for file in files}


@pytest.mark.parametrize("name", ["worked_example", "six_markets", "northwind"])
def test_sample_data_comes_round_through_every_format(relgraph: Relgraph, name: str) -> None:
    """CSV → store → workbook → store → JSON → store → CSV, and each written a second time."""
    source = str(resource_dir("sample_data") / name)
    for step, ending in enumerate(("/", ".xlsx", ".json", "/")):
        store, written = f"store{step}.lbug", f"first{step}{ending}"
        assert relgraph("import", "-d", store, source).exit_code == 0
        assert relgraph("export", "-d", store, "-o", written).exit_code == 0
        source = written
    assert contents("first3") == contents("first0")
    for step, ending in enumerate(("/", ".xlsx", ".json")):
        again = f"again{step}{ending}"
        assert relgraph("export", "-d", f"store{step + 1}.lbug", "-o", again).exit_code == 0
        assert list(contents(again).values()) == list(contents(f"first{step}{ending}").values())


@pytest.mark.parametrize("ending", ["/", ".xlsx", ".json"])
def test_every_type_comes_round(relgraph: Relgraph, ending: str) -> None:
    assert relgraph("export", "-o", f"first{ending}").exit_code == 0
    assert relgraph("import", "-d", "again.lbug", f"first{ending}").exit_code == 0
    assert relgraph("export", "-d", "again.lbug", "-o", f"again{ending}").exit_code == 0
    assert sorted(contents(f"again{ending}").values()) == sorted(
        contents(f"first{ending}").values()
    )


def test_an_export_imported_where_it_came_from_changes_nothing(relgraph: Relgraph) -> None:
    relgraph("export", "-o", "out/")
    run = relgraph("import", "--json", "out/")
    assert run.exit_code == 0
    changed = [(row["created"], row["updated"]) for row in json.loads(run.stdout)]
    assert changed == [(0, 0)] * 3
