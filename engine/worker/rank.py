"""One process of a group, which trains on its share of every batch.

The supervisor starts it as `python -P -m engine.worker.rank ORDERS`; torchrun starts `engine.worker` itself,
which then calls `lead` or `follow`.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.events import Attempted
from engine.runs.control import go_on, wanted
from engine.runs.folder import RunFolder
from engine.runs.launch import LIBRARIES
from engine.runs.place import Place, place_of
from engine.runs.result import Result
from engine.worker.attempt import attempt, ended, outcome
from engine.worker.loss_of_group import is_consequence
from engine.worker.orders import Orders
from engine.worker.process import be_deaf, die_with, listen
from engine.worker.stream import Stream

LINGER_SECONDS = 8.0
"""So long a process that lost the others waits for an end: somebody else knows better why."""
POLL_SECONDS = 0.05


def main(arguments: list[str]) -> None:
    """Do as ordered, tell what came of it, and end."""
    orders = msgspec.json.decode(arguments[0], type=Orders)
    die_with(orders.supervisor, signal.SIGKILL)
    place = place_of(os.environ, orders.meeting)
    folder = RunFolder(Path(orders.folder))
    if place.rank == 0:
        stopping = listen()
        _log(place)
        with Stream(folder.events_file) as stream:
            result = outcome(folder, stream, stopping, orders.attempted, place=place)
            stream.show(ended(result))
    else:
        be_deaf()
        result = _followed(folder, place)
    if is_consequence(result):
        time.sleep(LINGER_SECONDS)  # the supervisor ends this process meanwhile, and says whose fault it was
    os.write(orders.telling, msgspec.json.encode(result))
    _end(0)


def lead(folder: RunFolder, stopping: threading.Event, place: Place) -> int:
    """Train as the first process of a group that torchrun started; return the process's status."""
    _obey_torchrun(place)
    if wanted(folder).state == "stopped":  # an earlier wish: who starts it now wants it to go on
        go_on(folder)
    result = attempt(folder, stopping, place=place)
    stay_away(place)
    return _end(1 if result.state == "failed" else 0)


def stay_away(place: Place) -> None:
    """Let the others know that this process ends, where they have not met."""
    try:
        from engine.worker.gathering import leave

        leave(place)
    except (ImportError, OSError, RuntimeError) as error:
        logging.getLogger(__name__).warning("The other processes could not be told that this one ends: %s", error)


def follow(folder: RunFolder, place: Place) -> int:
    """Train as another process of a group that torchrun started; return the process's status."""
    be_deaf()
    _obey_torchrun(place)
    earlier = stamp(folder)
    result = _followed(folder, place)
    if not is_consequence(result):
        stay_away(place)
        return _end(1 if result.state == "failed" else 0)
    said = told_since(folder, earlier)
    if said is None:
        logging.getLogger(__name__).warning(result.reason)
    return _end(0 if said and said.state != "failed" else 1)


def stamp(folder: RunFolder) -> int:
    """Return what tells a run's result from an earlier one: when it was written, 0 where there is none."""
    try:
        return folder.result_file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def told_since(folder: RunFolder, earlier: int, sleep: Callable[[float], None] = time.sleep) -> Result | None:
    """Return the result that the leader comes to, None if it comes to none in a while; an earlier one is none."""
    for _ in range(int(LINGER_SECONDS / POLL_SECONDS)):
        if stamp(folder) not in (0, earlier):
            return folder.result()
        sleep(POLL_SECONDS)
    return None


def _followed(folder: RunFolder, place: Place) -> Result:
    _log(place)
    nothing = Attempted(time=time.time(), number=0, first_update=0, host="", pid=os.getpid())
    with Stream(Path(os.devnull)) as nowhere:
        return outcome(folder, nowhere, threading.Event(), nothing, place=place)


def _obey_torchrun(place: Place) -> None:
    """Die with it, the leader only after it has saved; and set what `launch` would have set."""
    die_with(os.getppid(), signal.SIGTERM if place.rank == 0 else signal.SIGKILL)
    for name, value in LIBRARIES.items():
        os.environ.setdefault(name, value)


def _log(place: Place) -> None:
    logging.basicConfig(format=f"%(asctime)s {place.name}: %(message)s", level=logging.INFO)


def _end(status: int) -> int:
    """End this process at once: PyTorch aborts where it is to tidy up after a group that is broken."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
