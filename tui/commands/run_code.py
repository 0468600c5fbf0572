"""`learncurve course check DIR --run-code`: run the python code of the pages, and say what does not run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec

from content.course.course import open_course
from content.course.programs import Program, programs
from content.course.rules.programs import contradictions, failure
from content.errors import ContentError, Fault
from engine.programs.outcome import Limits, Outcome
from engine.programs.running import run
from tui.commands.asked import Asked

AT_ONCE = 4
"""So many programs at most run side by side, however many cores there are."""


class Ran(msgspec.Struct, frozen=True):
    """What was run, and what is wrong with it."""

    outcomes: tuple[tuple[Program, Outcome], ...]
    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    def plain(self) -> list[dict[str, Any]]:
        """Return what was run as plain data."""
        return [
            {"file": program.first.file, "line": program.first.line, "ended": outcome.ended, "seconds": outcome.seconds}
            for program, outcome in self.outcomes
        ]


def run_code(folder: Path, asked: Asked) -> Ran:
    """Run every program of a course and return what came of it; which ones are done is said on a terminal."""
    try:
        wanted = list(programs(open_course(folder)))
    except ContentError:
        return Ran((), (), ())  # the linter has said it
    limits = msgspec.structs.replace(Limits(), cpu_seconds=asked.given.seconds)
    outcomes = tuple(_outcomes(wanted, limits, folder, asked))
    told = {"seconds": limits.cpu_seconds, "gigabytes": f"{limits.memory_bytes / 2**30:g}"}
    failures = [failure(program, outcome, told) for program, outcome in outcomes]
    said = [fault for program, outcome in outcomes for fault in contradictions(program, outcome)]
    return Ran(outcomes, tuple(fault for fault in failures if fault), tuple(said))


def _outcomes(wanted: list[Program], limits: Limits, folder: Path, asked: Asked) -> Iterator[tuple[Program, Outcome]]:
    def one(program: Program) -> Outcome:
        return run(program.first.text, line=program.first.line, limits=limits, data=folder / "data")

    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        for program, outcome in zip(wanted, pool.map(one, wanted), strict=True):
            if sys.stderr.isatty() and not asked.json:
                where = f"{program.first.file}:{program.first.line}"
                print(asked.words("cli.ran", where=where, seconds=f"{outcome.seconds:.1f}"), file=sys.stderr)
            yield program, outcome
