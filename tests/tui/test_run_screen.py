"""A run is watched and steered: journeys with keys, on runs that follow a script."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from engine.runs.control import wanted
from engine.runs.folder import RunFolder
from tests.clock import Clock
from tests.fakes import ScriptedRun, scripted_run
from tests.tui.app_on import app_on, shown
from tui import running
from tui.app import LearncurveApp
from tui.screens.confirm import ConfirmScreen
from tui.screens.lab import LabScreen
from tui.screens.run import RunScreen
from tui.widgets.run.evaluated import HELD_SECONDS
from tui.widgets.run.lines import Lines
from tui.widgets.run.view import RunView

SMALL, MIDDLE, LARGE = (80, 24), (120, 40), (160, 45)


def living(home: Path, done: int = 250, **script: object) -> ScriptedRun:
    """Return a run that trains, at its `done`-th update, with a heartbeat of now."""
    run = ScriptedRun(home, clock=Clock(time.time() - done / 80), **script)  # type: ignore[arg-type]
    run.attempt()
    run.plan()
    run.acknowledge("running")
    run.train(done)
    return run


def watching(home: Path, folder: RunFolder) -> LearncurveApp:
    """Return the app with the run's screen over home."""
    return app_on(home, first=[["run", folder.id]])


async def told(pilot: Pilot[str], app: LearncurveApp) -> str:
    """Return what the screen says once everything that the run wrote has been read and drawn."""
    await pilot.pause()
    app.poll_runs()
    for view in app.screen.query(RunView):
        view.tell()
    await pilot.pause()
    await pilot.pause()
    return shown(app)


def view_of(app: LearncurveApp) -> RunView:
    assert isinstance(app.screen, RunScreen)
    return app.screen.view


async def test_a_living_run_grows_on_the_screen(own_home: Path) -> None:
    """Update, epoch and curve follow the stream."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        before = await told(pilot, app)
        assert "250/1,250" in before
        assert "RUNNING  epoch 3/10" in before.splitlines()[0]
        run.train(375)
        after = await told(pilot, app)
        assert "625/1,250" in after
        assert "epoch 6/10" in after.splitlines()[0]
        assert view_of(app).curves.chart.newest == 625


async def test_pause_is_asked_then_acknowledged(own_home: Path) -> None:
    """The key writes a wish; only the worker's answer makes it so."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        assert "Pause" in (await told(pilot, app)).splitlines()[-1]
        await pilot.press("space")
        assert wanted(run.folder).state == "paused"
        asked = await told(pilot, app)
        assert "pause: asked" in asked
        assert "RUNNING" in asked
        run.acknowledge("paused")
        heard = await told(pilot, app)
        assert "pause: acknowledged at update 250" in heard
        assert "PAUSED" in heard.splitlines()[0]
        assert "Go on" in heard.splitlines()[-1]
        await pilot.press("space")
        assert wanted(run.folder).state == "running"


async def test_single_updates_are_counted_even_where_the_key_is_quicker_than_the_worker(own_home: Path) -> None:
    """A running run is asked to rest first; then each press is one update."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("full_stop")
        assert wanted(run.folder).state == "paused"
        run.acknowledge("paused")
        await told(pilot, app)
        await pilot.press("full_stop", "full_stop", "full_stop")
        assert wanted(run.folder).until_update == 253
        run.acknowledge("running", until_update=253)
        run.train(3)
        run.acknowledge("paused", until_update=253)
        assert "one update: acknowledged at update 253" in await told(pilot, app)


async def test_the_pace_goes_down_and_up_and_to_full_speed(own_home: Path) -> None:
    """A ladder of paces, and one key to its top."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("minus", "minus")
        assert wanted(run.folder).pace == 20
        assert "pace 20/s: asked" in await told(pilot, app)
        await pilot.press("equals_sign")
        assert wanted(run.folder).pace == 40
        await pilot.press("plus")
        assert wanted(run.folder).pace == 80
        await pilot.press("f")
        assert wanted(run.folder).pace == 0
        run.acknowledge("running", pace=0)
        assert "pace full: acknowledged at update 250" in await told(pilot, app)


