"""What fine-tuning and pre-training a BERT cost: updates, parameters, hours, memory. All times are estimates."""

from __future__ import annotations

import math

from engine.recipes.cost import Cost, paced_seconds
from engine.recipes.recipe import Recipe
from engine.recipes.shape import FLOAT, Shape, known
from engine.recipes.text_facts import TextFacts, corpus_facts, text_facts

FLOPS_A_SECOND = 65e9
"""What one thread of an ordinary processor does in single precision.

Measured, one thread, a whole update of 16 texts: 2 blocks of 128 units 34 ms at 35 tokens and 53 ms at 64, 4 of 256
313 ms at 64, 6 of 384 952 ms at 64; BERT base, 128 tokens, two threads: 8.6 s. This figure says 39, 58, 328, 1,049
and 8.3.
"""

FIXED_SECONDS = 0.018
"""What each update costs beside the arithmetic: many small operations, the optimiser, Trainer's own work."""

BACKWARD = 2
"""The way back costs twice the way forward."""

LOADED_BYTES = 830_000_000
"""What torch and transformers take by themselves."""

ADAM = 3
"""Numbers beside each weight that is trained: its gradient, and Adam's two averages."""


def bert_cost(recipe: Recipe, shape: Shape | None) -> Cost:
    """Return what a `bert` run costs."""
    knobs = recipe.knobs
    start, epochs, batch = str(knobs["start"]), int(knobs["epochs"]), int(knobs["train_batch"])
    facts = text_facts(str(knobs["data"]))
    updates = math.ceil(facts.chosen(int(knobs["labels_per_class"])) / batch) * epochs if facts else None
    classes = len(facts.train) if facts else 2
    length = min(float(knobs["max_length"]), facts.padded) if facts else float(knobs["max_length"])
    seconds, paced = None, False
    if facts and updates is not None:
        full = _bert_seconds(recipe, shape, facts, updates, length) if shape else None
        seconds, paced = paced_seconds(recipe, updates, full)
    hub = known(start)
    return Cost(
        updates=updates,
        parameters=shape.classifier(classes) if shape else None,
        seconds=seconds,
        paced=paced,
        download_bytes=hub[1] if hub else None if shape is None else 0,
        memory_bytes=_memory(recipe, shape, shape.classifier(classes), batch, length) if shape else None,
    )


def pretrain_cost(recipe: Recipe, shape: Shape | None) -> Cost:
    """Return what a `pretrain` run costs."""
    knobs = recipe.knobs
    updates, batch = int(knobs["updates"]), int(knobs["train_batch"])
    facts = corpus_facts(str(knobs["data"]))
    assert shape is not None, "the knobs of pretrain say the whole shape"
    length = min(float(knobs["positions"]), facts.padded if facts else float(knobs["positions"]))
    full = None
    if facts and _on_processor(recipe):
        head = 2 * (shape.hidden**2 + shape.hidden * shape.vocabulary)
        token = shape.flops(round(length))
        update = batch * length * (token + float(knobs["mask"]) * head) * (1 + BACKWARD)  # only hidden ones are scored
        measured = math.ceil(updates / int(knobs["evaluate_every"])) + 1
        looked = (facts.validation * measured + facts.test) * length * (token + head)
        full = updates * FIXED_SECONDS + (updates * update + looked) / _speed(recipe)
    seconds, paced = paced_seconds(recipe, updates, full)
    parameters = shape.masked()
    logits = 3 * FLOAT * batch * length * shape.vocabulary * float(knobs["mask"])
    return Cost(
        updates=updates,
        parameters=parameters,
        seconds=seconds,
        paced=paced,
        memory_bytes=round(_memory(recipe, shape, parameters, batch, length) + logits),
    )


def _bert_seconds(recipe: Recipe, shape: Shape, facts: TextFacts, updates: int, length: float) -> float | None:
    """Return how long the updates and the evaluations after each epoch take at full speed."""
    if not _on_processor(recipe):
        return None
    knobs = recipe.knobs
    texts = facts.chosen(int(knobs["labels_per_class"])) * int(knobs["epochs"])
    way = 1 if knobs["freeze"] == "encoder" else 1 + BACKWARD
    looked = facts.validation * (int(knobs["epochs"]) + 1) + facts.test
    tokens = (texts * way + looked) * length
    return updates * FIXED_SECONDS + tokens * shape.flops(round(length)) / _speed(recipe)


def _on_processor(recipe: Recipe) -> bool:
    """Return whether the run is to be estimated: nobody knows how fast a GPU is."""
    return recipe.knobs["device"] in ("auto", "cpu")


def _speed(recipe: Recipe) -> float:
    return FLOPS_A_SECOND * int(recipe.knobs["threads"])


def _memory(recipe: Recipe, shape: Shape, parameters: int, batch: int, length: float) -> int:
    """Return the bytes of weights, gradients, Adam's averages and what the way back needs."""
    freeze = recipe.knobs.get("freeze", "none")
    frozen = {"embeddings": shape.embeddings, "encoder": shape.embeddings + shape.encoder}.get(str(freeze), 0)
    weights = FLOAT * (parameters + ADAM * (parameters - frozen))
    kept = 0.0 if freeze == "encoder" else shape.activations(round(batch * length), round(length))
    return round(LOADED_BYTES + weights + kept)
