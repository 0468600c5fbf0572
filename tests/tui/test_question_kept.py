"""What a learner has done is never lost: drafts, answers, order, hints, flags; and what was wrong is undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from content.course.any_item import AnyItem
from content.course.formula import FormulaError
from content.errors import StoreError
from content.quiz.posed import Posed
from tests.fakes import scripted_run
from tests.tui.calm import settled, until
from tests.tui.grid import assert_kept
from tests.tui.question_course import ITEMS, TYPES, asking
from tests.tui.test_question_types import answer, kept, letter, press, screen, shown, write
from tui.app import LearncurveApp
from tui.screens.home import HomeScreen
from tui.screens.page import PageScreen
from tui.widgets.question.draft import Draft


def kill(app: LearncurveApp) -> None:
    """Take away what a killed process can no longer do: nothing is kept from here on."""

    def nothing(*_: Any, **__: Any) -> None:
        """A dead process writes nothing."""

    for act in ("keep_draft", "keep_setting", "keep_place", "drop_draft", "end_session"):
        setattr(app.record, act, nothing)


def drafted(pilot: Pilot[str]) -> Draft:
    """Return what is on the desk, without the time that it took."""
    return msgspec.structs.replace(screen(pilot).desk.draft, seconds=0.0)


async def half(pilot: Pilot[str], kind: str) -> None:
    """Give half an answer."""
    match kind:
        case "number":
            await write(pilot, "12")
        case "short":
            await write(pilot, "Half a sen")
        case "cloze":
            await write(pilot, "bi")
        case "order":
            await press(pilot, "enter", "down")
        case "bug" | "match":
            await press(pilot, "enter")
        case "truth":
            await press(pilot, "f")
        case _:
            await press(pilot, "b")


@pytest.mark.parametrize("kind", ["multiple", "number", "order", "short", "match"])
async def test_half_an_answer_survives_a_kill(own_home: Path, kind: str) -> None:
    """A new app on the same record shows the same question with the same half answer."""
    app = asking(own_home, kind, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await half(pilot, kind)
        before = drafted(pilot)
        assert before.begun()
        typed = set(before.texts.values())
        await until(pilot, lambda: typed <= set((app.record.draft("small", kind) or {}).get("texts", {}).values()))
        kill(app)
    again = asking(own_home, kind, "choice")
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert screen(pilot).desk.item == kind
        assert drafted(pilot) == before
        assert screen(pilot).pane.texts().items() >= {name: text for name, text in before.texts.items() if text}.items()


async def test_the_cursor_comes_back_to_the_blank_that_was_left(own_home: Path) -> None:
    """After a kill: to the half-typed one, then to the empty one that was to be next; never to one that is done."""
    app = asking(own_home, "cloze", "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await write(pilot, "bias")
        await press(pilot, "enter")
        await write(pilot, "su")
        await until(pilot, lambda: (app.record.draft("small", "cloze") or {}).get("field") == "sum")
        kill(app)
    again = asking(own_home, "cloze", "choice")
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await write(pilot, "m")
        assert screen(pilot).pane.texts() == {"bias": "bias", "sum": "sum"}
        again.record.keep_draft("small", "cloze", {**msgspec.to_builtins(drafted(pilot)), "texts": {"bias": "bias"}})
        kill(again)
    third = asking(own_home, "cloze", "choice")
    async with third.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await write(pilot, "s")
        assert screen(pilot).pane.texts() == {"bias": "bias", "sum": "s"}


async def test_the_language_changes_and_nothing_else(own_home: Path) -> None:
    """Choice, typed text and stage stay, whatever the type."""
    app = asking(own_home, *TYPES)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind in TYPES:
            await half(pilot, kind)
            before, english = drafted(pilot), shown(app)
            await press(pilot, "f2")
            assert drafted(pilot) == before, kind
            assert app.words.language == "zh"
            assert app.words("question.how-sure") in shown(app)
            await press(pilot, "f2")
            assert shown(app) == english, kind
            if before.texts:
                await write(pilot, "x")
                assert set(drafted(pilot).texts.values()) - {""} == {f"{next(iter(before.texts.values()))}x"}
            await press(pilot, "f7")


async def test_what_was_said_last_is_not_said_in_the_other_language(own_home: Path) -> None:
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "exclamation_mark", "escape")
        said = app.words("question.flag-kept")
        assert said in shown(app)
        await press(pilot, "f2")
        assert said not in shown(app)
        assert app.words("question.how-sure") in shown(app)


async def test_the_language_changes_after_the_verdict(own_home: Path) -> None:
    """The verdict and every why are told in the other language."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=False)
        await press(pilot, "3", "f2")
        assert "那是以十为底。" in shown(app)
        assert "看来你以为：损失以 10 为底。" in shown(app)


