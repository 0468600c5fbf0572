"""Runs presets over seeds and writes what came of them into their files.

    python -m tests.bench.outcomes few-labels few-labels-scratch        seeds 0 to 4 of each
    python -m tests.bench.outcomes --seeds 3 pretrain-five-minutes

Each figure is its lowest, median and highest value. Runs are made one after another, in this process.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path

from content.course.course import bundled, open_course
from content.course.preset import Preset
from engine.events import Evaluated, Tested, decode
from engine.recipes import KINDS, recipe
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from engine.worker.attempt import attempt


def main(words: list[str]) -> int:
    """Measure the presets named, and return 0; 1 if a run failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("presets", nargs="+")
    parser.add_argument("--seeds", type=int, default=5)
    asked = parser.parse_args(words)
    presets = open_course(bundled()).presets
    for name in asked.presets:
        figures: dict[str, list[float]] = {}
        for seed in range(asked.seeds):
            with tempfile.TemporaryDirectory() as home:
                said = run(presets[name], seed, Path(home))
            print(name, seed, said, flush=True)
            for figure, value in said.items():
                figures.setdefault(figure, []).append(value)
        write(bundled() / "presets" / f"{name}.toml", asked.seeds, figures)
    return 0


def run(preset: Preset, seed: int, home: Path) -> dict[str, float]:
    """Run a preset once and return its figures.

    Raises:
        RuntimeError: The run failed.
    """
    wishes = {**preset.wishes, "seed": seed, "pace": "full"}
    folder = Runs(home).create(recipe(KINDS[preset.kind], wishes), datetime.now(UTC), f"{seed:04x}")
    result = attempt(folder, threading.Event())
    if result.state != "finished":
        raise RuntimeError(result.reason)
    return figures_of(folder)


def figures_of(folder: RunFolder) -> dict[str, float]:
    """Return what a finished run reached."""
    events = [decode(line) for line in folder.events_file.read_bytes().splitlines()]
    last = [event for event in events if isinstance(event, Evaluated)][-1]
    (tested,) = (event for event in events if isinstance(event, Tested))
    accuracy = "masked_accuracy" if folder.recipe().kind == "pretrain" else "test_accuracy"
    figures = {accuracy: tested.accuracy, "train_loss": last.train_loss, "val_loss": last.val_loss}
    return figures | ({"test_f1": tested.f1} if tested.f1 == tested.f1 else {})


def write(file: Path, seeds: int, figures: dict[str, list[float]]) -> None:
    """Put the outcome at the end of a preset's file, in place of the one that is there."""
    rows = [f"seeds = {seeds}"]
    for name, values in figures.items():
        rows.append(f"{name} = [{min(values):.3f}, {statistics.median(values):.3f}, {max(values):.3f}]")
    text = re.sub(r"\n*\[outcome\]\n.*\Z", "\n", file.read_text(encoding="utf-8"), flags=re.DOTALL)
    file.write_text(f"{text.rstrip()}\n\n[outcome]\n" + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
