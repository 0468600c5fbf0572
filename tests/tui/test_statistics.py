"""Statistics: the learner's figures drawn and told, in both languages, wide and narrow, with and without answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.content import Content

from content.memory.curve import Point
from content.memory.record import Record, open_record
from content.memory.statistics import Statistics, Studied, Trust
from tests.content.small_course import build
from tests.content.test_record import Clock, answer
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tests.tui.grid import assert_kept
from tui.glyphs import glyphs
from tui.text.cells import cells
from tui.widgets.run.scroll import Scroll
from tui.widgets.statistics.calendar import calendar
from tui.widgets.statistics.coming import coming
from tui.widgets.statistics.drawn import Paper
from tui.widgets.statistics.growth import growth
from tui.widgets.statistics.hard import effort
from tui.widgets.statistics.trust import trust
from tui.words import Words

TODAY = datetime(2026, 11, 23).toordinal()  # a Monday
NOTHING = Statistics(days=(), trust=(), hard=(), slips=(), coming=())


def paper(language: str = "en", *, width: int = 76, ascii_only: bool = False) -> Paper:
    return Paper(Words(language), glyphs(ascii_only), width)


def plain(lines: list[Content]) -> str:
    return "\n".join(line.plain.rstrip() for line in lines)


def filled(home: Path) -> Record:
    """Return a record of three weeks whose last answers are of the day before `TODAY`."""
    clock = Clock()
    home.mkdir(parents=True, exist_ok=True)
    record = open_record(home / "record.sqlite", clock=clock).record
    names = ("updates", "one-update", "step-early", "ce-start")
    clock.now = datetime(2026, 11, 2, 12, tzinfo=UTC)
    for day in range(20):
        clock.now = datetime(2026, 11, 2, 12, tzinfo=UTC) + timedelta(days=day)
        for at, name in enumerate(names[: 1 + day % 4]):
            given = replace(answer(name, right=(day + at) % 3 > 0), course="small", confidence=1 + (day + at) % 3)
            record.save(given)
    return record


def test_a_week_is_a_column_and_the_last_one_is_this_week() -> None:
    days = [Studied(TODAY, 3, 1, 60.0), Studied(TODAY - 1, 40, 1, 60.0), Studied(TODAY - 7, 6, 1, 60.0)]
    rows = [line.plain for line in calendar(days, TODAY, paper(width=14))]
    assert rows[2] == "Mon · · · ⣤ ⣀ "
    assert rows[8] == "Sun · · · ⣿   "  # this Sunday is still to come
    assert "Days: 3" in plain(calendar(days, TODAY, paper()))


def test_a_month_of_which_one_week_is_left_leaves_its_place_to_the_next() -> None:
    """Else the next one would go without a name."""
    months = calendar([], TODAY, paper("zh", width=74))[1].plain
    assert months.split() == ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月"]
    assert calendar([], TODAY, paper("zh", width=76))[1].plain.split()[:2] == ["3月", "4月"]
    assert all(cells(calendar([], TODAY, paper("en", width=width))[1].plain) <= width for width in range(12, 76))


def test_what_was_never_said_has_no_share() -> None:
    said = replace(NOTHING, trust=(Trust(1, 0, 0), Trust(2, 4, 2), Trust(3, 5, 5)))
    assert "还没有说过" in plain(trust(said, paper("zh")))
    assert "0 次" not in plain(trust(said, paper("zh")))


def test_time_below_an_hour_is_told_in_minutes() -> None:
    said = replace(NOTHING, days=(Studied(TODAY, 12, 9, 300.0),))
    assert "5 分钟" in plain(effort(said, paper("zh")))
    assert "小时" not in plain(effort(said, paper("zh")))


def test_thousands_are_told_apart() -> None:
    """On the screen as in every other figure of the app."""
    said = replace(NOTHING, days=(Studied(TODAY, 4679, 3930, 9e4),), trust=(Trust(1, 0, 0), Trust(3, 2984, 2745)))
    assert "Answers: 4,679" in plain(calendar(said.days, TODAY, paper()))
    assert "92% of 2,984 right" in plain(trust(said, paper()))
    assert "Answers: 4,679" in plain(effort(said, paper()))
    assert "1,200 today, 1,203 within a week" in plain(coming([1200, 3], TODAY, paper()))


def test_every_column_of_days_has_its_sign_in_ascii() -> None:
    said = plain(calendar([Studied(TODAY, 15, 1, 60.0)], TODAY, paper(ascii_only=True)))
    assert said.isascii()
    assert "+" in said


def test_one_question_is_never_no_bar() -> None:
    rows = [line.plain for line in coming([400, 1, 0], TODAY, paper())]
    assert [row[0] for row in rows[1:5]] == ["⣿"] * 4
    assert [row[2] for row in rows[1:5]] == [" ", " ", " ", "⣀"]
    assert rows[4][4:].strip() == ""
    assert "401 within 3 days" in rows[-1]
    assert "Nothing returns" in plain(coming([0, 0], TODAY, paper()))


@pytest.mark.parametrize(
    ("sure", "doubted", "says"),
    [
        ((4, 4), (0, 0), "Too few"),
        ((20, 12), (0, 0), "less often"),
        ((20, 19), (20, 20), "more than you think"),
        ((20, 19), (20, 12), "fits"),
    ],
)
def test_confidence_is_held_against_truth(sure: tuple[int, int], doubted: tuple[int, int], says: str) -> None:
    said = replace(NOTHING, trust=(Trust(1, 0, 0), Trust(2, *doubted), Trust(3, *sure)))
    told = plain(trust(said, paper()))
    assert says in told
    assert f"Brier score {said.brier:.2f}" in told


def test_coverage_and_recall_are_drawn_apart() -> None:
    points = [Point(TODAY - 1, 1, 0.9), Point(TODAY, 4, 3.0)]
    told = plain(growth(points, 8, paper()))
    assert "seen  50%" in told
    assert "recall in a week  75%" in told
    assert "Together 38%" in told
    assert "begins with your first answer" in plain(growth([], 8, paper()))


@pytest.mark.parametrize("width", [40, 61, 76, 150])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_line_is_wider_than_its_paper(language: str, width: int) -> None:
    sheet = paper(language, width=width)
    said = replace(NOTHING, trust=(Trust(1, 200_000, 200_000), Trust(2, 0, 0), Trust(3, 7, 7)))
    blocks = [
        calendar([Studied(TODAY - 9, 3, 1, 60.0)], TODAY, sheet),
        coming([3] * 30, TODAY, sheet),
        growth([Point(TODAY, 4, 3.0)], 8, sheet),
        trust(said, sheet),
    ]
    assert max(line.cell_length for block in blocks for line in block) <= width


@pytest.mark.parametrize(("size", "name"), [((80, 24), "en"), ((160, 45), "160x45")])
async def test_statistics_on_the_screen(own_home: Path, size: tuple[int, int], name: str) -> None:
    """Kept as it looks, 80x24 and side by side where there is room."""
    filled(own_home).close()
    app = app_on(own_home, course=build(own_home / "course"), first=[["statistics"]])
    app.record.clock = lambda: datetime(2026, 11, 23, 12, tzinfo=UTC)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "Coverage and recall" in shown(app)
        assert_kept(app, f"statistics-{name}")


async def test_the_sheet_is_as_wide_before_its_scrollbar_as_after(own_home: Path) -> None:
    """Whether the figures or the scrollbar are there first is a matter of how busy the machine is."""
    filled(own_home).close()
    app = app_on(own_home, course=build(own_home / "course"), first=[["statistics"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        sheet = app.screen.query_one(Scroll)
        widths = []
        for _ in range(2):
            widths.append(sheet._ready[0].cell_length)
            sheet.put_lines([])
            await settled(pilot)
            app.screen._draw()  # type: ignore[attr-defined]  # as soon as the figures are counted
        assert widths == [77, 77]


def test_the_first_day_is_no_span_from_itself_to_itself() -> None:
    """And one day is counted as well as many."""
    told = plain(growth([Point(TODAY, 4, 3.0)], 8, paper()))
    assert told.count("2026-11-23") == 1
    assert "Days: 1" in plain(calendar([Studied(TODAY, 1, 1, 60.0)], TODAY, paper()))


async def test_the_way_there_and_back_and_the_other_language(own_home: Path) -> None:
    filled(own_home).close()
    app = app_on(own_home, course=build(own_home / "course"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        assert "Statistics" in shown(app)
        await pilot.press("f2")
        await settled(pilot)
        assert "覆盖与记忆" in shown(app)
        await pilot.press("end")
        await settled(pilot)
        assert "用时" in shown(app)
        await pilot.press("escape")
        await settled(pilot)
        assert len(app.screen_stack) == 1


async def test_without_an_answer_it_invites(own_home: Path) -> None:
    app = app_on(own_home, first=[["statistics"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "begins with your first answer" in shown(app)
