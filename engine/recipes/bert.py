"""The knobs of `bert`: a BERT learns to tell labels of texts apart, through Hugging Face's Trainer."""

from __future__ import annotations

from engine.recipes.knob import Knob
from engine.recipes.recipe import Kind
from engine.recipes.shared import DEVICE, PACE, PROCESSES, SEED, TENSORBOARD, THREADS, shape

BERT = Kind(
    name="bert",
    knobs=(
        Knob(name="start", kind="text", default="shipped", group="model", choices=("shipped", "scratch")),
        Knob(
            name="freeze",
            kind="choice",
            default="none",
            group="model",
            choices=("none", "embeddings", "encoder"),
        ),
        *shape(dropout=0.0),
        Knob(name="lr", kind="float", default=5e-4, group="training", low=0, high=10),
        Knob(name="warmup", kind="float", default=0.1, group="training", low=0, high=1e6, unit="warmup"),
        Knob(name="weight_decay", kind="float", default=0.01, group="training", low=0, high=10),
        Knob(name="train_batch", kind="int", default=16, group="training", low=1, high=4_096, unit="texts"),
        Knob(name="eval_batch", kind="int", default=64, group="training", low=1, high=4_096, unit="texts"),
        Knob(name="epochs", kind="int", default=4, group="training", low=1, high=10_000, unit="epochs"),
        Knob(name="max_length", kind="int", default=128, group="training", low=4, high=512, unit="tokens"),
        Knob(name="data", kind="text", default="topics", group="data", choices=("topics", "reviews", "classics")),
        Knob(name="labels_per_class", kind="int", default=200, group="data", low=0, high=1_000_000, unit="texts"),
        SEED,
        PROCESSES,
        THREADS,
        DEVICE,
        TENSORBOARD,
        PACE,
    ),
)
