"""Entry of `relgraph` and `python -m relgraph`."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """Run the command line; Ctrl-C ends it with 130 wherever it strikes."""
    try:
        from relgraph.cli import interrupts, main

        interrupts.install()
        try:
            main()
        except SystemExit as ended:
            if ended.code == interrupts.EXIT_CODE:
                interrupts.leave()
            raise
        finally:
            interrupts.uninstall()
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # The process ends and gives back all its memory: searching what was imported for garbage,
        # as Python does at its end, would take a quarter of a short command.
        gc.freeze()


if __name__ == "__main__":
    run()
