"""Checkpoints of Trainer: folders that `from_pretrained` opens anywhere, with what resuming needs beside them."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine.errors import RunError
from engine.events import named
from engine.worker.checkpoints import FACTS, Checkpoints, Facts

if TYPE_CHECKING:
    from torch import Tensor

    from engine.worker.trainer import LearnTrainer

BEST_FOLDER = "best"
"""The best model so far, in `checkpoints`: a standard folder, for looking at, not for resuming."""
DIGITS = 9


class FolderKeeper:
    """Keeps the state of a Trainer; a folder is renamed to its place once all of it is on the disk."""

    def __init__(self, checkpoints: Checkpoints, trainer: LearnTrainer) -> None:
        self._checkpoints = checkpoints
        self._trainer = trainer
        self._best: dict[str, Tensor] = {}

    def write(self, facts: Facts) -> str:
        name = f"{facts.update:0{DIGITS}d}"
        try:
            folder = self._trainer.keep()
            (folder / FACTS).write_bytes(msgspec.json.encode(named(msgspec.to_builtins(facts))))
            put(folder, self._checkpoints.folder / name)
        except (OSError, RuntimeError) as error:  # torch.save says RuntimeError where the disk is full
            shutil.rmtree(self._trainer.writing, ignore_errors=True)
            raise _unwritten(self._checkpoints.folder / name, error) from error
        self._checkpoints.prune()
        return name

    def remember_best(self) -> None:
        self._best = {
            name: tensor.detach().cpu().clone() for name, tensor in self._trainer.learner.state_dict().items()
        }

    def write_best(self, facts: Facts) -> str:
        place = self._checkpoints.folder / BEST_FOLDER
        try:
            self.write_model(place, self._best)
        except (OSError, RuntimeError) as error:
            raise _unwritten(place, error) from error
        return BEST_FOLDER

    def write_model(self, place: Path, state: dict[str, Tensor] | None = None) -> None:
        """Write the model, or `state` in its place, with its tokenizer, as a standard folder."""
        folder = self._trainer.writing / place.name
        self._trainer.learner.save_pretrained(folder, state_dict=state)
        tokenizer = self._trainer.processing_class
        assert tokenizer is not None
        tokenizer.save_pretrained(folder)
        put(folder, place)

    def best(self) -> Path | None:
        """Return the folder of the best model, None if there is none."""
        place = self._checkpoints.folder / BEST_FOLDER
        return place if (place / "config.json").exists() else None


def put(folder: Path, place: Path) -> None:
    """Sync a folder's files and rename it to its place; what was there goes."""
    make_readable(folder)
    for file in folder.iterdir():
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
    place.parent.mkdir(parents=True, exist_ok=True)
    before = place.with_name(f".{place.name}.before")
    shutil.rmtree(before, ignore_errors=True)
    if place.exists():
        place.rename(before)
    folder.rename(place)
    shutil.rmtree(before, ignore_errors=True)


def make_readable(folder: Path) -> None:
    """Let whoever may look into a folder read its files: safetensors writes weights for their owner alone."""
    mode = stat.S_IMODE(folder.stat().st_mode) & 0o666
    for file in folder.iterdir():
        file.chmod(mode)


def _unwritten(place: Path, error: Exception) -> RunError:
    why = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return RunError(
        f"{place} cannot be written: {why}.",
        code="run-unwritable",
        path=place,
        why=why,
    )
