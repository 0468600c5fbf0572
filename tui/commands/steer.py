"""`learncurve pause|resume|stop RUN`: tell a run what to do, and wait until it says that it does."""

from __future__ import annotations

import time

from engine.errors import RunError
from engine.reading.follow import Follower
from engine.runs import control
from engine.runs.launch import resume
from engine.runs.state import ALIVE, State
from engine.runs.store import Runs
from tui.commands.asked import Asked, say_json

PATIENCE_SECONDS = 10.0
REACHED: dict[str, tuple[State, ...]] = {
    "pause": ("paused", "finished", "stopped", "failed", "crashed"),
    "resume": ("queued", "starting", "running", "finished", "failed"),
    "stop": ("stopped", "finished", "failed", "crashed"),
}
"""In which states a wish is fulfilled, or can no longer be."""


def run(asked: Asked) -> int:
    """Ask, wait for the acknowledgement, and say how it stands."""
    verb = asked.given.verb
    folder = Runs(asked.usable_house().home).find(asked.given.run)
    follower = Follower(folder)
    state = settled(follower)
    if verb == "resume":
        if state in ALIVE:
            control.go_on(folder)
        elif state == "finished":
            raise RunError(f"{folder.id} has finished; there is nothing to resume.", code="run-finished", run=folder.id)
        else:
            resume(folder)
    elif state not in ALIVE:
        raise RunError(
            f"{folder.id} has no living process ({state}).", code="run-not-alive", run=folder.id, state=state
        )
    elif verb == "pause":
        control.pause(folder)
    else:
        control.stop(folder)
    end = time.monotonic() + PATIENCE_SECONDS
    before = state
    while time.monotonic() < end:
        follower.poll()
        state = follower.state(time.time())
        if state in REACHED[verb] and (state != before or verb != "resume" or before in ("running", "queued")):
            break
        time.sleep(0.05)
    if asked.json:
        say_json({"version": 1, "id": folder.id, "state": state, "acknowledged": state in REACHED[verb]})
    elif state in REACHED[verb]:
        print(asked.words("cli.now", run=folder.id, state=asked.words(f"states.{state}")))
    else:
        print(asked.words("cli.asked", run=folder.id))
    return 0


def settled(follower: Follower) -> State:
    """Return a run's state once all that it has written is read."""
    follower.poll(60.0)
    return follower.state(time.time())
