"""The folder of a run: what lies where, and its two small files: what was asked, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from engine.errors import RunError
from engine.events import VERSION, named
from engine.recipes import Recipe
from engine.runs.replacing import replace_file
from engine.runs.result import Result

T = TypeVar("T", Recipe, Result)


class RunFolder(msgspec.Struct, frozen=True):
    """Paths of one run.

    A run may have several attempts: it was stopped or it crashed, and was resumed. `result.json` belongs to
    the newest attempt alone. Hence the order that a worker keeps: take the lock, `withdraw_result()`, write
    the `attempt` event; and at the end: write the `ended` event, `write_result()`, let the lock go.
    So a free lock with a result means that the run ended as it says; without one, that the worker died.
    """

    path: Path

    @property
    def id(self) -> str:
        """The run's name, which sorts by time, such as 20261123-141502-mlp-7f3a."""
        return self.path.name

    @property
    def home(self) -> Path:
        """The folder that holds `runs` and `slots`."""
        return self.path.parent.parent

    @property
    def recipe_file(self) -> Path:
        """What was asked; never changed."""
        return self.path / "recipe.json"

    @property
    def lock_file(self) -> Path:
        """Held by the worker as long as it lives."""
        return self.path / "lock"

    @property
    def events_file(self) -> Path:
        """The stream of events, one a line, only ever appended to."""
        return self.path / "events.jsonl"

    @property
    def wanted_file(self) -> Path:
        """What the learner wants of the run now."""
        return self.path / "wanted"

    @property
    def asks(self) -> Path:
        """Folder of questions to the model, answered beside them."""
        return self.path / "asks"

    @property
    def arrays(self) -> Path:
        """Folder of what is too large for a line of the stream."""
        return self.path / "arrays"

    @property
    def console_file(self) -> Path:
        """What the worker printed."""
        return self.path / "console.log"

    @property
    def checkpoints(self) -> Path:
        """Folder of saved models."""
        return self.path / "checkpoints"

    @property
    def result_file(self) -> Path:
        """What came of it; there once the newest attempt has ended by itself."""
        return self.path / "result.json"

    def recipe(self) -> Recipe:
        """Return what was asked.

        Raises:
            RunError: There is no such run, a newer program wrote it, or the file is broken.
        """
        recipe = self._read(self.recipe_file, Recipe)
        if recipe is None:
            raise RunError(f"{self.path}: there is no run here.", code="run-missing", run=self.path)
        return recipe

    def result(self) -> Result | None:
        """Return what came of the run, None while nothing has.

        Raises:
            RunError: A newer program wrote it, or the file is broken.
        """
        return self._read(self.result_file, Result)

    def write_result(self, result: Result) -> None:
        """Write what came of the run, safe against a power failure."""
        plain = named(msgspec.to_builtins(result))
        replace_file(self.result_file, msgspec.json.encode(plain) + b"\n", sync=True)

    def withdraw_result(self) -> None:
        """Set an earlier attempt's result aside, as result-before.json, since a new attempt begins."""
        if self.result_file.exists():
            self.result_file.replace(self.path / "result-before.json")

    def _read(self, file: Path, kind: type[T]) -> T | None:
        try:
            text = file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._broken(file, error.strerror) from error
        try:
            self._refuse_newer(file, text)
            return msgspec.json.decode(text, type=kind, strict=False)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._broken(file, str(error)) from error

    def _refuse_newer(self, file: Path, text: bytes) -> None:
        version = msgspec.json.decode(text, type=_Versioned).version
        if version > VERSION:
            raise RunError(
                f"{file} is of version {version}, of a newer learncurve; this one reads up to {VERSION}.",
                code="run-newer",
                run=self.id,
                file=file,
                version=version,
                known=VERSION,
            )

    def _broken(self, file: Path, why: str | None) -> RunError:
        return RunError(f"{file} cannot be read: {why}.", code="run-broken", run=self.id, file=file, why=why or "")


class _Versioned(msgspec.Struct):
    version: int = VERSION
