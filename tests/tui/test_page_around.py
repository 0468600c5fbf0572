"""What stands around a page: how long it takes, its aims with what was answered of them, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.message import Message

from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.faq_course import FAQ, RECALL, faq_app
from tests.tui.test_question_types import press, shown
from tests.tui.test_recall import recall
from tui.glyphs import ASCII, RICH
from tui.screens.page import PageScreen
from tui.screens.question import QuestionScreen
from tui.screens.recall import RecallScreen
from tui.text.cells import cells
from tui.text.span import plain
from tui.widgets.block_around import Aim, Around, ending, lead
from tui.widgets.block_sheet import Look, Targets
from tui.widgets.contents import Contents
from tui.widgets.prose import Prose
from tui.words import Words

AIMS = (Aim("Compute a softmax", 2, 2), Aim("Say where a loss starts and why it does so " * 3, 0, 5), Aim("Read"))


def rows(around: Around, width: int = 60, language: str = "en") -> list[str]:
    targets = Targets()
    return [plain(line) for line in ending(around, width, Look(Words(language), RICH, language), targets)]


def test_the_line_above_leaves_out_what_nobody_knows() -> None:
    look = Look(Words("en"), RICH, "en")
    assert [plain(line) for line in lead(Around(8, 0, 16), look)] == ["about 8 minutes · 16 questions"]
    assert [plain(line) for line in lead(Around(0, 0, 16), look)] == ["16 questions"]
    assert lead(Around(), look) == []


@pytest.mark.parametrize("width", [40, 60, 76])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_aims_fit_their_column_and_say_how_many_of_their_questions_were_seen(width: int, language: str) -> None:
    found = rows(Around(8, 2, 7, AIMS, "1.4 Next"), width, language)
    assert max(cells(row) for row in found) <= width
    first = next(row for row in found if "Compute a softmax" in row)
    assert first.startswith(RICH.mark)
    assert first.endswith({"en": "seen 2 of 2", "zh": "已答 2/2"}[language])
    assert next(row for row in found if "Say where" in row).startswith(RICH.bullet)
    assert next(row for row in found if row.endswith("Read")) == f"{RICH.bullet} Read"


@pytest.mark.parametrize(
    ("width", "language", "said"),
    [
        (40, "en", "seen 2 of 3"),
        (60, "en", "seen 2 of 3, recall 71%"),
        (40, "zh", "已答 2/3"),
        (76, "zh", "已答 2/3，记得 71%"),
    ],
)
def test_where_there_is_room_an_aim_says_what_of_it_is_remembered(width: int, language: str, said: str) -> None:
    found = rows(Around(8, 2, 3, (Aim("Compute a softmax", 2, 3, 0.71),)), width, language)
    row = next(row for row in found if "Compute" in row)
    assert row.endswith(said)
    assert cells(row) <= width


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (0, "Answer its 7 questions"),
        (3, "Go on with its questions: seen 3 of 7"),
        (7, "All 7 questions seen: ask them again"),
    ],
)
def test_the_end_offers_the_questions_and_the_next_page(seen: int, said: str) -> None:
    found = rows(Around(8, seen, 7, AIMS, "1.4 Next"))
    assert found[-2:] == [f"n {said}", "] Read on: 1.4 Next"]


def test_a_section_without_aims_questions_and_successor_ends_with_a_line() -> None:
    assert rows(Around()) == [RICH.h * 60]


def test_signs_that_the_terminal_lacks_are_not_drawn() -> None:
    look = Look(Words("en"), ASCII, "en")
    every = [*lead(Around(8, 0, 3), look), *ending(Around(8, 2, 2, AIMS, "1.4"), 60, look, Targets())]
    assert all(plain(line).isascii() for line in every)


async def test_the_page_counts_anew_when_the_learner_comes_back_from_its_questions(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", FAQ]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await recall(pilot)
        await press(pilot, "enter")
        every = len(app.course.keys(FAQ))
        assert f"about 2 minutes · {every} questions" in shown(app)
        await press(pilot, "end")
        assert f"n Go on with its questions: seen 1 of {every}" in shown(app)
        assert "Say where a loss starts" in shown(app)
        await press(pilot, "n")
        assert isinstance(app.screen, QuestionScreen)
        await press(pilot, "escape")
        app.record.void(app.record.latest("small", RECALL).uuid)  # type: ignore[union-attr]  # it was just answered
        app.screen.query_one(Prose).focus()
        app.open(["settings"])
        await settled(pilot)
        await press(pilot, "escape")
        assert f"n Answer its {every} questions" in shown(app)


async def test_tab_reaches_the_ways_onwards_and_enter_goes_them(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", "steps"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "end", "shift+tab", "enter")
        assert isinstance(app.screen, RecallScreen)  # the next section asks first
        await press(pilot, "escape")
        app.open(["page", "steps"])
        await settled(pilot)
        await press(pilot, "end", "shift+tab", "shift+tab", "enter")
        assert isinstance(app.screen, QuestionScreen)
        assert app.screen.slug == "steps"


async def test_the_last_page_has_no_next(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", FAQ, "first-loss"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "end")
        assert "Read on" not in shown(app)


async def test_the_contents_have_long_headings_whole_where_there_is_room(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """28 cells are few for a heading: it goes on in a second line, which a click means as well."""
    app = app_on(own_home, first=[["page", "backprop"]])
    async with app.run_test(size=(160, 45)) as pilot:
        await settled(pilot)
        contents = app.screen.query_one(Contents)
        lines = contents.lines()
        said = " ".join(line.strip(" >") for line, _ in lines)
        assert all(words in said for _, words in contents.headings)
        assert max(len(line) for line, _ in lines) <= contents.content_size.width
        anchors = [anchor for _, anchor in lines if anchor]
        assert len(anchors) > len(set(anchors)) == len(contents.headings)
        row = len(lines) - 1 - [anchor for _, anchor in reversed(lines)].index(lines[-1][1])
        chosen: list[str] = []
        post = contents.post_message

        def keep(message: Message) -> bool:
            chosen.extend([message.anchor] if isinstance(message, Contents.Chosen) else [])
            return post(message)

        monkeypatch.setattr(contents, "post_message", keep)
        await pilot.click(Contents, offset=(4, row + 1))
        assert chosen[-1:] == [lines[row][1]]


async def test_the_contents_show_the_heading_that_is_reached_and_the_first_one_at_the_top(own_home: Path) -> None:
    app = faq_app(own_home, first=[["page", "steps"]])
    async with app.run_test(size=(160, 24)) as pilot:
        await settled(pilot)
        contents = app.screen.query_one(Contents)
        assert contents.shown() == "counting"
        await press(pilot, "end")
        assert contents.shown() == "sources"
        assert isinstance(app.screen, PageScreen)
        app.screen.query_one(Prose).scroll_to_anchor("one-batch")
        await settled(pilot)
        assert contents.shown() == "counting"
        await press(pilot, "end", "home")
        assert contents.shown() == "counting"
