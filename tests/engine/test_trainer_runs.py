"""Runs of Trainer: what they say, what they leave, and that an interruption changes no bit of them."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForMaskedLM, AutoModelForSequenceClassification, AutoTokenizer, Trainer

from engine import events as told
from engine.events import Attempted, Evaluated, Planned, Probed, Tokenized, Updated
from engine.recipes import KINDS, recipe
from engine.recipes.schedule import rate_at
from engine.runs.folder import RunFolder
from engine.runs.own_probes import add_probe
from engine.worker import following, probing, shipping
from engine.worker.checkpoints import Checkpoints
from tests.engine.working import evaluations_of, events_of, losses_of, make_run, of, try_run, try_until, write_texts

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def rows(home: Path) -> str:
    return str(write_texts(home / "rows.csv"))


@pytest.fixture(scope="module")
def lines(home: Path) -> str:
    """A file of 300 different lines."""
    kinds, sizes = ("cat", "dog", "bird", "bread", "soup", "cake", "city", "hill", "lake"), ("small", "large", "old")
    text = "\n".join(f"a {size} {kind} number {number}" for kind in kinds for size in sizes for number in range(12))
    (home / "lines.txt").write_text(text, encoding="utf-8")
    return str(home / "lines.txt")


@pytest.fixture(scope="module")
def bert(home: Path, rows: str) -> RunFolder:
    """A finished run of the kind `bert`."""
    folder = make_run(home, "bert", data=rows, epochs=8, lr=3e-2)
    result = try_run(folder)
    assert result.state == "finished", result.reason
    return folder


@pytest.fixture(scope="module")
def pretrained(home: Path, lines: str) -> RunFolder:
    """A finished run of the kind `pretrain`."""
    folder = make_run(home, "pretrain", data=lines)
    result = try_run(folder)
    assert result.state == "finished", result.reason
    return folder


def test_a_bert_run_says_what_it_will_do_and_what_came_of_it(bert: RunFolder) -> None:
    events = events_of(bert)
    (planned,) = of(Planned, events)
    assert planned.classes == ["animal", "food", "place"]
    assert planned.updates_per_epoch == math.ceil(planned.examples["train"] / 6)
    assert planned.updates == 8 * planned.updates_per_epoch == len(losses_of(events))
    assert planned.chance_loss == math.log(3)
    assert planned.start == "scratch"
    evaluations = evaluations_of(events)
    assert sorted(evaluations) == list(range(9))
    assert len(of(Evaluated, events)) == 9
    for evaluated in evaluations.values():
        assert sum(map(sum, evaluated.confusion)) == planned.examples["validation"]
        right = sum(evaluated.confusion[label][label] for label in range(3))
        assert evaluated.val_accuracy == pytest.approx(right / planned.examples["validation"])
        assert 0 <= evaluated.val_f1 <= 1
        assert all(miss.text and miss.truth != miss.guess for miss in evaluated.worst)
    (tested,) = of(told.Tested, events)
    assert sum(map(sum, tested.confusion)) == planned.examples["test"]
    assert evaluations[8].train_accuracy > 0.6 > evaluations[0].train_accuracy  # words tell these labels apart


def test_it_learns_at_the_rate_that_the_form_draws(bert: RunFolder) -> None:
    events = events_of(bert)
    updates = of(Planned, events)[0].updates
    for block in of(Updated, events):
        rates = block.rates * len(block.losses) if len(block.rates) == 1 else block.rates
        for place, rate in enumerate(rates):
            assert rate == pytest.approx(rate_at(block.first + place, updates, 3e-2, 0.1))


def test_its_sentences_are_probed_tokenized_and_attended_to(bert: RunFolder) -> None:
    events = events_of(bert)
    (tokens,) = of(Tokenized, events)
    probed = of(Probed, events)
    assert [row.text for row in tokens.rows] == [probe.text for probe in probed[0].probes]
    assert {probe.truth for probe in probed[0].probes} == {"animal", "food", "place"}
    for probe in probed[-1].probes:
        assert sum(guess.probability for guess in probe.guesses) == pytest.approx(1, abs=1e-5)
        assert probe.guesses == sorted(probe.guesses, key=lambda guess: -guess.probability)
    width = len(tokens.rows[0].ids)
    for row in tokens.rows:
        assert len(row.pieces) == len(row.ids) == len(row.mask) == width
        assert (row.pieces[0], row.pieces[sum(row.mask) - 1]) == ("[CLS]", "[SEP]")
        assert set(row.pieces[sum(row.mask) :]) <= {"[PAD]"}
    for evaluated in of(Evaluated, events):
        arrays = load_file(bert.arrays / evaluated.arrays)
        assert arrays["attention"].shape == (len(tokens.rows), 1, 2, width, width)
        assert torch.allclose(arrays["attention"].float().sum(-1), torch.ones(()), atol=2e-3)
        assert arrays["map"].shape == (len(arrays["map_labels"]), 2)
        assert arrays["map"].mean(0).abs().max() < 1e-3


def test_its_model_is_the_best_one_and_opens_anywhere(bert: RunFolder) -> None:
    model = AutoModelForSequenceClassification.from_pretrained(bert.path / "model")
    assert model.config.id2label == {0: "animal", 1: "food", 2: "place"}
    tokenizer = AutoTokenizer.from_pretrained(bert.path / "model")
    assert len(tokenizer) == model.config.vocab_size
    assert len({file.stat().st_mode for file in (bert.path / "model").iterdir()}) == 1  # whoever reads one reads all
    best = load_file(bert.checkpoints / "best" / "model.safetensors")
    left = load_file(bert.path / "model" / "model.safetensors")
    assert all(torch.equal(best[name], left[name]) for name in left)
    evaluations = evaluations_of(events_of(bert)).values()
    facts = Checkpoints(bert.checkpoints).newest()
    assert facts is not None
    assert facts[1].best_val_accuracy == max(evaluated.val_accuracy for evaluated in evaluations)
    assert not list(bert.path.rglob("*.bin"))


def test_pre_training_says_its_plateau_and_leaves_a_standard_folder(pretrained: RunFolder) -> None:
    events = events_of(pretrained)
    (planned,) = of(Planned, events)
    assert (planned.period, planned.updates, planned.updates_per_epoch, planned.epochs) == ("check", 12, 5, 3)
    assert 0 < planned.plateau_loss < planned.chance_loss
    assert [evaluated.update for evaluated in of(Evaluated, events)] == [0, 5, 10, 12]
    model = AutoModelForMaskedLM.from_pretrained(pretrained.path / "model")
    tokenizer = AutoTokenizer.from_pretrained(pretrained.path / "model")
    assert len(tokenizer) == model.config.vocab_size == round(math.exp(planned.chance_loss))
    assert all(len(probe.guesses) == 5 for probe in of(Probed, events)[-1].probes)
    assert losses_of(events)[1] == pytest.approx(planned.chance_loss, abs=0.3)


def test_pre_training_on_the_classics_reads_a_character_a_piece_and_is_probed_in_chinese(home: Path) -> None:
    folder = make_run(home, "pretrain", data="classics", updates=2, vocabulary=4_000)
    result = try_run(folder)
    assert result.state == "finished", result.reason
    for row in of(Tokenized, events_of(folder))[0].rows:
        pieces = [piece for piece, counts in zip(row.pieces, row.mask, strict=True) if counts]
        assert "".join(pieces[1:-1]) == row.text
        assert "[MASK]" in pieces
        assert "[UNK]" not in pieces
    vocabulary = AutoTokenizer.from_pretrained(folder.path / "model").get_vocab()
    assert all(len(piece) == 1 for piece in vocabulary if "\u4e00" <= piece[-1] <= "\u9fff")


def test_a_finished_run_is_made_into_weights_that_travel(
    pretrained: RunFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command that is in their card: half as large, the same guesses, with recipe and curve."""
    folder = tmp_path / "weights"
    assert shipping.main([str(pretrained.path), str(folder)]) == 0
    assert sorted(file.name for file in folder.iterdir()) == sorted(
        ["config.json", "curve.json", "model.safetensors", "recipe.json", "tokenizer.json", "tokenizer_config.json"]
    )
    whole, half = (load_file(place / "model.safetensors") for place in (pretrained.path / "model", folder))
    assert {tensor.dtype for tensor in half.values()} == {torch.float16}
    assert all(torch.equal(whole[name].half(), half[name]) for name in whole)
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32)
    assert len(AutoTokenizer.from_pretrained(folder)) == model.config.vocab_size
    said = json.loads((folder / "recipe.json").read_text("utf-8"))
    assert recipe(KINDS["pretrain"], said["knobs"]).knobs == pretrained.recipe().knobs
    curve = json.loads((folder / "curve.json").read_text("utf-8"))
    assert curve["update"] == [0, 5, 10, 12]
    assert curve["parameters"] == model.num_parameters()
    (tested,) = of(told.Tested, events_of(pretrained))
    assert curve["test_loss"] == pytest.approx(tested.loss)

    assert shipping.main(["7f3a", str(tmp_path / "none")]) == 1
    assert "has no finished model" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_fine_tuning_goes_on_from_a_run_of_pre_training(home: Path, rows: str, pretrained: RunFolder) -> None:
    folder = make_run(home, "bert", data=rows, start=pretrained.id, epochs=1)
    result = try_run(folder)
    assert result.state == "finished", result.reason
    (planned,) = of(Planned, events_of(folder))
    assert planned.start == pretrained.id
    assert len(AutoTokenizer.from_pretrained(folder.path / "model")) == len(
        AutoTokenizer.from_pretrained(pretrained.path / "model")
    )


