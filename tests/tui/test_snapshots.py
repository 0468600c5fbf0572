"""The screens and states that matter look as they did when somebody last looked at them and was content."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.fake_bert import ScriptedBert
from tests.fakes import ScriptedRun, scripted_run
from tests.tui.app_on import app_on
from tests.tui.calm import settled
from tests.tui.grid import assert_kept
from tui.app import LearncurveApp

NARROW, WIDE, ROOMY = (80, 24), (120, 40), (160, 45)


async def look(app: LearncurveApp, size: tuple[int, int], name: str, *keys: str) -> None:
    """Open the app, press some keys, and compare what is shown."""
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        assert_kept(app, name)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_first_start(own_home: Path, language: str) -> None:
    """Both languages offered, the two curves, two ways in."""
    await look(app_on(own_home, greeted=False), NARROW, f"first-start-{language}", *(["2"] if language == "zh" else []))


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_home_before_anything(own_home: Path, language: str) -> None:
    """Empty states invite."""
    await look(app_on(own_home, language=language), NARROW, f"home-empty-{language}")


async def test_home_with_a_run_in_the_light(own_home: Path) -> None:
    """The model's curve, in the light theme, with room."""
    scripted_run(own_home)
    app = app_on(own_home)
    app.record.keep_setting("interface", {"language": "en", "greeted": True, "theme": "light"})
    app = app_on(own_home)
    async with app.run_test(size=ROOMY) as pilot:
        await settled(pilot)
        app.poll_runs()
        app.poll_runs()
        await settled(pilot)
        assert_kept(app, "home-light-160x45")


async def test_home_in_ascii(own_home: Path) -> None:
    """Where a terminal draws ambiguous characters two cells wide, none of them is drawn."""
    app = app_on(own_home, measured="two")
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert_kept(app, "home-ascii")
        text = "".join(segment.text for strip in app.screen._compositor.render_strips() for segment in strip)
        assert re.findall(r"[^\x00-\x7f]", text) == []


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_page(own_home: Path, language: str) -> None:
    """The page on backpropagation, its opening question first."""
    await look(app_on(own_home, language=language, first=[["page", "backprop"]]), NARROW, f"page-{language}")


async def test_a_page_with_room(own_home: Path) -> None:
    """Contents beside it."""
    await look(app_on(own_home, first=[["page", "backprop"]]), WIDE, "page-120x40")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_lab(own_home: Path, language: str) -> None:
    """The form, what it costs."""
    await look(app_on(own_home, language=language, first=[["lab"]]), NARROW, f"lab-{language}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_lab_of_bert(own_home: Path, language: str) -> None:
    """Scrolled to the schedule; what matters from scratch only rests."""
    app = app_on(own_home, language=language, first=[["lab", "bert-topics"]])
    await look(app, NARROW, f"lab-bert-{language}", "pagedown", "pagedown", "down")


async def test_the_lab_of_bert_with_room(own_home: Path) -> None:
    """All of the form; a warm-up that outlasts the run is told."""
    app = app_on(own_home, first=[["lab", "bert-topics"]])
    await look(app, ROOMY, "lab-bert-160x45", "pagedown", "pagedown", "down", "end", "backspace", "backspace", *"900")


async def test_the_lab_of_pretraining(own_home: Path) -> None:
    """Its own knobs, a curve of its own."""
    await look(app_on(own_home, first=[["lab", "", "pretrain"]]), WIDE, "lab-pretrain-120x40")


@pytest.mark.parametrize("size", [NARROW, ROOMY], ids=["80x24", "160x45"])
async def test_runs_side_by_side(own_home: Path, size: tuple[int, int]) -> None:
    """One chart, or two where there is room; a legend, a sentence."""
    runs = []
    for token, start, updates in (("00aa", "shipped", 300), ("00ab", "scratch", 200)):
        run = ScriptedBert(own_home, token=token, updates=updates, wishes={"start": start})
        run.attempt()
        run.plan()
        run.train(updates)
        run.end()
        runs.append(run.folder.id)
    app = app_on(own_home, first=[["beside", *runs]])
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for _ in range(3):
            app.poll_runs()
            await settled(pilot)
        assert_kept(app, f"beside-{size[0]}x{size[1]}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_list_of_runs(own_home: Path, language: str) -> None:
    """Finished, failed and stopped, each in words."""
    scripted_run(own_home, token="aaaa")
    scripted_run(own_home, token="bbbb", state="failed", done=300)
    scripted_run(own_home, token="cccc", state="stopped", done=800)
    app = app_on(own_home, language=language, first=[["runs"]])
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        for _ in range(6):
            app.screen._read_some()  # type: ignore[attr-defined]  # of the list of runs
        await settled(pilot)
        assert_kept(app, f"runs-{language}")


async def test_the_settings(own_home: Path) -> None:
    """A row a choice."""
    app = app_on(own_home, first=[["settings"]])
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        app.screen.query_one("#settings-where").display = False  # the folder of a test is another each time
        await settled(pilot)
        assert_kept(app, "settings")


async def test_the_keys_of_home(own_home: Path) -> None:
    """A table of keys, names and what they do."""
    await look(app_on(own_home), NARROW, "keys-home", "question_mark")


async def test_the_palette(own_home: Path) -> None:
    """Names of places and actions."""
    await look(app_on(own_home), NARROW, "palette", "ctrl+p")


@pytest.mark.parametrize("size", [NARROW, WIDE, ROOMY], ids=["80x24", "120x40", "160x45"])
async def test_a_finished_run(own_home: Path, size: tuple[int, int]) -> None:
    """Curve, figures, what a teacher would say."""
    run = scripted_run(own_home)
    app = app_on(own_home, first=[["run", run.id]])
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for _ in range(3):
            app.poll_runs()
            await settled(pilot)
        assert_kept(app, f"run-finished-{size[0]}x{size[1]}")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_living_run(own_home: Path, language: str) -> None:
    """In the middle of its fifth epoch."""
    clock = Clock(time.time())
    run = ScriptedRun(own_home, clock=clock)
    run.attempt()
    run.plan()
    run.train(620)
    run.beat()
    app = app_on(own_home, language=language, first=[["run", run.folder.id]])
    app.followed.clock = clock
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        for _ in range(3):
            app.poll_runs()
            await settled(pilot)
        assert_kept(app, f"run-living-{language}")