async def test_an_answer_survives_a_kill_and_is_shown_again(own_home: Path) -> None:
    """What was locked is in the record before it is shown; the next start shows the verdict, then goes on."""
    app = asking(own_home, "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=False)
        await press(pilot, "3")
        text = shown(app)
        kill(app)
    again = asking(own_home, "choice", "truth")
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert shown(again) == text
        await press(pilot, "enter")
        assert screen(pilot).desk.item == "truth"
        kill(again)
    third = asking(own_home, "choice", "truth")
    async with third.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert screen(pilot).desk.item in ("choice", "truth")
        assert kept(pilot, "choice") is not None


async def test_options_keep_their_order_in_a_retry_and_after_a_restart(own_home: Path) -> None:
    """Shuffled by the sitting; another sitting shuffles anew."""

    async def order(home: Path, seed: int, retry: bool) -> list[str]:
        app = asking(home, "order", "multiple", seed=seed)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            if screen(pilot).desk.item == "order":
                await press(pilot, "s")
            first = screen(pilot).pane.board.choices()
            if retry:
                await answer(pilot, "multiple", right=False)
                await press(pilot, "1", "enter")
                assert screen(pilot).desk.draft.attempt == 2
                assert screen(pilot).pane.board.choices() == first
            return first

    first = await order(own_home / "one", 1, retry=False)
    assert await order(own_home / "one", 1, retry=True) == first
    others = [await order(own_home / f"other{seed}", seed, retry=False) for seed in range(2, 8)]
    assert any(other != first for other in others)


async def test_numbers_are_drawn_anew_when_a_question_returns(own_home: Path) -> None:
    """So that the second time it is worked out again."""
    app = asking(own_home, "number")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        first = screen(pilot).desk.face.posed.values  # type: ignore[union-attr] # it is open
        await answer(pilot, "number", right=False)
        await press(pilot, "2", "enter")
        assert screen(pilot).desk.face.posed.values != first  # type: ignore[union-attr] # it is open
        assert screen(pilot).pane.texts() == {"answer": ""}


async def test_an_answer_is_undone(own_home: Path) -> None:
    """It counts no more, stays in the log, and lies there to be changed; whatever the type."""
    app = asking(own_home, *TYPES)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind in TYPES:
            await answer(pilot, kind, right=True)
            before = drafted(pilot)
            await press(pilot, "3")
            if kind == "short":
                await press(pilot, "a", "b", "enter")
            assert kept(pilot, kind) is not None, kind
            await press(pilot, "u")
            assert kept(pilot, kind) is None, kind
            assert [entry.kind for entry in app.record.log("small")][-2:] == ["answer", "void"]
            assert screen(pilot).desk.item == kind
            after = drafted(pilot)
            chosen = ("options", "verdict", "line", "order", "pairs", "texts")
            assert [getattr(after, name) for name in chosen] == [getattr(before, name) for name in chosen]
            assert after.sure == 0
            assert app.words("question.undone") in shown(app)
            await press(pilot, "f7")


async def test_the_last_answer_is_undone_from_the_next_question(own_home: Path) -> None:
    """And a skip likewise."""
    app = asking(own_home, "choice", "truth", "bug")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "enter", "s")
        assert screen(pilot).desk.item == "bug"
        await press(pilot, "u")
        assert screen(pilot).desk.item == "truth"
        await press(pilot, "u")
        assert screen(pilot).desk.item == "choice"
        assert screen(pilot).desk.draft.options == ("right",)
        await press(pilot, "u")
        assert app.words("question.nothing-to-undo") in shown(app)


