"""`learncurve record fit`: FSRS's parameters from the learner's own reviews; taken over where they predict better."""

from __future__ import annotations

import sys
import time

import msgspec

from engine.fitting.fitting import Fitting
from engine.fitting.reviews import Fit
from tui.commands.asked import Asked, say_json
from tui.commands.record.opening import record_of
from tui.fitting import reviews_of, said_of, take_over

LOOK_SECONDS = 0.2


def run(asked: Asked) -> int:
    """Fit and say what it was good for; with --reset go back to FSRS's own parameters."""
    with record_of(asked) as record:
        if asked.given.reset:
            record.keep_plan(msgspec.structs.replace(record.plan, parameters=()))
            record.refresh()
            return _said(asked, {"parameters": [], "taken": True}, asked.words("fitting.reset"))
        fitting = Fitting(reviews_of(record))
        try:
            fit = _waited(fitting, asked)
        except BaseException:
            fitting.stop()
            raise
        taken = take_over(record, fit)
    return _said(asked, {**msgspec.to_builtins(fit), "taken": taken}, said_of(fit, asked.words))


def _said(asked: Asked, figures: dict[str, object], sentence: str) -> int:
    if asked.json:
        say_json({**figures, "version": 1})
    else:
        print(sentence)
    return 0


def _waited(fitting: Fitting, asked: Asked) -> Fit:
    """Return what was found; on a terminal it is said how far it is."""
    said = ""
    try:
        while (fit := fitting.poll()) is None:
            line = asked.words("fitting.doing", what=fitting.now.what or "-")
            if line != said and sys.stderr.isatty() and not asked.json:
                said = line
                sys.stderr.write(f"\r\x1b[2K{line}")
                sys.stderr.flush()
            time.sleep(LOOK_SECONDS)
    finally:
        if said:
            sys.stderr.write("\r\x1b[2K")
    return fit
