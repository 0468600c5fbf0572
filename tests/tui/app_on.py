"""The whole app on a home of its own, for tests that press keys."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from content.course.course import bundled, open_course
from content.memory.record import open_record
from tui.app import LearncurveApp
from tui.house import House

_KEPT = TemporaryDirectory(prefix="learncurve-index-")
"""Where one process of tests keeps the bundled course's index: only its first app reads all the YAML."""


def app_on(
    home: Path, *, language: str = "en", greeted: bool = True, course: Path | None = None, **more: Any
) -> LearncurveApp:
    """Return the app on a home; a learner who is greeted has chosen a language before."""
    home.mkdir(parents=True, exist_ok=True)
    record = open_record(home / "record.sqlite").record
    if greeted and not record.setting("interface"):
        record.keep_setting("interface", {"language": language, "greeted": True})
    opened = open_course(course) if course else open_course(bundled(), cache=Path(_KEPT.name))
    return LearncurveApp(House(home), opened, record, **more)


def shown(app: LearncurveApp) -> str:
    """Return the text that stands on the screen."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
