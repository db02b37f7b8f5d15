"""Bundle the vis-network that pages hold, from npm's packages (`--check`: only compare).

The builds for current browsers are taken, and of them what `vis_network.mjs` names: a page is then
smaller by a quarter of a megabyte than with the build for all browsers.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
ENTRY = ROOT / "scripts" / "vis_network.mjs"
MODULES = ROOT / "node_modules"
FOLDER = ROOT / "src" / "relgraph" / "render" / "templates" / "vis"
COPYRIGHT = re.compile(r"^\s*(Copyright \([cC]\).*)$", re.MULTILINE)
ESBUILD = (
    MODULES / ".bin" / "esbuild",
    ENTRY.name,
    "--bundle",
    "--minify",
    "--format=iife",
    "--global-name=vis",
    "--target=es2022",
    "--charset=utf8",
    "--legal-comments=none",  # all licences stand in a file of their own, and a page names them
    "--log-level=error",
)


def main() -> None:
    """Write the bundle and its licences, or say that they are out of date."""
    with TemporaryDirectory() as name:
        found = bundle(Path(name))
    if "--check" in sys.argv[1:]:
        stale = [file for file, text in found.items() if _read(FOLDER / file) != text]
        if stale:
            sys.exit(f"out of date: {', '.join(stale)} in {FOLDER}; `make docs` writes them anew")
        return
    FOLDER.mkdir(exist_ok=True)
    for file, text in found.items():
        (FOLDER / file).write_text(text, encoding="utf-8")


def bundle(folder: Path) -> dict[str, str]:
    """Return the texts of the bundle and of the licences of what is in it."""
    used, script = folder / "used.json", folder / "vis-network.min.js"
    command = [*ESBUILD, f"--metafile={used}", f"--outfile={script}"]
    subprocess.run(command, cwd=ENTRY.parent, check=True)  # noqa: S603 our own arguments
    packages = sorted(
        {
            _package(path)
            for output in json.loads(used.read_text())["outputs"].values()
            for path, part in output["inputs"].items()
            if "node_modules" in path and part["bytesInOutput"]
        }
    )
    told = [_told(name) for name in packages]
    owners = [
        re.sub(r"\s+", " ", line).strip() for _, text in told for line in COPYRIGHT.findall(text)
    ]
    lines = [*(first for first, _ in told), *dict.fromkeys(owners)]
    head = "/*!\n" + "".join(f" * {line}\n" for line in lines) + " */\n"
    licences = "\n\n".join(f"{first}\n\n{text.strip()}" for first, text in told) + "\n"
    return {script.name: head + script.read_text(encoding="utf-8"), "LICENCES.txt": licences}


def _package(path: str) -> str:
    inside = path.split("node_modules/")[-1]
    return "/".join(inside.split("/")[: 2 if inside.startswith("@") else 1])


def _told(name: str) -> tuple[str, str]:
    """Return a package with its version and licence, and the text of that."""
    folder = MODULES / name
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    licence = about["license"].strip("()")
    files = sorted(
        (file for file in folder.iterdir() if file.name.lower().startswith("licen")),
        key=lambda file: "MIT" not in file.name,  # where there is a choice
    )
    # keycharm brings no text; its readme and package.json name the licence.
    text = files[0].read_text(encoding="utf-8") if files else f"Licence: {licence}"
    return f"{name} {about['version']} ({licence})", text


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.is_file() else None


if __name__ == "__main__":
    main()
