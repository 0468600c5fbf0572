"""A worker: `python -P -m engine.worker RUNFOLDER` trains the run in that folder.

It takes the run's lock before anything else, so that a second worker ends at once with one sentence. Closing
the terminal does not end it (SIGHUP); SIGTERM and SIGINT let it save, write its result and end.

With `processes` in the recipe it starts that many and watches over them, see group.py. Started by torchrun, it
is one of them itself: the first takes the lock and leads, the others follow it.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path

from engine.errors import EngineError
from engine.runs.folder import RunFolder
from engine.runs.lock import hold
from engine.runs.place import Place, place_of
from engine.worker.process import listen, step_back


def main(arguments: list[str]) -> int:
    """Train, and return 0 if the run finished or was stopped, 1 if it failed, 2 for wrong words."""
    if len(arguments) != 1:
        print("usage: python -m engine.worker RUNFOLDER", file=sys.stderr)
        return 2
    folder = RunFolder(Path(arguments[0]).absolute())
    place = place_of(os.environ)
    if place.rank > 0:
        from engine.worker.rank import follow

        return follow(folder, place)
    stopping = listen()
    try:
        with hold(folder.lock_file):
            return _attempt(folder, stopping, place)
    except (EngineError, OSError) as error:
        print(error, file=sys.stderr)
        if place.world > 1:
            from engine.worker.rank import stay_away

            stay_away(place)
        return 1


def _attempt(folder: RunFolder, stopping: threading.Event, place: Place) -> int:
    from engine.worker.attempt import attempt

    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    step_back()
    if place.world > 1:
        from engine.worker.rank import lead

        return lead(folder, stopping, place)
    return 1 if attempt(folder, stopping).state == "failed" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
