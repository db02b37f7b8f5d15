"""A real Neo4j server from Maven's jars, without Docker: for the tests, and for you to try.

`make neo4j` (or `python tools/neo4j/server.py`) starts one on free ports of this machine, says
how to reach it and stops it with Ctrl-C. It needs Java 17 or newer and, the first time, Maven.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

HERE = Path(__file__).resolve().parent
USER = "neo4j"
OLDEST_JAVA = 17
START_SECONDS = 120
PORT_TRIES = 3
OPENS = ("java.nio", "java.io", "sun.nio.ch")

# Why each of the last four: no traffic, a home of 2 MB instead of 516, a stop in 0.3 s instead of
# 10, and LOAD CSV confined to a folder of its own.
CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{bolt}
server.bolt.advertised_address=127.0.0.1:{bolt}
server.http.enabled={has_http}
server.http.listen_address=127.0.0.1:{http}
server.http.advertised_address=127.0.0.1:{http}
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
db.tx_log.preallocate=false
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
server.directories.import=import
"""


class LaunchError(Exception):
    """The server can't be installed or started; the message says why."""


def version() -> str:
    """Return the version of Neo4j that pom.xml asks for."""
    found = re.search(r"<artifactId>neo4j</artifactId>\s*<version>(.+?)</version>", _pom())
    if found is None:
        raise LaunchError(f"{HERE / 'pom.xml'}: no version of neo4j")
    return found[1]


