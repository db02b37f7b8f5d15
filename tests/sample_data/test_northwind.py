"""Northwind as it ships gives the published figures, and its script mends the originals."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from relgraph.model import TABLES
from relgraph.resources import resource_dir

FOLDER = resource_dir("sample_data") / "northwind"
SCRIPT = Path(__file__).parents[2] / "scripts" / "make_northwind.py"


@pytest.fixture(scope="module")
def stakeholders() -> pd.DataFrame:
    frame = pd.read_csv(FOLDER / "stakeholders.csv", dtype="str").set_index("id")
    frame["revenue"] = frame["revenue"].astype(float)
    return frame


@pytest.fixture(scope="module")
def relationships() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "relationships.csv")


@pytest.fixture(scope="module")
def interactions() -> list[dict[str, str]]:
    with (FOLDER / "interactions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_markets(stakeholders: pd.DataFrame) -> None:
    assert stakeholders["market"].value_counts().to_dict() == {
        "customer": 91,
        "supplier": 29,
        "employee": 9,
        "distributor": 3,
        "firm": 1,
    }


def test_revenue_of_customers(stakeholders: pd.DataFrame) -> None:
    revenue = stakeholders.loc[stakeholders["market"] == "customer", "revenue"]
    assert round(revenue.sum(), 2) == 1_265_793.04
    assert revenue.nlargest(5).to_dict() == {
        "QUICK": 110_277.31,
        "ERNSH": 104_874.98,
        "SAVEA": 104_361.95,
        "RATTC": 51_097.8,
        "HUNGO": 49_979.91,
    }
    assert revenue[["FISSA", "PARIS"]].tolist() == [0, 0]
    assert round(revenue.nlargest(5).sum() / revenue.sum(), 5) == 0.33228


def test_revenue_of_employees(stakeholders: pd.DataFrame) -> None:
    revenue = stakeholders.loc[stakeholders["market"] == "employee", "revenue"]
    assert {str(key).removeprefix("emp-"): value for key, value in revenue.items()} == {
        "4": 232_890.85,
        "3": 202_812.84,
        "1": 192_107.6,
        "2": 166_537.76,
        "8": 126_862.28,
        "7": 124_568.24,
        "9": 77_308.07,
        "6": 73_913.13,
        "5": 68_792.28,
    }


def test_relationships(relationships: pd.DataFrame) -> None:
    assert relationships["type"].value_counts().to_dict() == {
        "MANAGES": 464,
        "BUYS_FROM": 89,
        "SUPPLIES": 29,
        "WORKS_FOR": 9,
        "REPORTS_TO": 8,
        "DISTRIBUTES": 3,
    }
    assert not relationships.duplicated(["source", "target", "type"]).any()
    managers = relationships[relationships["type"] == "MANAGES"].groupby("target").size()
    assert managers.index[managers == 1].tolist() == ["CENTC"]
    sales = relationships.query("type == 'SUPPLIES'").set_index("source")["sales"]
    assert sales.nlargest(3).to_dict() == {
        "sup-18": 153_691.28,
        "sup-12": 145_372.4,
        "sup-28": 117_981.18,
    }
    orders = relationships.query("type == 'DISTRIBUTES'").set_index("source")["orders"]
    assert orders.to_dict() == {"dist-1": 249, "dist-2": 326, "dist-3": 255}


def test_orders(interactions: list[dict[str, str]]) -> None:
    assert len(interactions) == 830
    assert {row["source"] for row in interactions}.isdisjoint({"FISSA", "PARIS"})
    value: dict[str, Decimal] = defaultdict(Decimal)
    for row in interactions:
        value[row["target"]] += Decimal(row["value"])
    assert value["emp-4"] == Decimal("232890.846")
    assert sum(value.values()) == Decimal("1265793.0395")
    days = sorted(row["at"] for row in interactions)
    assert (days[0], days[-1]) == ("1996-07-04T00:00:00Z", "1998-05-06T00:00:00Z")


def test_owner_is_who_sells_most(
    stakeholders: pd.DataFrame, interactions: list[dict[str, str]]
) -> None:
    sales: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in interactions:
        sales[row["source"]][row["target"]] += Decimal(row["value"])
    owners = stakeholders["owner"].dropna().to_dict()
    assert owners == {key: max(by, key=by.__getitem__) for key, by in sales.items()}


def test_texts_survive(stakeholders: pd.DataFrame) -> None:
    assert stakeholders.loc["QUICK", "postal_code"] == "01307"
    assert stakeholders.loc["ANATR", "postal_code"] == "05021"
    assert stakeholders.loc["sup-20", "address"] == "471 Serangoon Loop, Suite #402"
    assert stakeholders.loc["sup-24", "name"] == "G'day, Mate"
    assert not stakeholders.isin(["NULL"]).any(axis=None)


ORIGINALS = {
    "customers": """
