"""`learncurve train`, followed and left alone, with real workers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.runs.folder import RunFolder
from tests.journeys.homes import START_SECONDS, end_runs, eventually, only_run, state, update, worker
from tests.terminal import ROOT, Terminal, learncurve

pytestmark = [pytest.mark.pty, pytest.mark.torch]

LIVE = re.compile(r"mlp-\w{4}  .*[⠁-⣿].*train \d\.\d+ .*epoch \d+/12 .* left")
"""The live line: name, curve in braille, loss, epoch, time left."""

INSTALLED = Path(sys.executable).with_name("learncurve")


def say(home: Path, *words: str) -> Any:
    """Return what a command answers in JSON."""
    asked = subprocess.run(learncurve(home, *words, "--json"), capture_output=True, text=True, cwd=ROOT, check=True)
    return json.loads(asked.stdout)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    """Follow a short run in JSON, from a folder whose names shadow ours; return what was said, and the home."""
    home, here = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("here")
    for name in ("engine", "torch", "tui", "content", "json"):
        (here / name).mkdir()
        (here / name / "__init__.py").write_text("raise SystemExit('the wrong one')\n")
    command = [str(INSTALLED)] if INSTALLED.exists() else [sys.executable, "-P", "-m", "tui"]
    knobs = [f"--set={knob}" for knob in ("pace=full", "epochs=2", "hidden=8", "lr=0.1")]
    yield (
        subprocess.run(
            [*command, "--home", str(home), "train", "mlp", "--json", *knobs],
            capture_output=True,
            text=True,
            cwd=here,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=START_SECONDS,
        ),
        home,
    )
    end_runs(home)


Followed = tuple[subprocess.CompletedProcess[str], Path]


def test_folders_named_like_our_packages_shadow_nothing(followed: Followed) -> None:
    """Neither the command nor its worker imports what lies where the learner stands."""
    said, home = followed
    assert said.returncode == 0, said.stderr
    assert said.stderr == ""
    assert "wrong one" not in only_run(home).console_file.read_text()


def test_a_followed_run_is_one_event_a_line_with_blocks_taken_apart(followed: Followed) -> None:
    """The first line says which run it is, each update has a line of its own, the last line is the result."""
    said, home = followed
    lines = [json.loads(line) for line in said.stdout.splitlines()]
    run = only_run(home)
    assert (lines[0]["event"], lines[0]["id"], lines[0]["folder"]) == ("created", run.id, str(run.path))
    result = lines[-1]
    assert (result["event"], result["id"], result["state"]) == ("result", run.id, "finished")
    updates = [line for line in lines if line["event"] == "update"]
    assert [line["update"] for line in updates] == list(range(1, result["updates"] + 1))
    assert result["updates"] == 2 * next(line["updates_per_epoch"] for line in lines if line["event"] == "planned")
    assert 2.0 < updates[0]["loss"] < 2.8
    assert all(line["rate"] == 0.1 for line in updates)
    assert {"attempt", "loading", "planned", "evaluated", "saved", "tested", "ended"} <= {
        line["event"] for line in lines
    }
    assert not any(line["event"] == "updates" for line in lines)
    assert say(home, "show", run.id)["test_accuracy"] == result["test_accuracy"] > 0.5


def steered(home: Path, verb: str, run: RunFolder) -> str:
    """Give a run an order; return its state once it has acknowledged."""
    answer = say(home, verb, run.id)
    assert answer["id"] == run.id
    assert answer["acknowledged"], answer
    return str(answer["state"])


def test_a_followed_run_goes_on_after_ctrl_c_and_obeys_from_elsewhere(home: Path) -> None:
    """One live line with the curve and the time left; then pause, resume and stop by their verbs."""
    with Terminal(learncurve(home, "train", "mlp", "--set", "pace=50", "--set", "epochs=12")) as terminal:
        seen = terminal.until(lambda text: LIVE.search(text), START_SECONDS)
        assert len(seen.strip().splitlines()) == 1
        run = only_run(home)
        terminal.press("ctrl+c")
        assert terminal.ended() == 0
        told = "".join(terminal.text.splitlines())  # the sentence is longer than a line of this terminal
        assert "goes on training" in told
        assert f"learncurve watch {run.id}" in told
    before, pid = update(run), worker(run)
    assert pid
    eventually(lambda: update(run) > before + 20)
    assert steered(home, "pause", run) == "paused"
    rested = update(run)
    assert steered(home, "resume", run) == "running"
    eventually(lambda: update(run) > rested)
    assert worker(run) == pid
    assert say(home, "runs")[0]["state"] == "running"
    shown = say(home, "show", run.id)
    assert (shown["state"], shown["folder"]) == ("running", str(run.path))
    assert shown["updates"] > rested
    assert steered(home, "stop", run) == "stopped"
    assert state(run) == "stopped"
    assert worker(run) == 0
