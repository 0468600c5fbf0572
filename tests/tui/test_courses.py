"""Several courses in one app: chosen, remembered, forgotten; each keeps its own answers and places."""

from __future__ import annotations

import shutil
from pathlib import Path

from textual.pilot import Pilot

from content.course.course import bundled, open_course
from content.memory.record import open_record
from tests.content.small_course import build, plant
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tui import known
from tui.app import LearncurveApp
from tui.screens.courses import CoursesScreen
from tui.screens.faults import FaultsScreen
from tui.screens.home import HomeScreen
from tui.screens.page import PageScreen
from tui.screens.palette import PaletteScreen
from tui.screens.places import opened
from tui.widgets.prose import Prose

COURSES = Path(__file__).parents[1] / "courses"
TWO, ABACUS = COURSES / "two-digits", COURSES / "abacus"


async def choose(pilot: Pilot[str], *keys: str) -> None:
    """Go to the chooser and press keys there."""
    await pilot.press("c")
    await settled(pilot)
    assert isinstance(pilot.app.screen, CoursesScreen)
    await pilot.press(*keys)
    await settled(pilot)


def open_id(app: LearncurveApp) -> str:
    assert isinstance(app.screen, HomeScreen)
    return app.course.id


async def test_another_course_is_opened_and_the_first_one_again(own_home: Path) -> None:
    app = app_on(own_home, course=TWO)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Counting with two digits" in shown(app)
        before = app.finder
        await choose(pilot, "enter")
        assert open_id(app) == "large-models"
        assert app.finder is not before
        assert "What is a large AI model?" in shown(app)
        assert known.chosen(app.record) == ""
        await choose(pilot, "down", "enter")
        assert open_id(app) == "two-digits"
        assert "Adding and carrying" in shown(app)
        assert known.chosen(app.record) == str(TWO)


