"""The log of warnings and tracebacks, in the data folder and never on the screen."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path


def log_to(file: Path) -> None:
    """Keep warnings and what is worse in a file from now on."""
    form = "%(asctime)s %(name)s %(message)s"
    logging.basicConfig(level=logging.WARNING, format=form, handlers=[PatientHandler(file)])


class PatientHandler(logging.FileHandler):
    """Writes once it can: on a disk that is full or read-only, nobody's lesson ends because of the log."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        with contextlib.suppress(OSError):  # the file cannot even be opened
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Let a line go that cannot be written; the base class would print a traceback over the screen."""
