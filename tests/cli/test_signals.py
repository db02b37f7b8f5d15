"""Ctrl-C, closed pipes and full disks, with real processes and a real terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

# Commands that take long, in Python and in native code that no exception interrupts.
SLEEPING = "import time; time.sleep(60)"
NATIVE = "import hashlib; hashlib.pbkdf2_hmac('sha256', b'', b'', 10**8)"
THREADS = (
    "from relgraph.kernels.compiled import in_ranges; import hashlib; in_ranges("
    "lambda *_: hashlib.pbkdf2_hmac('sha256', b'', b'', 10**8), 40, size=10**9, pieces=8)"
)
# Where Ctrl-C gets lost: in a destructor, and in what turns it into an error of its own.
DROPPED = """
class Slow:
    def __del__(self):
        import time
        time.sleep(60)

Slow()
print("went on")
"""
TRANSLATED = """
import time
from relgraph.errors import StoreUnavailable
try:
    time.sleep(60)
except KeyboardInterrupt:
    raise StoreUnavailable("store.not_opened", url="x", reason="y")
"""
PROBE = """
import sys, click
from relgraph import cli
from relgraph.__main__ import run

@click.command()
def probe():
    print("started", flush=True) if sys.stdout and sys.stdout.isatty() else None
    {body}

cli.main.get_command = lambda ctx, name: probe
cli.COMMANDS["probe"] = "probe"
sys.argv = ["relgraph", "probe"]
run()
"""
IMPORTING = """
import builtins, sys
real = builtins.__import__
def slow(name, *rest, **more):
    if name == "click":
        print("started", flush=True)
        import time; time.sleep(60)
    return real(name, *rest, **more)
builtins.__import__ = slow
from relgraph.__main__ import run
run()
"""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (PROBE.format(body=SLEEPING), "relgraph: error: interrupted"),
        (PROBE.format(body=NATIVE), "relgraph: error: interrupted"),
        (PROBE.format(body=THREADS), "relgraph: error: interrupted"),
        (PROBE.format(body="click.prompt('password')"), "relgraph: error: interrupted"),
        (PROBE.format(body=f"exec({DROPPED!r})"), "relgraph: error: interrupted"),
        (PROBE.format(body=f"exec({TRANSLATED!r})"), "relgraph: error: interrupted"),
        (IMPORTING, ""),
    ],
    ids=["python", "native", "threads", "prompt", "dropped", "translated", "importing"],
)
def test_ctrl_c_on_a_terminal(code: str, said: str) -> None:
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background ignores it
        os.execve(sys.executable, [sys.executable, "-c", code], {**os.environ, "NO_COLOR": "1"})
    shown = b""
    while b"started" not in shown:
        shown += os.read(terminal, 1024)
    time.sleep(0.3)
    os.write(terminal, b"\x03")
    start = time.monotonic()
    while chunk := _read(terminal):
        shown += chunk
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 130
    assert time.monotonic() - start < 40  # it doesn't wait for the minute of sleep
    text = shown.decode()
    assert "Traceback" not in text
    assert said in text


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:  # the other side is closed
        return b""


def test_a_process_that_ignores_ctrl_c_goes_on_doing_so() -> None:
    code = PROBE.format(body="signal.raise_signal(2); print('went on')")
    process = subprocess.run(
        [sys.executable, "-c", f"import signal\nsignal.signal(2, signal.SIG_IGN)\n{code}"],
        capture_output=True,
        text=True,
    )
    assert (process.returncode, process.stdout, process.stderr) == (0, "went on\n", "")


def test_a_second_ctrl_c_while_cleaning_up() -> None:
    code = PROBE.format(body="signal.raise_signal(2)").replace(
        "run()\n", "cli.diagnostics.report = lambda error: signal.raise_signal(2)\nrun()\n"
    )
    code = f"import signal\nsignal.signal(2, signal.default_int_handler)\n{code}"
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert process.returncode == 130
    assert "Traceback" not in process.stderr


def test_after_the_end_a_ctrl_c_kills_silently() -> None:
    code = (
        "import atexit, signal\n"
        "signal.signal(2, signal.default_int_handler)\n"
        "atexit.register(signal.raise_signal, signal.SIGINT)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", code + PROBE.format(body="pass").replace("run", "main")],
        capture_output=True,
        text=True,
    )
    assert process.returncode == -signal.SIGINT
    assert process.stderr == ""


def test_a_process_ends_without_waiting_for_the_end_of_python() -> None:
    code = "import atexit\natexit.register(print, 'taken down')\n" + PROBE.format(body="print(1)")
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (process.returncode, process.stdout, process.stderr) == (0, "1\n", "")


def writing(rows: int, format: str) -> list[str]:
    """Return the command line of a command that writes this many rows."""
    body = (
        "import numpy; from relgraph.cli import options, output; "
        "from relgraph.result import Result; "
        f"output.write_rows(Result({{'n': numpy.arange({rows})}}), "
        f"options.RowOptions(format={format!r}))"
    )
    return [sys.executable, "-c", PROBE.format(body=body)]


@pytest.mark.parametrize("format", ["table", "csv", "json"])
def test_a_reader_that_leaves_early_is_no_failure(format: str) -> None:
    writer = subprocess.Popen(
        writing(20_000, format), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.readline()
    writer.stdout.close()
    assert writer.stderr.read() == b""
    writer.stderr.close()
    assert writer.wait() == 0


@pytest.mark.parametrize("rows", [1, 20_000])
@pytest.mark.parametrize("format", ["table", "json"])
def test_a_full_disk_is_one_line(rows: int, format: str) -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            writing(rows, format), stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert process.returncode == 1
    assert process.stderr == "relgraph: error: standard output: No space left on device\n"


def test_a_closed_stdout_is_one_line() -> None:
    process = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *writing(1, "csv")], stderr=subprocess.PIPE, text=True
    )
    assert process.returncode == 1
    assert process.stderr == "relgraph: error: standard output is closed\n"


def test_help_on_a_full_disk() -> None:
    with Path("/dev/full").open("w") as full:
        process = subprocess.run(
            [sys.executable, "-m", "relgraph", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert process.returncode == 1
    assert process.stderr == "relgraph: error: standard output: No space left on device\n"
