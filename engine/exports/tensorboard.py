"""A run as a file of TensorBoard's events: `tensorboard --logdir DIR` shows it.

Whatever the run has said so far is there, with the times at which it happened. What a resumed attempt
replaced is left out, as every reader of the run leaves it out.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec

from engine.errors import RunError
from engine.exports import board, summaries
from engine.exports.times import Times
from engine.exports.updates import LOSS, NORM, RATE, cast
from engine.reading.follow import Follower
from engine.reading.progress import Progress
from engine.reading.series import Series
from engine.runs.folder import RunFolder


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written where."""

    run: str
    format: str
    folder: Path
    file: Path
    updates: int
    evaluations: int
    bytes: int


def export(folder: RunFolder, target: Path) -> Exported:
    """Write a run into `target`, or into a folder of the run's id below it where other things are there already.

    A run that was written there before is written again in its place.

    Raises:
        RunError: There is no such run, `target` cannot be written, or TensorBoard is not installed.
    """
    require_tensorboard()
    follower, times = read(folder)
    name = file_name(began(follower), folder.id)
    place = place_of(target, name, folder.id)
    try:
        place.mkdir(parents=True, exist_ok=True)
        written = _write(place / name, events(follower, times))
    except OSError as error:
        raise RunError(
            f"{error.filename or place} cannot be written: {error.strerror}. Choose another folder.",
            code="export-unwritable",
            path=error.filename or place,
            why=error.strerror or error,
        ) from error
    progress = follower.progress
    return Exported(
        run=folder.id,
        format="tensorboard",
        folder=place,
        file=place / name,
        updates=progress.update,
        evaluations=len(progress.evaluations),
        bytes=written,
    )


def require_tensorboard() -> None:
    """Make sure that TensorBoard's protocol buffers can be imported.

    Raises:
        RunError: They cannot.
    """
    try:
        import tensorboard.compat.proto.event_pb2  # noqa: F401 - it is there
    except ImportError as error:
        raise RunError(
            f"TensorBoard cannot be loaded ({error}). Install it: pip install tensorboard",
            code="tensorboard-missing",
            why=error,
        ) from error


def read(folder: RunFolder) -> tuple[Follower, Times]:
    """Return all that a run has said so far, and when each update happened."""
    follower, times = Follower(folder, keep_events=True), Times()
    while True:
        follower.poll()
        for event in follower.take_events():
            times.take(event)
        if follower.caught_up:
            return follower, times


def began(follower: Follower) -> float:
    """Return when a run began; one that has said nothing yet began when it was asked for."""
    return follower.progress.began or follower.folder.recipe_file.stat().st_mtime


def file_name(began: float, run: str) -> str:
    """Return the name of a run's file: TensorBoard reads files that are named so, in the order of their times."""
    return f"events.out.tfevents.{int(began):010d}.learncurve.{run}"


def place_of(target: Path, name: str, run: str) -> Path:
    """Return the folder that the file belongs into: `target`, unless that has something else in it."""
    try:
        others = [entry.name for entry in target.iterdir() if entry.name != name]
    except (FileNotFoundError, NotADirectoryError):
        others = []
    return target if not others or (target / name).exists() else target / run


def events(follower: Follower, times: Times) -> Iterator[bytes]:
    """Yield a run's events, framed."""
    progress, recipe, run = follower.progress, follower.recipe, follower.folder.id
    classes = progress.planned.classes if progress.planned else []
    yield summaries.opened(began(follower))
    yield board.recipe(began(follower), run, recipe)
    if progress.planned is not None:
        yield board.planned(progress.planned)
    yield from _updates(progress, times)
    for evaluated in progress.evaluations:
        yield board.evaluated(evaluated, classes)
    for probed in progress.probed:
        yield board.probed(probed)
    if progress.tested is not None:
        yield board.tested(progress.tested, progress.update, classes)
    if progress.ended is not None:
        yield summaries.ended(progress.ended.time, progress.ended.state)


def _updates(progress: Progress, times: Times) -> Iterator[bytes]:
    import numpy as np

    columns = {LOSS: progress.losses, RATE: progress.rates, NORM: progress.norms}
    figures = {tag: series.values() for tag, series in columns.items() if tag == LOSS or _is_measured(series)}
    return cast(1, np.array(times.updates), figures)


def _is_measured(series: Series) -> bool:
    """Return whether there is any number in it."""
    import numpy as np

    return bool(len(series)) and not np.isnan(series.values()).all()


def _write(file: Path, events: Iterator[bytes]) -> int:
    """Write a file as a whole, by a temporary name, and return its size."""
    temporary = file.with_name(f".{secrets.token_hex(4)}.part")
    try:
        with temporary.open("wb") as opened:
            for event in events:
                opened.write(event)
        temporary.replace(file)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return os.stat(file).st_size
