"""The weights that travel with the program: small, standard, and what their card says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForMaskedLM, AutoTokenizer

from engine.recipes import KINDS, recipe
from engine.runs.starts import WEIGHTS
from engine.worker.pretraining import PROBES
from engine.worker.probing import word_guesses

pytestmark = pytest.mark.torch


def test_they_are_a_few_megabytes_in_half_precision() -> None:
    tensors = load_file(WEIGHTS / "model.safetensors")
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float16}
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 4_000_000


def test_anybody_opens_them_and_they_have_read_english() -> None:
    model = AutoModelForMaskedLM.from_pretrained(WEIGHTS, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(WEIGHTS)
    assert len(tokenizer) == model.config.vocab_size == 4_000
    guesses = word_guesses(model, tokenizer, PROBES, 64)
    first = {guess.word for guess in guesses[1]}
    assert "water" in first  # a large body of [MASK]


def test_their_recipe_and_curve_are_those_of_a_run_of_ours() -> None:
    said = json.loads((WEIGHTS / "recipe.json").read_text("utf-8"))
    assert recipe(KINDS["pretrain"], said["knobs"]).knobs == said["knobs"]
    curve = json.loads((WEIGHTS / "curve.json").read_text("utf-8"))
    assert curve["update"][-1] == said["knobs"]["updates"]
    assert curve["val_loss"][0] > curve["plateau_loss"] > 2 * curve["val_loss"][-1]
    rows = {len(curve[name]) for name in ("update", "train_loss", "val_loss", "val_accuracy")}
    assert rows == {1 + said["knobs"]["updates"] // said["knobs"]["evaluate_every"]}


def test_the_card_states_the_figures_of_the_curve_and_the_command() -> None:
    card = (WEIGHTS / "README.md").read_text("utf-8")
    curve = json.loads((WEIGHTS / "curve.json").read_text("utf-8"))
    knobs = json.loads((WEIGHTS / "recipe.json").read_text("utf-8"))["knobs"]
    assert f"{curve['val_loss'][-1]:.2f}" in card
    assert f"{curve['val_accuracy'][-1]:.1%}".replace("%", " %") in card
    assert f"{curve['test_loss']:.2f}" in card
    assert f"{curve['parameters']:,}" in card
    command = (
        f"learncurve train pretrain --set updates={knobs['updates']} --set evaluate_every={knobs['evaluate_every']}"
    )
    assert command in card
    default = recipe(KINDS["pretrain"], {}).knobs
    named = {"updates", "evaluate_every"}
    assert {name: value for name, value in knobs.items() if name not in named} == {
        name: value for name, value in default.items() if name not in named
    }
    assert Path(WEIGHTS / "NOTICE.txt").exists()
