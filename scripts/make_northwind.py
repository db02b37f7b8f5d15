"""Turn Microsoft's Northwind, as the CSV files of its Neo4j example, into the three tables.

Usage: python scripts/make_northwind.py ORIGINALS [FOLDER]

ORIGINALS holds customers.csv, suppliers.csv, shippers.csv, employees.csv, products.csv,
orders.csv and order-details.csv (github.com/neo4j-graph-examples/northwind, folder import).
FOLDER is sample_data/northwind unless given.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TypeVar

from tables import Row, write_table

STAKEHOLDERS = (
    "id", "name", "market", "kind", "owner", "revenue", "contact", "title", "address", "city",
    "region", "postal_code", "country", "phone", "fax", "born_on", "hired_on",
)  # fmt: skip
RELATIONSHIPS = ("source", "target", "type", "since", "orders", "products", "sales")
INTERACTIONS = ("source", "target", "at", "channel", "value", "order_id", "freight")
CENT = Decimal("0.01")
FIVE_DIGITS = ("Germany", "Mexico", "Spain")  # whose postal codes lost a leading zero

Key = TypeVar("Key", bound=Hashable)
Record = dict[str, str]


@dataclass
class Trade:
    """What one buyer, seller or pair of them adds up to."""

    orders: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    sales: Decimal = Decimal(0)
    since: str = "9999"

    def add(self, order: Record, product: str, amount: Decimal) -> None:
        """Count one line of an order."""
        self.orders.add(order["orderID"])
        self.products.add(product)
        self.sales += amount
        self.since = min(self.since, day(order["orderDate"]))


class Northwind:
    """The original tables, and the trade that their orders add up to."""

    def __init__(self, folder: Path) -> None:
        self.customers = read_records(folder / "customers.csv")
        self.suppliers = read_records(folder / "suppliers.csv")
        self.shippers = read_records(folder / "shippers.csv")
        self.employees = read_records(folder / "employees.csv")
        self.orders = read_records(folder / "orders.csv")
        self.by_order: dict[str, Trade] = defaultdict(Trade)
        self.by_customer: dict[str, Trade] = defaultdict(Trade)
        self.by_employee: dict[str, Trade] = defaultdict(Trade)
        self.by_supplier: dict[str, Trade] = defaultdict(Trade)
        self.by_pair: dict[tuple[str, str], Trade] = defaultdict(Trade)
        products = read_records(folder / "products.csv")
        self._add_lines(products, read_records(folder / "order-details.csv"))

    def _add_lines(self, products: list[Record], lines: list[Record]) -> None:
        orders = {order["orderID"]: order for order in self.orders}
        supplier = {product["productID"]: product["supplierID"] for product in products}
        for line in lines:
            order, product = orders[line["orderID"]], line["productID"]
            price = Decimal(line["unitPrice"]) * int(line["quantity"])
            amount = price * (1 - Decimal(line["discount"]))
            for trade in (
                self.by_order[order["orderID"]],
                self.by_customer[order["customerID"]],
                self.by_employee[order["employeeID"]],
                self.by_supplier[supplier[product]],
                self.by_pair[order["customerID"], order["employeeID"]],
            ):
                trade.add(order, product, amount)

    def owner(self, customer: str) -> str | None:
        """Return the employee with most revenue at a customer."""
        sales = {e: trade.sales for (c, e), trade in self.by_pair.items() if c == customer}
        return f"emp-{max(sorted(sales), key=sales.__getitem__)}" if sales else None


def read_records(path: Path) -> list[Record]:
    """Read an original file, `NULL` as an empty cell.

    Texts with a comma are not always quoted there. A comma inside a text is followed by a space,
    one between cells is not, so a row with too many cells is split again by that rule.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    header = next(csv.reader(lines))
    records = []
    for line, cells in zip(lines[1:], csv.reader(lines[1:]), strict=True):
        if len(cells) != len(header):
            cells = re.split(r",(?! )", line)
        texts = ("" if cell == "NULL" else cell.strip() for cell in cells)
        records.append(dict(zip(header, texts, strict=True)))
    return records


def day(timestamp: str) -> str:
    """Return the date of `1996-07-04 00:00:00.000`."""
    return timestamp.split(" ")[0]


