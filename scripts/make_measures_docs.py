"""Write the table of centrality in docs/measures.md from the registry (`--check`: only compare)."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from relgraph.analysis.centrality.measures import MEASURES

DOCUMENT = Path(__file__).parents[1] / "docs" / "measures.md"
HEAD = """\
| column | is | direction | strength | range | quick | source |
|---|---|---|---|---|---|---|
"""
ROWS = re.compile(f"(?<=^{re.escape(HEAD)})(^\\|.*\n)*", re.MULTILINE)


def document(text: str) -> str:
    """Return the page with the rows of the measures that there are."""
    rows = [
        f"| `{name}` | {each.definition} | {each.direction} | {each.strength} | {each.range} "
        f"| {'yes' if each.quick else ''} | {each.source} |\n"
        for name, each in MEASURES.items()
    ]
    return ROWS.sub("".join(rows), text, count=1)


def run() -> int:
    """Write the page, or with `--check` say whether it is in step."""
    text = DOCUMENT.read_text(encoding="utf-8")
    now = document(text)
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(now, encoding="utf-8")
        return 0
    if now == text:
        return 0
    print("docs/measures.md is not in step with the measures; run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(run())
