"""Turn the Telco churn table into a table of stakeholders that relgraph imports.

The table (IBM, Apache-2.0, github.com/IBM/telco-customer-churn-on-icp4d) has a customer a row. A
month's charges make a year's revenue; who churned left on no known day. Then

    python scripts/prepare_telco.py Telco-Customer-Churn.csv telco/
    relgraph import telco/
    relgraph exit --rates --by contract
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

COLUMNS = ("id", "name", "market", "kind", "revenue", "status", "contract", "tenure", "payment")


def stakeholder(row: dict[str, str]) -> dict[str, str]:
    """Return a customer of the table as a stakeholder."""
    return {
        "id": row["customerID"],
        "name": row["customerID"],
        "market": "customer",
        "kind": "person",
        "revenue": f"{12 * float(row['MonthlyCharges']):.2f}",
        "status": "left" if row["Churn"] == "Yes" else "active",
        "contract": row["Contract"],
        "tenure": row["tenure"],
        "payment": row["PaymentMethod"],
    }


def prepare(table: Path, folder: Path) -> None:
    """Write `stakeholders.csv` of the table into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        table.open(encoding="utf-8-sig", newline="") as source,
        (folder / "stakeholders.csv").open("w", encoding="utf-8", newline="") as target,
    ):
        writer = csv.DictWriter(target, COLUMNS)
        writer.writeheader()
        writer.writerows(map(stakeholder, csv.DictReader(source)))


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), Path(sys.argv[2]))
