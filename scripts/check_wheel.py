"""Install a wheel alone into a clean environment, and run what a newcomer runs first.

Usage:
  python scripts/check_wheel.py dist/relgraph-0.2.0-py3-none-any.whl [PYTHON...]

Each Python that is named, else this one, gets an environment that is thrown away: no clone, no
development tool, nothing but what the wheel asks for.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory

RUNS = (
    ["--version"],
    ["--help"],
    ["demo", "tour"],
    ["centrality", "-d", "tour/six_markets.lbug", "--top", "3"],
    ["query", "list"],
)


def main() -> None:
    """Check a wheel with each Python, and say which runs passed."""
    wheel, *pythons = sys.argv[1:]
    for python in pythons or [sys.executable]:
        with TemporaryDirectory() as folder:
            check(Path(wheel).resolve(), python, Path(folder))


def check(wheel: Path, python: str, folder: Path) -> None:
    """Install the wheel for a Python into a folder and run the commands there."""
    if python == sys.executable:
        venv.create(folder / "env", with_pip=True)
    else:
        run([python, "-m", "venv", str(folder / "env")], folder)
    scripts = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run([str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)], folder)
    for arguments in RUNS:
        run([str(scripts / "relgraph"), *arguments], folder)
    said = run([str(scripts / "python"), "--version"], folder).strip()
    print(f"{wheel.name} runs alone on {said}")


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder and return what it prints; end with what it says if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(command)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
