"""The Telco churn table as stakeholders, and its churn by contract."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.prepare_telco import prepare
from tests.conftest import Relgraph

# The table's columns that are read, with rows made up.
TABLE = """\
customerID,tenure,Contract,PaymentMethod,MonthlyCharges,Churn
a,1,Month-to-month,Electronic check,29.85,Yes
b,34,Month-to-month,Mailed check,56.95,No
c,2,Two year,Mailed check,53.85,No
d,45,One year,Bank transfer,42.30,No
e,8,Month-to-month,Electronic check,99.65,Yes
"""


def test_churn_by_contract(relgraph: Relgraph, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    prepare(tmp_path / "table.csv", tmp_path / "telco")
    relgraph("import", tmp_path / "telco", "-d", tmp_path / "telco.lbug")
    done = relgraph("exit", "-d", tmp_path / "telco.lbug", "--rates", "--by", "contract", "--json")
    rows = json.loads(done.stdout)
    assert [(row["segment"], row["stakeholders"], row["lost"]) for row in rows] == [
        ("Month-to-month", 3, 2),
        ("One year", 1, 0),
        ("Two year", 1, 0),
        ("total", 5, 2),
    ]
    assert rows[0]["revenue"] == 12 * (29.85 + 99.65)
    assert rows[0]["rate_a_year"] is None
