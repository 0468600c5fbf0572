"""What the pilot waits for: an app that has nothing left to do, however busy the machine is.

Textual's own pilot takes a process that used little CPU time for one that is done; on a busy machine a process uses
little because it does not get any. Here the queues are looked into.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from textual._context import active_app
from textual._wait import wait_for_idle
from textual.app import App
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

PATIENCE_SECONDS = 10.0
"""How long an app may go on working, before the test looks at it all the same."""

_LONG_SECONDS = 60.0
_pause = Pilot.pause


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    """Yield all that handle messages: the app, and every screen with all that is in it."""
    yield app
    for screen in app.screen_stack:
        yield from screen.walk_children(with_self=True)


def waiting(app: App[Any]) -> bool:
    """Return whether a message, a layout, a painting or a callback still waits for its turn."""
    if not app.is_running or not app.screen_stack:
        return False
    held = app._batch_count > 0
    return any(pump._message_queue.qsize() or pump._next_callbacks for pump in _pumps(app)) or (
        not held and any(map(_unfinished, _seen(app)))
    )


def _seen(app: App[Any]) -> list[Screen[Any]]:
    """Return the screen, and those that are seen through it."""
    return [*(app._background_screens if app.screen.styles.background.a < 1 else []), app.screen]


def _unfinished(screen: Screen[Any]) -> bool:
    """Return whether a screen has yet to be laid out, painted, or asked to do something.

    One that is seen through another is painted by that one; Textual asks it for ever to be painted anew.
    """
    drawn = screen._layout_required or screen._scroll_required or screen._recompose_required or screen._callbacks
    painted = screen.app.screen is screen and (screen._repaint_required or screen._dirty_widgets)
    return bool(drawn or painted)


async def calm(app: App[Any]) -> None:
    """Wait until nothing waits for its turn, twice in a row.

    Raises:
        textual.pilot.WaitForScreenTimeout: A widget does not come to the end of a message.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    quiet = 0
    while quiet < 2 and app.is_running and app.screen_stack and time.monotonic() < deadline:
        for screen in _seen(app):
            screen._on_timer_update()
        if not await Pilot(app)._wait_for_screen():
            return  # the app has fallen: the test will hear of it
        await asyncio.sleep(0)
        quiet = 0 if waiting(app) else quiet + 1


async def idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait as Textual's own pilot does, then until the app in hand is calm."""
    await wait_for_idle(min_sleep, max_sleep)
    await calm(active_app.get())


async def pause(pilot: Pilot[Any], delay: float | None = None) -> None:
    """Pause as Textual's own pilot does; what its last painting caused is waited for, too."""
    await _pause(pilot, delay)
    if delay is None:
        await calm(pilot.app)


async def settled(pilot: Pilot[Any]) -> None:
    """Let every message that waits be handled, and every worker end; one that gives way to the next ends, too."""
    await pilot.pause()
    while not all(worker.is_finished for worker in pilot.app.workers):
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def until(pilot: Pilot[Any], condition: Callable[[], object], what: str = "it never came so") -> None:
    """Let the app go on until something is so: for what threads, processes and timers do.

    Raises:
        AssertionError: It did not come so within a minute.
    """
    deadline = time.monotonic() + _LONG_SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        await pilot.pause(0.01)
