"""Two processes fine-tune a BERT through Trainer as one does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file
from transformers import AutoModelForSequenceClassification

from engine import events as told
from engine.events import Acknowledged, Planned
from engine.runs.control import Wanted, go_on, want
from engine.worker.checkpoints import Checkpoints
from tests.engine.working import (
    PATIENCE_SECONDS,
    evaluations_of,
    events_of,
    losses_of,
    make_run,
    of,
    start_worker,
    try_until,
    until,
    write_texts,
)

pytestmark = pytest.mark.torch

UPDATES = 52


def test_two_processes_fine_tune_as_one_does_and_finish(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_home.mkdir()
    wishes: dict[str, Any] = {
        "data": str(write_texts(own_home / "rows.csv")),
        "epochs": 8,
        "lr": 5e-4,
        "dropout": 0.0,
        "hidden": 128,
    }
    alone, group = make_run(own_home, "bert", **wishes), make_run(own_home, "bert", processes=2, **wishes)
    try_until(alone, UPDATES, monkeypatch)
    want(group, Wanted(until_update=UPDATES))
    worker = start_worker(group)
    try:

        def rests() -> bool:
            newest = Checkpoints(group.checkpoints).newest()
            return newest is not None and newest[1].update == UPDATES

        until(rests, "the checkpoint of the pause")
        assert of(Acknowledged, events_of(group))[-1].state == "paused"
        ours, theirs = (load_file(run.checkpoints / f"{UPDATES:09d}" / "model.safetensors") for run in (group, alone))
        go_on(group)
        assert worker.wait(PATIENCE_SECONDS) == 0
    finally:
        worker.kill()
        worker.wait(30)

    assert ours.keys() == theirs.keys()
    assert max(float((ours[name] - theirs[name]).abs().max()) for name in ours) < 1e-4

    one, two = events_of(alone), events_of(group)
    assert of(Planned, two)[0].updates_per_epoch == of(Planned, one)[0].updates_per_epoch == 8
    first, second = losses_of(one), losses_of(two)
    assert list(first) == list(range(1, UPDATES + 1))
    assert list(second) == list(range(1, 65))
    assert max(abs(first[update] - second[update]) for update in first) < 1e-5
    assert second[1] - second[UPDATES] > 0.3  # it learns, so that equal curves say something
    for epoch, evaluation in evaluations_of(one).items():
        other = evaluations_of(two)[epoch]
        assert other.val_loss == pytest.approx(evaluation.val_loss, abs=1e-5)
        assert other.confusion == evaluation.confusion
    result = group.result()
    assert result is not None
    assert (result.state, result.update, result.epochs) == ("finished", 64, 8)
    assert len(of(told.Tested, two)) == 1
    assert "%|" not in group.console_file.read_text()  # no bars of what is saved or loaded
    model = AutoModelForSequenceClassification.from_pretrained(group.path / "model")
    assert model.config.id2label == {0: "animal", 1: "food", 2: "place"}
