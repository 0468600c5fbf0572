"""One attempt at a run, from the first event to the last: whatever happens, it is said."""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext

from engine.errors import EngineError, RunError
from engine.events import Attempted, Ended
from engine.recipes import Recipe
from engine.recipes.sharing import check_sharing
from engine.runs.folder import RunFolder
from engine.runs.place import ALONE, Place
from engine.runs.result import Result
from engine.worker.checkpoints import Checkpoints
from engine.worker.heart import Heart
from engine.worker.loss_of_group import group_lost, is_loss_of_group
from engine.worker.quiet import QuietSession
from engine.worker.session import Session, Stopped
from engine.worker.stream import Stream

log = logging.getLogger(__name__)

Train = Callable[[Session], None]
"""A kind of run: it trains until it is finished, or raises."""


def attempt(
    folder: RunFolder, stopping: threading.Event, train: Train | None = None, *, place: Place = ALONE
) -> Result:
    """Train the run in `folder`, whose lock this process holds, and return what came of it.

    Args:
        stopping: Set when the run is to stop, as by a signal.
        train: Instead of what the recipe's kind names; for tests.
        place: This process leads a group that torchrun started.

    Raises:
        RunError: The result cannot be written.
        OSError: The events cannot be written.
    """
    folder.withdraw_result()
    checkpoints = Checkpoints(folder.checkpoints)
    checkpoints.sweep()
    newest = checkpoints.newest()
    number = 1 + _attempts(folder)
    with Stream(folder.events_file) as stream:
        attempted = Attempted(
            time=time.time(),
            number=number,
            first_update=newest[1].update + 1 if newest else 1,
            host=socket.gethostname(),
            pid=os.getpid(),
        )
        stream.emit(attempted, now=True)
        result = outcome(folder, stream, stopping, attempted, train, place=place)
        stream.emit(ended(result), now=True)
    folder.write_result(result)
    return result


def outcome(
    folder: RunFolder,
    stream: Stream,
    stopping: threading.Event,
    attempted: Attempted,
    train: Train | None = None,
    *,
    place: Place = ALONE,
) -> Result:
    """Train, in this process or as the supervisor of several, and return what came of it, whatever happens."""
    session: Session | None = None
    try:
        recipe = folder.recipe()
        processes = int(recipe.knobs.get("processes", 1))
        session = (Session if place.rank == 0 else QuietSession)(folder, recipe, stream, stopping, place=place)
        if processes > 1 or place.world > 1:
            check_sharing(recipe, place.world)
        if processes > 1 and place.world == 1 and train is None:
            from engine.worker.group import supervise

            return supervise(session, attempted, stopping)
        if recipe.knobs.get("tensorboard") and session.leads:
            from engine.exports.live import Mirror

            stream.observe(Mirror(folder, recipe, attempted))
        with Heart(session) if session.leads else nullcontext():
            return _outcome(session, train or kind_of(recipe))
    except Exception as error:  # the boundary: the learner reads a sentence, console.log has the traceback
        if session and place.world > 1 and is_loss_of_group(error):
            return group_lost(session)
        log.exception("The run failed.")
        sentence = _sentence(error, folder)
        text, code, details = sentence.sentence, sentence.code, sentence.details
        if session is None:
            return Result(state="failed", reason=text, code=code, details=details)
        return session.result("failed", text, code, details)


def ended(result: Result) -> Ended:
    """Return the event that says what came of an attempt."""
    return Ended(
        time=time.time(),
        state=result.state,
        reason=result.reason,
        update=result.update,
        code=result.code,
        details=result.details,
    )


def _outcome(session: Session, train: Train) -> Result:
    try:
        train(session)
    except Stopped:
        session.save()
        failure = session.saving.failure
        return session.result("stopped", failure, "checkpoint-unwritten" if failure else "")
    session.save()
    return session.result("finished")


def kind_of(recipe: Recipe) -> Train:
    """Return what trains runs of the recipe's kind.

    Raises:
        RunError: This program knows no such kind.
    """
    match recipe.kind:
        case "mlp":
            from engine.worker.mlp_run import train

            return train
        case "bert":
            from engine.worker.bert_run import train

            return train
        case "pretrain":
            from engine.worker.pretrain_run import train

            return train
    raise RunError(
        f"This program cannot train runs of the kind {recipe.kind}; a newer learncurve may.",
        code="kind-unknown",
        kind=recipe.kind,
    )


def _attempts(folder: RunFolder) -> int:
    """Return how many attempts the events tell of."""
    if not folder.events_file.exists():
        return 0
    with folder.events_file.open("rb") as lines:
        return sum(line.startswith(b'{"event":"attempt"') for line in lines)


def _sentence(error: Exception, folder: RunFolder) -> EngineError:
    """Return what the learner reads of an error."""
    if isinstance(error, EngineError):
        return error
    text = (str(error).splitlines() or [""])[0]
    if isinstance(error, MemoryError) or "out of memory" in text.lower() or "allocate memory" in text:
        return RunError(
            "There is not enough memory for this run: choose a smaller hidden or batch.",
            code="memory",
            why=text,
        )
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return RunError(
            f"The disk is full ({error.filename or folder.path}): free some space, then resume the run.",
            code="disk-full",
            path=error.filename or folder.path,
        )
    return RunError(
        f"The run failed: {type(error).__name__}: {text}. The traceback is in {folder.console_file}.",
        code="unexpected",
        error=type(error).__name__,
        why=text,
        file=folder.console_file,
    )
