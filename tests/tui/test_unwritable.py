"""The disk takes nothing while the app is open: it stays open, says so, and what was typed can be saved later."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from textual.pilot import Pilot

from content.memory.record import open_record
from tests.content.unwritable import WAYS, unwritable
from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.question_course import asking
from tests.tui.test_app import PLACES
from tests.tui.test_question_types import answer, kept, press, screen, shown
from tui.app import LearncurveApp
from tui.log import log_to
from tui.screens.confirm import ConfirmScreen
from tui.screens.doubt import DoubtScreen


def told(app: LearncurveApp) -> list[str]:
    """Return what was announced and is still to be read."""
    return [each.message for each in app._notifications]


def on_disk(home: Path) -> list[str]:
    """Return what the next start finds."""
    record = open_record(home / "record.sqlite").record
    found = [entry.item for entry in record.log()]
    record.close()
    return found


async def saved_later(pilot: Pilot[str], kind: str) -> None:
    """Lock the same answer again, with nothing typed anew, and see that it is there."""
    assert screen(pilot).desk.asking
    await press(pilot, "3")
    if kind == "short":
        await press(pilot, "enter")
    entry = kept(pilot, kind)
    assert entry is not None
    assert screen(pilot).desk.verdict is not None


@pytest.mark.parametrize("kind", ["choice", "number", "order", "short"])
@pytest.mark.parametrize("way", WAYS)
async def test_an_answer_that_is_not_saved_stays_and_is_saved_later(own_home: Path, way: str, kind: str) -> None:
    """One sentence names the file and what to do; nothing on the screen says that anything is kept."""
    app = asking(own_home, kind)
    file = str(own_home / "record.sqlite")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with unwritable(way):
            await answer(pilot, kind, right=True)
            await press(pilot, "3")
            if kind == "short":  # first it is held against its rubric
                await press(pilot, "a", "enter")
            assert screen(pilot).desk.asking
            assert kept(pilot, kind) is None
            (sentence,) = told(app)
            assert sentence.startswith("Not saved. ")
            assert file in sentence
            assert "writable" in sentence
            assert "Your answer is still here" in shown(app)
            assert "Leave (not saved)" in shown(app)
            assert "kept" not in shown(app)
        await saved_later(pilot, kind)
        assert told(app) == []
        assert "Leave (kept)" in shown(app)
    assert on_disk(own_home) == [kind]


async def test_chinese_says_it_too(own_home: Path) -> None:
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with unwritable("read-only"):
            await press(pilot, "f2")
            await answer(pilot, "choice", right=True)
            await press(pilot, "3")
            assert told(app)[-1].startswith("没有保存。学习记录")
            assert "离开（未保存）" in shown(app)


@pytest.mark.parametrize("way", WAYS)
async def test_every_screen_opens_and_every_key_of_a_question_acts(own_home: Path, way: str) -> None:
    """Figures that cannot be derived, places and drafts that cannot be kept, a flag, a skip: the app stays open."""
    app = app_on(own_home)
    app.record.store.connection.execute("INSERT INTO stale VALUES ('large-models', 'x')")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with unwritable(way):
            for place in PLACES:
                app.open(place)
                await settled(pilot)
                await pilot.press("f2")
                await settled(pilot)
                await pilot.press("escape")
                await settled(pilot)
            assert told(app)
    app = asking(own_home / "small", "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        with unwritable(way):
            for key in ("b", "h", "s", "u", "ctrl+r", "exclamation_mark", "3", "f5", "escape"):
                await press(pilot, key)
                assert not isinstance(app.screen, DoubtScreen), "a flag that is not kept is not asked about"
        assert app.record.flags("small") == {}
        assert app.record.log() == ()


async def test_a_deleted_record_is_written_anew_when_the_learner_wants_it(own_home: Path) -> None:
    """Asked once an answer cannot be saved; everything saved before is there again, and this answer can follow."""
    app = asking(own_home, "choice", "truth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await answer(pilot, "choice", right=True)
        await press(pilot, "3", "enter")
        await answer(pilot, "truth", right=True)
        shutil.rmtree(own_home)
        await press(pilot, "3")
        assert isinstance(app.screen, ConfirmScreen)
        assert "is gone" in shown(app)
        await press(pilot, "n", "3")
        assert isinstance(app.screen, ConfirmScreen), "asked again, since nothing is saved"
        assert not own_home.exists()
        await press(pilot, "y")
        assert "is there again" in told(app)[-1]
        assert on_disk(own_home) == ["choice"]
        await saved_later(pilot, "truth")
    assert on_disk(own_home) == ["choice", "truth"]


async def test_a_record_that_cannot_be_written_anew_is_told(own_home: Path) -> None:
    app = asking(own_home, "choice")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        (own_home / "record.sqlite").unlink()
        await press(pilot, "b")
        assert isinstance(app.screen, ConfirmScreen)
        with unwritable("error"):
            await press(pilot, "y")
        assert str(own_home / "record.sqlite") in told(app)[-1]
        assert not (own_home / "record.sqlite").exists()


def test_a_log_that_cannot_be_written_ends_nothing_and_goes_on_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither where it cannot be opened nor where it cannot grow."""
    root, file = logging.getLogger(), tmp_path / "new" / "learncurve.log"
    before, root.handlers[:] = root.handlers[:], []
    try:
        log_to(file)
        logging.getLogger("learncurve").warning("nowhere")
        file.parent.mkdir()
        with unwritable("error"):
            logging.getLogger("learncurve").warning("too long")
        logging.getLogger("learncurve").warning("here")
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = before
    assert capsys.readouterr().err == ""
    assert "nowhere" not in file.read_text()
    assert "learncurve here" in file.read_text()
