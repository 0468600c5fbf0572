"""A light process that answers for a run whose worker does not: `python -P -m engine.worker.answer RUNFOLDER`.

It holds `asks/lock`, so that there is one a run, and nothing else: it is in nobody's way when the run is resumed
or deleted. It leaves when it is asked to, after a minute without an ask, and when its run is gone.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError, RunError
from engine.runs.asker import note, say
from engine.runs.asks import Note
from engine.runs.folder import RunFolder
from engine.runs.lock import hold

if TYPE_CHECKING:
    from engine.worker.desk import Answerer

log = logging.getLogger(__name__)

IDLE_SECONDS = 60.0
LOOK_SECONDS = 0.01


def main(arguments: list[str]) -> int:
    """Answer until nobody asks any more, and return 0; 1 if that cannot be done, 2 for wrong words."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m engine.worker.answer RUNFOLDER\n")
        return 2
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    logging.basicConfig(format="%(asctime)s %(message)s", level=logging.INFO)
    folder = RunFolder(Path(arguments[0]).absolute())
    try:
        lock = hold(folder.asks / "lock")
    except RunError as error:  # another one answers already, or the run is gone
        sys.stderr.write(f"{error}\n")
        return 1
    with lock:
        return answer(folder)


def answer(folder: RunFolder, idle_seconds: float = IDLE_SECONDS) -> int:
    """Answer for the run, whose `asks/lock` this process holds."""
    try:
        answerer = load(folder, lambda doing: say(folder, doing))
        serve(folder, answerer, idle_seconds)
        say(folder, "left")
    except RunGoneError:
        return 0
    except Exception as error:  # the boundary: whoever asks reads a sentence, answer.log has the traceback
        log.exception("Nothing can be answered.")
        if folder.asks.is_dir():
            say(folder, "failed", _told(error, folder))
        return 1
    return 0


def load(folder: RunFolder, doing: Callable[[str], None]) -> Answerer:
    """Return what answers for a run; `doing` is told of what is slow.

    Raises:
        EngineError: The run, its model or a library cannot be loaded.
    """
    recipe = folder.recipe()
    doing("torch")
    import torch

    torch.set_grad_enabled(False)
    if recipe.kind == "mlp":
        from engine.worker.answer_mlp import saved_mlp

        doing("model")
        return saved_mlp(folder, recipe)
    doing("transformers")
    from engine.worker.saved_bert import load_transformers, saved_bert

    load_transformers()

    doing("model")
    return saved_bert(folder, recipe)


def serve(folder: RunFolder, answerer: Answerer, idle_seconds: float) -> None:
    """Answer until it is time to leave.

    Raises:
        RunGoneError: The run was deleted.
    """
    from engine.worker.desk import Desk

    desk = Desk(folder, answerer, alone=False)
    say(folder, "ready")
    leave = os.fspath(folder.asks / "leave")
    while time.monotonic() - desk.asked_at < idle_seconds:
        desk.serve()
        if os.path.exists(leave):
            return
        if not os.path.exists(folder.asks):
            raise RunGoneError
        time.sleep(LOOK_SECONDS)


class RunGoneError(Exception):
    """The run was deleted: there is nobody left to answer for, and nowhere to say so."""


def _told(error: Exception, folder: RunFolder) -> Note:
    if isinstance(error, EngineError):
        return note(error)
    why = f"{type(error).__name__}: {(str(error).splitlines() or [''])[0]}"
    return Note(
        code="ask-failed",
        sentence=f"Its model cannot be loaded ({why}). The traceback is in {folder.asks / 'answer.log'}.",
        details={"why": why, "file": str(folder.asks / "answer.log")},
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