async def test_stop_asks_first(own_home: Path) -> None:
    """`n` changes nothing; `y` writes the wish, and the end offers to resume."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("s")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("n")
        assert wanted(run.folder).state == "running"
        await pilot.press("s", "y")
        assert wanted(run.folder).state == "stopped"
        assert "stop: asked" in await told(pilot, app)
        run.save()
        run.end("stopped")
        stopped = await told(pilot, app)
        assert "Stopped at update 250." in stopped
        assert "r resumes from its checkpoint at update 250." in stopped


async def test_a_crash_is_seen_and_r_starts_the_run_again(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock tells; the key launches; what is done again leaves a ghost."""
    launched: list[str] = []
    monkeypatch.setattr("tui.screens.run.resume", lambda folder: launched.append(folder.id))
    run = living(own_home)
    run.save()
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        run.train(100)
        run.kill()
        crashed = await told(pilot, app)
        assert "CRASHED" in crashed.splitlines()[0]
        assert "Its process is gone; the last word came at update 350." in crashed
        await pilot.press("r")
        assert launched == [run.folder.id]
        run.attempt(251)
        run.plan()
        run.acknowledge("running")
        run.train(20)
        app.followed.follow(run.folder)
        again = await told(pilot, app)
        assert "RUNNING" in again.splitlines()[0]
        assert "270/1,250" in again
        ghosts = [line for line in view_of(app).curves.chart.lines if line.style == "ghost"]
        assert [(ghost.source.first, ghost.source.last) for ghost in ghosts] == [(251, 350)]  # type: ignore[union-attr]


async def test_a_failed_run_says_why_and_what_to_do(own_home: Path) -> None:
    """One sentence, and the way to the traceback."""
    folder = scripted_run(own_home, state="failed")
    (folder.console_file).write_text("Traceback (most recent call last):\nOSError: no space\n")
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        failed = await told(pilot, app)
        assert "FAILED" in failed.splitlines()[0]
        assert "It failed: " in failed
        assert "6 shows what it printed" in failed
        await pilot.press("6")
        assert "OSError: no space" in await told(pilot, app)


async def test_nan_is_seen_at_once(own_home: Path) -> None:
    """In the figure, in the remark, and in the chart."""
    run = living(own_home, nan_from=200)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        said = await told(pilot, app)
        assert re.search(r"train\s+NaN", said)
        assert "not a number (NaN) from update 200 on" in " ".join(said.split())


async def test_the_end_stands_out_and_leads_to_the_lab_with_the_same_recipe(own_home: Path) -> None:
    """The test result in words; `e` opens the form with what this run was made of."""
    folder = scripted_run(own_home, wishes={"lr": 0.05, "hidden": "64"})
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        said = await told(pilot, app)
        assert "FINISHED" in said.splitlines()[0]
        assert "of 1,000 test digits right" in said
        assert "e opens the lab with this recipe" in said
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert app.screen.texts["lr"] == "0.05"
        assert app.screen.texts["hidden"] == "64"


@pytest.mark.parametrize(
    ("state", "said"), [("queued", "waiting its turn: one run is ahead"), ("starting", "loading PyTorch")]
)
async def test_what_it_waits_for_stands_where_the_curve_will_be(own_home: Path, state: str, said: str) -> None:
    """Nobody watches an empty frame."""
    folder = scripted_run(own_home, state=state)
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        assert said in await told(pilot, app)
        await pilot.press("6")
        assert "printed nothing" in await told(pilot, app)


@pytest.mark.parametrize(
    ("key", "drawn", "text"),
    [
        ("1", "cross-entropy loss", "valid. accuracy"),
        ("2", "a 4, read as 9", "probability"),
        ("3", "validation digits after epoch", "read as"),
        ("4", "what each first-layer unit looks for", "lowest"),
        ("5", "engine/worker/", "weight_decay"),
        ("6", "console.log", "worker says hello"),
    ],
)
async def test_each_panel_has_a_picture_and_its_text(own_home: Path, key: str, drawn: str, text: str) -> None:
    """`T` gives plain rows; `T` again the picture."""
    run = living(own_home)
    run.folder.console_file.write_text("worker says hello\n")
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        if key != "1":
            await pilot.press(key)
        assert drawn in await told(pilot, app)
        await pilot.press("T")
        plain = await told(pilot, app)
        assert text in plain
        assert not re.search("[\u2800-\u28ff▀]", "\n".join(plain.splitlines()[2:-4]))
        await pilot.press("T")
        assert drawn in await told(pilot, app)


