"""The knobs of `pretrain`: masked language modelling with a small BERT, from random weights."""

from __future__ import annotations

from engine.recipes.knob import Knob
from engine.recipes.recipe import Kind
from engine.recipes.shared import DEVICE, PACE, SEED, TENSORBOARD, THREADS, shape

PRETRAIN = Kind(
    name="pretrain",
    knobs=(
        *shape(dropout=0.0),
        Knob(name="positions", kind="int", default=128, group="model", low=8, high=512, unit="tokens"),
        Knob(name="mask", kind="float", default=0.15, group="training", low=0.01, high=0.9),
        Knob(name="updates", kind="int", default=4_500, group="training", low=1, high=10_000_000, unit="updates"),
        Knob(name="lr", kind="float", default=1.5e-3, group="training", low=0, high=10),
        Knob(name="warmup", kind="float", default=1_000.0, group="training", low=0, high=1e7, unit="warmup"),
        Knob(name="weight_decay", kind="float", default=0.01, group="training", low=0, high=10),
        Knob(name="train_batch", kind="int", default=96, group="training", low=1, high=4_096, unit="texts"),
        Knob(name="evaluate_every", kind="int", default=250, group="training", low=1, high=1_000_000, unit="updates"),
        Knob(name="data", kind="text", default="definitions", group="data", choices=("definitions", "classics")),
        SEED,
        THREADS,
        DEVICE,
        TENSORBOARD,
        PACE,
    ),
)
