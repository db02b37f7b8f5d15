"""Run the commands in README.md, the tutorials and the how-to pages (`--check`: only compare).

Pages can be named; without, all are run.

Every block marked `console` of a page is run, one after another, in one empty folder, which for
README.md holds the sample data. Lines that begin with `$` are the commands, with what follows them
up to the end of a here-document; everything else in a block is written anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (
    README,
    *sorted((ROOT / "docs").glob("tutorial*.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
)
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(
    r"^\$ (?P<typed>.*<<'(?P<end>\w+)'.*\n(?:.*\n)*?(?P=end)|.*)\n(?:(?!\$ ).*\n)*",
    re.MULTILINE,
)


def rewritten(page: Path) -> str:
    """Return a page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        if page == README:
            (Path(folder) / "sample_data").symlink_to(ROOT / "sample_data")
        return rewritten_in(Path(folder), page)


def rewritten_in(folder: Path, page: Path) -> str:
    """Return a page with what its commands print in a folder, where they leave their files."""
    language = "zh" if page.suffixes[:1] == [".zh"] else "en"
    return BLOCK.sub(
        lambda block: COMMAND.sub(lambda found: _run(found, folder, language), block.group()),
        page.read_text(encoding="utf-8"),
    )


def _run(found: re.Match[str], folder: Path, language: str) -> str:
    """Return a command and what it prints."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.run(  # noqa: S602 the pages are ours
        found["typed"],
        shell=True,
        cwd=folder,
        env={**os.environ, "PATH": programs, "NO_COLOR": "1", "RELGRAPH_LANG": language},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    lines = [f"$ {found['typed']}", process.stdout.rstrip("\n")]
    return "\n".join(line for line in lines if line) + "\n"


def run() -> int:
    """Write the pages, or with `--check` say which are not in step."""
    named = [Path(word).resolve() for word in sys.argv[1:] if word != "--check"]
    pages = named or PAGES
    with ThreadPoolExecutor(2) as pool:
        made = dict(zip(pages, pool.map(rewritten, pages), strict=True))
    stale = [page for page, now in made.items() if now != page.read_text(encoding="utf-8")]
    if "--check" not in sys.argv[1:]:
        for page in stale:
            page.write_text(made[page], encoding="utf-8")
        return 0
    for page in stale:
        name = page.relative_to(ROOT)
        print(f"{name} shows other output than its commands give; run `make docs`", file=sys.stderr)
    return int(bool(stale))


if __name__ == "__main__":
    sys.exit(run())
