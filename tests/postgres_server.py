"""A PostgreSQL server for tests: one for the whole run, on a socket in a folder of its own.

Where PostgreSQL or its driver is missing, these tests are skipped on a developer's machine and fail
in CI.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

USER, PASSWORD = "shop", "s3/cr@t"


def _tool(name: str) -> str | None:
    """Return where a tool of PostgreSQL is; Debian keeps some of them out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


@pytest.fixture(scope="session")
def needs_postgres() -> None:
    missing = [name for name in ("initdb", "pg_ctl") if _tool(name) is None]
    missing += [
        name for name in ("adbc_driver_postgresql",) if importlib.util.find_spec(name) is None
    ]
    if missing:
        message = f"a PostgreSQL server needs {' and '.join(missing)}"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"{message}; CI runs these tests always")
        pytest.skip(message)


@pytest.fixture(scope="session")
def postgres_url(needs_postgres: None) -> Iterator[str]:
    """Return the address of an empty database, with its password."""
    with tempfile.TemporaryDirectory(prefix="pg") as name:  # short: it is in the socket's name
        home = Path(name)
        yield from _server(home)


def _server(home: Path) -> Iterator[str]:
    user = None
    if os.geteuid() == 0:  # the server refuses root
        user = next(each.pw_uid for each in map(_user, ("postgres", "nobody")) if each)
        os.chown(home, user, -1)
    password = home / "password"
    password.write_text(PASSWORD)
    if user is not None:
        os.chown(password, user, -1)

    def run(tool: str, *arguments: str) -> None:
        command = [str(_tool(tool)), "-D", str(home / "data"), *arguments]
        done = subprocess.run(command, user=user, capture_output=True, text=True, cwd=home)
        assert done.returncode == 0, done.stdout + done.stderr

    run("initdb", "-A", "scram-sha-256", "-U", USER, f"--pwfile={password}", "-N", "-E", "UTF8",
        "--no-locale")  # fmt: skip
    options = f"-k {home} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-w", "-o", options, "-l", str(home / "log"), "start")
    try:
        yield f"postgresql://{USER}:{quote(PASSWORD, safe='')}@/postgres?host={quote(str(home))}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
