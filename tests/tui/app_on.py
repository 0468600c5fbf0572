"""The whole app on a home of its own, for tests that press keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from content.course.course import bundled, open_course
from content.memory.record import open_record
from tui.app import LearncurveApp
from tui.house import House


def app_on(
    home: Path, *, language: str = "en", greeted: bool = True, course: Path | None = None, **more: Any
) -> LearncurveApp:
    """Return the app on a home; a learner who is greeted has chosen a language before."""
    home.mkdir(parents=True, exist_ok=True)
    record = open_record(home / "record.sqlite").record
    if greeted and not record.setting("interface"):
        record.keep_setting("interface", {"language": language, "greeted": True})
    return LearncurveApp(House(home), open_course(course or bundled()), record, **more)


def shown(app: LearncurveApp) -> str:
    """Return the text that stands on the screen."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
