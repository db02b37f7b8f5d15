"""List the licence and last release of everything that relgraph needs; audit it for known faults.

Run: python scripts/check_dependencies.py

It fails where a licence is unknown or of the GPL's family, and where pip-audit knows of a
vulnerability. Dates and vulnerabilities come from PyPI: what can't be asked is said, and passes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from packaging.requirements import Requirement

PACKAGE = "relgraph"
PYPI = "https://pypi.org/pypi/{name}/json"
SECONDS = 5
# LGPL's terms allow what imports a library to be under another licence, but we use none either.
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU (?:AFFERO |LESSER |LIBRARY )?GENERAL PUBLIC", re.IGNORECASE)
CLASSIFIER = "License :: OSI Approved :: "


class Dependency(NamedTuple):
    """A package that is installed for relgraph's sake."""

    name: str
    version: str
    licence: str
    released: str


def needed(package: str) -> dict[str, Distribution]:
    """Return the installed packages that one needs, itself left out, extras of its own included."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(f"{package}[{','.join(_extras(package))}]")]
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        try:
            here = distribution(wanted.name)
        except PackageNotFoundError:  # an extra that isn't installed
            continue
        if name in found and not wanted.extras:
            continue
        found[name] = here
        for line in here.requires or []:
            more = Requirement(line)
            extras = wanted.extras or {""}
            if not more.marker or any(more.marker.evaluate({"extra": each}) for each in extras):
                waiting.append(more)
    found.pop(package, None)
    return dict(sorted(found.items()))


def _extras(package: str) -> list[str]:
    return distribution(package).metadata.get_all("Provides-Extra") or []


def licence_of(package: Distribution) -> str:
    """Return the licence that a package declares, or an empty text."""
    given = package.metadata
    if expression := given.get_all("License-Expression"):
        return str(expression[0])
    classifiers = given.get_all("Classifier") or []
    known = [each.removeprefix(CLASSIFIER) for each in classifiers if each.startswith(CLASSIFIER)]
    if known:
        return ", ".join(known)
    (licence,) = given.get_all("License") or [""]
    return str(licence).strip().partition("\n")[0]


def last_release(name: str) -> str:
    """Return the day of a package's last release, or an empty text where PyPI doesn't answer."""
    try:
        with urllib.request.urlopen(PYPI.format(name=name), timeout=SECONDS) as answer:  # noqa: S310
            files = json.load(answer)["urls"]
    except (OSError, ValueError, KeyError):
        return ""
    return max((file["upload_time"][:10] for file in files), default="")


def find_dependencies() -> Iterator[Dependency]:
    """Return what relgraph needs, by name; nothing more is asked of a PyPI that was silent once."""
    silent = False
    for name, package in needed(PACKAGE).items():
        released = "" if silent else last_release(name)
        silent = silent or not released
        yield Dependency(name, package.version, licence_of(package), released)


def audit() -> tuple[list[str], int, int]:
    """Return the vulnerabilities that pip-audit knows of, and how many packages it looked at."""
    command = [sys.executable, "-m", "pip_audit", "--skip-editable", "--format", "json"]
    done = subprocess.run(  # noqa: S603
        [*command, "--progress-spinner", "off", "--timeout", str(SECONDS)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return [], 0, 0
    looked_at = [each for each in packages if "skip_reason" not in each]
    faults = [
        f"{each['name']} {each['version']}: {fault['id']}, mended in {fault['fix_versions']}"
        for each in looked_at
        for fault in each["vulns"]
    ]
    return faults, len(looked_at), len(packages)


def main() -> None:
    """Print the table; end with 1 where something must not be shipped."""
    dependencies = list(find_dependencies())
    width = max(len(each.name) for each in dependencies)
    for name, version, licence, released in dependencies:
        print(f"{name:<{width}}  {version:<12}  {released or '?':<10}  {licence or 'unknown'}")
    if not all(each.released for each in dependencies):
        print("PyPI didn't answer: days of release are unknown", file=sys.stderr)
    refused = [
        f"{each.name}: licence {each.licence or 'unknown'}"
        for each in dependencies
        if not each.licence or COPYLEFT.search(each.licence)
    ]
    faults, looked_at, installed = audit()
    if not looked_at:
        print("PyPI didn't answer: no package was audited for vulnerabilities", file=sys.stderr)
    else:
        print(f"{looked_at} of {installed} packages audited, {len(faults)} faults known")
    for fault in (*refused, *faults):
        print(fault, file=sys.stderr)
    sys.exit(1 if refused or faults else 0)


if __name__ == "__main__":
    main()