def cents(amount: Decimal) -> Decimal:
    """Round to cents, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def cents_that_add_up(amounts: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """Round each amount to cents so that they add up to the rounded total.

    The largest remainders go up, of equal ones those of the largest amounts first.
    """
    floors = {key: amount.quantize(CENT, ROUND_FLOOR) for key, amount in amounts.items()}
    missing = int((cents(sum(amounts.values(), Decimal(0))) - sum(floors.values())) / CENT)
    order = sorted(amounts, key=lambda key: (floors[key] - amounts[key], -amounts[key]))
    return floors | {key: floors[key] + CENT for key in order[:missing]}


def contact_columns(record: Record) -> Row:
    """Return the columns that customers, suppliers, shippers and employees share."""
    code, country = record.get("postalCode", ""), record.get("country", "")
    columns = ("address", "city", "region", "country", "phone", "fax")
    return {
        **{column: record.get(column) for column in columns},
        "contact": record.get("contactName"),
        "title": record.get("contactTitle") or record.get("title"),
        "postal_code": code.zfill(5) if code and country in FIVE_DIGITS else code,
    }


def stakeholders(data: Northwind) -> Iterator[Row]:
    """Yield the firm, then everybody it trades with, then who works there."""
    yield {"id": "firm", "name": "Northwind Traders", "market": "firm", "kind": "organisation"}
    revenue = cents_that_add_up({key: trade.sales for key, trade in data.by_customer.items()})
    for record in data.customers:
        yield contact_columns(record) | {
            "id": record["customerID"],
            "name": record["companyName"],
            "market": "customer",
            "kind": "organisation",
            "owner": data.owner(record["customerID"]),
            "revenue": revenue.get(record["customerID"], Decimal("0.00")),
        }
    for market, prefix, records in (
        ("supplier", "sup", data.suppliers),
        ("distributor", "dist", data.shippers),
    ):
        for record in records:
            yield contact_columns(record) | {
                "id": f"{prefix}-{next(iter(record.values()))}",
                "name": record["companyName"],
                "market": market,
                "kind": "organisation",
            }
    for record in data.employees:
        yield contact_columns(record) | {
            "id": f"emp-{record['employeeID']}",
            "name": f"{record['firstName']} {record['lastName']}",
            "market": "employee",
            "kind": "person",
            "revenue": cents(data.by_employee[record["employeeID"]].sales),
            "phone": record["homePhone"],
            "born_on": day(record["birthDate"]),
            "hired_on": day(record["hireDate"]),
        }


def relationships(data: Northwind) -> Iterator[Row]:
    """Yield who buys, supplies, ships, works, reports, and who looks after whom."""
    for customer in sorted(data.by_customer):
        trade = data.by_customer[customer]
        yield tie(customer, "firm", "BUYS_FROM", trade)
    for record in data.suppliers:
        number = record["supplierID"]
        yield tie(f"sup-{number}", "firm", "SUPPLIES", data.by_supplier[number])
    for record in data.shippers:
        number = record["shipperID"]
        shipped = [day(order["orderDate"]) for order in data.orders if order["shipVia"] == number]
        known: Row = {"since": min(shipped, default=""), "orders": len(shipped)}
        yield tie(f"dist-{number}", "firm", "DISTRIBUTES") | known
    for record in data.employees:
        since: Row = {"since": day(record["hireDate"])}
        yield tie(f"emp-{record['employeeID']}", "firm", "WORKS_FOR") | since
    for record in data.employees:
        if record["reportsTo"]:
            yield tie(f"emp-{record['employeeID']}", f"emp-{record['reportsTo']}", "REPORTS_TO")
    for customer, employee in sorted(data.by_pair, key=lambda pair: (pair[1], pair[0])):
        yield tie(f"emp-{employee}", customer, "MANAGES", data.by_pair[customer, employee])


def tie(source: str, target: str, kind: str, trade: Trade | None = None) -> Row:
    """Return one relationship, with what its orders add up to."""
    ends: Row = {"source": source, "target": target, "type": kind}
    if trade is None:
        return ends
    return ends | {
        "since": trade.since,
        "orders": len(trade.orders),
        "products": len(trade.products),
        "sales": cents(trade.sales),
    }


def interactions(data: Northwind) -> Iterator[Row]:
    """Yield the orders: a customer wrote to an employee, worth exactly what its lines add up to."""
    for order in data.orders:
        yield {
            "source": order["customerID"],
            "target": f"emp-{order['employeeID']}",
            "at": f"{day(order['orderDate'])}T00:00:00Z",
            "channel": "order",
            "value": format(data.by_order[order["orderID"]].sales.normalize(), "f"),
            "order_id": order["orderID"],
            "freight": order["freight"],
        }


def main(originals: Path, folder: Path) -> None:
    """Write the three tables into a folder."""
    data = Northwind(originals)
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder / "stakeholders.csv", STAKEHOLDERS, stakeholders(data))
    write_table(folder / "relationships.csv", RELATIONSHIPS, relationships(data))
    write_table(folder / "interactions.csv", INTERACTIONS, interactions(data))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    repository = Path(__file__).resolve().parents[1]
    shipped_folder = repository / "sample_data" / "northwind"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else shipped_folder)
