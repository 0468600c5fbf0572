"""Knobs that several kinds of run have."""

from __future__ import annotations

from engine.recipes.knob import Knob

SEED = Knob(name="seed", kind="int", default=0, group="run", low=0, high=2**31 - 1)
PROCESSES = Knob(name="processes", kind="int", default=1, group="run", low=1, high=1_024, unit="processes")
THREADS = Knob(name="threads", kind="int", default=1, group="run", low=1, high=256, unit="threads")
DEVICE = Knob(name="device", kind="choice", default="auto", group="run", choices=("auto", "cpu", "cuda", "mps"))
TENSORBOARD = Knob(name="tensorboard", kind="flag", default=False, group="run")
PACE = Knob(name="pace", kind="float", default="full", group="run", low=0.1, high=1e6, unit="updates/s", also=("full",))


def shape(*, dropout: float) -> tuple[Knob, ...]:
    """Return the knobs of a BERT that begins from scratch, and its dropout."""
    return (
        Knob(name="layers", kind="int", default=2, group="model", low=1, high=48, unit="layers"),
        Knob(name="hidden", kind="int", default=128, group="model", low=8, high=4_096, unit="units"),
        Knob(name="heads", kind="int", default=2, group="model", low=1, high=64, unit="heads"),
        Knob(name="vocabulary", kind="int", default=4_000, group="model", low=64, high=250_000, unit="pieces"),
        Knob(name="dropout", kind="float", default=dropout, group="model", low=0, high=0.95),
    )
