"""The figures of `show RUN --json`: a contract."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from engine.reading.follow import Follower
from engine.reading.summary import summary
from engine.runs.folder import RunFolder
from engine.runs.state import State
from tests.fakes import ScriptedRun, scripted_run


def told(folder: RunFolder, state: State) -> dict[str, object]:
    """Return the summary as JSON carries it."""
    follower = Follower(folder)
    follower.poll()
    plain: dict[str, object] = json.loads(json.dumps(summary(folder, follower.progress, state), allow_nan=False))
    return plain


def test_a_finished_run_has_every_figure_of_the_contract(tmp_path: Path) -> None:
    folder = scripted_run(tmp_path, wishes={"lr": 0.1}, title="mine")
    figures = told(folder, "finished")
    assert figures["id"] == "20261123-141502-mlp-7f3a"
    assert (figures["kind"], figures["state"], figures["title"]) == ("mlp", "finished", "mine")
    assert figures["recipe"] == {**folder.recipe().knobs}
    assert (figures["updates"], figures["epochs"]) == (1250, 10)
    result = folder.result()
    assert result is not None
    for name in ("train_loss", "val_loss", "val_accuracy", "test_loss", "test_accuracy", "seconds"):
        assert figures[name] == pytest.approx(getattr(result, name))
    assert figures["folder"] == str(folder.path)


def test_a_living_run_tells_its_newest_figures_and_no_test(tmp_path: Path) -> None:
    figures = told(scripted_run(tmp_path, state="running", done=300), "running")
    assert (figures["updates"], figures["epochs"], figures["planned_updates"]) == (300, 2, 1250)
    assert isinstance(figures["val_accuracy"], float)
    assert (figures["test_loss"], figures["test_accuracy"]) == (None, None)
    assert figures["seconds"] == pytest.approx(300 / 80, abs=0.01)


def test_a_run_that_has_not_begun_has_no_figures(tmp_path: Path) -> None:
    figures = told(ScriptedRun(tmp_path).folder, "starting")
    assert (figures["updates"], figures["epochs"], figures["seconds"], figures["attempts"]) == (0, 0, 0.0, 0)
    assert figures["train_loss"] is None
    assert figures["planned_updates"] is None


def test_a_failure_tells_its_reason(tmp_path: Path) -> None:
    figures = told(scripted_run(tmp_path, state="failed"), "failed")
    assert (figures["reason"], figures["code"]) == ("The disk is full.", "disk-full")


def test_what_is_not_finite_travels_by_its_name(tmp_path: Path) -> None:
    figures = told(scripted_run(tmp_path, nan_from=10), "finished")
    assert figures["train_loss"] == "nan"
    assert math.isnan(float(str(figures["val_loss"])))


def test_an_old_result_says_nothing_about_a_resumed_run(tmp_path: Path) -> None:
    run = ScriptedRun(tmp_path)
    run.attempt()
    run.plan()
    run.train(500)
    run.end("stopped")
    assert told(run.folder, "stopped")["updates"] == 500
    run.attempt(first_update=401)
    run.train(20)
    figures = told(run.folder, "running")
    assert (figures["updates"], figures["epochs"], figures["attempts"]) == (420, 3, 2)