async def test_panels_keep_their_state_over_switches_and_languages(own_home: Path) -> None:
    """The figure, the zoom and the cursor are the learner's, not the language's."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("a", "a", "a", "z", "left")
        chart = view_of(app).curves.chart
        window, cursor = chart.window, chart.cursor
        assert window is not None
        assert cursor is not None
        await pilot.press("3", "f2")
        chinese = await told(pilot, app)
        assert "训练中" in chinese
        assert "按键" in chinese.splitlines()[-1]
        assert "Confusion" not in chinese
        await pilot.press("1")
        assert "梯度范数" in (await told(pilot, app)).splitlines()[2]
        assert (chart.window, chart.cursor) == (window, cursor)


async def test_earlier_epochs_can_be_looked_at(own_home: Path) -> None:
    """`[` goes back, `]` forward; at the newest one it follows again."""
    run = living(own_home, done=500)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("3")
        assert "after epoch 4" in await told(pilot, app)
        await pilot.press("left_square_bracket")
        assert "after epoch 3" in await told(pilot, app)
        run.train(125)
        assert "after epoch 3" in await told(pilot, app)
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert "after epoch 5" in await told(pilot, app)
        run.train(125)
        app.followed.clock = Clock(time.time() + HELD_SECONDS)
        assert "after epoch 6" in await told(pilot, app)


async def test_a_picture_stays_for_a_while_however_fast_the_epochs_are(own_home: Path) -> None:
    """Nobody looks at digits for a fifth of a second; when the run rests, the newest are there at once."""
    run = living(own_home, done=500)
    app = watching(own_home, run.folder)
    app.followed.clock = Clock(now := time.time())
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("3")
        assert "after epoch 4" in await told(pilot, app)
        for seconds, epoch in ((HELD_SECONDS - 0.5, 4), (HELD_SECONDS, 6), (HELD_SECONDS + 1, 6)):
            run.train(125)
            app.followed.clock = Clock(now + seconds)
            assert f"after epoch {epoch}" in await told(pilot, app)
        run.acknowledge("paused")
        assert "after epoch 7" in await told(pilot, app)


async def test_what_strangers_wrote_reaches_no_terminal_and_fires_nothing(own_home: Path) -> None:
    """Titles and consoles with escape sequences and markup are text."""
    evil = "\x1b]52;c;aGFjaw==\x07\x9b31m[@click=app.leave_app]press[/] \u202eback"
    run = living(own_home, title=evil)
    run.folder.console_file.write_text(f"{evil}\r\n" * 3)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        for key in ("1", "6", "T"):
            await pilot.press(key)
            said = await told(pilot, app)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
            await pilot.click(offset=(20, 0))
            await pilot.click(offset=(20, 3))
        assert "␛]52" in said
        assert app.is_running


async def test_arrays_that_were_pruned_are_missed_in_words(own_home: Path) -> None:
    """Old runs lose their pictures, never their curves."""
    folder = scripted_run(own_home)
    for file in folder.arrays.iterdir():
        file.unlink()
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        for key in ("2", "4"):
            await pilot.press(key)
            assert "no longer on the disk" in await told(pilot, app)


@pytest.mark.parametrize(("language", "hint"), [("en", "← → long lines"), ("zh", "← → 看长行")])
async def test_code_that_is_cut_at_the_edge_says_which_keys_show_the_rest(
    own_home: Path, language: str, hint: str
) -> None:
    """At 80 columns, with a sign at the edge of each such line."""
    app = app_on(own_home, language=language, first=[["run", living(own_home).folder.id]])
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("5")
        said = await told(pilot, app)
        assert hint in said
        long = "every batch, and step 4"
        assert long not in said
        assert any(row.endswith(">") for row in said.splitlines())
        await pilot.press(*["right"] * 40)
        assert long in await told(pilot, app)


async def test_a_run_that_names_a_file_outside_the_program_shows_no_code(own_home: Path) -> None:
    """The folder of a run may come from a stranger."""
    from msgspec.structs import replace

    from engine.reading.follow import Follower

    run = living(own_home)
    follower = Follower(run.folder)
    follower.poll()
    assert follower.progress.planned is not None
    run.write(replace(follower.progress.planned, source="../../../../etc/passwd"))
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        await pilot.press("5")
        said = await told(pilot, app)
        assert "is not in this installation" in said
        assert app.words("run.long-lines-hint") not in said, "there is none"
        assert "root:" not in said


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE], ids=["80x24", "120x40", "160x45"])
async def test_nothing_is_painted_where_nothing_changed(own_home: Path, size: tuple[int, int]) -> None:
    """The same moment again costs no byte."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=size) as pilot:
        await told(pilot, app)
        await told(pilot, app)
        view = view_of(app)
        assert view.moment is not None
        view.show(view.moment)
        view.tell()
        painted = [
            widget for widget in app.screen.walk_children(Widget) if widget.is_on_screen and widget._repaint_regions
        ]
        assert painted == []


