"""The small course, its second section entered through a question as a FAQ is, and the app on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.content.small_course import build, plant
from tests.tui.app_on import app_on
from tui.app import LearncurveApp

FAQ = "starts"
RECALL = "why-ln"
OTHERS = ("ce-start", "lower-is-better", "which-loss")


def faq_course(root: Path) -> Path:
    """Return the folder of the course, built where it is not there yet."""
    if not root.exists():
        build(root)
        plant(root, f"{FAQ}/section.yaml", "minutes: 2", f"minutes: 2\nrecall: {RECALL}")
    return root


def faq_app(home: Path, **more: Any) -> LearncurveApp:
    """Return the app on this course."""
    return app_on(home, course=faq_course(home / "course"), **more)
