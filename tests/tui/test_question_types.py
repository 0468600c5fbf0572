"""Every type of question: answered by keys, locked by a confidence, explained."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from content.memory.entry import Entry
from tests.tui.app_on import shown as drawn
from tests.tui.calm import settled
from tests.tui.question_course import TYPES, asking
from tui.app import LearncurveApp
from tui.screens.question import QuestionScreen
from tui.widgets.question.fields import ProseField
from tui.widgets.question.sureness import Sureness


def shown(app: LearncurveApp) -> str:
    """Return what stands on the screen, its lines joined."""
    return " ".join(drawn(app).split())


def screen(pilot: Pilot[str]) -> QuestionScreen:
    """Return the question screen."""
    found = pilot.app.screen
    assert isinstance(found, QuestionScreen)
    return found


def letter(pilot: Pilot[str], row: str) -> str:
    """Return the letter that stands before a row."""
    return next(each.label for each in screen(pilot).pane.board.rows if each.id == row)


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Press keys, each handled before the next; quicker than the pilot's own `press`."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settled(pilot)


async def write(pilot: Pilot[str], text: str) -> None:
    """Send a text as a terminal sends what is pasted."""
    pilot.app.post_message(events.Paste(text))
    await settled(pilot)


async def answer(pilot: Pilot[str], kind: str, *, right: bool) -> None:
    """Give an answer of that type with the keys that a learner would press; it is not locked yet."""
    match kind:
        case "choice":
            await press(pilot, letter(pilot, "right" if right else "log-base"))
        case "multiple":
            await press(pilot, letter(pilot, "red"), letter(pilot, "blue" if right else "loud"))
        case "truth":
            await press(pilot, "t", letter(pilot, "wets" if right else "cold"))
        case "number":
            await write(pilot, str(wanted(pilot) - (not right)))
            await press(pilot, "enter")
        case "order":
            await sort(pilot, ["zero", "loss", "back", "step"] if right else ["back", "zero", "loss", "step"])
        case "bug":
            await press(pilot, "enter", letter(pilot, "drop" if right else "axis"))
        case "short":
            await write(pilot, "Many weights.")
            await press(pilot, "enter")
        case "match":
            pair = ("mse", "ce") if right else ("ce", "mse")
            await press(pilot, "enter", letter(pilot, f">{pair[0]}"), letter(pilot, f">{pair[1]}"))
        case "cloze":
            for name in (blank.name for blank in screen(pilot).pane.picture.fields):
                await write(pilot, "bias" if name == "bias" else "sum" if right else "product")
                await press(pilot, "enter")


def wanted(pilot: Pilot[str]) -> int:
    """Return the number that is right."""
    face = screen(pilot).desk.face
    assert face is not None
    return int(face.posed.values["answer"])


async def sort(pilot: Pilot[str], order: list[str]) -> None:
    """Move rows with shift and arrows until they stand in that order."""
    board = screen(pilot).pane.board
    stands = board.choices()
    keys = ["home", "shift+down", "shift+up"]
    for target, part in enumerate(order):
        at = stands.index(part)
        keys += ["home", *["down"] * at, *["shift+up"] * (at - target)]
        stands.insert(target, stands.pop(at))
    for key in keys:  # in one burst, as a slow line delivers them
        pilot.app.post_message(events.Key(key, None))
    await settled(pilot)
    assert board.choices() == order


def kept(pilot: Pilot[str], item: str) -> Entry | None:
    """Return the newest answer that counts."""
    return screen(pilot).owner.record.latest("small", item)


async def test_a_right_answer_is_locked_kept_and_explained(own_home: Path) -> None:
    """Two stages for every type: the answer, then the confidence that locks it. In English."""
    app = asking(own_home, *TYPES)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind in TYPES:
            assert screen(pilot).desk.item == kind
            await answer(pilot, kind, right=True)
            assert kept(pilot, kind) is None, kind
            await press(pilot, "3")
            if kind == "short":
                assert kept(pilot, kind) is None, "it is judged only after the comparison"
                await press(pilot, "a", "b", "enter")
            entry = kept(pilot, kind)
            assert entry is not None, kind
            assert (entry.right, entry.confidence, entry.language, entry.hints) == (True, 3, "en", 0), kind
            assert app.words("question.right") in shown(app), kind
            assert app.glyphs.check in shown(app), kind
            await press(pilot, "enter")
        assert app.words("question.summary.title-all", all=len(TYPES)) in shown(app)


async def test_a_wrong_answer_says_what_is_right_and_comes_back(own_home: Path) -> None:
    """The verdict stands in signs, not in colour alone; the question returns in the session. In Chinese."""
    app = asking(own_home, *TYPES, language="zh")
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        met: set[str] = set()
        while (kind := screen(pilot).desk.item) and len(met) < len(TYPES):
            again = kind in met
            assert screen(pilot).desk.draft.attempt == 1 + again
            await answer(pilot, kind, right=again)
            await press(pilot, "2")
            if kind == "short":
                await press(pilot, "a", *(["b"] if again else []), "enter")
            entry = kept(pilot, kind)
            assert entry is not None, kind
            assert (entry.right, entry.confidence, entry.language) == (again, 2, "zh"), kind
            text = shown(app)
            assert app.glyphs.check in text, kind
            if not again:
                called = "question.incomplete" if kind == "short" else "question.wrong"
                assert app.words(called) in text, kind
                assert app.words("question.returns", when=app.words("days.tomorrow")) in text, kind
                assert app.glyphs.cross in text, kind
            met.add(kind)
            await press(pilot, "enter")
        assert met == set(TYPES)


@pytest.mark.parametrize(("kind", "language"), [("choice", "en"), ("multiple", "zh"), ("truth", "en"), ("bug", "zh")])
async def test_every_option_says_why(own_home: Path, kind: str, language: str) -> None:
    """Not only the chosen one and the right one."""
    app = asking(own_home, kind, language=language)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        item = app.course.item(kind)
        whys = [option.why.say(language) for option in item.options]  # type: ignore[union-attr] # it has some
        assert not any(why in shown(app) for why in whys)
        await answer(pilot, kind, right=True)
        await press(pilot, "1")
        assert all(why in shown(app) for why in whys)


async def test_a_misconception_is_named(own_home: Path) -> None:
    """In the words of the course; "again" where it was hit before."""
    app = asking(own_home, "choice", "number")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=False)
        await press(pilot, "3")
        assert "It looks as if you think that the loss is taken with the base-10 logarithm." in shown(app)
        entry = kept(pilot, "choice")
        assert entry is not None
        assert entry.slips == ("log-base",)
        await press(pilot, "enter")
        await answer(pilot, "number", right=False)
        await press(pilot, "3")
        text = shown(app)
        assert "the short last batch is no update" in text
        assert "The last one counts too." in text, "the why of the wrong number that was recognised"
        await press(pilot, "enter")
        await answer(pilot, "choice", right=False)
        await press(pilot, "3")
        assert "Again it looks as if you think" in shown(app)


async def test_a_number_shows_its_worked_steps_with_the_drawn_numbers(own_home: Path) -> None:
    """The steps, the right number, and nothing of it before the answer."""
    app = asking(own_home, "number")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        values = screen(pilot).desk.face.posed.values  # type: ignore[union-attr] # it is open
        assert f"{values['n']} images, batch {values['b']}" in shown(app)
        assert "ceil(" not in shown(app)
        await answer(pilot, "number", right=False)
        await press(pilot, "1")
        assert f"ceil({values['n']} / {values['b']}) = {values['answer']}" in shown(app)
        assert f"{app.glyphs.check} {values['answer']} updates" in shown(app)


async def test_full_width_digits_are_a_number(own_home: Path) -> None:
    """What an input method sends is read, and the screen says how."""
    app = asking(own_home, "number", language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        right = str(wanted(pilot))
        screen(pilot).pane.fields[0].field.value = right.translate(  # type: ignore[union-attr] # it is one line
            {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
        )
        await settled(pilot)
        assert app.words("question.read-as", number=right) in shown(app)
        await press(pilot, "enter", "3")
        entry = kept(pilot, "number")
        assert entry is not None
        assert entry.right


async def test_in_a_text_field_digits_and_letters_are_text(own_home: Path) -> None:
    """Only after `enter` a digit is a confidence; what is no number is refused in one sentence."""
    app = asking(own_home, "number")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "h", "3")
        assert kept(pilot, "number") is None
        assert screen(pilot).desk.draft.hints == 0
        assert screen(pilot).desk.draft.texts == {"answer": "h3"}
        await press(pilot, "enter")
        assert "“h3” cannot be read as a number" in shown(app)
        assert not isinstance(app.focused, Sureness)
        await press(pilot, "backspace", "backspace", "7", "enter")
        assert isinstance(app.focused, Sureness)
        await press(pilot, "backspace")
        assert screen(pilot).desk.draft.texts == {"answer": "7"}, "back in the field, nothing is deleted by it"
        await press(pilot, "1", "enter", "2")
        entry = kept(pilot, "number")
        assert entry is not None
        assert (entry.answer, entry.confidence) == ('{"type":"typed","text":"71"}', 2)


async def test_confidences_are_offered_once_a_digit_means_one(own_home: Path) -> None:
    """Not beside a field in which they would be typed."""
    app = asking(own_home, "number")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        offered = []
        for keys in ((), ("7",), ("enter",), ("e",), ("1", "enter"), ("2",)):
            await press(pilot, *keys)
            lead = screen(pilot).pane.sureness._parts()[0][0]
            offered.append("$learner" in str(lead.spans))
        assert offered == [False, False, True, False, True, False]


async def test_after_the_answer_an_order_has_its_places_numbered(own_home: Path) -> None:
    """Where a part belongs is said by number; before the answer a digit beside a row would look like its key."""
    app = asking(own_home, "order")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        board = screen(pilot).pane.board
        await answer(pilot, "order", right=False)
        assert [row.label for row in board.rows if row.id] == ["", "", "", ""]
        await press(pilot, "1")
        assert [row.label for row in board.rows if row.id] == ["1", "2", "3", "4"]


async def test_function_keys_ask_for_a_hint_while_typing(own_home: Path) -> None:
    """Letters are text there, so hint and skip have keys that no field takes."""
    for kind in ("number", "short"):
        app = asking(own_home / kind, kind)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await press(pilot, "f6")
            assert screen(pilot).desk.draft.hints == 1
            await press(pilot, "f7")
            assert screen(pilot).desk.item == ""


async def test_an_incomplete_answer_is_not_locked(own_home: Path) -> None:
    """A confidence without an answer says what is missing."""
    app = asking(own_home, *TYPES)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind in TYPES:
            if screen(pilot).pane.fields:
                screen(pilot).pane.sureness.focus()
            await press(pilot, "3")
            face = screen(pilot).desk.face
            assert face is not None
            assert face.missing(screen(pilot).desk.draft) in shown(app), kind
            assert kept(pilot, kind) is None, kind
            await press(pilot, "s")


async def test_an_order_is_sorted_by_picking_rows_up(own_home: Path) -> None:
    """`enter` picks a row up, arrows move it, `enter` puts it down; untouched, it cannot be locked."""
    app = asking(own_home, "order")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = screen(pilot).pane.board.choices()
        await press(pilot, "3")
        assert kept(pilot, "order") is None
        await press(pilot, "enter", "down", "j", "enter", "down")
        after = screen(pilot).pane.board.choices()
        assert after == [before[1], before[2], before[0], before[3]]
        await press(pilot, "J")
        assert screen(pilot).pane.board.choices() == after, "the last row cannot go further"
        await press(pilot, "K")
        assert screen(pilot).pane.board.choices() == [before[1], before[2], before[3], before[0]]


async def test_an_order_marks_only_what_must_move(own_home: Path) -> None:
    """One part out of place is one part marked wrong; what stands a place off for it is not called right either."""
    app = asking(own_home, "order")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await sort(pilot, ["loss", "back", "step", "zero"])
        await press(pilot, "3")
        rows = {row.id: row.right for row in screen(pilot).pane.board.rows if row.id}
        assert rows == {"loss": True, "back": None, "step": None, "zero": False}
        assert "Old slopes must go first." in shown(app)
        assert "No loss no slopes." not in shown(app), "a rule that was kept needs no lesson"


async def test_a_short_answer_is_compared_with_its_rubric(own_home: Path) -> None:
    """Written, locked, compared, judged by the learner; the model answer is shown only after the lock."""
    app = asking(own_home, "short")
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await write(pilot, "Many weights, 3 of them.")
        assert "Many weights and one loss." not in shown(app)
        await press(pilot, "enter", "2")
        assert "Many weights and one loss." in shown(app)
        await press(pilot, "space", "3", "enter")
        entry = kept(pilot, "short")
        assert entry is not None
        assert entry.answer == '{"type":"written","text":"Many weights, 3 of them.","met":[true,false]}'
        assert (entry.confidence, entry.right, entry.credit) == (2, False, 0.5)


async def test_what_one_wrote_stands_above_what_it_is_compared_with(own_home: Path) -> None:
    """Chinese fills its lines; the field is as high as the text, so that both fit where there is room."""
    app = asking(own_home, "short", language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await write(pilot, "先别急，一共只有 8,000 行。先试梯度提升树，再和线性模型比一比，看看没见过的数据。")
        field = screen(pilot).pane.fields[0].field
        assert isinstance(field, ProseField)
        lines = [section for line in field.wrapped_document.lines for section in line]
        assert lines == ["先别急，一共只有 8,000 行。先试梯度提升树，再和线性模型比一比，看", "看没见过的数据。"]
        await press(pilot, "left", "up", "甲")
        assert field.text.startswith("先别急，一共只甲有")
        await press(pilot, "enter", "2")
        text = shown(app)
        assert "先别急，一共只甲有 8,000 行。" in text
        assert app.words("question.compare") in text
        assert field.size.height == 2


async def test_a_letter_pairs_without_choosing_the_left_one_first(own_home: Path) -> None:
    """And a pair can be changed."""
    app = asking(own_home, "match")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, letter(pilot, ">none"), letter(pilot, ">ce"))
        assert screen(pilot).desk.draft.pairs == {"price": "none", "digit": "ce"}
        await press(pilot, "home", "enter", letter(pilot, ">mse"))
        assert screen(pilot).desk.draft.pairs == {"price": "mse", "digit": "ce"}


@pytest.mark.parametrize("kind", ["choice", "multiple"])
async def test_the_mouse_works_too(own_home: Path, kind: str) -> None:
    """A click on a row chooses it, a click on a confidence locks."""
    app = asking(own_home, kind)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.click("#question-board", offset=(10, 0))
        await settled(pilot)
        assert screen(pilot).desk.draft.options
        await pilot.click("#question-sure", offset=(23, 0))
        await settled(pilot)
        entry = kept(pilot, kind)
        assert entry is not None
        assert entry.confidence == 1
