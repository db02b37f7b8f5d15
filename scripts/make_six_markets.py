"""Write the fictional sample data set `six_markets`: the same bytes every time.

Usage: python scripts/make_six_markets.py [FOLDER]

The cast (scripts/six_markets/cast.csv) is written by hand; everything else is decided in
scripts/six_markets/ or drawn from a fixed seed. FOLDER is sample_data/six_markets unless given.
"""

from __future__ import annotations

import sys
from pathlib import Path

from six_markets import interactions, relationships, stakeholders
from tables import write_table


def main(folder: Path) -> None:
    """Write the three tables into a folder."""
    cast = stakeholders.make_stakeholders()
    ties = relationships.make_relationships(cast)
    contacts = interactions.make_interactions(cast, ties)
    folder.mkdir(parents=True, exist_ok=True)
    write_table(folder / "stakeholders.csv", stakeholders.COLUMNS, cast.values())
    write_table(folder / "relationships.csv", relationships.COLUMNS, ties)
    write_table(folder / "interactions.csv", interactions.COLUMNS, contacts)


if __name__ == "__main__":
    repository = Path(__file__).resolve().parents[1]
    main(Path(sys.argv[1]) if sys.argv[1:] else repository / "sample_data" / "six_markets")
