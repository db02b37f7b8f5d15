"""What long work reports to: an object that is passed in, whose default does nothing."""

from __future__ import annotations


class Progress:
    """Takes reports of progress and ignores them; the command line passes one that draws.

    Examples
    --------
    >>> progress = Progress()
    >>> progress.start("progress.reading_files", total=3)
    >>> progress.advance(3)
    >>> progress.finish()
    """

    def expect(self, seconds: float) -> None:
        """Report that the work takes about so many seconds from here on."""

    def start(self, task: str, total: int | None = None, **values: object) -> None:
        """Begin a task of `total` steps (None: of unknown length), ending the one before.

        The task is the key of a sentence, filled with the values (`relgraph.messages`).
        """

    def advance(self, steps: int = 1) -> None:
        """Report that `steps` more steps are done."""

    def finish(self) -> None:
        """End the task that was started last."""


SILENT = Progress()
