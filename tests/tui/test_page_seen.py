"""How much of a page was read: what was on the screen, and nothing that was jumped over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.small_course import build
from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.prose_reader import Reader, page, sheet
from tests.tui.test_question_types import press, shown
from tui.sentences import LANGUAGES
from tui.widgets.block_seen import Seen
from tui.widgets.prose import Prose

LAID = sheet(page())
NARROW = sheet(page(), 50)
ROWS = st.tuples(st.integers(0, len(LAID.rows)), st.integers(0, len(LAID.rows))).map(sorted)


def looked(*screens: list[int]) -> Seen:
    """Return what was seen after screens that showed those rows."""
    seen = Seen()
    for top, bottom in screens:
        seen = seen.also(LAID.place(top), LAID.place(bottom))
    return seen


@given(st.lists(ROWS, max_size=6))
def test_each_row_counts_once_however_often_it_was_looked_at(screens: list[list[int]]) -> None:
    rows = {row for top, bottom in screens for row in range(top, bottom)}
    assert looked(*screens).share(LAID) == pytest.approx(len(rows) / len(LAID.rows), abs=0.01)


@given(st.lists(ROWS, max_size=6))
def test_the_share_is_nearly_the_same_in_another_width(screens: list[list[int]]) -> None:
    seen = looked(*screens)
    assert seen.share(NARROW) == pytest.approx(seen.share(LAID), abs=0.15)
    everything = seen.also(LAID.place(0), LAID.place(len(LAID.rows)))
    assert everything.share(NARROW) == everything.share(LAID) == 1.0


def test_screens_that_touch_are_one_stretch() -> None:
    assert looked([0, 20], [20, 35]).stretches == looked([0, 35]).stretches
    assert len(looked([0, 20], [40, 60]).stretches) == 2
    assert looked([40, 60], [0, 20], [10, 45]).stretches == looked([0, 60]).stretches


async def test_what_was_jumped_over_was_not_read() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        begun = app.prose.progress
        assert begun == pytest.approx(app.prose.size.height / len(LAID.rows), abs=0.02)
        await pilot.press("end")
        assert app.prose.progress == pytest.approx(2 * begun, abs=0.02)
        await pilot.press("home")
        assert app.prose.progress == pytest.approx(2 * begun, abs=0.02)
        for _ in range(len(LAID.rows) // 10):
            await pilot.press("space")
        assert app.prose.progress == 1.0


async def test_what_was_read_stays_read_another_day_and_in_another_language(own_home: Path) -> None:
    """Opened at an anchor, only what can be seen from there counts; then the rest; then it is kept."""
    course = build(own_home / "course")
    app = app_on(own_home, course=course, first=[["page", "steps", "one-batch"]])
    async with app.run_test(size=(80, 20)) as pilot:
        await settled(pilot)
        assert "100% read" not in shown(app)
        await press(pilot, "G")
        assert "100% read" not in shown(app)
        await press(pilot, "g", *["space"] * 12)
        assert "100% read" in shown(app)
        await press(pilot, "g", "f2")
        assert "已读 100%" in shown(app)
    again = app_on(own_home, course=course, first=[["page", "steps"]])
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "已读 100%" in shown(again)


@pytest.mark.parametrize("rows", [20, 24, 45])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_leaf_that_leaps_over_white_space_reads_it_too(own_home: Path, language: str, rows: int) -> None:
    app = app_on(own_home, language=language, first=[["page", "backprop"]])
    async with app.run_test(size=(80, rows)) as pilot:
        await settled(pilot)
        prose = app.screen.query_one(Prose)
        while prose.scroll_offset.y < prose.max_scroll_y:
            await press(pilot, "space")
        assert "100%" in shown(app).splitlines()[0]
