"""A million rows of deals through a mapping, beside a script by hand that does the same in DuckDB.

All read the same CSV files, join deals to their accounts, leave out those that weren't won, and
group them to one relationship an account. `mapping` also checks every cell and writes the ledger
of all rows; `import` is the command, which stores the result as well. CPU seconds and memory are
those of the whole process, the median of five; `start` is what it takes to load what a mapping
needs. `chinook` is
the draft mapping of a shop's database, imported as it stands: a planner waits at most 5 s for it.

    python -m benchmarks.importing [ROWS]
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACCOUNTS = 20_000
RUNS = 5
CHINOOK = Path(__file__).parents[1] / "tests" / "data" / "chinook"
MAPPING = """
[read.deals]
types = { amount = "number", closed = "date %d.%m.%Y" }

[macros]
acc = "(x) AS 'acc-' || x"

[[stakeholders]]
id = "'firm'"
name = "'Firm'"
market = "'firm'"

[[stakeholders]]
from = "accounts"
id = "acc(id)"
name = "name"
market = "'customer'"

[[relationships]]
from = "deals"
join = { accounts = "deals.account = accounts.id" }
where = [["stage = 'won'", "not won"]]
source = "acc(accounts.id)"
type = "'BUYS_FROM'"
target = "'firm'"
margin = "sum(amount)"
since = "min(closed)"
"""
BY_HAND = """
import duckdb
con = duckdb.connect()
con.execute('''
    COPY (
        SELECT 'acc-' || a.id AS source, 'BUYS_FROM' AS type, 'firm' AS target,
               sum(d.amount) AS margin, min(strptime(d.closed, '%d.%m.%Y')::DATE) AS since
        FROM read_csv('deals.csv', types={
            'amount': 'DOUBLE', 'account': 'VARCHAR', 'closed': 'VARCHAR'
        }) d
        JOIN read_csv('accounts.csv', types={'id': 'VARCHAR'}) a ON d.account = a.id
        WHERE d.stage = 'won' GROUP BY a.id
    ) TO 'out.csv'
''')
"""

START = """
import duckdb
import relgraph.mapping.reading
"""
MAPPING_ONLY = """
from pathlib import Path
from relgraph.mapping.account import write_ledger
from relgraph.mapping.reading import read_mapped
mapped = read_mapped('m.toml', ['accounts.csv', 'deals.csv'])
write_ledger(mapped.accounts, Path('ledger.csv'))
"""
IMPORT = "relgraph import --mapping m.toml accounts.csv deals.csv --ledger ledger.csv --replace"
IMPORT_CHINOOK = f"relgraph import --mapping chinook.toml {CHINOOK} --db chinook.lbug --replace"


def write(folder: Path, rows: int) -> None:
    rng = random.Random(1)
    with (folder / "accounts.csv").open("w") as file:
        file.write("id,name,country\n")
        file.writelines(f"{n},Account {n},Country {n % 30}\n" for n in range(ACCOUNTS))
    with (folder / "deals.csv").open("w") as file:
        file.write("deal,account,amount,stage,closed,owner,note\n")
        for n in range(rows):
            account = rng.randrange(int(ACCOUNTS * 1.05))
            stage = rng.choice(("won", "won", "lost", "open"))
            day = f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.{rng.randint(2015, 2024)}"
            owner, note = rng.randrange(50), rng.randrange(10**6)
            file.write(
                f"{n},{account},{rng.random() * 1e5:.2f},{stage},{day},e{owner},note {note}\n"
            )
    (folder / "m.toml").write_text(MAPPING)


def measure(folder: Path, *command: str) -> tuple[float, float, float]:
    """Return CPU seconds, seconds and the largest memory in MB of a process."""
    # Installed packages are compiled; so is the source here, after the first run.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024


def run() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, rows)
        draft = [sys.executable, "-m", "relgraph", "import", "--suggest", str(CHINOOK)]
        with (folder / "chinook.toml").open("w") as file:
            subprocess.run(draft, stdout=file, check=True)
        commands = {
            "by hand": ["-c", BY_HAND],
            "start": ["-c", START],
            "mapping": ["-c", MAPPING_ONLY],
            "import": ["-m", *IMPORT.split()],
            "chinook": ["-m", *IMPORT_CHINOOK.split()],
        }
        for what, command in commands.items():
            runs = [measure(folder, *command) for _ in range(RUNS)]
            cpu, wall, memory = map(statistics.median, zip(*runs, strict=True))
            print(f"{what:<10} {cpu:6.2f} s CPU {wall:6.2f} s {memory:7.0f} MB")
        size = (folder / "ledger.csv").stat().st_size / 1e6
        with (folder / "ledger.csv").open("rb") as file:
            print(f"ledger: {sum(1 for _ in file) - 1:,} rows, {size:.0f} MB")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    run()