async def test_to_choose_the_open_one_leads_home(own_home: Path) -> None:
    app = app_on(own_home, course=TWO, first=[["page", "places"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open(["courses"])
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert open_id(app) == "two-digits"


async def test_who_knows_one_course_is_offered_no_choice(own_home: Path) -> None:
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "choose another one" not in shown(app)
        await pilot.press("c")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)


async def test_the_palette_leads_to_the_choice(own_home: Path) -> None:
    app = app_on(own_home, course=TWO)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await settled(pilot)
        assert isinstance(app.screen, PaletteScreen)
        await pilot.press(*"choose another", "enter")
        await settled(pilot)
        assert isinstance(app.screen, CoursesScreen)


async def test_a_course_is_remembered_and_can_be_forgotten(own_home: Path) -> None:
    """Not the open one, nor the one that comes along."""
    for course in (ABACUS, TWO, bundled()):
        app = app_on(own_home, course=course)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            app.record.close()
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert [course.id for course in app.courses()] == ["large-models", "two-digits", "abacus"]
        await choose(pilot, "x")
        assert len(app.courses()) == 3
        await pilot.press("down", "x")
        await settled(pilot)
        assert [course.id for course in app.courses()] == ["large-models", "abacus"]
        assert "算盘入门" in shown(app)


async def test_a_folder_that_is_gone_is_said_and_nothing_changes(own_home: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(TWO, moved)
    record = open_record(own_home / "record.sqlite").record
    known.remember(record, known.known_of(open_course(moved)))
    record.close()
    shutil.rmtree(moved)
    app = app_on(own_home)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        await choose(pilot)
        assert "not there any more" in shown(app)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.course.id == "large-models"
        assert [str(note.message) for note in app._notifications] == [
            "course.yaml: there is no such file; the course needs it."
        ]


async def test_each_course_keeps_its_own_open_places_and_answers(own_home: Path) -> None:
    app = app_on(own_home, course=TWO)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert opened(app.record, "two-digits") == [["page", "places"]]
        assert opened(app.record, "large-models") == []
        app.record.close()
    again = app_on(own_home)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(again.screen, HomeScreen)
        again.record.close()
    back = app_on(own_home, course=TWO)
    async with back.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(back.screen, PageScreen)


async def test_a_course_in_chinese_alone_is_read_under_an_english_interface(own_home: Path) -> None:
    app = app_on(own_home, course=ABACUS, language="en", first=[["page", "rods", ""]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "梁上与梁下" in shown(app)
        assert "Before you read" in shown(app)
        await pilot.press("escape", "f2")
        await settled(pilot)
        assert "算盘入门" in shown(app)
        app.open(["question", "rods"])
        await settled(pilot)
        assert "一档七颗珠子" in shown(app)


async def test_the_faults_of_a_course_stand_at_home_and_are_listed(own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    plant(root, "starts/items.yaml", "type: match", "type: mtach")
    plant(root, "steps/items.yaml", "answer: true", "answer: perhaps")
    app = app_on(own_home, course=root)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Faults in this course: 2. steps/items.yaml:" in shown(app)
        await pilot.press("up", "enter")
        await settled(pilot)
        assert isinstance(app.screen, FaultsScreen)
        text = " ".join(shown(app).split())
        assert "a-batch-an-update.answer = perhaps" in text
        assert "did you mean match?" in text
        assert f"learncurve course check {root}"[:60] in text
        await pilot.press("enter")
        await settled(pilot)
        assert app.clipboard.startswith("steps/items.yaml:")
        await pilot.press("f2")
        await settled(pilot)
        assert "是不是 match？" in "".join(shown(app).split()).replace("match", " match")


async def test_a_course_without_sections_opens_to_home(own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    plant(root, "course.yaml", "[steps, starts]", "[]")
    app = app_on(own_home, course=root, greeted=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "A small course" in shown(app)


def watched(home: Path, root: Path, *place: str) -> LearncurveApp:
    return app_on(home, course=root, first=[list(place)], watched=True)


async def saved(pilot: Pilot[str], app: LearncurveApp) -> None:
    """Let the app find what was saved: it looks twice, to see that nobody writes any more."""
    app.look_at_course()
    app.look_at_course()
    await settled(pilot)


async def test_a_page_that_is_saved_is_shown_again_at_its_place(own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    app = watched(own_home, root, "page", "steps", "loop")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = app.screen.query_one(Prose).place()
        assert before.block > 0
        plant(root, "steps/page.en.md", "1. Loss.", "1. A new loss.")
        await saved(pilot, app)
        assert "A new loss." in shown(app)
        assert app.screen.query_one(Prose).place() == before
        await saved(pilot, app)
        assert len(app._notifications) == 1


async def test_a_fault_that_is_saved_is_told_at_once_and_what_was_open_stays(own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    app = watched(own_home, root, "page", "steps")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        plant(root, "steps/page.en.md", "term:update", "term:updaet")
        await saved(pilot, app)
        assert "did you mean update?" in " ".join(str(note.message) for note in app._notifications)
        (root / "course.yaml").write_text("- nothing", encoding="utf-8")
        await saved(pilot, app)
        assert "course.yaml:1" in str(list(app._notifications)[-1].message)
        assert isinstance(app.screen, PageScreen)


async def test_a_question_that_is_saved_keeps_the_answer_that_is_under_way(own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    app = watched(own_home, root, "question", "steps", "loss-first")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("b")
        plant(root, "steps/items.yaml", "What comes before backward?", "What stands before backward?")
        await saved(pilot, app)
        text = shown(app)
        assert "What stands before backward?" in text
        assert app.screen.desk.draft.options  # type: ignore[attr-defined]  # a question's screen


async def test_a_section_that_vanishes_under_its_page_ends_nothing(own_home: Path, tmp_path: Path) -> None:
    root = build(tmp_path / "course")
    app = watched(own_home, root, "page", "steps")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.open(["question", "steps"])
        await settled(pilot)
        plant(root, "course.yaml", "[steps, starts]", "[starts]")
        await saved(pilot, app)
        await pilot.press("escape", "escape", "escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "1.1  Steps" not in shown(app)
