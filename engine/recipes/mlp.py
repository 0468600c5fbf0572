"""The knobs of `mlp`: the article's multilayer perceptron on images of digits."""

from __future__ import annotations

from engine.recipes.knob import Knob
from engine.recipes.recipe import Kind
from engine.recipes.shared import DEVICE, PROCESSES, SEED, TENSORBOARD, THREADS

MLP = Kind(
    name="mlp",
    knobs=(
        Knob(name="hidden", kind="sizes", default="128", group="model", low=1, high=4096, unit="units"),
        Knob(
            name="activation",
            kind="choice",
            default="relu",
            group="model",
            choices=("relu", "tanh", "sigmoid", "gelu", "identity"),
        ),
        Knob(name="dropout", kind="float", default=0.0, group="model", low=0, high=0.95),
        Knob(
            name="init",
            kind="choice",
            default="default",
            group="model",
            choices=("default", "zeros", "normal", "xavier", "he"),
        ),
        Knob(
            name="optimizer",
            kind="choice",
            default="sgd",
            group="training",
            choices=("gd", "sgd", "momentum", "adam", "adamw"),
        ),
        Knob(name="lr", kind="float", default=0.01, group="training", low=0, high=1000),
        Knob(
            name="schedule",
            kind="choice",
            default="constant",
            group="training",
            choices=("constant", "linear", "cosine", "step"),
        ),
        Knob(name="weight_decay", kind="float", default=0.0, group="training", low=0, high=100),
        Knob(name="batch", kind="int", default=64, group="training", low=1, high=60_000, unit="images"),
        Knob(name="epochs", kind="int", default=10, group="training", low=1, high=10_000, unit="epochs"),
        Knob(name="data", kind="choice", default="digits", group="data", choices=("digits", "mnist", "fashion")),
        Knob(name="scale", kind="choice", default="standard", group="data", choices=("raw", "unit", "standard")),
        Knob(name="shuffle", kind="flag", default=True, group="data"),
        SEED,
        PROCESSES,
        THREADS,
        DEVICE,
        TENSORBOARD,
        Knob(
            name="pace",
            kind="float",
            default=80.0,
            group="run",
            low=0.1,
            high=1e6,
            unit="updates/s",
            also=("full",),
        ),
        Knob(name="zero_grad", kind="flag", default=True, group="fault"),
        Knob(name="double_softmax", kind="flag", default=False, group="fault"),
        Knob(name="labels", kind="choice", default="true", group="fault", choices=("true", "random")),
        Knob(name="eval_mode", kind="flag", default=True, group="fault"),
    ),
)
