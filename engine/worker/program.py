"""Runs a page's code: `python -P -m engine.worker.program FOLDER`, see engine/programs/workplace.py for the folder.

The code is the `__main__` of this process, as it would be of one that a reader starts. Limits are set and the network
is taken away before its first line.
"""

from __future__ import annotations

import faulthandler
import resource
import runpy
import signal
import sys
import traceback
from pathlib import Path
from typing import TextIO

import msgspec

from engine.programs.outcome import Limits, Outcome
from engine.programs.workplace import Workplace
from engine.worker.offline import go_offline

LONGEST = 2000
"""Characters kept of what a line prints, and of an error."""


def main(arguments: list[str]) -> int:
    """Run the code, and return 0; what came of it is written into the folder."""
    place = Workplace(Path(arguments[0]))
    trace = place.trace.open("w")
    faulthandler.enable(trace)
    faulthandler.register(signal.SIGXCPU, trace, chain=True)
    _limit(msgspec.json.decode(place.limits.read_bytes(), type=Limits))
    go_offline()
    outcome = told(place.program)
    place.outcome.write_bytes(msgspec.json.encode(outcome))
    return 0


def told(program: Path) -> Outcome:
    """Run a program and return what came of it."""
    printed = Printed(sys.stdout, str(program))
    sys.stdout, sys.argv = printed, [str(program)]
    failure: BaseException | None = None
    try:
        runpy.run_path(str(program), run_name="__main__")
    except BaseException as error:
        failure = None if isinstance(error, SystemExit) and error.code in (None, 0) else error
    finally:
        sys.stdout = printed.beneath
    if failure is None:
        return Outcome(ended="done", printed=printed.lines)
    return Outcome(ended="failed", line=line_of(failure, program), error=said(failure), printed=printed.lines)


class Printed:
    """Standard output that remembers which line of the program printed what."""

    def __init__(self, beneath: TextIO, program: str) -> None:
        self.beneath = beneath
        self.program = program
        self.lines: dict[int, str] = {}

    def write(self, text: str) -> int:
        """Write, and remember."""
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename != self.program:
            frame = frame.f_back  # type: ignore[assignment]  # the outermost has none
        if frame is not None:
            before = self.lines.get(frame.f_lineno, "")
            self.lines[frame.f_lineno] = (before + text)[:LONGEST]
        return self.beneath.write(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self.beneath, name)


def said(error: BaseException) -> str:
    """Return what an error says, on one line."""
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(f"{type(error).__name__}: {words}".split()).removesuffix(":")[:LONGEST]


def line_of(error: BaseException, program: Path) -> int:
    """Return the innermost line of the program that an error passed, 0 where there is none."""
    if isinstance(error, SyntaxError) and error.filename == str(program):
        return error.lineno or 0
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(program)]
    return (lines[-1] or 0) if lines else 0


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
