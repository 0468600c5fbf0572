"""A course of three sections whose questions were answered weeks ago, and the app on it, at a clock that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from content.course.course import Course, open_course
from content.memory.entry import Given
from content.memory.record import Record, open_record
from tests.content.test_record import Clock
from tests.tui.question_course import COURSE, ITEMS, SECTION, write_course
from tui.app import LearncurveApp
from tui.house import House
from tui.terminal import Width


class Ticking(Clock):
    """A clock on which a second passes whenever it is looked at, so that answers have an order."""

    def __call__(self) -> datetime:
        self.move(seconds=1)
        return self.now


MORE = {"beta": ("9.2", "Beta", "乙"), "gamma": ("9.3", "Gamma", "丙")}
"""Sections beside alpha, each with a choice, a statement and a number like those of alpha."""

SHARED = ("choice", "truth", "number")
DUE = ("choice", "beta-choice", "gamma-number", "truth")
"""What the tests make due, by default."""


def three_sections(folder: Path) -> Path:
    """Write the course; return its folder."""
    write_course(folder)
    sections = COURSE.replace("[alpha]", f"[alpha, {', '.join(MORE)}]")
    (folder / "course.yaml").write_text(sections, encoding="utf-8")
    blocks = ITEMS.split("\n- id: ")[1:]
    for slug, (number, title, chinese) in MORE.items():
        (folder / slug).mkdir(exist_ok=True)
        head = SECTION.split("slips:")[0].replace("9.1", number).replace("alpha", slug).replace("91a", f"{slug[0]}1")
        head = head.replace("Alpha", title).replace("甲", chinese)
        (folder / slug / "section.yaml").write_text(head, encoding="utf-8")
        chosen = [block for block in blocks if block.split("\n")[0] in SHARED]
        items = "".join(f"\n- id: {slug}-{block}".replace("91a", f"{slug[0]}1") for block in chosen)
        items = f'section: "{number}"\nitems:{items}\n'.replace("alpha#", f"{slug}#")
        (folder / slug / "items.yaml").write_text(items, encoding="utf-8")
        for language in ("en", "zh"):
            page = (folder / "alpha" / f"page.{language}.md").read_text(encoding="utf-8")
            text = page.replace("Alpha", title).replace("甲", chinese)
            (folder / slug / f"page.{language}.md").write_text(text, encoding="utf-8")
    return folder


def given(course: Course, item: str, *, right: bool = True, **more: Any) -> Given:
    """Return an answer to a question as a screen would hand it over."""
    found = course.item(item)
    assert found is not None
    fields: dict[str, Any] = {"language": "en", "answer": "null", "confidence": 3, "seed": 1, "session": "before"}
    revision = more.pop("revision", found.revision)
    return Given(course=course.id, item=item, revision=revision, credit=float(right), right=right, **{**fields, **more})


def answered(course: Course, record: Record, items: Iterable[str]) -> None:
    """Answer questions right."""
    for item in items:
        record.save(given(course, item))


def reviewing(
    home: Path,
    clock: Clock,
    due: Iterable[str] = DUE,
    *,
    first: list[list[str]] | None = None,
    measured: Width = "one",
    **interface: Any,
) -> LearncurveApp:
    """Return the app with questions that are due; called again on the same home it goes on.

    Args:
        due: Answered thirty days before the clock's time.
        first: Places to open; by default the review.
        interface: Settings, such as the language.
    """
    home.mkdir(parents=True, exist_ok=True)
    course = open_course(three_sections(home / "course"))
    fresh = not (home / "record.sqlite").exists()
    record = open_record(home / "record.sqlite", clock=clock).record
    if fresh:
        record.keep_setting("interface", {"language": "en", "greeted": True, **interface})
        clock.move(days=-30)
        answered(course, record, due)
        clock.move(days=30)
    places = [["review"]] if first is None else first
    return LearncurveApp(House(home), course, record, first=places, measured=measured)
