"""Checkpoints on disk, whole or not there: a safetensors file with the facts in its header, or Trainer's folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine.errors import RunError
from engine.events import VERSION, named
from engine.runs.replacing import replace_file

if TYPE_CHECKING:
    from torch import Tensor

KEPT = 2
"""How many are kept, besides the best."""
FACTS = "facts.json"
"""The facts of a checkpoint that is a folder."""
BEST = "best.safetensors"
"""The weights with the lowest validation loss so far; for looking at, not for resuming."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a checkpoint says beside its tensors.

    Attributes:
        update: Updates done.
        evaluated: The last epoch that was evaluated, -1 for none.
        seconds: Training time of all attempts so far, pauses left out.
        threads: PyTorch's threads; with another number sums differ in the last bits.
    """

    update: int
    evaluated: int = -1
    seconds: float = 0.0
    threads: int = 1
    train_loss: float | None = None
    val_loss: float | None = None
    val_accuracy: float | None = None
    best_val_loss: float | None = None
    best_val_accuracy: float | None = None
    versions: dict[str, str] = {}
    version: int = VERSION


class Checkpoints:
    """The folder of a run's checkpoints; the newest good one wins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def newest(self) -> tuple[Path, Facts] | None:
        """Return the newest checkpoint that is whole, None if there is none; torch is not needed."""
        for path in sorted(self._numbered(), reverse=True):
            facts = facts_of(path)
            if facts is not None:
                return path, facts
        return None

    def read(self, path: Path) -> dict[str, Tensor]:
        """Return the tensors of a checkpoint.

        Raises:
            RunError: The file is broken.
        """
        from safetensors import SafetensorError
        from safetensors.torch import load

        try:
            return load(path.read_bytes())
        except (OSError, SafetensorError) as error:
            raise RunError(
                f"The checkpoint {path} cannot be read ({error}). Delete it to go on from the one before.",
                code="checkpoint-broken",
                file=path,
                why=error,
            ) from error

    def write(self, name: str, tensors: dict[str, Tensor], facts: Facts) -> None:
        """Write one checkpoint and sync it; the oldest beyond those that are kept go.

        Raises:
            RunError: The disk is full or cannot be written; nothing of it is left.
        """
        from safetensors.torch import save

        text = msgspec.json.encode(named(msgspec.to_builtins(facts))).decode()
        contiguous = {key: tensor.detach().cpu().contiguous() for key, tensor in tensors.items()}
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise RunError(
                f"{self.folder} cannot be made: {error.strerror}.",
                code="run-unwritable",
                path=self.folder,
                why=error.strerror,
            ) from error
        replace_file(self.folder / name, save(contiguous, {"facts": text}), sync=True)
        self.prune()

    def sweep(self) -> None:
        """Remove what a killed worker left half written."""
        for path in self.folder.glob(".*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def prune(self) -> None:
        """Remove the oldest beyond those that are kept."""
        for path in sorted(self._numbered())[:-KEPT]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def _numbered(self) -> list[Path]:
        return [path for path in self.folder.glob("*") if re.fullmatch(r"\d+(\.safetensors)?", path.name)]


def name_of(update: int) -> str:
    """Return the file name of the checkpoint at an update; names sort as updates do."""
    return f"{update:09d}.safetensors"


def facts_of(path: Path) -> Facts | None:
    """Return the facts of a checkpoint, None if it is not whole or not one of ours."""
    if path.is_dir():
        return _facts_of_folder(path)
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = msgspec.json.decode(file.read(length), type=dict[str, dict[str, object]])
        metadata = header.pop("__metadata__")
        ends = [msgspec.convert(entry["data_offsets"], tuple[int, int])[1] for entry in header.values()]
        facts = msgspec.json.decode(str(metadata["facts"]), type=Facts, strict=False)
    except (OSError, OverflowError, MemoryError, KeyError, msgspec.MsgspecError):
        return None
    whole = path.stat().st_size == 8 + length + max(ends, default=0)
    return facts if whole and facts.version <= VERSION else None


def _facts_of_folder(path: Path) -> Facts | None:
    """Return the facts of a folder, which is renamed to its place once it is whole."""
    try:
        facts = msgspec.json.decode((path / FACTS).read_bytes(), type=Facts, strict=False)
    except (OSError, msgspec.MsgspecError):
        return None
    return facts if facts.version <= VERSION else None
