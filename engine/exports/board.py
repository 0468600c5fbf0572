"""What TensorBoard shows of a run, event by event: the tags, and the words of texts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from engine.events import Evaluated, Planned, Probed, Tested
from engine.exports import summaries
from engine.recipes import Recipe, spelled

MOST_CLASSES = 40
"""A confusion matrix of more classes is no table that anybody reads."""


def recipe(time: float, run: str, recipe: Recipe) -> bytes:
    """Return what was asked of a run: for reading, and for comparing runs by their knobs."""
    rows = [f"| {_cell(knob)} | {_cell(spelled(value))} |" for knob, value in recipe.knobs.items()]
    preset = f", preset {recipe.preset}" if recipe.preset else ""
    head = f"**{_cell(run)}** {_cell(recipe.title)}\n\nRecipe {_cell(recipe.kind + preset)}\n\n"
    said = head + "\n".join(["| knob | value |", "| --- | --- |", *rows])
    return summaries.text(time, 0, "recipe", said) + summaries.settings(time, run, recipe.knobs)


def planned(event: Planned) -> bytes:
    """Return what the run was going to do."""
    facts = {
        "model": event.shape,
        "parameters": f"{event.parameters:,}",
        "updates": f"{event.updates:,}",
        "begins from": event.start,
        **{f"{part} examples": f"{count:,}" for part, count in event.examples.items()},
        "device": event.device,
        **event.versions,
    }
    rows = [f"| {_cell(name)} | {_cell(fact)} |" for name, fact in facts.items() if fact]
    return summaries.text(event.time, 0, "plan", "\n".join(["| | |", "| --- | --- |", *rows]))


def evaluated(event: Evaluated, classes: Sequence[str]) -> bytes:
    """Return the figures of an evaluation, and its confusion matrix."""
    figures = {"eval/loss": event.val_loss} | _measured(
        {
            "eval/accuracy": event.val_accuracy,
            "eval/f1": event.val_f1,
            "train/accuracy": event.train_accuracy,
            "train/mean_loss": event.train_loss,
        }
    )
    said = summaries.scalars(event.time, event.update, figures)
    return said + _confusion(event.time, event.update, "eval/confusion", event.confusion, classes)


def tested(event: Tested, update: int, classes: Sequence[str]) -> bytes:
    """Return the figures of the test set."""
    figures = {"test/loss": event.loss} | _measured({"test/accuracy": event.accuracy, "test/f1": event.f1})
    said = summaries.scalars(event.time, update, figures)
    return said + _confusion(event.time, update, "test/confusion", event.confusion, classes)


def probed(event: Probed) -> bytes:
    """Return what the model makes of the probe sentences."""
    rows = []
    for probe in event.probes:
        guesses = ", ".join(f"{_cell(guess.word)} {guess.probability:.3f}" for guess in probe.guesses)
        rows.append(f"| {_cell(probe.text)} | {_cell(probe.truth)} | {guesses} |")
    said = "\n".join(["| sentence | true | guesses |", "| --- | --- | --- |", *rows])
    return summaries.text(event.time, event.update, "probes", said)


def _measured(figures: Mapping[str, float]) -> dict[str, float]:
    """Return the figures without those that were not measured."""
    return {tag: figure for tag, figure in figures.items() if not math.isnan(figure)}


def _confusion(time: float, update: int, tag: str, counts: Sequence[Sequence[int]], classes: Sequence[str]) -> bytes:
    if not 0 < len(counts) <= MOST_CLASSES:
        return b""
    names = [_cell(name) for name in classes] if len(classes) == len(counts) else [str(at) for at in range(len(counts))]
    rows = [f"| **{name}** | {' | '.join(map(str, row))} |" for name, row in zip(names, counts, strict=True)]
    head = ["| is \\ taken for | " + " | ".join(names) + " |", "| --- " * (len(names) + 1) + "|"]
    return summaries.text(time, update, tag, "\n".join([*head, *rows]))


def _cell(text: str) -> str:
    """Return text that stays within a cell of a table and is no markup."""
    marked = "".join(f"\\{sign}" if sign in "\\`*_[]|<>" else sign for sign in " ".join(text.split()))
    return marked.replace("\\<", "&lt;").replace("\\>", "&gt;")
