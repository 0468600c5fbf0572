"""What is said of a run, without a screen: wishes, paces, figures, sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.reading.follow import Follower
from engine.runs import control
from tests.fakes import ScriptedRun, scripted_run
from tui.glyphs import ASCII, RICH
from tui.widgets.run import recipe_table, spoken, told
from tui.widgets.run.figures import figures, rows
from tui.widgets.run.ladder import FULL, PACES, faster, slower
from tui.widgets.run.moment import Moment, Sight
from tui.words import Words

ENGLISH, CHINESE = Words("en"), Words("zh")


def moment_of(run: ScriptedRun) -> Moment:
    """Return what a watcher knows of a run now."""
    follower = Follower(run.folder, wall=run.clock)
    follower.poll()
    return Sight(follower).moment(follower.state(run.clock()), run.clock())


def begun(home: Path, **script: object) -> ScriptedRun:
    """Return a run that trains."""
    run = ScriptedRun(home, **script)  # type: ignore[arg-type]  # the script's own types
    run.attempt()
    run.plan()
    run.acknowledge("running")
    return run


@given(st.sampled_from([*PACES, FULL]))
def test_the_ladder_leads_up_to_full_speed_and_down_again(pace: float) -> None:
    """Whatever the rung, faster and slower undo each other but at the ends."""
    up = faster(pace)
    assert slower(up) == (pace if pace != FULL else PACES[-1])
    assert slower(PACES[0]) == PACES[0]


@given(st.floats(0.1, 1e6))
def test_a_pace_between_rungs_goes_to_its_neighbours(pace: float) -> None:
    """A pace that was set elsewhere finds its way onto the ladder."""
    assert faster(pace) == FULL or faster(pace) > pace
    assert slower(pace) <= pace


def test_a_wish_is_asked_until_the_worker_acknowledges_it(tmp_path: Path) -> None:
    """Two states: nobody may take the one for the other."""
    run = begun(tmp_path)
    run.train(60)
    follower = Follower(run.folder, wall=run.clock)
    sight = Sight(follower)
    control.set_pace(run.folder, 20.0)
    follower.poll()
    asked = sight.moment("running", run.clock())
    assert spoken.wish(asked, ENGLISH) == ("pace 20/s: asked", False)
    run.acknowledge("running", pace=20.0)
    follower.poll()
    heard = sight.moment("running", run.clock())
    assert spoken.wish(heard, ENGLISH) == ("pace 20/s: acknowledged at update 60", True)


@pytest.mark.parametrize(
    ("act", "answer", "said"),
    [
        (lambda run: control.pause(run.folder), ("paused", 80.0, 0), "pause: acknowledged at update 60"),
        (lambda run: control.set_pace(run.folder, 0), ("running", 0.0, 0), "pace full: acknowledged at update 60"),
        (lambda run: control.stop(run.folder), None, "stop: asked"),
    ],
    ids=["pause", "full", "stop"],
)
def test_each_wish_is_named(tmp_path: Path, act: object, answer: tuple[str, float, int] | None, said: str) -> None:
    """Pause, pace and stop, from whichever terminal they come."""
    run = begun(tmp_path)
    run.train(60)
    follower = Follower(run.folder, wall=run.clock)
    sight = Sight(follower)
    act(run)  # type: ignore[operator]  # a lambda of the table above
    if answer is not None:
        run.acknowledge(*answer)
    follower.poll()
    wish = spoken.wish(sight.moment("running", run.clock()), ENGLISH)
    assert wish is not None
    assert wish[0] == said


def test_a_single_update_counts_once_it_is_done(tmp_path: Path) -> None:
    """The wish names an update, and is fulfilled there."""
    run = begun(tmp_path)
    run.train(60)
    run.acknowledge("paused")
    follower = Follower(run.folder, wall=run.clock)
    sight = Sight(follower)
    control.step(run.folder, 60)
    run.acknowledge("running", until_update=61)
    follower.poll()
    assert spoken.wish(sight.moment("paused", run.clock()), ENGLISH) == ("one update: asked", False)
    run.train(1)
    follower.poll()
    said = spoken.wish(sight.moment("paused", run.clock()), ENGLISH)
    assert said == ("one update: acknowledged at update 61", True)


def test_the_status_names_state_epoch_and_the_spread_of_the_time_left(tmp_path: Path) -> None:
    """A single number of seconds would claim too much."""
    run = begun(tmp_path)
    run.train(625)
    assert spoken.status(moment_of(run), ENGLISH) == "RUNNING  epoch 6/10  8 s left (7-9)"
    assert spoken.status(moment_of(run), CHINESE) == "训练中  第 6/10 轮  剩 8 秒 (7-9)"


def test_what_it_waits_for_is_said_with_since_when(tmp_path: Path) -> None:
    """Loading for three seconds, behind two others, a download with its size."""
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.queue(2)
    assert spoken.waiting(moment_of(run), ENGLISH)[0] == "waiting its turn: 2 runs are ahead"
    run.load("torch")
    follower = Follower(run.folder, wall=run.clock)
    follower.poll()
    sight = Sight(follower)
    sight.moment("starting", run.clock())
    run.clock.advance(3)
    assert spoken.waiting(sight.moment("starting", run.clock()), ENGLISH) == ["loading PyTorch, for 3 s"]


def test_what_a_run_waits_for_is_read_whole_beside_the_figures(tmp_path: Path) -> None:
    """At 80 columns 43 cells are left of the figures: a sentence goes on in the next line."""
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.queue(2)
    lines = [line.plain for line in told.waiting(moment_of(run), ENGLISH, ASCII, 43)]
    assert " ".join(lines) == " ".join(spoken.waiting(moment_of(run), ENGLISH))
    assert max(map(len, lines)) <= 43


def test_a_download_has_a_meter_where_its_size_is_known(tmp_path: Path) -> None:
    """And only there: a meter without an end would be a lie."""
    from engine.events import Downloading

    run = ScriptedRun(tmp_path)
    run.attempt()
    run.write(Downloading(time=run.clock(), what="mnist", done_bytes=2_900_000, total_bytes=11_600_000))
    moment = moment_of(run)
    assert spoken.share_loaded(moment) == 0.25
    lines = [line.plain for line in told.waiting(moment, ENGLISH, ASCII, 70)]
    assert lines == ["downloading mnist", "#" * 10 + "-" * 30, "2.9 of 11.6 MB, 1 s left at 100 Mbit/s"]
    run.clock.advance(10)
    run.write(Downloading(time=run.clock(), what="mnist", done_bytes=5_800_000, total_bytes=11_600_000))
    assert spoken.waiting(moment_of(run), ENGLISH)[1] == "5.8 of 11.6 MB, 20 s left"
    assert spoken.waiting(moment_of(run), CHINESE)[1] == "5.8 / 11.6 MB，剩 20 秒"
    run.write(Downloading(time=run.clock(), what="mnist", done_bytes=0, total_bytes=40_000_000))
    assert spoken.waiting(moment_of(run), ENGLISH)[1] == "0.0 of 40.0 MB, 3 s left at 100 Mbit/s"
    run.write(Downloading(time=run.clock(), what="mnist", done_bytes=3_000_000, total_bytes=0))
    unknown = moment_of(run)
    assert spoken.share_loaded(unknown) is None
    assert "3.0 MB so far" in spoken.waiting(unknown, ENGLISH)


def test_one_line_says_what_is_loaded_in_the_learners_words(tmp_path: Path) -> None:
    """In the strip and on the command line, as on the run's own screen."""
    from engine.events import Downloading
    from tui.strip import preparing

    run = ScriptedRun(tmp_path)
    run.attempt()
    assert preparing(moment_of(run).progress, "bert", ENGLISH) == "starting"
    run.load("tokens")
    assert preparing(moment_of(run).progress, "bert", ENGLISH) == "cutting the texts into tokens"
    assert preparing(moment_of(run).progress, "bert", CHINESE) == "正在把文本切成词元"
    run.write(Downloading(time=run.clock(), what="lea/pets", done_bytes=0, total_bytes=440_000_000))
    assert (
        preparing(moment_of(run).progress, "bert", ENGLISH)
        == "downloading lea/pets, 0.0 of 440.0 MB, 35 s left at 100 Mbit/s"
    )
    assert (
        preparing(moment_of(run).progress, "bert", CHINESE)
        == "正在下载 lea/pets，0.0 / 440.0 MB，按 100 Mbit/s 剩 35 秒"
    )


