"""A followed run on the command line: one live line, or one event a line in JSON."""

from __future__ import annotations

import sys
import time
from itertools import count

import msgspec

from engine.events import Event, Updated, named
from engine.reading.follow import Follower
from engine.reading.summary import summary
from engine.runs.folder import RunFolder
from engine.runs.state import State
from tui.commands.asked import Asked, say_json, tame
from tui.glyphs import glyphs
from tui.strip import figure, living_line
from tui.terminal import ascii_frames, speaks_utf8
from tui.text.fitting import padded

OVER: tuple[State, ...] = ("finished", "stopped", "failed", "crashed")
FIGURES = (
    "updates",
    "epochs",
    "train_loss",
    "val_loss",
    "val_accuracy",
    "val_f1",
    "test_loss",
    "test_accuracy",
    "test_f1",
    "seconds",
)
LOOK_SECONDS = 0.1
LINE_SECONDS = 0.25


def follow(folder: RunFolder, asked: Asked) -> int:
    """Follow a run to its end; ctrl+C leaves it running and says how to come back.

    Returns:
        0 where it finished or was stopped, 1 where it failed or crashed.
    """
    if asked.json:
        return _follow_json(folder)
    follower = Follower(folder)
    terminal = sys.stdout.isatty()
    signs = glyphs(not speaks_utf8() or ascii_frames("auto", "one", asked.words.language))
    shown = 0.0
    try:
        while True:
            news = follower.poll()
            state = follower.state(time.time())
            if terminal and time.monotonic() - shown >= LINE_SECONDS:
                shown = time.monotonic()
                line = living_line(follower, state, 1, asked.words, signs)
                sys.stdout.write(f"\r\x1b[2K{line.name}  {line.curve}  {line.words}")
                sys.stdout.flush()
            if state in OVER and not news:
                break
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        print(("\r\x1b[2K" if terminal else "") + asked.words("cli.goes-on", run=folder.id))
        return 0
    if terminal:
        sys.stdout.write("\r\x1b[2K")
    _report(follower, state, asked)
    return 0 if state in ("finished", "stopped") else 1


def _report(follower: Follower, state: State, asked: Asked) -> None:
    """Print how a run ended, in a few plain lines."""
    figures = summary(follower.folder, follower.progress, state)
    print(f"{follower.folder.id}  {asked.words(f'states.{state}')}")
    for name in FIGURES:
        value = figures.get(name)
        if value is not None:
            shown = f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"
            print(f"  {padded(figure(name, follower.progress.planned, asked.words), 22)}{shown}")
    ended = follower.progress.ended
    if state == "failed" and ended is not None:
        print(asked.words.told(ended.code, ended.details, ended.reason), file=sys.stderr)
    if state in ("crashed", "stopped") or (state == "failed" and follower.progress.update):
        print(asked.words("cli.resume-with", run=follower.folder.id))


def _follow_json(folder: RunFolder) -> int:
    """Print every event as a line of JSON, blocks of updates taken apart, the result last."""
    follower = Follower(folder, keep_events=True)
    say_json({"version": 1, "event": "created", "id": folder.id, "folder": folder.path})
    try:
        while True:
            news = follower.poll()
            for event in follower.take_events():
                for plain in expanded(event):
                    sys.stdout.write(tame(msgspec.json.encode(plain).decode()) + "\n")
            sys.stdout.flush()
            state = follower.state(time.time())
            if state in OVER and not news:
                break
            if not news:
                time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        return 0
    say_json({"version": 1, "event": "result", **summary(folder, follower.progress, state)})
    return 0 if state in ("finished", "stopped") else 1


def expanded(event: Event) -> list[dict[str, object]]:
    """Return an event as data of JSON's types; a block of updates becomes an entry for each of them."""
    if not isinstance(event, Updated):
        return [named(msgspec.to_builtins(event))]
    rates = event.rates if len(event.rates) == len(event.losses) else event.rates[:1] * len(event.losses)
    return [
        named({"event": "update", "time": event.time, "update": update, "loss": loss, "rate": rate, "norm": norm})
        for update, loss, rate, norm in zip(count(event.first), event.losses, rates, event.norms, strict=False)
    ]