customerID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax
AAA,Café Älg,Ann Ek,Owner," 12, rue Haute",Lyon,NULL,69004,France,1,NULL
BBB,Bär & Söhne,Uwe Bär,Owner,Weg 1,Leipzig,NULL,4179,Germany,2,3
CCC,Nobody yet,Nil Nix,Owner,Weg 2,Oslo,NULL,0150,Norway,4,5
""",
    "suppliers": """
supplierID,companyName,contactName,contactTitle,address,city,region,postalCode,country,phone,fax,homePage
1,Pavlo, Ltd.,Ian Dev,Manager,74 Rose St.,Perth,NULL,3058,Australia,(03) 4,NULL,NULL
""",
    "shippers": "\nshipperID,companyName,phone\n1,Speedy,555\n2,Idle,556\n",
    "employees": """
employeeID,lastName,firstName,title,birthDate,hireDate,address,city,region,postalCode,country,homePhone,reportsTo
1,Doe,Jo,"Head, Sales",1948-12-08 00:00:00.000,1992-05-01 00:00:00.000,A,B,WA,98122,USA,7,NULL
2,Roe,Al,Clerk,1950-01-02 00:00:00.000,1993-01-01 00:00:00.000,A,B,WA,98122,USA,8,1
""",
    "products": "\nproductID,productName,supplierID\n1,Chai,1\n",
    "orders": """
orderID,customerID,employeeID,orderDate,shipVia,freight,shipName
11,AAA,2,1996-07-05 00:00:00.000,1,3.50,Café Älg, Lyon
12,BBB,1,1996-07-06 00:00:00.000,1,1.25,Bär
13,AAA,1,1996-07-04 00:00:00.000,1,0.00,Café
""",
    "order-details": """
orderID,productID,unitPrice,quantity,discount
11,1,0.15,1,0.1
12,1,0.15,1,0.1
13,1,100.00,3,0
""",
}


def test_script_mends_and_derives(tmp_path: Path) -> None:
    for name, text in ORIGINALS.items():
        (tmp_path / f"{name}.csv").write_text(text.lstrip(), encoding="utf-8")
    out = tmp_path / "out"
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path), str(out)], check=True)
    tables = {name: pd.read_csv(out / f"{name}.csv", dtype="str") for name in TABLES}
    people = tables["stakeholders"].fillna("").set_index("id").to_dict("index")
    ids = ["firm", "AAA", "BBB", "CCC", "sup-1", "dist-1", "dist-2", "emp-1", "emp-2"]
    assert list(people) == ids
    assert people["AAA"]["name"] == "Café Älg"
    assert people["AAA"]["address"] == "12, rue Haute"
    assert people["AAA"]["owner"] == "emp-1"
    # 300.135 and 0.135 are half a cent each: the larger goes up, and the sum is right.
    assert people["AAA"]["revenue"] == "300.14"
    assert people["BBB"]["revenue"] == "0.13"
    assert people["BBB"]["postal_code"] == "04179"
    assert (people["CCC"]["owner"], people["CCC"]["revenue"]) == ("", "0.00")
    assert people["CCC"]["postal_code"] == "0150"
    assert people["sup-1"]["name"] == "Pavlo, Ltd."
    assert (people["emp-1"]["name"], people["emp-1"]["title"]) == ("Jo Doe", "Head, Sales")
    ties = tables["relationships"].fillna("").to_numpy().tolist()
    assert ties == [
        ["AAA", "firm", "BUYS_FROM", "1996-07-04", "2", "1", "300.14"],
        ["BBB", "firm", "BUYS_FROM", "1996-07-06", "1", "1", "0.14"],
        ["sup-1", "firm", "SUPPLIES", "1996-07-04", "3", "1", "300.27"],
        ["dist-1", "firm", "DISTRIBUTES", "1996-07-04", "3", "", ""],
        ["dist-2", "firm", "DISTRIBUTES", "", "0", "", ""],
        ["emp-1", "firm", "WORKS_FOR", "1992-05-01", "", "", ""],
        ["emp-2", "firm", "WORKS_FOR", "1993-01-01", "", "", ""],
        ["emp-2", "emp-1", "REPORTS_TO", "", "", "", ""],
        ["emp-1", "AAA", "MANAGES", "1996-07-04", "1", "1", "300.00"],
        ["emp-1", "BBB", "MANAGES", "1996-07-06", "1", "1", "0.14"],
        ["emp-2", "AAA", "MANAGES", "1996-07-05", "1", "1", "0.14"],
    ]
    orders = tables["interactions"].to_numpy().tolist()
    assert orders[0] == ["AAA", "emp-2", "1996-07-05T00:00:00Z", "order", "0.135", "11", "3.50"]
    assert orders[2][4] == "300"
