"""How an open screen is named, kept, and opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import RunError
from tui.learner import recall_due
from tui.widgets.demos.catalogue import NAMES as DEMOS

if TYPE_CHECKING:
    from textual.screen import Screen

    from content.memory.record import Record
    from tui.owner import Owner


def kept_under(course: str) -> str:
    """Return where the record keeps the places that are open in a course."""
    return f"open {course}"


def opened(record: Record, course: str) -> list[list[str]]:
    """Return the places that were open in a course when the app last went away without being quit."""
    kept = record.setting(kept_under(course), [])
    if not isinstance(kept, list):
        return []
    return [
        place for place in kept if isinstance(place, list) and place and all(isinstance(part, str) for part in place)
    ]


def reopen(app: Owner, place: list[str]) -> Screen[Any] | None:
    """Return a new screen for a place, None where what it names is no longer there.

    A section that asks before it tells is entered through its question, unless a spot of its page is named ("" for
    where the learner was).
    """
    kind, rest = place[0], place[1:]
    match kind, rest:
        case (("page" | "question"), [slug]) if recall_due(app.course, app.record, slug):
            return _recall(slug)
        case "recall", [slug] if app.course.recall(slug):
            return _recall(slug)
        case (("page" | "recall"), [slug, *anchor]) if app.course.section(slug):
            from tui.screens.page import PageScreen

            return PageScreen(slug, anchor[0] if anchor else "")
        case "question", [slug, *item] if app.course.section(slug):
            from tui.screens.question import QuestionScreen

            return QuestionScreen(slug, item[0] if item else "")
        case "review", [*at]:
            from tui.screens.review import review_screen

            return review_screen(app, at[0] if at else "")
        case "run", [name]:
            from tui.screens.run import RunScreen

            try:
                return RunScreen(app.runs.find(name).id)
            except RunError as problem:
                app.notify(app.words.error(problem), severity="warning", markup=False)
                return None
        case "try", [name]:
            from tui.screens.try_model import try_screen

            try:
                return try_screen(app.runs.find(name))
            except RunError as problem:
                app.notify(app.words.error(problem), severity="warning", markup=False)
                return None
        case "runs", []:
            from tui.screens.runs import RunsScreen

            return RunsScreen()
        case "lab", [*of]:
            from tui.screens.lab import LabScreen

            return LabScreen(of[0] if of else "", kind=of[1] if len(of) > 1 else "")
        case "beside", [*names] if names:
            from tui.screens.beside import BesideScreen

            return BesideScreen(names)
        case "zoo", [*model]:
            from tui.screens.zoo import ZooScreen

            return ZooScreen(model[0] if model else "")
        case "demos", []:
            from tui.screens.demos import DemosScreen

            return DemosScreen()
        case "demo", [name, *of] if name in DEMOS:
            from tui.screens.demo import DemoScreen

            return DemoScreen(name, by_page=of == ["page"])
        case "glossary", [*term]:
            from tui.screens.glossary import GlossaryScreen

            return GlossaryScreen(term[0] if term else "")
        case "statistics", []:
            from tui.screens.statistics import StatisticsScreen

            return StatisticsScreen()
        case "courses", []:
            from tui.screens.courses import CoursesScreen

            return CoursesScreen()
        case "faults", []:
            from tui.screens.faults import FaultsScreen

            return FaultsScreen()
        case "settings", []:
            from tui.screens.settings import SettingsScreen

            return SettingsScreen()
    return None


def _recall(slug: str) -> Screen[Any]:
    from tui.screens.recall import RecallScreen

    return RecallScreen(slug)