def test_a_failure_is_told_in_the_learners_language_with_what_to_do(tmp_path: Path) -> None:
    """The worker's sentence has a code; the screen has its words."""
    run = begun(tmp_path)
    run.train(60)
    run.end("failed", reason="The disk is full (/x): free some space, then resume the run.", code="no-such-code")
    moment = moment_of(run)
    assert spoken.outcome(moment, ENGLISH).startswith("It failed: The disk is full (/x)")
    assert "r starts it again" in spoken.onward(moment, ENGLISH)
    assert "按 r" in spoken.onward(moment, CHINESE)


def test_a_crash_says_where_it_goes_on_from(tmp_path: Path) -> None:
    """The newest checkpoint, or the beginning where there is none."""
    run = begun(tmp_path)
    run.train(60)
    run.save()
    run.train(40)
    run.kill()
    moment = moment_of(run)
    assert moment.state == "crashed"
    assert "update 100" in spoken.outcome(moment, ENGLISH)
    assert spoken.onward(moment, ENGLISH) == "r resumes from its checkpoint at update 60."


def test_the_end_tells_the_test_result_beside_what_guessing_gives(tmp_path: Path) -> None:
    """A number means nothing without another one."""
    folder = scripted_run(tmp_path)
    follower = Follower(folder)
    follower.poll()
    moment = Sight(follower).moment("finished", follower.progress.heard)
    said = spoken.outcome(moment, ENGLISH)
    assert "0.9 of 1,000" in said or "0.900 of 1,000" in said
    assert "guessing 0.100" in said


