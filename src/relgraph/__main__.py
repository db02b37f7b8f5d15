"""Entry of `relgraph` and `python -m relgraph`."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import NoReturn


def main() -> int:
    """Run the command line and return its exit code; Ctrl-C gives 130 wherever it strikes."""
    try:
        from relgraph.cli import interrupts
        from relgraph.cli import main as run_command

        interrupts.install()
        try:
            run_command()
        except SystemExit as ended:
            return int(ended.code or 0)
        finally:
            interrupts.uninstall()
    except KeyboardInterrupt:
        return 130
    return 0


def run() -> NoReturn:
    """Run the command line and end the process at once.

    Threads of libraries outlive a command. Python's own end takes from them what they still use,
    which can abort the process, and searches all that was imported for garbage
    (docs/decisions/0086-a-process-ends-at-once.md).
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
