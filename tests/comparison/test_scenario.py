"""Scenario files: TOML and CSV, every problem in one pass, relative strengths, rows taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from relgraph.comparison.scenario import read_scenario
from relgraph.dataset import Dataset
from relgraph.errors import InvalidInput, UsageError
from relgraph.messages import Note
from tests.comparison.states import store_of

TIE = '[[relationships]]\nsource = "{}"\ntarget = "{}"\ntype = "{}"\nstrength = "{}"\n'


def after(path: Path) -> tuple[Dataset, tuple[Note, ...]]:
    store = store_of()
    scenario = read_scenario(path, store)
    return scenario.apply(store.dataset), scenario.notes


def written(folder: Path, text: str, name: str = "s.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def strength(dataset: Dataset, source: str, target: str) -> float:
    ties = dataset.relationships
    found = ties[(ties["source"] == source) & (ties["target"] == target)]
    return float(found["strength"].iloc[0])


PROBLEMS = [
    ("name = 3", "s.toml: name has to be text, not '3'"),
    ("x = [", "s.toml: not TOML"),
    ("assumptions = 3", "s.toml: [assumptions] has to be a section"),
    ("[assumptions]\ndicount = 0.1", "s.toml: [assumptions]: no assumption of that name"),
    ('[assumptions]\ndiscount = "x"', "'x' is not a number"),
    ("[assumptions]\ndiscount = -3", "s.toml: [assumptions]: discount: -3 is not from"),
    ("[[stakholders]]\nid = 'a'", "no part of a scenario is called 'stakholders' (did you mean"),
    ("relationships = 3", "'relationships' has to be rows: [[relationships]] before each"),
    ("[[stakeholders]]\nid = 'zz'\nmargin = 3", "s.toml: [[stakeholders]] #1: column name is miss"),
    ("[[stakeholders]]\nid = 'a'\nsatisfaction = 1.4", "#1: satisfaction '1.4' is not from 0 to 1"),
    ("[[stakeholders]]\nid = 'a'\nmargn = 1", "'margn' is neither a column of stakeholders nor"),
    ("[[stakeholders]]\nid = 'a'\nowner = 'zz'", "#1: owner 'zz' is in neither"),
    ("[[stakeholders]]\nid = 'zz'\nremove = true", "there is no stakeholder 'zz' to take out"),
    ("[[stakeholders]]\nname = 'zz'\nremove = true", "can't be taken out without 'id'"),
    ("[[stakeholders]]\nid = 'a'\nremove = 'maybe'", "remove has to be true or false"),
    (
        "[[stakeholders]]\nid = 'a'\nmargin = 1\n[[stakeholders]]\nid = 'a'\nremove = true",
        "the same row is taken out elsewhere",
    ),
    (TIE.format("a", "c", "REFERS", "+0.1"), "there is no tie 'a' REFERS 'c' to add it to"),
    (TIE.format("e2", "c", "MANAGES", "+0.1"), "'e2' MANAGES 'c' has no strength to add it to"),
    (TIE.format("e1", "a", "MANAGES", "-0.7"), "'e1' MANAGES 'a' has only 0.60"),
    (TIE.format("e1", "a", "MANAGES", "strong"), "#1: strength 'strong' is not a number"),
    (TIE.format("e1", "a", "MANAGES", "+0.1") * 2, "another row changes the strength"),
    (TIE.format("e1", "zz", "MANAGES", "0.1"), "[[relationships]] #1: target 'zz' is in neither"),
    (
        '[[relationships]]\nsource = "a"\ntarget = "c"\ntype = "REFERS"\nremove = true',
        "#1: there is no such tie from 'a' to 'c'",
    ),
    (
        '[[interactions]]\nsource = "a"\ntarget = "c"\nat = 2026-01-01\nremove = true',
        "#1: there is no such contact from 'a' to 'c'",
    ),
    ('[[interactions]]\nsource = "a"\ntarget = "c"\nat = "soon"', "#1: at 'soon' is not"),
]


@pytest.mark.parametrize(("text", "problem"), PROBLEMS)
def test_problems(tmp_path: Path, text: str, problem: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InvalidInput) as caught:
        after(path)
    assert problem in str(caught.value).replace(f"{tmp_path}/", "")


def test_all_problems_are_told_in_one_pass(tmp_path: Path) -> None:
    apart = [text for text, _ in PROBLEMS if text.startswith("[[relationships]]")]
    with pytest.raises(InvalidInput) as caught:
        after(written(tmp_path, "".join(f"{text}\n" for text in apart)))
    assert len(caught.value.problems) >= len(apart)


def test_a_missing_file(tmp_path: Path) -> None:
    for name in ("none.toml", "none"):
        with pytest.raises(UsageError, match="no such file"):
            after(tmp_path / name)


def test_relative_strengths(tmp_path: Path) -> None:
    text = TIE.format("e1", "a", "MANAGES", "+0.2") + TIE.format("i", "a", "KNOWS", "-0.1")
    dataset, notes = after(written(tmp_path, text))
    assert strength(dataset, "e1", "a") == 0.8
    assert strength(dataset, "a", "i") == 0.3  # a tie both ways, named the other way round
    assert len(dataset.relationships) == 12
    assert notes == ()


def test_a_strength_is_capped_and_said(tmp_path: Path) -> None:
    dataset, notes = after(written(tmp_path, TIE.format("e1", "a", "MANAGES", "+0.9")))
    assert strength(dataset, "e1", "a") == 1
    assert [note.key for note in notes] == ["scenario.capped"]


def test_a_folder_of_csv(tmp_path: Path) -> None:
    folder = tmp_path / "autumn"
    folder.mkdir()
    written(folder, "id,satisfaction,remove\na,0.9,\ns,,yes\n", "stakeholders.csv")
    written(
        folder,
        "source,target,type,strength,remove\ne1,a,MANAGES,+0.2,\nb,c,REFERS,,true\n",
        "relationships.csv",
    )
    store = store_of()
    scenario = read_scenario(folder, store)
    dataset = scenario.apply(store.dataset)
    assert scenario.name == "autumn"
    people = dataset.stakeholders.set_index("id")
    assert people["satisfaction"]["a"] == 0.9
    assert "s" not in people.index
    assert strength(dataset, "e1", "a") == 0.8
    assert len(dataset.relationships) == 11


def test_who_is_taken_out_goes_with_ties_contacts_and_ownership(tmp_path: Path) -> None:
    dataset, _ = after(written(tmp_path, '[[stakeholders]]\nid = "e1"\nremove = true'))
    ends = {*dataset.relationships["source"], *dataset.interactions["source"]}
    assert "e1" not in ends
    assert dataset.stakeholders.set_index("id")["owner"].isna()["d"]


def test_one_of_two_contacts_is_taken_out(tmp_path: Path) -> None:
    text = '[[interactions]]\nsource = "e1"\ntarget = "a"\nat = 2025-01-05T12:00:00Z\nremove = true'
    dataset, _ = after(written(tmp_path, text))
    assert len(dataset.interactions) == 2


def test_other_tables_are_left_out_with_a_note(tmp_path: Path) -> None:
    """A saved plan keeps more than the scenario that it is."""
    text = "made = 2026-10-01\n[assumptions]\ndiscount = 0.1\n[[actions]]\nid = 'a'\ngain = 3.0\n"
    store = store_of()
    scenario = read_scenario(written(tmp_path, text), store)
    assert [note.key for note in scenario.notes] == ["scenario.left_out"]
    assert scenario.notes[0].values["names"] == ("made", "actions")
    assert scenario.assumptions == {"discount": 0.1}


def test_what_a_scenario_leaves_out_stays(tmp_path: Path) -> None:
    dataset, _ = after(written(tmp_path, '[[stakeholders]]\nid = "a"\nstatus = "left"'))
    before = store_of().dataset.stakeholders.set_index("id")
    people = dataset.stakeholders.set_index("id")
    assert people["margin"].to_dict() == pytest.approx(before["margin"].to_dict(), nan_ok=True)
    assert people["status"]["a"] == "left"
