"""`learncurve`, `learncurve review` and `learncurve watch [RUN]`: open the app, at what is due, or one run alone."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.asked import Asked
from tui.house import House
from tui.terminal import ambiguous_width, speaks_utf8
from tui.words import Words

if TYPE_CHECKING:
    from content.course.course import Course
    from content.memory.record import Record

PATIENT_SECONDS = 1.0
SAY_SECONDS = 0.2
"""When, and how often, somebody who waits for a large course is told how far it is."""

FIRST = {"review": [["review"]]}
"""Places that a verb opens over home; without one, those that were open last."""


def run(asked: Asked) -> int:
    """Open the app; what it has to say when it closes is printed on the learner's own screen."""
    if asked.given.version:
        from tui.version import version

        print(f"learncurve {version()}")
        return 0
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(asked.words("cli.no-terminal"), file=sys.stderr)
        return 1
    if not speaks_utf8():
        print(asked.words("cli.no-utf8", encoding=getattr(sys.stdout, "encoding", "?")), file=sys.stderr)
        return 1
    # under nohup or a careless wrapper the hang-up would be ignored, and the app read a closed terminal for ever
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    farewell = open_app(asked, asked.usable_house())
    if farewell:
        print(farewell)
    return 0


def open_app(asked: Asked, house: House) -> str:
    """Run the app to its end and return its farewell, "" for none."""
    measured = ambiguous_width()
    from content.memory.record import open_record
    from engine.runs.filesystem import is_network
    from tui.app import LearncurveApp
    from tui.keeping import lost
    from tui.log import log_to
    from tui.settings import load
    from tui.version import version

    log_to(house.log)
    opened = open_record(house.record, network=is_network(house.home), app=version())
    try:
        only = asked.given.verb == "watch"
        aside = opened.record.aside or opened.set_aside  # `learncurve due` may have met the damage first
        gone = lost(house.record, aside) if aside and not only else None
        spoken = load(opened.record).language or (gone.language if gone else "")
        words = Words(spoken or asked.words.language)
        notices = [words.error(opened.notice)] if opened.notice is not None and gone is None else []
        course = course_for(asked, house, opened.record, words, notices)
        app = LearncurveApp(
            house,
            course,
            opened.record,
            measured=measured,
            first=[["run", run_to_watch(asked, house)]] if only else FIRST.get(asked.given.verb),
            notices=tuple(notices),
            only=only,
            watched=bool(getattr(asked.given, "watched", False)),
            lost=gone,
        )
        return app.run() or ""
    finally:
        opened.record.close()


def course_for(asked: Asked, house: House, record: Record, words: Words, notices: list[str]) -> Course:
    """Return the course that is meant: the one asked for, else the one chosen last, else the one that comes along.

    Raises:
        ContentError: The folder that was asked for holds no course.
    """
    from content.course.course import bundled, open_course
    from content.errors import ContentError
    from tui.known import chosen

    cache, waiting = house.cache, Waiting(words)
    before = chosen(record)
    try:
        if before and not asked.course:
            try:
                return open_course(Path(before), cache=cache, tell=waiting)
            except ContentError as problem:
                notices.append(words("courses.chosen-gone", folder=before, why=words.error(problem)))
        folder = Path(asked.course).expanduser().absolute() if asked.course else bundled()
        return open_course(folder, cache=cache, tell=waiting)
    finally:
        waiting.over()


class Waiting:
    """Says on the terminal how far the first reading of a large course is; nothing where it is quick."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.began = self.said = time.monotonic()

    def __call__(self, done: int, every: int) -> None:
        """Say so, a few times a second."""
        now = time.monotonic()
        if now - self.began > PATIENT_SECONDS and now - self.said > SAY_SECONDS:
            self.said = now
            sys.stderr.write(f"\r\x1b[2K{self.words('cli.reading-course', done=done, all=every)}")
            sys.stderr.flush()

    def over(self) -> None:
        """Take the line back."""
        if self.said != self.began:
            sys.stderr.write("\r\x1b[2K")


def run_to_watch(asked: Asked, house: House) -> str:
    """Return the id of the run that is meant; without a name the newest.

    Raises:
        RunError: There is no such run, or none at all.
    """
    from engine.errors import RunError
    from engine.runs.store import Runs

    runs = Runs(house.home)
    if asked.given.run:
        return runs.find(asked.given.run).id
    newest = runs.all()[:1]
    if not newest:
        raise RunError("There is no run yet. Start one: learncurve train mlp", code="no-runs")
    return newest[0].id
