"""A learner's own texts from the command line: refused with a sentence, trained, killed, resumed, exported."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.engine.working import write_texts
from tests.journeys.homes import START_SECONDS, end_runs, eventually, only_run, state, update, worker
from tests.terminal import ROOT, learncurve

pytestmark = pytest.mark.torch

TINY = ("layers=1", "hidden=16", "vocabulary=100", "train_batch=6", "max_length=16", "start=scratch")


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """A folder with the learner's texts and a home, whose runs end with the test."""
    write_texts(tmp_path / "rows.csv")
    yield tmp_path
    end_runs(tmp_path / "home")


def say(here: Path, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command where the learner stands."""
    said = subprocess.run(
        learncurve(here / "home", *words),
        capture_output=True,
        text=True,
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HF_ENDPOINT": "http://127.0.0.1:9"},
        check=False,
        timeout=START_SECONDS,
    )
    assert said.returncode == status, said.stderr + said.stdout
    return said


def train(here: Path, *knobs: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Train a BERT with knobs over the tiny ones, and return what was said."""
    return say(here, "train", "bert", "--detach", *(f"--set={knob}" for knob in (*TINY, *knobs)), status=status)


def test_a_bert_on_own_texts_is_killed_resumed_and_exported(here: Path) -> None:
    """The path is relative to where the learner stands; kill -9 loses nothing that was saved."""
    train(here, "data=rows.csv", "epochs=40", "pace=30")
    run = only_run(here / "home")
    assert run.recipe().knobs["data"] == str(here / "rows.csv")
    eventually(lambda: update(run) > 60, START_SECONDS)
    os.kill(worker(run), signal.SIGKILL)
    eventually(lambda: state(run) == "crashed", START_SECONDS)
    say(here, "resume", run.id)
    eventually(lambda: update(run) > 90, START_SECONDS)
    say(here, "stop", run.id)
    eventually(lambda: state(run) == "stopped", START_SECONDS)
    said: dict[str, Any] = json.loads(say(here, "show", run.id, "--json").stdout)
    assert (said["state"], said["attempts"], said["kind"]) == ("stopped", 2, "bert")
    assert 0 <= said["val_f1"] <= 1
    say(here, "export", run.id, "--to", "tensorboard", "board")
    assert list((here / "board").rglob("events.out.tfevents.*"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("text,label\n", "it has no row with a text and a label"),
        ("txt,label\na,x\nb,y\n", "it has no column text; it has txt, label"),
        ("text,label\na,x\nb,x\nc,x\n", "all 3 texts to learn from have the label x"),
    ],
    ids=["empty", "column", "one class"],
)
def test_a_file_that_teaches_nothing_is_refused_before_anything_heavy(here: Path, text: str, sentence: str) -> None:
    """In this process, as the worker would: no torch is needed to say it."""
    from engine.errors import DataError
    from engine.worker.texts import texts

    (here / "rows.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=sentence):
        texts(str(here / "rows.csv"), cache=here)
