"""What is the same on every screen: the way back, the language, the strip, the keys."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.containers import VerticalScroll
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.clock import MOMENT, Clock
from tests.fakes import ScriptedRun
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tui.app import LearncurveApp
from tui.screens.first_start import FirstStartScreen
from tui.screens.home import HomeScreen
from tui.screens.keys import KeysScreen
from tui.screens.lab import LabScreen
from tui.screens.page import PageScreen
from tui.screens.palette import PaletteScreen
from tui.screens.question import QuestionScreen
from tui.screens.runs import RunsScreen
from tui.screens.settings import SettingsScreen
from tui.screens.too_small import TooSmallScreen
from tui.widgets.rows import Rows
from tui.widgets.run_strip import shortened
from tui.widgets.two_curves import TwoCurves

CHINESE = re.compile(r"[\u4e00-\u9fff]")
READ = re.compile(r" *\d+% read")
"""How far a page was read: further, once its screen has been seen in Chinese, which holds more of it."""

PLACES = [["page", "backprop"], ["question", "backprop"], ["lab"], ["runs"], ["settings"]]


async def typed(pilot: Pilot[str], sign: str) -> None:
    """Send a sign as a terminal does; the pilot's own `press` drops signs whose names it does not know."""
    pilot.app.post_message(events.Key(_character_to_key(sign), sign))
    await settled(pilot)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
async def test_esc_leads_home_from_everywhere(own_home: Path, place: list[str]) -> None:
    """One key back, and home is where it ends."""
    app = app_on(own_home, first=[place])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert not isinstance(app.screen, HomeScreen)
        await pilot.press("escape")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("place", [[], *PLACES], ids=lambda place: place[0] if place else "home")
async def test_f2_changes_the_language_of_everything(own_home: Path, place: list[str]) -> None:
    """No English sentence is left in Chinese, and the other way round; key bar and title included."""
    app = app_on(own_home, first=[place] if place else [])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        english = shown(app)
        assert "Keys" in english.splitlines()[-1]
        await pilot.press("f2")
        await settled(pilot)
        chinese = shown(app)
        assert "按键" in chinese.splitlines()[-1]
        assert CHINESE.search(chinese.splitlines()[0])
        await pilot.press("f2")
        await settled(pilot)
        assert READ.sub("", shown(app)) == READ.sub("", english)


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p"])
async def test_f2_acts_from_a_small_window_too(own_home: Path, key: str) -> None:
    """The window closes, and everything speaks the other language."""
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press(key)
        await settled(pilot)
        await pilot.press("f2")
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        assert "按键" in shown(app).splitlines()[-1]


async def test_the_language_is_kept(own_home: Path) -> None:
    """The next start speaks it."""
    app = app_on(own_home)
    async with app.run_test() as pilot:
        await pilot.press("f2")
        await settled(pilot)
    again = app_on(own_home)
    assert again.words.language == "zh"


