"""Whoever asks a model while it trains changes no bit of what it learns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from engine.events import Probed
from engine.runs import asks
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.worker import following
from engine.worker.checkpoints import Checkpoints
from engine.worker.following import Following
from engine.worker.pretraining import PROBES
from engine.worker.wordpiece import SPECIAL
from tests.engine.asking import try_asked
from tests.engine.working import evaluations_of, events_of, losses_of, make_run, try_run, write_texts

pytestmark = pytest.mark.torch

DRAWING = bytes(bytearray(28 * 10) + bytearray([255] * 28 * 4) + bytearray(28 * 14))
SENTENCE = "a small [MASK] number 3"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def both(home: Path, kind: str, ask: Ask, patch: pytest.MonkeyPatch, **wishes: Any) -> tuple[list[Answer], RunFolder]:
    """Run the same recipe asked and unasked, hold them against each other, and return the answers and the run."""
    alone, asked = make_run(home, kind, **wishes), make_run(home, kind, **wishes)
    assert try_run(alone).state == "finished"
    answers = try_asked(asked, ask, patch)
    losses = losses_of(events_of(alone))
    assert losses_of(events_of(asked)) == losses
    assert len(answers) >= len(losses) - 1  # after the last update nobody looks
    assert [answer.problem for answer in answers] == [None] * len(answers)
    assert [answer.update for answer in answers] == list(range(1, len(answers) + 1))
    same_weights(alone, asked)
    return answers, asked


def same_weights(one: RunFolder, other: RunFolder) -> None:
    for found in zip(*(weights(folder) for folder in (one, other)), strict=True):
        assert found[0][0] == found[1][0]
        assert torch.equal(found[0][1], found[1][1]), found[0][0]


def weights(folder: RunFolder) -> list[tuple[str, torch.Tensor]]:
    """Return everything that the newest checkpoint keeps as tensors, the optimiser and random numbers included."""
    newest = Checkpoints(folder.checkpoints).newest()
    assert newest is not None
    path, _ = newest
    if not path.is_dir():
        return sorted(load_file(path).items())
    state = torch.load(path / "optimizer.pt", weights_only=True)["state"]
    moments = {f"{row}.{name}": torch.as_tensor(each) for row in state for name, each in state[row].items()}
    return sorted((load_file(path / "model.safetensors") | moments).items())


def test_an_mlp_with_dropout(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers, _ = both(home, "mlp", Ask(kind="digit", pixels=DRAWING), monkeypatch, dropout=0.5)
    assert all(sum(answer.probabilities) == pytest.approx(1, abs=1e-5) for answer in answers)
    assert answers[0].probabilities != answers[-1].probabilities


def test_a_bert_that_is_asked_for_attention_and_neighbours_too(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = str(write_texts(home / "rows.csv"))
    ask = Ask(kind="classify", text="a small cat number 3", attention=True)
    answers, folder = both(home, "bert", ask, monkeypatch, data=rows, dropout=0.3)
    assert all(answer.arrays for answer in answers)
    assert any(answer.neighbours for answer in answers)
    assert answers[0].probabilities != answers[-1].probabilities
    assert (folder.arrays / "training.safetensors").exists()


def test_whoever_asks_within_a_long_evaluation_does_not_wait_for_its_end(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And neither the evaluation nor the training notices."""
    rows = str(write_texts(home / "many.csv", each=40))
    alone, asked = (make_run(home, "bert", data=rows, eval_batch=2, epochs=1, dropout=0.3) for _ in range(2))
    tokens: list[str] = []
    in_time: list[bool] = []
    predicted, evaluated = Following.on_prediction_step, Following.on_evaluate

    def asking(self: Following, *given: Any, **more: Any) -> None:
        if len(tokens) == len(in_time):
            tokens.append(asks.put(asked, Ask(kind="classify", text="a small cat number 3", attention=True)))
        predicted(self, *given, **more)

    def counting(self: Following, *given: Any, **more: Any) -> None:
        in_time.append(asks.answered(asked, tokens[-1]) is not None)
        evaluated(self, *given, **more)

    monkeypatch.setattr(following, "STOP_SECONDS", -1.0)
    assert try_run(alone).state == "finished"
    monkeypatch.setattr(Following, "on_prediction_step", asking)
    monkeypatch.setattr(Following, "on_evaluate", counting)
    assert try_run(asked).state == "finished"
    assert in_time == [True, True]
    assert evaluations_of(events_of(asked))[1].val_loss == evaluations_of(events_of(alone))[1].val_loss
    assert losses_of(events_of(asked)) == losses_of(events_of(alone))
    same_weights(alone, asked)


def test_a_bert_that_is_pre_trained(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("cat", "dog", "bird", "bread", "soup", "cake", "city", "hill", "lake")
    lines = [f"a {size} {kind} number {n}" for kind in kinds for size in ("small", "large") for n in range(12)]
    (home / "lines.txt").write_text("\n".join(lines), encoding="utf-8")
    ask = Ask(kind="fill", text=SENTENCE, attention=True, untrained=True)
    answers, _ = both(home, "pretrain", ask, monkeypatch, data=str(home / "lines.txt"), dropout=0.3)
    assert all(len(answer.masks) == 1 and len(answer.masks[0].guesses) == 5 for answer in answers)


def test_the_untrained_network_that_is_asked_is_the_one_that_the_run_began_with(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made again from the seed, and guesses what the run's own probes said at update 0."""
    text = PROBES[0]
    (home / "words.txt").write_text(
        "\n".join(
            f"{probe.replace('[MASK]', word)} {n}" for probe in PROBES for word in ("end", "sea") for n in range(20)
        ),
        encoding="utf-8",
    )
    ask = Ask(kind="fill", text=text, words=["sea", "not one piece"], untrained=True)
    wishes = {"data": str(home / "words.txt"), "seed": 3, "updates": 40, "evaluate_every": 40, "lr": 1e-2}
    answers, folder = both(home, "pretrain", ask, monkeypatch, **wishes)
    first = next(event for event in events_of(folder) if isinstance(event, Probed))
    assert (first.update, first.probes[0].text) == (0, text)
    began = {guess.word: guess.probability for guess in first.probes[0].guesses if guess.word not in SPECIAL}
    for answer in answers:
        (before,) = answer.untrained
        found = {guess.word: guess.probability for guess in before.guesses[: len(began)]}
        assert found == pytest.approx(began, rel=1e-4)
        assert before == answers[0].untrained[0]
        assert [guess.word for guess in before.asked] == ["sea"]
    assert answers[-1].masks[0].asked[0].probability > 2 * answers[-1].untrained[0].asked[0].probability