def test_nan_is_written_as_such_and_remarked(tmp_path: Path) -> None:
    """No average hides it."""
    run = begun(tmp_path, nan_from=200)
    run.train(300)
    moment = moment_of(run)
    values = {figure.label: figure.value for figure in figures(moment, ENGLISH, 0.9)}
    assert values["train"] == "NaN"
    assert any("not a number (NaN) from update 200" in text for _, text in spoken.remarks(moment, ENGLISH, 3))


def test_the_training_figure_is_the_end_of_the_curve_that_is_drawn(tmp_path: Path) -> None:
    """Smoothed as the curve is, raw where nothing is smoothed."""
    run = begun(tmp_path)
    run.train(300)
    moment = moment_of(run)
    raw, smooth = ({f.label: f.value for f in figures(moment, ENGLISH, weight)}["train"] for weight in (0.0, 0.97))
    assert raw == f"{moment.progress.losses[-1]:.3f}"
    assert smooth != raw


@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize(("width", "height"), [(24, 14), (24, 9), (40, 5), (24, 0)])
def test_figures_fill_their_column_and_never_more(tmp_path: Path, words: Words, width: int, height: int) -> None:
    """Every line is as wide as the column, in cells, so that signs stand below each other."""
    from rich.cells import cell_len

    run = begun(tmp_path, updates=1_250_000)
    run.train(300)
    lines = rows(figures(moment_of(run), words, 0.9), width, height)
    assert len(lines) <= height
    assert all(cell_len(line.plain) == width for line in lines)


@pytest.mark.parametrize("width", [30, 40, 78, 118])
@pytest.mark.parametrize("words", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_what_is_said_keeps_to_its_width_and_its_lines(tmp_path: Path, words: Words, width: int) -> None:
    """However narrow: a sentence is wrapped, and the outcome is never pushed out by remarks."""
    from rich.cells import cell_len

    follower = Follower(scripted_run(tmp_path))
    follower.poll()
    moment = Sight(follower).moment("finished", follower.progress.heard)
    lines = told.said(moment, words, RICH, width, 3)
    assert 0 < len(lines) <= 3
    assert lines[0].plain.startswith(RICH.bar)
    assert all(cell_len(line.plain) <= width for line in lines)


def test_the_recipe_marks_what_was_changed_and_names_its_default(tmp_path: Path) -> None:
    """What differs is what the learner did."""
    run = begun(tmp_path, wishes={"lr": 0.5})
    table = {name: (value, default) for name, value, default in recipe_table.rows(moment_of(run).recipe)}
    assert table["lr"] == ("0.5", "0.01")
    assert table["hidden"] == ("128", "")
    marked = [line.plain for line in recipe_table.lines(moment_of(run), ENGLISH, RICH) if RICH.mark in line.plain]
    assert len(marked) == 1
    assert "instead of 0.01" in marked[0]


def test_a_title_of_a_stranger_stays_on_its_line_and_is_harmless(tmp_path: Path) -> None:
    """Escape sequences become signs; markup stays text; a newline does not break the title."""
    run = begun(tmp_path, title="evil\x1b]52;c;aGk=\x07\n[@click=app.quit]x[/]")
    title = spoken.title(moment_of(run))
    assert "\x1b" not in title
    assert "\n" not in title
    assert "[@click=app.quit]x[/]" in title


def test_lost_events_are_said(tmp_path: Path) -> None:
    """A full disk leaves a gap in the curve: the learner must know why."""
    from engine.events import Dropped

    run = begun(tmp_path)
    assert spoken.troubles(moment_of(run), ENGLISH) == []
    run.write(Dropped(time=run.clock(), events=12))
    assert spoken.troubles(moment_of(run), ENGLISH) == ["12 events were lost, since the disk was full"]
