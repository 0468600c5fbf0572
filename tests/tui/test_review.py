"""The review: what is due, from all sections, mixed; what it changed; and what is said when nothing is due."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from content.course.course import open_course
from content.memory.record import open_record
from content.quiz.draw import drawn
from tests.content.test_record import Clock
from tests.tui.calm import settled
from tests.tui.review_course import DUE, Ticking, answered, given, reviewing, three_sections
from tests.tui.test_question_kept import kill
from tests.tui.test_question_types import answer, press, screen, shown
from tui.commands.open_app import FIRST
from tui.commands.parser import parse
from tui.screens.home import HomeScreen
from tui.screens.page import PageScreen
from tui.screens.question import QuestionScreen
from tui.screens.review import ReviewScreen
from tui.screens.review_none import NothingDueScreen
from tui.screens.review_sitting import sit_to_review
from tui.screens.settings import SettingsScreen
from tui.widgets.title_bar import TitleBar

SECTION_OF = {"choice": "9.1 Alpha", "truth": "9.1 Alpha", "beta-choice": "9.2 Beta", "gamma-number": "9.3 Gamma"}


@pytest.fixture
def clock() -> Clock:
    return Ticking()


def title(pilot: Pilot[str]) -> str:
    """Return what the title line says at the left."""
    return pilot.app.screen.query_one(TitleBar).title


async def reply(pilot: Pilot[str], *, right: bool, sure: str = "3") -> str:
    """Answer the question that is asked, lock it, and return its id."""
    item = screen(pilot).desk.item
    await answer(pilot, item.rpartition("-")[2], right=right)
    await press(pilot, sure)
    return item


async def test_a_review_asks_what_is_due_from_all_sections_mixed(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ReviewScreen)
        asked = []
        for _ in DUE:
            assert title(pilot) == "Review", "which section it is from is to be found out"
            assert not any(name in shown(app) for name in SECTION_OF.values())
            asked.append(await reply(pilot, right=True))
            assert SECTION_OF[asked[-1]] in title(pilot)
            await press(pilot, "enter")
        assert sorted(asked) == sorted(DUE)
        sections = [SECTION_OF[item] for item in asked]
        assert all(one != other for one, other in pairwise(sections))
        assert screen(pilot).desk.item == ""
        modes = {entry.mode for entry in app.record.log("small") if entry.session != "before"}
        assert modes == {"review"}


async def test_the_title_line_says_how_far_the_review_is_and_how_the_course_stands(
    own_home: Path, clock: Clock
) -> None:
    app = reviewing(own_home, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        status = app.screen.query_one(TitleBar).status
        assert status.startswith("question 1 of 4   ● seen 4 of 15, recall ")
        before = screen(pilot).desk.figures.stands
        await reply(pilot, right=True)
        after = screen(pilot).desk.figures.stands
        assert after.expected > before.expected
        assert f"recall {after.recall:.0%}" in app.screen.query_one(TitleBar).status


async def test_the_verdict_says_when_a_question_returns(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, ["choice", "truth"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        right = await reply(pilot, right=True)
        days = app.record.cards("small")[right, 1].due - app.record.today
        assert days > 13
        assert "It returns on " in shown(app)
        await press(pilot, "enter")
        await reply(pilot, right=False)
        assert "It returns later in this session, then tomorrow." in shown(app)
        for _ in range(2):
            await press(pilot, "enter")
            await reply(pilot, right=False)
        assert "It returns tomorrow." in shown(app), "three times are enough for one sitting"


async def test_the_end_says_what_changed_and_when_it_returns(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock)
    async with app.run_test(size=(80, 45)) as pilot:
        await settled(pilot)
        stood = screen(pilot).desk.figures.stands
        wrong = {"choice", "beta-choice"}
        while (item := screen(pilot).desk.item) != "":
            again = screen(pilot).desk.draft.attempt > 1
            await reply(pilot, right=again or item not in wrong)
            await press(pilot, "enter")
        text = shown(app)
        stands = screen(pilot).desk.figures.stands
        assert "2 of 4 right the first time." in text
        assert f"The whole course: seen 4 of 15, recall in a week {stood.recall:.0%} → {stands.recall:.0%}" in text
        changed = screen(pilot).desk.sitting.changes()
        assert set(changed) == set(DUE)
        for item, change in changed.items():
            assert f"{change.before:.0%} → {change.after:.0%}" in text
            assert (change.due == app.record.today + 1) == (item in wrong)
        assert text.count("tomorrow") == 2
        assert "2 times: the loss is taken with the base-10 logarithm" in text
        assert app.words("question.summary.end") in text
        assert app.record.newest_place("small") is None
        await press(pilot, "f2")
        assert f"全课程：已答 4/15 题，一周后记得 {stood.recall:.0%} → {stands.recall:.0%}" in shown(app)
        assert "2 次：损失以 10 为底" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert app.record.open_session("small", "", "review") is None


async def test_a_review_of_skips_is_not_told_as_one_of_mistakes(own_home: Path, clock: Clock) -> None:
    """Nothing was wrong: nothing was answered."""
    app = reviewing(own_home, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        while screen(pilot).desk.asking:
            await press(pilot, "f7")
        said = shown(app)
        assert "No question was answered" in said
        assert "right the first time" not in said
        assert app.words("review.skipped") not in said


async def test_a_review_goes_on_after_a_kill_at_the_same_question(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await reply(pilot, right=False)
        await press(pilot, "enter")
        item, values = screen(pilot).desk.item, screen(pilot).desk.sitting.session
        kill(app)
    again = reviewing(own_home, clock)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert (screen(pilot).desk.item, screen(pilot).desk.sitting.session) == (item, values)
        await reply(pilot, right=True)
        text = shown(again)
        kill(again)
    third = reviewing(own_home, clock)
    async with third.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert shown(third) == text


async def test_a_review_that_was_left_is_begun_anew_on_the_next_day(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        done = await reply(pilot, right=True)
        await press(pilot, "enter")
        session = screen(pilot).desk.sitting.session.id
        kill(app)
    clock.move(days=1)
    again = reviewing(own_home, clock)
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        fresh = screen(pilot).desk.sitting.session
        assert fresh.id != session
        assert sorted(fresh.items) == sorted(set(DUE) - {done})


async def test_the_end_of_a_review_is_shown_again_where_the_line_was_dropped(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, ["choice"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await reply(pilot, right=True)
        await press(pilot, "enter")
        place = screen(pilot).place()
        assert place == ["review", "summary"]
        kill(app)
    again = reviewing(own_home, clock, first=[place])
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert again.words("question.summary.title-all", all=1) in shown(again)
        await press(pilot, "escape", "v")
        assert isinstance(again.screen, NothingDueScreen), "what is over is over"


def test_removed_questions_and_old_revisions_are_left_out(tmp_path: Path, clock: Clock) -> None:
    course = open_course(three_sections(tmp_path))
    record = open_record(None, clock=clock).record
    answered(course, record, ["choice", "beta-choice"])
    record.save(given(course, "truth", revision=7))
    answered(course, record, ["gamma-choice"])
    clock.move(days=60)
    (tmp_path / "gamma" / "items.yaml").write_text('section: "9.3"\nitems: []\n', encoding="utf-8")
    sitting = sit_to_review(open_course(tmp_path), record, "", cap=20, seed=3, session_id="r")
    assert sitting is not None
    assert set(sitting.session.items) == {"choice", "beta-choice"}
    record.close()


@pytest.mark.parametrize(("cap", "asked"), [(1, 1), (3, 3), (0, 4)])
def test_no_more_is_asked_than_the_learner_has_chosen(tmp_path: Path, clock: Clock, cap: int, asked: int) -> None:
    course = open_course(three_sections(tmp_path))
    record = open_record(None, clock=clock).record
    answered(course, record, DUE)
    clock.move(days=60)
    sitting = sit_to_review(course, record, "", cap=cap, seed=3, session_id="r")
    assert sitting is not None
    assert len(sitting.session.items) == asked
    record.close()


def test_numbers_are_others_than_those_of_the_last_time(tmp_path: Path, clock: Clock) -> None:
    """A generator with two possible draws: the review takes the other one, whatever the seeds are."""
    folder = three_sections(tmp_path)
    items = folder / "alpha" / "items.yaml"
    few = items.read_text(encoding="utf-8").replace(
        "{n: [100, 900], b: {pick: [8, 16]}}", "{n: {pick: [100, 204]}, b: {pick: [8]}}"
    )
    items.write_text(few, encoding="utf-8")
    course = open_course(folder)
    record = open_record(None, clock=clock).record
    record.save(given(course, "number", seed=5))
    clock.move(days=60)
    before = None
    item = course.item("number")
    for seed in range(12):
        sitting = sit_to_review(course, record, "", cap=20, seed=seed, session_id=f"r{seed}")
        assert sitting is not None
        turn = sitting.turn()
        assert turn is not None

        values = drawn(item, turn.seed)["n"]  # type: ignore[arg-type] # it is a number
        assert values != drawn(item, 5)["n"]  # type: ignore[arg-type] # it is a number
        assert before in (None, values)
        before = values
        sitting.end()
    record.close()


async def test_more_than_the_cap_is_told_at_the_end(own_home: Path, clock: Clock) -> None:
    due = ["choice", "truth", "number", "multiple", "bug", "match", "beta-choice", "beta-truth", "beta-number"]
    due += ["gamma-choice", "gamma-truth", "gamma-number"]
    app = reviewing(own_home, clock, due, review=10)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for _ in range(10):
            await press(pilot, "f7" if screen(pilot).pane.fields else "s")
        assert screen(pilot).desk.item == ""
        assert "Still due today: 12." in shown(app)


async def test_home_the_palette_and_the_command_line_lead_to_the_review(own_home: Path, clock: Clock) -> None:
    assert FIRST[parse(["review"]).given.verb] == [["review"]]
    app = reviewing(own_home, clock, first=[])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.words("home.review", due=4) in shown(app)
        await press(pilot, "v")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, ReviewScreen), "the row of what is due comes first"
        await press(pilot, "escape", "ctrl+p", *"review", "enter")
        assert isinstance(app.screen, ReviewScreen)


async def test_home_leads_back_to_a_review_that_was_left(own_home: Path, clock: Clock) -> None:
    """Also where only what was wrong is left of it, and that is due tomorrow."""
    app = reviewing(own_home, clock, ["choice", "truth"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await reply(pilot, right=False)
        await press(pilot, "enter")
        await reply(pilot, right=True)
        await press(pilot, "enter", "escape")
        assert "Review: go on, 1 left" in shown(app)
        assert app.words("home.review", due=0) not in shown(app)
        await press(pilot, "home", "enter")
        assert "once more, 1 to go" in shown(app)
        await reply(pilot, right=True)
        await press(pilot, "enter", "enter")
        assert "Review:" not in shown(app)


async def test_where_nothing_is_due_the_next_days_are_named_and_new_questions_offered(
    own_home: Path, clock: Clock
) -> None:
    app = reviewing(own_home, clock, ["choice"])
    answered(app.course, app.record, ["choice", "truth"])
    app.record.keep_place("small", "alpha", {})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, NothingDueScreen)
        text = shown(app)
        assert "Nothing is due today: you are up to date." in text
        due = app.record.cards("small")["truth", 1].due
        assert f"The next question returns in {due - app.record.today} days." in text
        assert "New questions: 9.1 Alpha, 7 not asked yet" in text
        await press(pilot, "f2")
        assert "今天没有到期的题目" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert not isinstance(app.screen, ReviewScreen)
        await press(pilot, "escape", "down", "enter")
        assert isinstance(app.screen, PageScreen)
        await press(pilot, "escape", "down", "down", "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_the_sections_that_follow_where_one_reads_are_offered_first(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, [])
    app.record.keep_place("small", "gamma", {})
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert app.words("review.none-yet") in shown(app)
        assert "9.3 Gamma, 3 not asked yet" in shown(app)
        assert shown(app).index("New questions: 9.3") < shown(app).index("Read: 9.3")
        answered(app.course, app.record, [f"gamma-{kind}" for kind in ("choice", "truth", "number")])
        await press(pilot, "f2", "f2")
        assert "9.1 Alpha, 9 not asked yet" in shown(app)
        assert shown(app).index("Read: 9.1") < shown(app).index("New questions: 9.1"), "a page not read yet comes first"
        answered(app.course, app.record, [key.id for slug in app.course.slugs for key in app.course.keys(slug)])
        await press(pilot, "f2", "f2")
        assert app.words("review.all-seen") in shown(app)
        clock.move(days=90)
        await press(pilot, "f2", "f2")
        assert "Due again: 15." in shown(app)
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_retention_and_the_size_of_a_review_are_settings(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, ["choice"], first=[["settings"]])
    answered(app.course, app.record, ["truth"])
    before = app.record.cards("small")["truth", 1].due
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, SettingsScreen)
        assert "90%" in shown(app)
        await press(pilot, "end", "up", "enter", "enter")
        assert "97%" in shown(app)
        assert app.record.plan.retention == 0.97
        strict = app.record.cards("small")["truth", 1].due
        assert strict < before
        await press(pilot, "enter")
        assert app.record.plan.retention == 0.7
        assert app.record.cards("small")["truth", 1].due > before
        await press(pilot, "up", "enter", "enter")
        assert app.choices.review == 0
        assert app.words("settings.review-0") in shown(app)


async def test_a_retention_between_the_choices_is_shown_and_left(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, ["choice"], first=[["settings"]])
    app.record.keep_plan(replace(app.record.plan, retention=0.88))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "88%" in shown(app)
        await press(pilot, "end", "up", "enter")
        assert app.record.plan.retention in (0.7, 0.9)


async def test_pages_and_sections_show_coverage_and_recall(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, first=[["page", "alpha"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        status = app.screen.query_one(TitleBar).status
        assert "● seen 2 of 9, recall in a week " in status
        assert "recall in a week" in shown(app)
        await pilot.resize_terminal(60, 24)
        app.screen.query_one(TitleBar).title = "9.1 A title of some length"
        await settled(pilot)
        assert "9.1 A title" in shown(app)  # in a narrow window the title is still one, and no number is cut
        assert re.search("● seen 2 of 9, recall [0-9]+% ─", shown(app))
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        answered(app.course, app.record, ["multiple"])
        await press(pilot, "end")
        assert "Know it seen 2 of 9, recall " in shown(app)
        await press(pilot, "escape")
        text = shown(app)
        assert "3 of 9 recall " in text
        assert "1 of 3 recall " in text


async def test_the_look_back_of_a_section_says_how_each_objective_stands(own_home: Path, clock: Clock) -> None:
    app = reviewing(own_home, clock, [], first=[["question", "beta"]])
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await reply(pilot, right=True)
        await press(pilot, "enter", "s", "f7")
        text = shown(app)
        recall = app.record.cards("small")["beta-choice", 1]
        assert recall.last == app.record.today
        assert app.words("question.summary.objectives") in text
        stands = screen(pilot).desk.figures.stands
        assert f"Know it seen 1 of 3, recall {stands.recall:.0%}" in text
        assert f"The whole course: seen 0 → 1 of 15, recall in a week {stands.recall:.0%}" in text
        assert f"new → {stands.recall:.0%}  in 2 days".replace("  ", " ") in text


async def test_a_second_sitting_of_a_day_claims_nothing_of_the_first(own_home: Path, clock: Clock) -> None:
    """A day counts with its first answer: the same question again is neither new nor better known."""
    app = reviewing(own_home, clock, [], first=[["question", "beta"]])
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await reply(pilot, right=True)
        await press(pilot, "enter", "s", "f7", "enter")
        app.open(["question", "beta", "beta-choice"])
        await settled(pilot)
        await reply(pilot, right=True)
        await press(pilot, "enter", "s", "f7")
        text, recall = shown(app), screen(pilot).desk.figures.stands.recall
        assert f"The whole course: seen 1 of 15, recall in a week {recall:.0%} Each" in text
        assert f" {recall:.0%} in 2 days" in text
        assert "new" not in text
        [change] = screen(pilot).desk.sitting.changes().values()
        assert change.before == change.after
        clock.move(days=1)
        app.open(["question", "beta", "beta-choice"])
        await settled(pilot)
        await reply(pilot, right=True)
        [change] = screen(pilot).desk.sitting.changes().values()
        assert change.before is not None
        assert change.before < change.after
