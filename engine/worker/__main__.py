"""A worker: `python -P -m engine.worker RUNFOLDER` trains the run in that folder.

It takes the run's lock before anything else, so that a second worker ends at once with one sentence. Closing
the terminal does not end it (SIGHUP); SIGTERM and SIGINT let it save, write its result and end.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
from pathlib import Path

from engine.errors import EngineError
from engine.runs.folder import RunFolder
from engine.runs.lock import hold


def main(arguments: list[str]) -> int:
    """Train, and return 0 if the run finished or was stopped, 1 if it failed, 2 for wrong words."""
    if len(arguments) != 1:
        print("usage: python -m engine.worker RUNFOLDER", file=sys.stderr)
        return 2
    stopping = _listen()
    folder = RunFolder(Path(arguments[0]).absolute())
    try:
        with hold(folder.lock_file):
            return _attempt(folder, stopping)
    except (EngineError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _listen() -> threading.Event:
    """Return what SIGTERM and SIGINT set."""
    stopping = threading.Event()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def _attempt(folder: RunFolder, stopping: threading.Event) -> int:
    from engine.worker.attempt import attempt
    from engine.worker.process import step_back

    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    step_back()
    return 1 if attempt(folder, stopping).state == "failed" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