def test_it_is_trainers_own_loop(home: Path, rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    step = Trainer.training_step

    def counted(trainer: Trainer, *arguments: Any, **settings: Any) -> Any:
        steps.append(type(trainer).__name__)
        return step(trainer, *arguments, **settings)

    monkeypatch.setattr(Trainer, "training_step", counted)
    folder = make_run(home, "bert", data=rows, epochs=1)
    try_run(folder)
    assert steps == ["LearnTrainer"] * len(losses_of(events_of(folder)))


@pytest.mark.parametrize("update", [0, 3, 8, 11])
def test_a_stopped_bert_run_ends_as_if_it_had_not_been(
    home: Path, rows: str, monkeypatch: pytest.MonkeyPatch, update: int
) -> None:
    wishes = {"data": rows, "dropout": 0.3, "eval_batch": 2}
    whole, parts = make_run(home, "bert", **wishes), make_run(home, "bert", **wishes)
    try_run(whole)
    stop_at(parts, update, monkeypatch)
    assert_same(whole, parts)


@pytest.mark.parametrize("update", [2, 5, 11])
def test_a_stopped_pre_training_hides_the_same_words_when_it_goes_on(
    home: Path, lines: str, monkeypatch: pytest.MonkeyPatch, update: int
) -> None:
    wishes = {"data": lines, "dropout": 0.2, "train_batch": 64}  # an epoch is 4 updates: some end in between
    whole, parts = make_run(home, "pretrain", **wishes), make_run(home, "pretrain", **wishes)
    try_run(whole)
    stop_at(parts, update, monkeypatch)
    assert_same(whole, parts)


def test_a_run_stopped_within_an_evaluation_makes_it_anew(
    home: Path, rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wishes = {"data": rows, "dropout": 0.3, "eval_batch": 1}
    whole, parts = make_run(home, "bert", **wishes), make_run(home, "bert", **wishes)
    try_run(whole)
    with monkeypatch.context() as patch:
        patch.setattr(following, "STOP_SECONDS", 0.0)
        stopped = try_until(parts, 8, patch)
    assert (stopped.state, stopped.update) == ("stopped", 8)
    assert [event.epoch for event in of(Evaluated, events_of(parts))] == [0]
    try_run(parts)
    assert [event.epoch for event in of(Evaluated, events_of(parts))] == [0, 1, 2]
    assert_same(whole, parts)


def test_the_learners_own_sentence_is_asked_too(home: Path, rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "LEAST_SECONDS", 0.0)
    monkeypatch.setattr(probing, "SHARE", 1.0)
    folder = make_run(home, "bert", data=rows, epochs=1)
    add_probe(folder, "an old cake of mine")
    try_run(folder)
    asked = of(Probed, events_of(folder))
    assert all(event.probes[-1].text == "an old cake of mine" for event in asked)
    assert all(event.probes[-1].truth == "" for event in asked)
    assert len(asked) > 3


def stop_at(folder: RunFolder, update: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the run after an update, and let it go on to its end."""
    if update == 0:
        with monkeypatch.context() as patch:
            patch.setattr(following, "STOP_SECONDS", 0.0)
            patch.setattr("engine.worker.session.Session.check", _stop_in_evaluation)
            try_run(folder)
    else:
        stopped = try_until(folder, update, monkeypatch)
        assert (stopped.state, stopped.update) == ("stopped", update)
    assert try_run(folder).state == "finished"
    assert [event.first_update for event in of(Attempted, events_of(folder))] == [1, update + 1]


def _stop_in_evaluation(session: Any) -> None:
    from engine.worker.session import Stopped

    if session._plan is not None:
        raise Stopped


def assert_same(one: RunFolder, other: RunFolder) -> None:
    """Fail unless both runs have the same losses, evaluations and final weights, to the last bit."""
    first, second = events_of(one), events_of(other)
    assert losses_of(first) == losses_of(second)
    for ours, theirs in zip(evaluations_of(first).values(), evaluations_of(second).values(), strict=True):
        assert (ours.epoch, ours.val_loss, ours.val_accuracy) == (theirs.epoch, theirs.val_loss, theirs.val_accuracy)
    left, right = (load_file(folder.path / "model" / "model.safetensors") for folder in (one, other))
    assert left.keys() == right.keys()
    assert all(torch.equal(left[name], right[name]) for name in left)
    results = one.result(), other.result()
    assert results[0] is not None
    assert results[1] is not None
    assert results[0].test_loss == results[1].test_loss
