"""How long a model takes to answer: the first time, beside the bare imports that it needs, and from then on."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engine.runs.asker import OFFLINE, Asker
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.runs.launch import environment
from engine.runs.lock import holder
from engine.runs.store import Runs
from tests.bench.figure import Figure
from tests.terminal import ROOT, learncurve

BARE = {
    "bert": "import torch; from transformers import BertForSequenceClassification, PreTrainedTokenizerFast",
    "mlp": "import torch",
}
TRAIN = {
    "bert": ["bert", "--set", "start=scratch", "--set", "labels_per_class=40", "--set", "epochs=1"],
    "mlp": ["mlp", "--set", "pace=full"],
}
ASKS = {
    "bert": Ask(kind="classify", text="a large cat that lives in the mountains", attention=True),
    "mlp": Ask(kind="digit", pixels=bytes(28 * 10) + bytes([255]) * 28 * 4 + bytes(28 * 14)),
}
ROUNDS = 5
LATER = 60
POLL_SECONDS = 0.02
"""How often the screen looks for an answer."""


def trained(home: Path, kind: str) -> RunFolder:
    """Return a finished run of a kind."""
    before = set(Runs(home).all())
    command = learncurve(home, "train", *TRAIN[kind])
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    (folder,) = set(Runs(home).all()) - before
    return folder


def bare(kind: str) -> float:
    """Return the seconds of the imports alone, with the settings that the process has which answers."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", BARE[kind]], check=True, env=environment(1, os.environ) | OFFLINE)
    return time.perf_counter() - began


def answered(asker: Asker, ask: Ask) -> float:
    """Ask as the screen does, and return the seconds until the answer is there."""
    began = time.perf_counter()
    asker.ask(ask)
    while (answer := asker.poll("finished", planned=True)) is None:
        if asker.problem is not None or asker.waited > 120:
            raise AssertionError(asker.problem or asker.status())
        time.sleep(POLL_SECONDS)
    if not isinstance(answer, Answer) or answer.problem is not None:
        raise AssertionError(answer.problem)
    return time.perf_counter() - began


def rounds(folder: RunFolder, kind: str) -> tuple[list[float], list[float], list[float]]:
    """Return bare imports, first answers, in turn, and the answers after them."""
    alone, first, later = [], [], []
    bare(kind)  # what has to come from the disk comes now
    for _ in range(ROUNDS):
        alone.append(bare(kind))
        asker = Asker(folder)
        first.append(answered(asker, ASKS[kind]))
        later += [answered(asker, ASKS[kind]) for _ in range(LATER // ROUNDS)]
        asker.leave()
        while holder(folder.asks / "lock") is not None:
            time.sleep(POLL_SECONDS)
    return alone, first, later


def measure() -> list[Figure]:
    """Return the figures of a BERT and of an MLP."""
    figures = []
    with tempfile.TemporaryDirectory() as home:
        for kind in BARE:
            alone, first, later = rounds(trained(Path(home), kind), kind)
            ratio = statistics.median(one / other for one, other in zip(first, alone, strict=True))
            peer = f"imports {statistics.median(alone):.2f} s, first answer {statistics.median(first):.2f} s"
            figures.append(
                Figure(name=f"first answer of a {kind}, in bare imports", value=ratio, unit="x", budget=1.3, peer=peer)
            )
            nine, middle = 1000 * statistics.quantiles(later, n=10)[-1], 1000 * statistics.median(later)
            figures.append(
                Figure(
                    name=f"later answers of a {kind}, p90",
                    value=nine,
                    unit="ms",
                    budget=100,
                    peer=f"median {middle:.0f} ms, looked for every {1000 * POLL_SECONDS:.0f} ms",
                )
            )
    return figures
