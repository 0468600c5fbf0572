"""All runs of a home: made, listed, found by a few letters, deleted."""

from __future__ import annotations

import difflib
import os
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from engine.errors import RunError
from engine.recipes import Recipe
from engine.runs.control import first_wish, want
from engine.runs.filesystem import is_network
from engine.runs.folder import RunFolder
from engine.runs.lock import LockUnsupportedError, hold, holder
from engine.runs.replacing import replace_file

REMOTE_QUIET_SECONDS = 60.0
"""On a network another host's lock may be invisible: a stream that grew so recently counts as alive."""


class Runs:
    """The runs in HOME/runs, a folder each."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "runs"

    def create(self, recipe: Recipe, now: datetime, token: str) -> RunFolder:
        """Make the folder of a new run, ready to be launched.

        Args:
            now: Its id begins with this time, in UTC where it says its zone, so that ids sort by time.
            token: A few letters that tell it from another run of the same second.

        Raises:
            RunError: The home cannot be written, or there is such a run already.
        """
        moment = now.astimezone(UTC) if now.tzinfo else now
        run = RunFolder(self.folder / f"{moment:%Y%m%d-%H%M%S}-{recipe.kind}-{token}")
        made = RunFolder(self.folder / f".new-{run.id}")
        try:
            made.path.mkdir(parents=True)
            replace_file(made.recipe_file, msgspec.json.format(msgspec.json.encode(recipe)) + b"\n")
            want(made, first_wish(recipe))
            for folder in (made.asks, made.arrays, made.checkpoints):
                folder.mkdir()
            made.path.rename(run.path)  # from now on it is listed, and whole
        except OSError as error:
            shutil.rmtree(made.path, ignore_errors=True)
            raise RunError(
                f"{run.path} cannot be made: {error.strerror}. Choose another folder with --home.",
                code="run-unwritable",
                path=run.path,
                why=error.strerror,
            ) from error
        return run

    def all(self) -> list[RunFolder]:
        """Return every run, newest first; a folder whose name could steer a terminal is not one of ours."""
        try:
            names = sorted((path.name for path in self.folder.iterdir() if path.is_dir()), reverse=True)
        except OSError:
            return []
        return [RunFolder(self.folder / name) for name in names if name.isprintable() and name[0] != "."]

    def find(self, text: str) -> RunFolder:
        """Return the run of that id or folder, or the only one whose id begins or ends so, such as "7f3a".

        Raises:
            RunError: There is none (code "run-unknown", with the nearest), or several ("run-ambiguous").
        """
        runs = {run.id: run for run in self.all()}
        named = Path(os.path.abspath(text))
        if named.parent == Path(os.path.abspath(self.folder)):  # as `train --prepare` prints it
            text = named.name
        if text in runs:
            return runs[text]
        fits = [name for name in runs if text and (name.startswith(text) or name.endswith(text))]
        if len(fits) == 1:
            return runs[fits[0]]
        if fits:
            names = ", ".join(fits[:5]) + (", ..." if len(fits) > 5 else "")
            raise RunError(f"{text}: several runs are called so: {names}.", code="run-ambiguous", run=text, names=names)
        near = _nearest(text, list(runs))
        hint = f"did you mean {near}?" if near else "there is no run yet."
        raise RunError(f"{text}: no such run; {hint}", code="run-unknown", run=text, near=near)

    def alive(self, run: RunFolder) -> bool:
        """Return whether the run has a worker, as far as its lock tells."""
        try:
            return holder(run.lock_file) is not None
        except LockUnsupportedError:
            return _grew_recently(run)

    def delete(self, run: RunFolder) -> None:
        """Remove the run and all that belongs to it.

        Raises:
            RunError: It is alive (code "run-alive"), or its files cannot be removed.
        """
        if not run.path.is_dir():
            raise RunError(f"{run.id}: no such run.", code="run-unknown", run=run.id, near="")
        if is_network(run.path) and _grew_recently(run):
            raise _alive(run)
        gone = self.folder / f".gone-{run.id}"
        try:
            with hold(run.lock_file):  # a worker that begins at this moment finds it held, and leaves
                run.path.rename(gone)
            shutil.rmtree(gone)
        except OSError as error:
            raise RunError(
                f"{run.id} cannot be deleted: {error.strerror}.",
                code="run-unwritable",
                path=run.path,
                why=error.strerror,
            ) from error
        except RunError as error:
            raise _alive(run) if error.code == "run-locked" else error from error


def _alive(run: RunFolder) -> RunError:
    return RunError(
        f"{run.id} is still alive: stop it first, with `learncurve stop {run.id}`.",
        code="run-alive",
        run=run.id,
    )


def _grew_recently(run: RunFolder) -> bool:
    try:
        return time.time() - run.events_file.stat().st_mtime < REMOTE_QUIET_SECONDS
    except OSError:
        return False


def _nearest(text: str, names: list[str]) -> str:
    """Return the name that is nearest to `text`, by whole names or by their last parts."""
    ends = {name.rsplit("-", 1)[-1]: name for name in reversed(names)}
    ends |= {"-".join(name.rsplit("-", 2)[-2:]): name for name in reversed(names)}
    ends |= {name: name for name in names}
    near = difflib.get_close_matches(text, ends, 1, 0.5)
    return ends[near[0]] if near else (names[0] if names else "")