@pytest.mark.parametrize(("place", "row"), [("settings", "frames"), ("demos", "race")])
async def test_a_row_stays_highlighted_while_everything_is_made_anew(own_home: Path, place: str, row: str) -> None:
    """By another language, or by other frames: the next `enter` is for the same row."""
    app = app_on(own_home, first=[[place]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.query_one(Rows).highlight(row)
        for changed in ({"frames": "ascii"}, {"language": "zh"}):
            before = app.screen.query_one(Rows)
            app.choose(**changed)
            await settled(pilot)
            assert app.screen.query_one(Rows) is not before
            assert app.screen.query_one(Rows).chosen == row


async def test_a_greeting_left_while_the_language_changes_leads_home(own_home: Path) -> None:
    """Home is being made anew at that moment: it is filled once it is whole."""
    app = app_on(own_home, greeted=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        home = app.screen_stack[0]
        assert isinstance(home, HomeScreen)
        home.changing = True
        await home.query_one(TwoCurves).remove()  # as far as a recompose is when the greeting goes
        app.screen.action_go("home")  # type: ignore[attr-defined]  # of the greeting
        await pilot.pause()
        assert app.screen_stack == [home]
        await home.retranslate()
        await pilot.pause()
        assert home.query_one(TwoCurves).is_mounted


async def test_the_first_start_asks_and_is_seen_once(own_home: Path) -> None:
    """Both languages are offered in their own words; then the learner is led to a page."""
    app = app_on(own_home, greeted=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, FirstStartScreen)
        assert "English" in shown(app)
        assert "简体中文" in shown(app)
        await pilot.press("2")
        await settled(pilot)
        assert "先读一页" in shown(app)
        first = app.course.sections[0]
        assert f"从头读起：{first.id}" in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, PageScreen)
        assert first.title.say("zh") in shown(app)
        app.exit()
    again = app_on(own_home, greeted=False)
    async with again.run_test() as pilot:
        await settled(pilot)
        assert not any(isinstance(screen, FirstStartScreen) for screen in again.screen_stack)


async def test_open_screens_come_back_after_a_dropped_line_and_not_after_quitting(own_home: Path) -> None:
    """Places are kept while they are open; `ctrl+q` closes them."""
    app = app_on(own_home)
    async with app.run_test() as pilot:
        app.open(["page", "losses"])
        await settled(pilot)
        app.open(["question", "losses"])
        await settled(pilot)
        app.exit()
    again = app_on(own_home)
    async with again.run_test() as pilot:
        await settled(pilot)
        assert [type(screen) for screen in again.screen_stack] == [HomeScreen, PageScreen, QuestionScreen]
        await pilot.press("ctrl+q")
    third = app_on(own_home)
    async with third.run_test() as pilot:
        await settled(pilot)
        assert [type(screen) for screen in third.screen_stack] == [HomeScreen]


async def test_full_width_keys_act_as_what_they_stand_for(own_home: Path) -> None:
    """An input method sends ？ for ? and 、 for /, and full-width letters too."""
    app = app_on(own_home)
    async with app.run_test() as pilot:
        await typed(pilot, "？")
        assert isinstance(app.screen, KeysScreen)
        await pilot.press("escape")
        await typed(pilot, "、")
        assert isinstance(app.screen, PaletteScreen)
        await pilot.press("escape")
        await typed(pilot, "ｓ")
        assert isinstance(app.screen, SettingsScreen)


async def test_in_a_text_field_full_width_signs_are_text(own_home: Path) -> None:
    """What a learner types in Chinese stays what it is."""
    app = app_on(own_home)
    async with app.run_test() as pilot:
        await pilot.press("/")
        await settled(pilot)
        for sign in "？梯":
            await typed(pilot, sign)
        assert app.screen.query_one("Input").value == "？梯"  # type: ignore[attr-defined]  # an Input has one


async def test_too_small_a_window_is_one_sentence_and_nothing_is_lost(own_home: Path) -> None:
    """Below 60x20 there is a sentence; with room again everything is back."""
    app = app_on(own_home, first=[["page", "backprop"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = shown(app)
        await pilot.resize_terminal(59, 19)
        await settled(pilot)
        assert isinstance(app.screen, TooSmallScreen)
        assert "60" in shown(app)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert shown(app) == before


@pytest.mark.parametrize("place", [[], *PLACES], ids=lambda place: place[0] if place else "home")
async def test_the_strip_tells_of_a_living_run_on_every_screen(own_home: Path, place: list[str]) -> None:
    """Reading and watching go together; the end is announced there."""
    app = app_on(own_home, first=[place] if place else [])
    run = ScriptedRun(own_home)
    run.attempt()
    run.plan()
    run.train(200)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.poll_runs()
        await settled(pilot)
        strip = shown(app).splitlines()[-2]
        assert "mlp-7f3a" in strip
        assert "epoch 2/10" in strip
        run.train(1050)
        run.end()
        app.poll_runs()
        app.poll_runs()
        await settled(pilot)
        assert "finished" in shown(app).splitlines()[-2]


async def test_quitting_with_a_living_run_says_that_it_goes_on(own_home: Path) -> None:
    """And how to come back to it."""
    app = app_on(own_home)
    run = ScriptedRun(own_home)
    run.attempt()
    run.plan()
    run.train(10)
    async with app.run_test() as pilot:
        app.poll_runs()
        await settled(pilot)
        await pilot.press("ctrl+q")
        await pilot.pause()
    assert app.return_value is not None
    assert f"learncurve watch {run.folder.id}" in app.return_value


async def test_help_lists_every_key_of_the_screen_in_words(own_home: Path) -> None:
    """Generated from the bindings: a key without words would be a key that nobody finds."""
    for place in [[], *PLACES]:
        app = app_on(own_home, first=[place] if place else [])
        async with app.run_test(size=(120, 60)) as pilot:
            await settled(pilot)
            screen = app.screen
            wordless = [
                key
                for key, active in screen.active_bindings.items()
                if active.binding.id and app.words.find(active.binding.description) is None
            ]
            assert wordless == []
            rows = KeysScreen(screen, app.words).rows()
            assert len(rows) >= 5
            assert all(CHINESE.search(name) is None for _, name, _ in rows)


async def test_help_scrolls_by_the_keys_of_every_list_and_names_letters_in_their_order(own_home: Path) -> None:
    """Home has more keys than a small window has rows."""
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        await settled(pilot)
        frame = app.screen.query_one(VerticalScroll)
        assert frame.max_scroll_y > 2
        await pilot.press("j", "j", "k")
        await settled(pilot)
        assert frame.scroll_y == 1
        await pilot.press("space")
        await settled(pilot)
        assert frame.scroll_y == frame.max_scroll_y
    app = app_on(own_home, first=[["question", "background", "classical-not-replaced"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "a b c d e f g t" in [keys for keys, _, _ in KeysScreen(app.screen, app.words).rows()]


async def test_help_writes_arrows_as_arrows_also_where_a_key_is_held(own_home: Path) -> None:
    """ "shift+left , shift+right ." is no line that one reads."""
    app = app_on(own_home, first=[["demo", "softmax"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        keys = [keys for keys, _, _ in KeysScreen(app.screen, app.words).rows()]
        assert any("shift+←→" in each for each in keys)
        assert not any("left" in each or "right" in each for each in keys)


async def test_help_names_no_key_that_would_be_typed(own_home: Path) -> None:
    """In a field the slash is a letter of what is written; on the row above it searches. Arrows leave the field."""
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "/" in [keys for keys, _, _ in KeysScreen(app.screen, app.words).rows()]
        await pilot.press("down")
        await settled(pilot)
        keys = [keys for keys, _, _ in KeysScreen(app.screen, app.words).rows()]
        assert "/" not in keys
        assert {"↑", "↓", "pgdn pgup", "ctrl+p f3"} <= set(keys)


async def test_a_run_that_is_starting_has_no_figures_at_home(own_home: Path) -> None:
    """Dashes for figures would say nothing."""
    run = ScriptedRun(own_home)
    app = app_on(own_home, language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        run.attempt()
        app.poll_runs()
        await settled(pilot)
        assert app.words("states.starting") in shown(app)
        assert "损失 -" not in shown(app)


async def test_the_strip_tells_of_the_run_that_trains_rather_than_of_one_that_waits_for_it(own_home: Path) -> None:
    """Alone, one that waits says so, and not what it read before: of that nothing is going on any more."""
    waits = ScriptedRun(own_home, moment=MOMENT + timedelta(hours=1), token="9b2c", clock=Clock(time.time()))
    waits.attempt()
    waits.load("data")
    waits.queue()
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        app.poll_runs()
        await settled(pilot)
        assert re.search(r"mlp-9b2c +waiting its turn +w Watch", shown(app).splitlines()[-2])
        trains = ScriptedRun(own_home, clock=Clock(time.time()))
        trains.attempt()
        trains.plan()
        trains.train(10)
        app.followed.follow(trains.folder)
        app.poll_runs()
        await settled(pilot)
        assert re.search(r"mlp-7f3a .* epoch 1/10 .* 1 more +w Watch", shown(app).splitlines()[-2])
    trains.kill()
    waits.kill()


def test_of_what_the_strip_has_no_room_for_the_last_parts_are_left_out_whole() -> None:
    words = "train 1.913  epoch 10/10  16 s left  2 more"
    assert shortened(words, len(words)) == words
    assert shortened(words, len(words) - 1) == "train 1.913  epoch 10/10  16 s left"
    assert shortened(words, 20) == "train 1.913"
    assert shortened(words, 8) == "train 1…"
    assert shortened("训练 1.913  第 10/10 轮", 20) == "训练 1.913"


async def test_the_palette_finds_pages_terms_and_text_in_both_languages(own_home: Path) -> None:
    """Two Chinese letters are enough; what was chosen opens."""
    app = app_on(own_home, language="zh")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        await settled(pilot)
        await pilot.press(*"梯度")
        await settled(pilot)
        assert "梯度" in shown(app)
        await pilot.press(*["backspace"] * 2, *"损失函数")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, PageScreen)
        assert app.screen.slug == "losses"


async def test_a_click_on_the_key_bar_presses_the_key(own_home: Path) -> None:
    """The mouse can do what the keys do."""
    app = app_on(own_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        at = shown(app).splitlines()[-1].index("Lab")
        await pilot.click("KeyBar", offset=(at, 0))
        await settled(pilot)
        assert isinstance(app.screen, LabScreen)


async def test_the_list_of_runs_shows_state_curve_and_figures_and_deletes_after_asking(own_home: Path) -> None:
    """Deleting asks; saying no keeps the run."""
    run = ScriptedRun(own_home, title="my \x1b[31mrun")
    run.attempt()
    run.plan()
    run.train(1250)
    run.end()
    app: LearncurveApp = app_on(own_home, first=[["runs"]])
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, RunsScreen)
        screen._read_some()
        await settled(pilot)
        row = next(line for line in shown(app).splitlines() if "mlp-7f3a" in line)
        assert "finished" in row
        assert "␛[31mrun" in row
        assert re.search("[\u2801-\u28ff]{4}", row)
        assert re.search(r"0\.\d{3}", row)
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert run.folder.path.is_dir()
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("y")
        await settled(pilot)
        assert not run.folder.path.exists()
        assert "No run yet" in shown(app)


async def test_with_room_no_state_of_a_run_is_cut(own_home: Path) -> None:
    """The longest of them is that of a run that waits for others."""
    run = ScriptedRun(own_home, moment=datetime.now(UTC))
    run.attempt()
    run.queue()
    app: LearncurveApp = app_on(own_home, first=[["runs"]])
    async with app.run_test(size=(90, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, RunsScreen)
        app.screen._read_some()
        await settled(pilot)
        assert "waiting its turn" in shown(app)


async def test_the_lab_says_at_once_why_a_value_is_refused_and_what_a_run_costs(own_home: Path) -> None:
    """Field, value and bounds; nothing starts until it is mended."""
    app = app_on(own_home, first=[["lab"]])
    async with app.run_test(size=(120, 50)) as pilot:
        await settled(pilot)
        assert "1,250 updates of 101,770 parameters" in shown(app)
        field = app.screen.query_one("#knob-lr Input")
        field.focus()
        await settled(pilot)
        await pilot.press("end", *["backspace"] * 8, *"fast")
        await settled(pilot)
        assert "lr=fast: must be a number from 0 to 1,000." in shown(app)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, LabScreen)
        assert not (own_home / "runs").exists()