def jar_folder() -> Path:
    """Return where the jars are kept: the user's cache, outside of any checkout."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    digest = hashlib.sha256(_pom().encode()).hexdigest()  # another pom means other jars
    return Path(cache) / "relgraph" / f"neo4j-{version()}-{digest[:8]}"


def missing_tools() -> list[str]:
    """Return what has to be installed before a server can be started: nothing is good."""
    missing = []
    if _java_version() < OLDEST_JAVA:
        missing.append(f"Java {OLDEST_JAVA} or newer")
    if not jar_folder().is_dir() and shutil.which("mvn") is None:
        missing.append("Maven")
    return missing


def install_jars() -> Path:
    """Fetch the server's jars with Maven unless they are in the cache; return their folder."""
    folder = jar_folder()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        fetched = Path(work) / "jars"
        command = ["mvn", "-B", "-q", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        command += ["-DincludeScope=runtime", f"-DoutputDirectory={fetched}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise LaunchError(f"Maven can't fetch Neo4j {version()}: {done.stdout[-2000:]}")
        try:
            fetched.rename(folder)  # whole or not at all
        except OSError:
            if not folder.is_dir():  # another run was first
                raise
    return folder


SMALL_HEAP = "512m"  # of a server that lives for some tests
QUICK = "-XX:TieredStopAtLevel=1"  # in a short life compiling better costs more than it gives


class Neo4jServer:
    """A server of our own; use it as a context manager, or `start` and `stop` it.

    Parameters
    ----------
    home : Path, optional
        Where its data is; made anew and removed at the end unless given. A server that is
        started again on the same home finds its data, password and ports there.
    heap : str
        The largest heap, as Java spells it.
    http : bool
        Whether to serve Neo4j Browser.
    """

    def __init__(
        self, home: Path | None = None, *, heap: str = SMALL_HEAP, http: bool = False
    ) -> None:
        self._removed = home is None
        self.home = home or Path(tempfile.mkdtemp(prefix="relgraph-neo4j-"))
        self.heap = heap
        self.http = http
        self.user = USER
        self.password = secrets.token_hex(12)
        self._bolt_port = self._http_port = 0
        self._keeper: subprocess.Popen[str] | None = None
        self._pid = self._log_start = 0

    @property
    def url(self) -> str:
        """Return the address for drivers, without the password."""
        return f"bolt://127.0.0.1:{self._bolt_port}"

    @property
    def browser_url(self) -> str:
        """Return the address of Neo4j Browser."""
        return f"http://127.0.0.1:{self._http_port}/browser/"

    @property
    def running(self) -> bool:
        """Whether the server's process is there."""
        return self._keeper is not None and self._keeper.poll() is None

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        jars = install_jars()
        tries = 1 if self._bolt_port else PORT_TRIES
        for attempt in range(1, tries + 1):
            if tries > 1:
                self._bolt_port, self._http_port = _free_ports()
            try:
                self._configure(jars)
                self._launch(jars)
                self._wait_until_started()
            except BaseException as error:
                self.stop()
                # Another process may have taken a port since it was found free.
                if "Address already in use" not in str(error) or attempt == tries:
                    raise
            else:
                return

    def stop(self) -> None:
        """Stop the server in good order; a second call does nothing."""
        if self._keeper is not None:
            self._keeper.communicate()  # closes the keeper's input
            self._keeper = None

    def kill(self) -> None:
        """End the server as a power cut would; `start` brings it back with its data."""
        os.kill(self._pid, signal.SIGKILL)
        self.stop()

    def log(self) -> str:
        """Return what the server has logged since it was last started."""
        file = self.home / "logs" / "neo4j.log"
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        return text[self._log_start :]

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _configure(self, jars: Path) -> None:
        conf = self.home / "conf"
        conf.mkdir(parents=True, exist_ok=True)
        ports = {"bolt": self._bolt_port, "http": self._http_port}
        text = CONFIGURATION.format(has_http=str(self.http).lower(), **ports)
        (conf / "neo4j.conf").write_text(text, encoding="utf-8")
        if (self.home / "data").is_dir():
            return  # it has its password
        command = ["java", QUICK, "-cp", f"{jars}/*", "org.neo4j.cli.AdminTool", "dbms"]
        command += ["set-initial-password", self.password]
        homes = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(conf)}
        done = subprocess.run(
            command, env=os.environ | homes, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise LaunchError(f"Neo4j's password can't be set: {done.stderr[-2000:]}")

    def _launch(self, jars: Path) -> None:
        java = ["java", "-cp", f"{jars}/*", "-XX:+UseSerialGC", f"-Xmx{self.heap}"]
        if self.heap == SMALL_HEAP:
            java.append(QUICK)
        java += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENS]
        java += ["org.neo4j.server.CommunityEntryPoint"]
        java += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        removed = str(self.home) if self._removed else "-"
        self._log_start = 0
        self._log_start = len(self.log())
        with (self.home / "console.log").open("wb") as console:
            # A session of its own: Ctrl-C reaches the starter, who then stops the server in order.
            self._keeper = subprocess.Popen(
                [sys.executable, str(HERE / "keeper.py"), removed, *java],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=console,
                text=True,
                start_new_session=True,
            )
        said = self._keeper.stdout.readline() if self._keeper.stdout else ""
        if not said:
            raise LaunchError(f"Java can't be started: {self._console()}")
        self._pid = int(said)

    def _wait_until_started(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not re.search(r"INFO +Started\.", self.log()):
            if not self.running or time.monotonic() > deadline:
                raise LaunchError(f"Neo4j did not start: {self.log()[-2000:]}{self._console()}")
            time.sleep(0.05)

    def _console(self) -> str:
        return (self.home / "console.log").read_text(encoding="utf-8", errors="replace")[-2000:]


def _pom() -> str:
    return (HERE / "pom.xml").read_text(encoding="utf-8")


def _java_version() -> int:
    """Return the major version of the Java on the path, 0 without one."""
    if shutil.which("java") is None:
        return 0
    said = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else 0


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def main() -> int:
    """Start a server for a user, say how to use it, and stop it with Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heap", default="1g", help="largest Java heap (default 1g)")
    heap = parser.parse_args().heap
    missing = missing_tools()
    if missing:
        print(f"A Neo4j server needs {' and '.join(missing)}; install that first.", file=sys.stderr)
        return 1
    print(f"Starting Neo4j {version()} …", flush=True)
    # A closed terminal and a `kill` end it as Ctrl-C does, which a background job may ignore.
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.default_int_handler)
    try:
        with Neo4jServer(heap=heap, http=True) as server:
            print(_how_to_use(server), flush=True)
            while server.running:
                time.sleep(0.5)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def _how_to_use(server: Neo4jServer) -> str:
    return f"""
Neo4j {version()} is up. In another terminal:

    export NEO4J_PASSWORD={server.password}
    relgraph -d {server.url} import sample_data/six_markets

Neo4j Browser: open {server.browser_url}
    connect URL {server.url} · user {server.user} · password {server.password}
    then try:  MATCH (a)-[r]->(b) RETURN * LIMIT 100

Ctrl-C stops the server and deletes its data."""


if __name__ == "__main__":
    sys.exit(main())