async def test_no_timer_is_asked_to_ring_in_the_past(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual turns for ever on a timer whose seconds are below 0, and the app stands still."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        view = view_of(app)
        assert view.moment is not None
        asked: list[float] = []
        monkeypatch.setattr(view, "set_timer", lambda seconds, _callback: asked.append(seconds))
        start = view._told_at
        for step in (0.1, 0.3, 0.49):
            readings = iter(start + step * times for times in (1, 2, 3, 4))
            monkeypatch.setattr("tui.widgets.run.view.time.monotonic", lambda readings=readings: next(readings))
            view._told_at = start
            view.show(view.moment)
            monkeypatch.undo()
            monkeypatch.setattr(view, "set_timer", lambda seconds, _callback: asked.append(seconds))
        assert asked
        assert all(seconds > 0 for seconds in asked)


async def test_a_wide_screen_shows_two_panels(own_home: Path) -> None:
    """The curves stay; the chosen panel stands beside them."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=LARGE) as pilot:
        said = await told(pilot, app)
        assert "cross-entropy loss" in said
        assert "a 4, read as 9" in said
        await pilot.press("3")
        said = await told(pilot, app)
        assert "cross-entropy loss" in said
        assert "validation digits after epoch" in said


async def test_only_panels_in_sight_are_worked_on(own_home: Path) -> None:
    """A confusion matrix that nobody sees is not drawn."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        run.train(125)
        await told(pilot, app)
        assert [panel.moment is not None for panel in view_of(app).panels] == [True] + [False] * 5


async def test_beside_a_page_there_is_a_curve_and_a_few_figures(own_home: Path) -> None:
    """The same widget, forty cells wide: no tabs, nothing that takes keys."""
    run = living(own_home)
    app = app_on(own_home, first=[["page", "backprop"]])
    async with app.run_test(size=MIDDLE) as pilot:
        await told(pilot, app)
        said = await told(pilot, app)
        view = app.screen.query_one(RunView)
        assert view.size.width < 60
        assert view.has_class("-narrow")
        assert "mlp-7f3a  RUNNING" in said
        assert "epoch 3/10" in said
        assert "accuracy" in said
        assert "[1 Curves]" not in said
        assert not view.curves.chart.can_focus
        await pilot.press("w")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
    run.kill()


@pytest.mark.parametrize(("size", "notices"), [(MIDDLE, 0), (SMALL, 1)], ids=["beside", "no-room"])
async def test_a_notice_tells_of_a_new_run_only_where_it_is_not_seen(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int], notices: int
) -> None:
    """Beside the page the run's own figures stand, and a notice would lie over them."""
    begun: list[ScriptedRun] = []

    def start(*_: object) -> RunFolder:
        begun.append(living(own_home, done=0))
        return begun[0].folder

    monkeypatch.setattr(running, "start", start)
    app = app_on(own_home, first=[["page", "backprop"]])
    async with app.run_test(size=size) as pilot:
        await told(pilot, app)
        notified: list[str] = []
        monkeypatch.setattr(app, "notify", lambda message, **_: notified.append(message))
        app.train("mlp", {})
        assert len(notified) == notices
        assert "mlp-7f3a" in await told(pilot, app)
    begun[0].kill()


async def test_the_keys_offered_are_those_that_act(own_home: Path) -> None:
    """A finished run cannot be paused, a living one not be resumed."""
    folder = scripted_run(own_home)
    app = watching(own_home, folder)
    async with app.run_test(size=SMALL) as pilot:
        foot = (await told(pilot, app)).splitlines()[-1]
        assert "Again" in foot
        assert "Pause" not in foot
        await pilot.press("space", "full_stop", "minus", "s")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, RunScreen)


async def test_leaving_leaves_the_run_alone(own_home: Path) -> None:
    """esc is no stop, and says so."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        before = wanted(run.folder)
        assert "Back (it goes on)" in (await told(pilot, app)).splitlines()[-1]
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, RunScreen)
        assert wanted(run.folder) == before


async def test_a_click_on_a_tab_chooses_its_panel(own_home: Path) -> None:
    """The mouse sees the same six."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        tabs = app.screen.query_one("#run-tabs", Lines)
        await pilot.click(tabs, offset=(tabs.lines[0].plain.index("Confusion") + 2, 1))
        await told(pilot, app)
        assert view_of(app).chosen == 3


async def test_words_change_at_most_twice_a_second_while_the_curve_follows(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures that flicker are not read, and each change travels over the line."""
    run = living(own_home)
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        await told(pilot, app)
        view = view_of(app)
        monkeypatch.setattr("tui.widgets.run.view.WORDS_SECONDS", 3600.0)
        run.train(100)
        app.poll_runs()
        await pilot.pause()
        assert view.curves.chart.newest == 350
        assert "250/1,250" in shown(app)
        run.acknowledge("paused")
        app.poll_runs()
        await pilot.pause()
        assert "PAUSED" in shown(app)
        assert "350/1,250" in shown(app)


async def test_no_word_of_what_went_wrong_is_cut_at_80x24(own_home: Path) -> None:
    """The cure stands at the end of a sentence: it must be there."""
    run = living(own_home)
    cure = "Install learncurve again to mend it."
    run.end("failed", reason=f"The data file {'/a/long/folder' * 14}/train.gz is not as it was shipped. {cure}")
    app = watching(own_home, run.folder)
    async with app.run_test(size=SMALL) as pilot:
        shown = " ".join((await told(pilot, app)).split())
        assert cure in shown
