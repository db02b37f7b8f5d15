"""The draft of a mapping: it imports as it stands, and says what was guessed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from relgraph.mapping.reading import read_mapped
from relgraph.mapping.suggest.draft import draft_mapping
from relgraph.readwrite.reading import Reading
from relgraph.resources import resource_dir
from tests.readwrite.reading import write_files

DATA = Path(__file__).parents[1] / "data"


def drafted(folder: Path, source: Path) -> tuple[str, Reading]:
    """Return the draft for a folder, and what it reads from it without a correction."""
    text, _ = draft_mapping([source])
    (folder / "draft.toml").write_text(text, encoding="utf-8")
    return text, read_mapped(folder / "draft.toml", [source]).reading


def test_chinook(tmp_path: Path) -> None:
    text, reading = drafted(tmp_path, DATA / "chinook")
    dataset = reading.dataset
    assert dataset.relationships["margin"].sum() == pytest.approx(2328.60)
    assert dataset.relationships["margin"].max() == pytest.approx(49.62)
    assert sorted(dataset.stakeholders["owner"].value_counts()) == [18, 20, 21]
    assert dataset.relationships["type"].value_counts().to_dict() == {
        "BUYS_FROM": 59,
        "REPORTS_TO": 7,
    }
    assert "# ? the database says that it leads to Customer.CustomerId" in text
    assert "not what it earns" in text


def test_northwind(tmp_path: Path) -> None:
    text, reading = drafted(tmp_path, DATA / "northwind_csv")
    ties = reading.dataset.relationships
    assert ties["type"].value_counts().to_dict() == {
        "MANAGES": 464,
        "BUYS_FROM": 89,
        "SUPPLIES": 29,
        "REPORTS_TO": 8,
        "DISTRIBUTES": 3,
    }
    assert ties["margin"].sum() == pytest.approx(1265793.04, abs=0.01)
    assert ties["margin"].max() == pytest.approx(110277.31, abs=0.01)
    assert reading.dataset.stakeholders["market"].value_counts().to_dict() == {
        "customer": 91,
        "supplier": 29,
        "employee": 9,
        "distributor": 3,
        "firm": 1,
    }
    assert len(reading.dataset.interactions) == 830
    assert 'ragged = "cut"  # ? 176 rows' in text


def test_an_export_of_a_crm(tmp_path: Path) -> None:
    source = tmp_path / "export"
    source.mkdir()
    write_files(
        source,
        {
            "Companies.csv": "Company ID;Company Name;Owner ID\nA1;Acme;U1\nA2;Bolt;U2\nA3;Cord;\n",
            "Users.csv": "User ID;First Name;Last Name\nU1;Eve;Ek\nU2;Bob;Bo\n",
            "Deals.csv": "Deal ID;Company ID;Deal Amount;Close Date\n"
            'D1;A1;"1.200,50 €";31.12.2023\nD2;A1;800,00 €;15.02.2024\nD3;A9;1,00 €;15.02.2024\n',
            "notes.txt": "nothing of that\n",
        },
    )
    text, reading = drafted(tmp_path, source)
    names = reading.dataset.stakeholders[["id", "name", "market", "owner"]].to_numpy().tolist()
    assert ["A1", "Acme", "customer", "U1"] in names
    assert names[2][:2] == ["U2", "Bob Bo"]
    ties = reading.dataset.relationships[["source", "type", "margin"]].to_numpy().tolist()
    assert ties == [["A1", "BUYS_FROM", 2000.5]]
    assert 'types = { "Deal Amount" = "number 1.234,56", "Close Date" = "date %d.%m.%Y" }' in text


def test_titles_above_the_headers_and_a_damaged_database(tmp_path: Path) -> None:
    source = tmp_path / "export"
    source.mkdir()
    deals = "Export of 2026\n\nDeal ID;Customer ID\nD1;7\n"
    customers = "All customers\nCustomer ID;Name\n7;Acme\n"
    files = {"customers.csv": customers, "deals.csv": deals, "shop.sqlite": "no database"}
    write_files(source, files)
    text, noted = draft_mapping([source])
    assert "[read.customers]\nheader = 2  # ?" in text
    assert "[read.deals]\nheader = 3  # ?" in text
    assert "ragged" not in text
    assert "shop.sqlite: SQLite: file is not a database" in str(noted[0])
    _, reading = drafted(tmp_path, source)
    assert reading.dataset.stakeholders["name"].tolist() == ["The firm", "Acme"]


def test_a_date_that_can_be_read_two_ways_is_marked(tmp_path: Path) -> None:
    source = tmp_path / "export"
    source.mkdir()
    write_files(
        source,
        {
            "customers.csv": "id,name\nc1,Ann\nc2,Bob\n",
            "orders.csv": "order,customer_id,total,date\n1,c1,5,03/04/2024\n2,c2,6,05/06/2024\n",
        },
    )
    text, _ = drafted(tmp_path, source)
    assert "date = \"date %m/%d/%Y\" }  # ? date also fits 'date %d/%m/%Y'" in text


@pytest.mark.parametrize(
    "name",
    ['x" OR 1=1 --', "a'); DROP TABLE t; --", "a\nb", "[[stakeholders]]", "订单", 'q"""', "select"],
)
def test_names_from_data_are_never_code(name: str, tmp_path: Path) -> None:
    source = tmp_path / "export"
    source.mkdir()
    header = '"' + name.replace('"', '""') + '"'
    write_files(
        source,
        {
            "customers.csv": f"{header},name\n1,Ann\n2,Bob\n",
            "all.json": json.dumps({name: [{"a": 1}], "users": [{"id": "u"}]}),
            "orders.csv": f"{header},total\n1,5\n2,6\n",
        },
    )
    _, reading = drafted(tmp_path, source)
    assert reading.dataset.stakeholders["id"].tolist() == ["firm", "u", "1", "2"]


def test_files_without_stakeholders_give_a_first_rule(tmp_path: Path) -> None:
    source = tmp_path / "export"
    source.mkdir()
    write_files(source, {"things.csv": "a,b\n1,2\n"})
    text, notes = draft_mapping([source])
    assert "# not used: things" in text
    assert "no table of stakeholders was recognised" in str(notes[0])


def test_a_log_of_visits_beside_deals_is_no_second_purchase(tmp_path: Path) -> None:
    _, reading = drafted(tmp_path, resource_dir("sample_data") / "crm_export")
    bought = reading.dataset.relationships.query("type == 'BUYS_FROM'")
    assert sorted(bought["source"]) == sorted(set(bought["source"]))
    assert bought["margin"].gt(0).all()
    assert len(reading.dataset.interactions) == 123 + 72  # activities and deals
