"""Run a command and end it when whoever started this keeper is gone, however it went.

The keeper's standard input is a pipe that its parent holds open. A parent that stops the server
closes it; one that is killed has it closed by the system. Either way the keeper reads the end of
file and ends the command. Should the keeper itself be killed, Linux ends the command.

Usage: python keeper.py FOLDER COMMAND…; FOLDER is removed at the end, "-" keeps everything.
The first line of output is the command's process id.
"""

from __future__ import annotations

import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.1
GRACE_SECONDS = 15


def die_with_keeper() -> None:
    """Ask Linux to kill this process when its parent ends; other systems have no such call."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def keep(command: list[str]) -> int:
    """Run the command until it ends or the parent is gone; return its exit code."""
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=die_with_keeper
    )
    print(child.pid, flush=True)
    while child.poll() is None:
        readable, _, _ = select.select([sys.stdin], [], [], POLL_SECONDS)
        if readable and not os.read(sys.stdin.fileno(), 1):
            return end(child)
    return child.returncode


def end(child: subprocess.Popen[bytes]) -> int:
    """End the command, by force when it does not heed a request."""
    child.terminate()
    try:
        return child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def main() -> None:
    """Keep the command of the arguments, then tidy up."""
    folder, *command = sys.argv[1:]
    try:
        sys.exit(keep(command))
    finally:
        if folder != "-":
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
