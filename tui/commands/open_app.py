"""`learncurve` and `learncurve watch [RUN]`: open the app, or one run alone."""

from __future__ import annotations

import sys

from tui.app_start import course_folder
from tui.commands.asked import Asked
from tui.house import House
from tui.terminal import ambiguous_width, speaks_utf8
from tui.words import Words


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
    farewell = open_app(asked, asked.usable_house())
    if farewell:
        print(farewell)
    return 0


def open_app(asked: Asked, house: House) -> str:
    """Run the app to its end and return its farewell, "" for none."""
    measured = ambiguous_width()
    from content.course.course import open_course
    from content.memory.record import open_record
    from engine.runs.filesystem import is_network
    from tui.app import LearncurveApp
    from tui.settings import load
    from tui.version import version

    _log_to(house)
    course = open_course(course_folder(asked.course), cache=house.cache)
    opened = open_record(house.record, network=is_network(house.home), app=version())
    words = Words(load(opened.record).language or asked.words.language)
    notices = [words.error(opened.notice)] if opened.notice is not None else []
    only = asked.given.verb == "watch"
    first = [["run", run_to_watch(asked, house)]] if only else None
    app = LearncurveApp(house, course, opened.record, measured=measured, first=first, notices=tuple(notices), only=only)
    try:
        return app.run() or ""
    finally:
        opened.record.close()


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


def _log_to(house: House) -> None:
    """Keep warnings and tracebacks in the data folder, never on the screen."""
    import logging

    handler = logging.FileHandler(house.log, encoding="utf-8", delay=True)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s", handlers=[handler])