async def test_an_undone_answer_is_brought_back(own_home: Path) -> None:
    """With its verdict, whatever the type; also while a field has the focus; and the log tells all of it."""
    app = asking(own_home, "choice", "number", "short")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        for kind in ("choice", "number", "short"):
            await answer(pilot, kind, right=True)
            await press(pilot, "3")
            if kind == "short":
                await press(pilot, "a", "b", "enter")
            before, entry = drafted(pilot), kept(pilot, kind)
            assert entry is not None
            await press(pilot, "u", "ctrl+r")
            assert kept(pilot, kind) == entry
            assert screen(pilot).desk.item == kind
            assert screen(pilot).desk.verdict is not None
            same = ("options", "texts", "ticks", "sure", "hints", "attempt", "seed")
            assert [getattr(drafted(pilot), name) for name in same] == [getattr(before, name) for name in same]
            assert app.words("question.redone") in shown(app)
            assert app.record.draft("small", kind) is None
            assert [each.kind for each in app.record.log("small")][-3:] == ["answer", "void", "restore"]
            await press(pilot, "enter")
        assert app.words("question.summary.title-all", all=3) in shown(app)


async def test_several_undone_ones_are_brought_back_in_turn_after_a_kill_too(own_home: Path) -> None:
    """The last one undone first; a skip leads on to what follows it."""
    app = asking(own_home, "choice", "truth", "bug")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "enter", "s", "u", "u")
        assert screen(pilot).desk.item == "choice"
        kill(app)
    again = asking(own_home, "choice", "truth", "bug")
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "U")
        assert screen(pilot).desk.item == "choice"
        assert screen(pilot).desk.verdict is not None
        await press(pilot, "U")
        assert screen(pilot).desk.item == "bug", "the skip counts again, and its question is past"
        await press(pilot, "U")
        assert screen(pilot).desk.item == "bug"
        assert [entry.kind for entry in again.record.answers_in("s7")] == ["answer", "skip"]


