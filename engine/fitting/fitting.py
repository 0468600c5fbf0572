"""The process that fits, seen from outside: nothing ever waits for it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.errors import RunError
from engine.fitting.reviews import FORMAT, LEAST, Fit, Reviews, usable
from engine.runs.awaited import Awaited
from engine.runs.telling import Telling

MODULE = ["-m", "engine.worker.fit"]


class Fitting(Awaited[Fit]):
    """Started at once; it ends with this program."""

    def __init__(self, reviews: Reviews, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Start it.

        Raises:
            RunError: There are too few reviews, or it cannot be started.
        """
        count = usable(reviews.reviews)
        if count < LEAST:
            raise few(count)
        super().__init__(clock)
        try:
            self._folder = tempfile.TemporaryDirectory(prefix="learncurve-")
            given = Path(self._folder.name) / "reviews.json"
            self._made = Path(self._folder.name) / "fit.json"
            given.write_bytes(msgspec.json.encode(reviews))
            self._process = Telling(MODULE, given, self._made)
        except OSError as error:
            raise _failed(error.strerror or str(error)) from error

    def made(self) -> Fit:
        try:
            fit = msgspec.json.decode(self._made.read_bytes(), type=Fit)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _failed(self._process.why()) from error
        finally:
            self._folder.cleanup()
        if fit.format != FORMAT:
            raise _failed(f"format {fit.format}")
        return fit

    def stop(self) -> None:
        """End it and take its files away."""
        self._process.stop()
        self._folder.cleanup()


def few(count: int) -> RunError:
    """Return that there are too few reviews, as a sentence."""
    return RunError(
        f"{count} reviews can be used, {LEAST} are needed: a question counts from its second day on.",
        code="fit-few",
        count=count,
        least=LEAST,
    )


def _failed(why: str) -> RunError:
    return RunError(f"The parameters could not be fitted: {why}", code="fit-failed", why=why)
