"""Every row is accounted for, and what rules give is what plain Python makes of the same rows."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mapping.mapped import FIRM, mapped

MAPPING = (
    """
[read.deals]
types = { amount = "integer" }
"""
    + FIRM
    + """
[[stakeholders]]
from = "accounts"
id = "'a' || id"
name = "id"
market = "'customer'"

[[relationships]]
from = "deals"
join = { accounts = "deals.account = accounts.id" }
where = [["stage = 'won'", "not won"], ["amount > 0", "no money"]]
source = "'a' || accounts.id"
type = "'BUYS_FROM'"
target = "'firm'"
margin = "sum(amount)"
properties = { deals = "count(*)" }
"""
)
DEALS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "3", "9", ""]),
        st.one_of(st.just(""), st.integers(-5, 50).map(str)),
        st.sampled_from(["won", "lost", ""]),
    ),
    max_size=30,
)


@settings(max_examples=25)
@given(DEALS)
def test_rows_and_sums(deals: list[tuple[str, str, str]]) -> None:
    lines = [f"{n},{','.join(deal)}\n" for n, deal in enumerate(deals)]
    files = {
        "accounts.csv": "id\n1\n2\n3\n",
        "deals.csv": "".join(["deal,account,amount,stage\n", *lines]),
    }
    with tempfile.TemporaryDirectory() as folder:
        read = mapped(Path(folder), files, MAPPING)
    sums: dict[str, int] = defaultdict(int)
    expected = []
    for account, amount, stage in deals:
        if account not in ("1", "2", "3"):
            expected.append(1)
        elif stage != "won":
            expected.append(2)
        elif not amount or int(amount) <= 0:
            expected.append(3)
        else:
            expected.append(0)
            sums[f"a{account}"] += int(amount)
    (told,) = [each for each in read.accounts if each.rule == "relationships 1"]
    assert told.outcome.tolist() == expected
    assert told.source.lines.tolist() == list(range(2, len(deals) + 2))
    ties = read.reading.dataset.relationships
    given_sums = dict(zip(ties["source"], ties["margin"], strict=True)) if len(ties) else {}
    assert given_sums == sums
