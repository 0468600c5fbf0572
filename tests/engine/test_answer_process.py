"""Real processes that answer: light ones where no worker lives, and a worker that rests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.runs import control
from engine.runs.asker import dismiss, launch_answerer, read_status
from engine.runs.asks import Ask
from engine.runs.folder import RunFolder
from engine.runs.launch import environment
from engine.runs.lock import holder
from engine.runs.store import Runs
from engine.worker.data import images
from engine.worker.drawing import as_digit
from engine.worker.mlp import network
from tests.engine.asking import PATIENCE_SECONDS, answer_to
from tests.engine.working import events_of, make_run, start_worker, try_run, until

pytestmark = pytest.mark.torch

ANSWERING = """
import sys
from engine.worker.answer import main
code = main(sys.argv[1:])
print(code, sorted({"torchvision", "transformers", "datasets"} & set(sys.modules)))
"""
"""Answers as the real command does, and then says what of the heavy packages it loaded."""


def says(folder: RunFolder, doing: str) -> Callable[[], bool]:
    def look() -> bool:
        status = read_status(folder)
        return status is not None and status.doing == doing

    return look


def gone(pid: int) -> bool:
    """Return whether the process is over; one that only waits to be reaped is."""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return not said.stdout.strip() or said.stdout.startswith("Z")


def test_a_light_process_answers_for_a_finished_mlp_without_torchvision_and_leaves_when_asked(own_home: Path) -> None:
    folder = make_run(own_home, epochs=4)
    try_run(folder)
    (folder.asks / "leave").unlink()  # the worker sent all others away
    digits = images("digits", own_home / "cache", scale="standard").validation
    with subprocess.Popen(
        [sys.executable, "-P", "-c", ANSWERING, str(folder.path)],
        env=environment(1, os.environ) | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert answer_to(folder, Ask(kind="warm")).update == 32
        (path,) = folder.checkpoints.glob("000000032*")
        net = network(folder.recipe().knobs)
        net.load_state_dict({name[4:]: each for name, each in load_file(path).items() if name.startswith("net.")})
        for row in range(5):
            answer = answer_to(folder, Ask(kind="digit", pixels=digits.pixels[row].numpy().tobytes()))
            seen = torch.tensor(list(answer.picture), dtype=torch.uint8).view(28, 28)
            assert torch.equal(seen, as_digit(digits.pixels[row]))
            if torch.equal(seen, digits.pixels[row]):
                shares = net(digits.images[row][None]).softmax(1)[0].tolist()
                assert answer.probabilities == pytest.approx(shares, abs=1e-5)
        problem = answer_to(folder, Ask(kind="digit", pixels=bytes(784))).problem
        assert problem is not None
        assert problem.code == "ask-blank"
        assert holder(folder.asks / "lock") == process.pid
        assert not Runs(own_home).alive(folder)
        dismiss(folder)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert said.splitlines()[-1] == "0 []"
    assert says(folder, "left")()
    assert holder(folder.asks / "lock") is None


def test_a_light_process_answers_for_a_finished_bert_and_is_in_nobodys_way(own_home: Path) -> None:
    from transformers import BertConfig, BertForSequenceClassification

    from engine.worker.answer_bert import keep_training
    from engine.worker.wordpiece import train_wordpiece

    texts = [f"a {size} {noun}" for noun in ("cat", "soup") for size in ("small", "large", "old")]
    tokenizer: Any = train_wordpiece(texts, 100, 16)
    shape: dict[str, Any] = {
        "hidden_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 16,
    }
    torch.manual_seed(0)
    model = BertForSequenceClassification(
        BertConfig(vocab_size=len(tokenizer), id2label={0: "animal", 1: "food"}, **shape)
    )
    folder = make_run(own_home, "bert")
    model.save_pretrained(folder.path / "model")
    tokenizer.save_pretrained(folder.path / "model")
    keep_training(folder, model, tokenizer, texts, [0, 0, 0, 1, 1, 1])
    pid = launch_answerer(folder)
    answer = answer_to(folder, Ask(kind="classify", text="a small cat", attention=True))
    model.train(False)
    with torch.no_grad():
        shares = model(**tokenizer("a small cat", return_tensors="pt")).logits.softmax(1)[0]
    assert answer.classes == ["animal", "food"]
    assert answer.probabilities == pytest.approx(shares.tolist(), abs=1e-5)
    assert len(answer.neighbours) == 5
    assert answer.arrays
    assert not gone(pid)
    Runs(own_home).delete(folder)
    assert not folder.path.exists()
    until(lambda: gone(pid), "the end of the process", PATIENCE_SECONDS)
    assert not folder.path.exists()


def test_a_worker_answers_while_it_rests_and_while_it_trains(own_home: Path) -> None:
    folder = make_run(own_home, epochs=1000, pace=20)
    control.pause(folder)
    worker = start_worker(folder)
    try:
        drawing = bytes(28 * 10) + bytes([255]) * 28 * 4 + bytes(28 * 14)
        resting = answer_to(folder, Ask(kind="digit", pixels=drawing))
        assert resting.update == 0
        assert answer_to(folder, Ask(kind="digit", pixels=drawing)).probabilities == resting.probabilities
        control.go_on(folder)
        until(lambda: answer_to(folder, Ask(kind="digit", pixels=drawing)).update > 3, "updates", PATIENCE_SECONDS)
        assert answer_to(folder, Ask(kind="digit", pixels=drawing)).probabilities != resting.probabilities
    finally:
        control.stop(folder)
        worker.wait(PATIENCE_SECONDS)
    assert not [path for path in folder.asks.iterdir() if path.name in ("lock", "status.json")]
    assert events_of(folder)
