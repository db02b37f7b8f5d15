"""Files of every kind through import: a clear line for each problem, and nothing half-stored."""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relgraph.cli import main
from relgraph.model import COLUMNS, TABLES, TableName

ENCODINGS = (*["utf-8"] * 6, "utf-8-sig", "utf-16", "latin-1", "cp1251", "gb18030", "shift_jis")
ODD = ["", " ", "\u00a0", "=1+1", "-", "NaN", "inf", "1e999", "1,234.50", "12%", "31.12.2024"]
ODD += ["2024-02-30", "0000-00-00", "\u200b", "'", '"', '""', "a;b", "a|b", "\x00", "\ufeff", "🚀"]
ODD += ["café", "cafe\u0301", "9" * 40, "true", "NULL", "../../etc/passwd", "</script>", "\r"]
KNOWN = [
    "a",
    "b",
    "customer",
    "employee",
    "firm",
    "REFERS",
    "KNOWS",
    "0.5",
    "1",
    "-1",
    "2024-05-31",
]

cells = st.one_of(st.sampled_from(KNOWN), st.sampled_from(ODD), st.text(max_size=8))
headers = st.one_of(
    st.sampled_from([name for table in TABLES for name in COLUMNS[table]]),
    st.sampled_from(["Weight", "Label", "From", "To", "名称", "sep=;", ""]),
    cells,
)


LIKELY = {
    "id": st.sampled_from("abcde"),
    "name": cells,
    "market": st.sampled_from(["customer", "员工", "supplier", "Customers"]),
    "source": st.sampled_from("abc"),
    "target": st.sampled_from("abc"),
    "type": st.sampled_from(["REFERS", "knows", "认识", "BUYS_FROM"]),
    "at": st.sampled_from(["2024-05-31", "2024-05-31T12:00Z", "2024-05-31T12:00+08:00"]),
}


@st.composite
def separated(draw: st.DrawFn, table: TableName | None = None) -> bytes:
    """Return a table as text: one that could be right, or any."""
    specs = COLUMNS[table].values() if table else ()
    required = [spec.name for spec in specs if spec.required]
    more = draw(st.lists(headers, max_size=3))
    head = [*required, *more] if draw(st.integers(0, 3)) else more
    kinds = [LIKELY.get(name, cells) for name in head]
    rows = draw(st.lists(st.tuples(*kinds), max_size=5))
    if not draw(st.integers(0, 5)):
        rows += draw(st.lists(st.lists(cells, max_size=6).map(tuple), max_size=2))
    separator = draw(st.sampled_from([",", ",", ";", "\t", "|"]))
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = end.join(separator.join(row) for row in [head, *rows])
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace")


def _is_plain(cell: str) -> bool:
    """Return whether a cell needs no quotes."""
    return not set(cell) & set(',"\r\n\0') and cell.isprintable()


@st.composite
def files(draw: st.DrawFn) -> dict[str, bytes]:
    """Return files by name: tables as text, or bytes that call themselves something."""
    names = draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=3, unique=True))
    found = {f"{name}.csv": draw(separated(name)) for name in names}
    if draw(st.integers(0, 2)):
        odd = draw(st.lists(cells.filter(_is_plain), min_size=5, max_size=5))
        rows = [f"{i},Name {i},customer,{cell}" for i, cell in zip("abcde", odd, strict=True)]
        found["stakeholders.csv"] = "\n".join(["id,name,market,note", *rows]).encode()
    ending = draw(st.sampled_from([None, None, "xlsx", "json", "csv", "tsv", "toml"]))
    if ending:
        found[f"other.{ending}"] = draw(st.one_of(st.binary(max_size=200), separated()))
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files())
def test_an_import_stores_all_or_says_why_not(found: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, store = Path(folder) / "data", Path(folder) / "fuzz.lbug"
        data.mkdir()
        for name, content in found.items():
            (data / name).write_bytes(content)
        done = CliRunner().invoke(main, ["import", str(data), "-d", str(store)])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        assert done.exit_code in (0, 2, 4), done.stderr
        lines = [line for line in done.stderr.splitlines() if line]
        assert all(line.startswith(("relgraph: ", "  ")) for line in lines), lines
        left = {path.name for path in Path(folder).iterdir()} - {"data"}
        if done.exit_code:
            assert (done.stdout, left) == ("", set())
            return
        again = CliRunner().invoke(main, ["import", str(data), "-d", str(store), "--json"])
        assert again.exit_code == 0, again.stderr
        assert '"created": 0' in again.stdout or again.stdout == "[]\n"
        assert CliRunner().invoke(main, ["info", "--check", "-d", str(store)]).exit_code == 0
