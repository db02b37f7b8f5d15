"""Entry of `relgraph` and `python -m relgraph`."""

from __future__ import annotations

import signal
import sys


def run() -> None:
    """Run the command line; Ctrl-C ends it with 130 wherever it strikes."""
    try:
        from relgraph.cli import interrupts, main

        interrupts.install()
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # Nothing is left to clean up: from here a Ctrl-C ends the process at once.
        signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    run()
