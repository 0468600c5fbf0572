"""`learncurve review` in a real terminal: what is due is asked, and a kill loses nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from content.course.course import open_course
from content.memory.clock import local_now
from content.memory.record import open_record
from tests.journeys.homes import greeted
from tests.terminal import Terminal, learncurve
from tests.tui.review_course import answered, three_sections

pytestmark = pytest.mark.pty


def test_a_review_from_the_command_line_outlives_a_kill(home: Path) -> None:
    folder = three_sections(home / "course")
    greeted(home)
    record = open_record(home / "record.sqlite", clock=lambda: local_now() - timedelta(days=30)).record
    answered(open_course(folder), record, ["choice", "beta-choice"])
    record.close()
    review = learncurve(home, "review", "--course", str(folder))
    with Terminal(review) as terminal:
        terminal.until("question 1 of 2")
        assert "Alpha" not in terminal.text
        assert "Beta" not in terminal.text
        terminal.press("c")
        terminal.press("3")
        terminal.until("It returns on ")
        assert "Review · 9." in terminal.text
        terminal.kill()
    with Terminal(review) as terminal:
        terminal.until("It returns on ")
        terminal.press("enter")
        terminal.until("question 2 of 2")
        terminal.press("c")
        terminal.press("3")
        terminal.until("It returns on ")
        terminal.press("enter")
        said = terminal.until("2 right the first time")
        assert "The whole course: seen 2 of 15" in said
        terminal.press("enter")
        terminal.until("9.3  Gamma")
        terminal.press("v")
        terminal.until("Nothing is due today")
