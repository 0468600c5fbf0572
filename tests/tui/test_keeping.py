"""The app looks after the record, and brings a damaged one back when the learner wants it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from content.course.course import bundled, open_course
from content.errors import StoreError
from content.memory.backups import back_up_daily, copies
from content.memory.clock import local_now
from content.memory.record import open_record
from tests.content.test_record import answer
from tests.content.test_store import garble, spoil
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled, until
from tests.tui.grid import assert_kept
from tui.__main__ import main
from tui.app import LearncurveApp
from tui.house import House
from tui.keeping import Lost, lost
from tui.screens.confirm import ConfirmScreen
from tui.screens.first_start import FirstStartScreen
from tui.screens.home import HomeScreen


def learned(home: Path, *, answers: int = 7, language: str = "zh") -> Path:
    """Return the record of somebody who has answered, chosen Chinese, and has a backup of it."""
    path = home / "record.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    record = open_record(path).record
    record.keep_setting("interface", {"language": language, "greeted": True, "theme": "light"})
    for number in range(answers):
        record.save(answer(f"i{number}"))
    back_up_daily(path, local_now())
    record.save(answer("after the backup"))
    record.close()
    return path


def reopened(home: Path) -> LearncurveApp:
    """Return the app as the command line opens it."""
    opened = open_record(home / "record.sqlite")
    aside = opened.record.aside
    gone = lost(home / "record.sqlite", aside) if aside else None
    return LearncurveApp(House(home), open_course(bundled()), opened.record, lost=gone)


def told(app: LearncurveApp) -> list[str]:
    """Return what was announced."""
    return [each.message for each in app._notifications]


async def waited(pilot: Pilot[str]) -> None:
    """Let threads end and what they said be heard."""
    for _ in range(3):
        await settled(pilot)


async def test_a_damaged_record_comes_back_by_one_key(own_home: Path) -> None:
    """In the learner's own language, which the backup knows; with theme, answers, and without a greeting."""
    path = learned(own_home)
    garble(path)
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ConfirmScreen)
        text = shown(app).replace("\n", "")
        assert "学习记录已损坏" in text
        assert str(date.today())[:7] in text
        await pilot.press("y")
        await waited(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert (app.language, app.choices.theme) == ("zh", "light")
        assert told(app)[-1].startswith("找回了 7 条答案")
        assert len(app.record.log()) == 7
    assert next(own_home.glob("record-broken-*.sqlite"))


async def test_what_came_after_the_backup_comes_back_from_the_damaged_file(own_home: Path) -> None:
    """An index is broken, the answers are not."""
    path = learned(own_home)
    spoil(path, "answers_by_session")
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("y")
        await waited(pilot)
        assert len(app.record.log()) == 8


async def test_not_now_leaves_everything_and_names_the_command(own_home: Path) -> None:
    """The new record begins with a greeting."""
    path = learned(own_home)
    garble(path)
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("n")
        await waited(pilot)
        assert isinstance(app.screen, FirstStartScreen)
        assert "learncurve record restore" in told(app)[-1]
        assert app.record.log() == ()


@pytest.mark.parametrize("answer", ["y", "n"])
async def test_whatever_met_the_damage_first_the_app_offers_until_there_is_an_answer(
    own_home: Path, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    """A shell prompt asks what is due all the time, so it sees a damaged record before the app does."""
    garble(learned(own_home))
    assert main(["due"]) == 1
    assert "Your record was damaged. It is kept as" in capsys.readouterr().err
    assert main(["due"]) == 0
    for _ in range(2):  # who leaves without an answer is asked at the next start
        app = reopened(own_home)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert isinstance(app.screen, ConfirmScreen)
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(answer)
        await waited(pilot)
        assert len(app.record.log()) == (7 if answer == "y" else 0)
    opened = open_record(own_home / "record.sqlite")
    assert opened.record.aside is None
    opened.record.close()


async def test_another_language_asks_again(own_home: Path) -> None:
    """F2 is no answer."""
    garble(learned(own_home))
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f2")
        await waited(pilot)
        assert isinstance(app.screen, ConfirmScreen)
        assert "Your record was damaged" in shown(app)


async def test_without_any_backup_the_damaged_file_alone_is_offered(own_home: Path) -> None:
    """And where nothing can be read, that is said."""
    own_home.mkdir()
    garble(own_home / "record.sqlite")
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "There is no backup yet" in " ".join(shown(app).replace("│", " ").split())
        await pilot.press("y")
        await waited(pilot)
        assert told(app)[-1].startswith("Nothing could be read")
        assert isinstance(app.screen, FirstStartScreen)


async def test_a_disk_that_is_full_meanwhile_is_told_and_the_question_can_be_asked_again(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is half done: the files are still there."""
    path = learned(own_home)
    garble(path)
    app = reopened(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        (pages,) = app.record.store.connection.execute("PRAGMA page_count").fetchone()
        app.record.store.connection.execute(f"PRAGMA max_page_count = {pages}")
        for number in range(30):  # no room is left within the pages either
            try:
                app.record.keep_setting(f"x{number}", "x" * 3000)
            except StoreError:
                break
        await pilot.press("y")
        await waited(pilot)
        assert any("磁盘已满" in each for each in told(app))
        assert copies(path)


async def test_once_there_is_time_a_copy_is_made(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a word, and not before the first frame."""
    monkeypatch.setattr("tui.keeping.CARE_AFTER_SECONDS", 0.01)
    app = app_on(own_home)
    assert copies(own_home / "record.sqlite") == {}
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: copies(own_home / "record.sqlite"))
        await waited(pilot)
        assert list(copies(own_home / "record.sqlite")) == [date.today()]
        assert told(app) == []


async def test_trouble_with_the_copy_is_said_once(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is tried; and the learner goes on."""
    monkeypatch.setattr("tui.keeping.CARE_AFTER_SECONDS", 0.01)
    monkeypatch.setattr("tui.keeping.CARE_EVERY_SECONDS", 0.05)
    app = app_on(own_home)
    (own_home / "backups").write_text("in the way")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await until(pilot, lambda: told(app))
        await pilot.pause(0.3)
        await waited(pilot)
        assert len(told(app)) == 1
        assert "No backup could be made" in told(app)[0]


async def test_damage_that_stops_the_app_is_one_sentence_and_the_next_start_offers(
    own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A large record is not checked as a whole when it is opened: the damage is met while home is drawn."""
    path = learned(own_home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("content.memory.store.CHECKED_BYTES", 0)
        spoil(path, "cards")
        app = reopened(own_home)
        with pytest.raises(StoreError):  # the test's own way to hear of it
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
        assert "已损坏。请重新启动" in capsys.readouterr().err.replace("\n", "")
        again = open_record(path)
    assert again.set_aside is not None
    again.record.close()


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_offer_looks_the_same(own_home: Path, language: str) -> None:
    """Cell by cell, in both languages."""
    gone = Lost(aside=Path("record-broken-20261123-141502.sqlite"), files=(), backup="2026-11-22", language=language)
    app = app_on(own_home, greeted=False, lost=gone)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert_kept(app, f"offer-back-{language}")