async def test_after_another_answer_there_is_nothing_to_bring_back(own_home: Path) -> None:
    app = asking(own_home, "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=False)
        await press(pilot, "3", "u")
        await answer(pilot, "choice", right=True)
        await press(pilot, "2", "ctrl+r")
        entry = kept(pilot, "choice")
        assert entry is not None
        assert (entry.right, entry.confidence) == (True, 2)
        assert "restore" not in [each.kind for each in app.record.log("small")]


async def test_an_answer_that_cannot_be_brought_back_stays_undone(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk may be full."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "u")

        def full(_: str) -> None:
            raise StoreError("The disk is full.", code="store-full", path="record")

        monkeypatch.setattr(app.record, "restore", full)
        await press(pilot, "ctrl+r")
        assert kept(pilot, "choice") is None
        assert screen(pilot).desk.verdict is None
        assert "disk is full" in " ".join(notice.message for notice in app._notifications)


async def test_hints_come_in_stages_and_are_counted(own_home: Path) -> None:
    """The first nudges, the second nearly tells; a kill forgets neither; the answer says how many."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "h")
        assert "Think of an even guess." in shown(app)
        assert "Take the logarithm of ten." not in shown(app)
        kill(app)
    again = asking(own_home, "choice")
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Think of an even guess." in shown(again)
        await press(pilot, "h", "h")
        assert "Take the logarithm of ten." in shown(again)
        assert again.words("question.no-hint") in shown(again)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3")
        entry = kept(pilot, "choice")
        assert entry is not None
        assert entry.hints == 2


async def test_a_flag_is_kept_and_taken_back(own_home: Path) -> None:
    """With the revision that was doubted."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "exclamation_mark")
        assert app.record.flags("small")["choice"].revision == 1
        await press(pilot, "escape")
        assert app.record.flags("small")["choice"].note == ""
        await answer(pilot, "choice", right=True)
        await press(pilot, "3")
        assert app.words("question.flagged") in shown(app)
        await press(pilot, "exclamation_mark")
        assert app.record.flags("small") == {}


async def test_a_flag_can_say_what_is_wrong(own_home: Path) -> None:
    """Letters are text there, none of them chooses or locks; another language closes the window and keeps the flag."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        asked = screen(pilot).desk.face
        assert asked is not None
        await press(pilot, "exclamation_mark", *"ab  3?")
        assert asked.posed.say(asked.posed.item.ask, "en") in shown(app).replace("│ │", "")
        assert_kept(app, "doubt")
        await press(pilot, "enter")
        flag = app.record.flags("small")["choice"]
        assert (flag.note, flag.language, flag.revision) == ("ab 3?", "en", 1)
        assert kept(pilot, "choice") is None
        assert app.words("question.flag-kept") in shown(app)
        await press(pilot, "exclamation_mark")
        assert app.record.flags("small") == {}
        await press(pilot, "exclamation_mark", "x", "f2")
        assert app.record.flags("small")["choice"].note == ""


async def test_a_skip_skips_and_returns_first_next_time(own_home: Path) -> None:
    """It is not seen, does not come back in this session, and a new session begins with it, or with what was wrong."""
    app = asking(own_home, "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "s")
        assert screen(pilot).desk.item == "truth"
        await answer(pilot, "truth", right=True)
        await press(pilot, "3", "enter")
        assert app.record.seen("small") == {("truth", 1)}
        text = shown(app)
        assert "1 of 1 right the first time." in text
        assert app.words("question.summary.skipped") in text
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        app.open(["question", "alpha"])
        await settled(pilot)
        ids = [item.id for item in app.course.items("alpha")]
        assert screen(pilot).desk.sitting.session.items == (*(each for each in ids if each != "truth"), "truth")


async def test_the_end_names_what_was_sure_and_wrong_first(own_home: Path) -> None:
    """Calm: how many, what to look at, what comes back, which misconceptions."""
    app = asking(own_home, "choice", "truth", "number")
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "2", "enter")
        await answer(pilot, "truth", right=False)
        await press(pilot, "3", "enter")
        await answer(pilot, "number", right=False)
        await press(pilot, "1", "enter")
        await answer(pilot, "truth", right=True)
        await press(pilot, "3", "enter")
        for _ in range(2):
            await answer(pilot, "number", right=False)
            await press(pilot, "1", "enter")
        text = shown(app)
        assert "1 of 3 right the first time." in text
        order = [
            "summary.sure-wrong",
            "Water is wet.",
            "summary.open",
            "images, batch",
            f"Right {app.glyphs.check} Near which",
        ]
        at = [text.index(app.words(f"question.{words}") if words.startswith("summary") else words) for words in order]
        assert at == sorted(at)
        assert "the short last batch is no update" in text
        assert "{n}" not in text, "the numbers of the last time stand in the question"
        await press(pilot, "f2")
        assert "3 题中有 1 题一次答对。" in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)


async def test_a_skipped_question_stands_at_the_end_with_the_numbers_that_it_was_put_with(own_home: Path) -> None:
    """Nothing in the list looks broken."""
    app = asking(own_home, "choice", "number")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "enter")
        values = screen(pilot).desk.face.posed.values  # type: ignore[union-attr] # it is open
        await press(pilot, "f7")
        text = shown(app)
        assert app.words("question.summary.skipped") in text
        assert f"{values['n']} images, batch {values['b']}. How many updates?" in text
        assert "..." not in text
        (skipped,) = [each for each in screen(pilot).desk.sitting.outcomes() if each.item == "number"]
        assert (skipped.answers, skipped.right) == ((), False)


async def test_the_summary_survives_a_kill(own_home: Path) -> None:
    """Opened again where it was; left by enter, it is over."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "enter")
        assert app.words("question.summary.title-all", right=1, all=1) in shown(app)
        place = screen(pilot).place()
        kill(app)
    assert place is not None
    again = asking(own_home, "choice", first=place[2:])
    async with again.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert again.words("question.summary.title-all", right=1, all=1) in shown(again)


async def test_a_question_is_opened_by_its_id(own_home: Path) -> None:
    """From the palette: it comes next, and the rest of the session after it."""
    app = asking(own_home, "choice", "truth", "bug", first=["bug"])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert screen(pilot).desk.item == "bug"
        await answer(pilot, "bug", right=True)
        await press(pilot, "3", "enter")
        assert screen(pilot).desk.item == "choice"


async def test_an_answered_question_opened_by_its_id_is_asked_anew(own_home: Path) -> None:
    """Somebody who looks for a question wants to answer it."""
    app = asking(own_home, "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "enter", "escape")
        app.open(["question", "alpha", "choice"])
        await settled(pilot)
        assert screen(pilot).desk.item == "choice"
        assert screen(pilot).desk.asking


async def test_p_opens_the_page_at_the_paragraph(own_home: Path) -> None:
    """And esc comes back to the verdict."""
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "p")
        assert not isinstance(app.screen, PageScreen), "not before the answer"
        await answer(pilot, "choice", right=False)
        await press(pilot, "3")
        text = shown(app)
        assert "9.1 Where it starts" in text
        await press(pilot, "p")
        assert isinstance(app.screen, PageScreen)
        await press(pilot, "escape")
        assert shown(app) == text


async def test_an_answer_that_cannot_be_kept_is_not_locked(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, and the answer still lies there."""
    app = asking(own_home, "choice")

    def full(*_: object) -> None:
        raise StoreError("The disk is full.", code="no-such-code")

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        monkeypatch.setattr(app.record, "save", full)
        await press(pilot, "3")
        assert screen(pilot).desk.asking
        assert screen(pilot).desk.draft.sure == 0
        assert [notice.message for notice in app._notifications] == ["Not saved. The disk is full."]
        assert "lock it again" in shown(app)
        monkeypatch.undo()
        await press(pilot, "2")
        entry = kept(pilot, "choice")
        assert entry is not None
        assert entry.confidence == 2


async def test_a_run_of_the_learners_own_confirms_where_losses_start(own_home: Path) -> None:
    """Only for that question, only where there is such a run."""
    written = ITEMS.replace("- id: choice", "- id: ce-start")
    app = asking(own_home / "none", "ce-start", written=written)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, letter(pilot, "right"), "3")
        assert "began at" not in shown(app)
    scripted_run(own_home / "some", state="finished")
    app = asking(own_home / "some", "ce-start", written=written)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "began at" not in shown(app)
        await press(pilot, letter(pilot, "right"), "3")
        assert "Your run mlp-7f3a began at 2." in shown(app)


async def test_a_question_that_cannot_be_put_is_left_out(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the course costs one question, not the session."""
    pose = Posed

    def posed(item: AnyItem, seed: int) -> Posed:
        if item.id == "number":
            raise FormulaError("formula-value", "n / 0")
        return pose(item, seed)

    monkeypatch.setattr("tui.screens.question_laid.Posed", posed)
    app = asking(own_home, "number", "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert screen(pilot).desk.item == "choice"
        assert [notice.message for notice in app._notifications] == [app.words("question.unreadable", item="number")]
