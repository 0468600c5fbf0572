"""Home lists every section under its chapter, whatever the height, and the highlighted row stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from content.memory.progress import Progress
from tests.content.small_course import build, plant
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tests.tui.test_question_types import press
from tui.app import LearncurveApp
from tui.screens.home import HomeScreen
from tui.screens.page import PageScreen
from tui.widgets.rows import Rows
from tui.widgets.two_curves import TwoCurves

SECTIONS = 18
SECTION = """\
id: "{number}"
slug: {slug}
title: {{en: Section {slug}, zh: 小节 {slug}}}
"""


def many_sections(root: Path) -> Path:
    """Return the folder of a course with 18 sections: three of chapter 1, twelve of none, three of the FAQ."""
    build(root)
    numbers = [*(f"1.{n}" for n in (1, 2, 3)), *map(str, range(2, 14)), *(f"FAQ {n}" for n in (1, 2, 3))]
    for at, number in enumerate(numbers):
        folder = root / f"s{at}"
        folder.mkdir()
        (folder / "section.yaml").write_text(SECTION.format(number=number, slug=f"s{at}"), encoding="utf-8")
        (folder / "items.yaml").write_text(f'section: "{number}"\nitems: []\n', encoding="utf-8")
        (folder / "page.en.md").write_text(f"# Section s{at}\n\nText of s{at}.\n", encoding="utf-8")
    slugs = ", ".join(f"s{at}" for at in range(SECTIONS))
    chapters = 'chapters: {"1": {en: The first, zh: 第一章}, FAQ: {en: Asked again, zh: 常见问题}}'
    plant(root, "course.yaml", "sections: [steps, starts]", f"sections: [{slugs}]\n{chapters}")
    return root


def home(app: LearncurveApp) -> Rows:
    """Return the rows of home."""
    assert isinstance(app.screen, HomeScreen)
    return app.screen.query_one(Rows)


def highlighted(app: LearncurveApp) -> str:
    """Return the id of the highlighted row."""
    option = home(app).highlighted_option
    return (option.id or "") if option is not None else ""


async def walk(pilot: Pilot[str], app: LearncurveApp) -> list[str]:
    """Return the rows that the arrow leads through, from the first to the last; each is seen when it is reached."""
    found = [highlighted(app)]
    for _ in range(home(app).option_count):
        await press(pilot, "down")
        if highlighted(app) in found:
            break
        found.append(highlighted(app))
        option = home(app).highlighted_option
        assert option is not None
        assert str(option.prompt).strip()[:12] in shown(app)
    return found


async def test_all_sections_are_reached_under_their_chapters(own_home: Path) -> None:
    app = app_on(own_home, course=many_sections(own_home / "course"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = [line.strip() for line in shown(app).splitlines()]
        first = next(at for at, line in enumerate(lines) if line.startswith("1  The first"))
        assert [line.split()[0] for line in lines[first : first + 5]] == ["1", "1.1", "1.2", "1.3", "2"]
        rows = await walk(pilot, app)
        assert [row for row in rows if row.startswith("page:")] == [f"page:s{at}" for at in range(SECTIONS)]
        assert not any(row.startswith("chapter:") for row in rows)
        app.screen.query_one(Rows).highlighted = [*_ids(app)].index("page:s17")
        await settled(pilot)
        assert "FAQ  Asked again" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PageScreen)
        assert "Text of s17." in shown(app)


async def test_the_highlighted_row_outlives_another_language_and_a_visit(own_home: Path) -> None:
    app = app_on(own_home, course=many_sections(own_home / "course"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *["down"] * 9)
        assert highlighted(app) == "page:s9"
        await press(pilot, "f2")
        assert highlighted(app) == "page:s9"
        assert "小节 s9" in shown(app)
        await press(pilot, "enter", "escape")
        assert highlighted(app) == "page:s9"
        await press(pilot, "up")
        assert highlighted(app) == "page:s8"


def _ids(app: LearncurveApp) -> list[str | None]:
    rows = home(app)
    return [rows.get_option_at_index(at).id for at in range(rows.option_count)]


async def test_a_chapter_that_an_author_takes_up_again_is_named_again(own_home: Path) -> None:
    """Sections stand in the author's order, also where another chapter's stand between."""
    root = many_sections(own_home / "course")
    plant(root, "course.yaml", "sections: [s0, s1, s2, s3,", "sections: [s0, s3, s1, s2,")
    app = app_on(own_home, course=root)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        lines = [line.strip() for line in shown(app).splitlines()]
        first = next(at for at, line in enumerate(lines) if line.startswith("1  The first"))
        assert [line.split()[0] for line in lines[first : first + 6]] == ["1", "1.1", "2", "1", "1.2", "1.3"]


async def test_a_window_that_grows_shows_the_highlighted_row_and_longer_titles(own_home: Path) -> None:
    """Titles that were cut at 80 columns are whole at 160, and the last row is still in sight."""
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "1.2.3  Language processing and compute" in shown(app)
        await press(pilot, "end")
        last = highlighted(app)
        for size in ((160, 45), (60, 20), (100, 30), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert highlighted(app) == last
            assert "Settings" in shown(app), size
        await pilot.resize_terminal(160, 45)
        await press(pilot, "home")
        assert "1.2.3  Language processing and computer vision" in shown(app)


async def test_in_a_large_window_the_curves_stand_beside_the_whole_course(own_home: Path) -> None:
    """Nothing is to be scrolled there; the learner's frame stands above the model's, and both reach the edges."""
    app = app_on(own_home)
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        rows, curves = home(app), app.screen.query_one(TwoCurves)
        assert (rows.region.right, rows.max_scroll_y) == (curves.region.x, 0)
        assert (curves.region.height, curves.region.right) == (rows.region.height, 160)
        lines = [line[curves.region.x :] for line in shown(app).splitlines()]
        frames = [at for at, line in enumerate(lines) if app.words("home.you") in line or "The model" in line]
        assert frames[1] - frames[0] == curves.region.height // 2
        await pilot.resize_terminal(149, 45)
        await settled(pilot)
        assert rows.region.y == curves.region.bottom + 1
        assert app.words("home.you") in (line := shown(app).splitlines()[curves.region.y])
        assert app.words("home.model") in line


@pytest.mark.parametrize("size", [(60, 20), (150, 45)])
async def test_no_row_is_wider_than_the_window(own_home: Path, size: tuple[int, int]) -> None:
    """How much is remembered stands beside the title, not below it."""
    app = app_on(own_home)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        screen, rows = app.screen, home(app)
        assert isinstance(screen, HomeScreen)
        standing = screen.standing
        known = Progress(seen=12, all=12, expected=11.9)
        screen.standing = replace(standing, total=known, sections=dict.fromkeys(standing.sections, known))
        screen._list(screen.standing)
        await settled(pilot)
        assert "12 of 12  recall 99%" in shown(app)
        assert rows.virtual_size.height == rows.option_count


async def test_a_curve_that_grows_while_the_words_change_is_drawn_after(own_home: Path) -> None:
    """Between one language and the next there is nothing to draw on; what came meanwhile is not lost."""
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        await home.query_one(TwoCurves).remove()
        home.runs_changed({"mlp-7f3a"})
        home.post_message(HomeScreen.Grown((0.25, 0.5)))
        await settled(pilot)
        assert home.standing.curve == (0.25, 0.5)
        await home.retranslate()
        assert home.query_one(TwoCurves).learner is not None
