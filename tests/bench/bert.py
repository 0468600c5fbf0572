"""How fast a BERT is fine-tuned, beside the article's way; what watching costs; how soon it begins.

One thread each. Where two programs are compared they take turns in short slices of the same updates, and a
figure is the median over pairs of slices, so that a busy moment of the machine meets both.
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from engine.recipes import KINDS, recipe
from engine.runs.folder import RunFolder
from engine.runs.launch import environment
from engine.runs.store import Runs
from tests.bench.figure import Figure
from tests.terminal import ROOT

ROUNDS = 3
NEIGHBOUR = """
import os, signal
from engine.worker.process import die_with
die_with(int(os.environ["BENCH_PARENT"]), signal.SIGKILL)
while True: pass
"""
WHOLE = {"labels_per_class": 0, "epochs": 1}
"""Wishes for a run on the whole of a set: 450 updates."""
ALIKE = 0.02
"""Most that losses differ after the same batches with more padding."""


class Slice:
    """Some updates of a program: their seconds with and without evaluations, and what callbacks took of them."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.training: float = said["seconds"]
        self.whole: float = said["seconds"] + said["evaluating"]
        self.watching: float = said["callbacks"] - said["saving"]


class Program:
    """One of `tests.bench.trainers`, which trains a slice whenever it is told to."""

    def __init__(self, name: str, folder: RunFolder, **variables: str) -> None:
        self._name = name
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.trainers", name, str(folder.path)],
            cwd=ROOT,
            env=environment(1, os.environ) | variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=bool(variables),
        )
        self.longest = 0
        self.losses: list[float] = []
        self._told()

    def slice(self) -> Slice | None:
        """Return the next slice, None after the last."""
        assert self._process.stdin
        try:
            self._process.stdin.write("go\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return None
        said = self._told()
        return Slice(said) if said else None

    def _told(self) -> dict[str, Any] | None:
        assert self._process.stdout
        for line in self._process.stdout:
            if not line.startswith("@"):
                continue
            said: dict[str, Any] = json.loads(line[1:])
            if "longest" in said:
                self.longest = said["longest"]
            elif "evaluated" in said:
                self.losses.append(said["evaluated"])
            else:
                return said
        if self._process.wait():
            raise RuntimeError(f"the program {self._name} ended with {self._process.returncode}")
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()


def measure() -> list[Figure]:
    """Return the figures of fine-tuning."""
    with tempfile.TemporaryDirectory() as home:
        runs = Runs(Path(home))
        return [_speed(runs), _watching(runs), _neighbour(runs), _first_update(runs)]


def _speed(runs: Runs) -> Figure:
    """Return how often ours trains while the article's way trains once."""
    pairs: list[tuple[Slice, Slice]] = []
    with Program("article", _run(runs, WHOLE)) as article, Program("ours", _run(runs, WHOLE)) as ours:
        while (one := article.slice()) and (other := ours.slice()):
            pairs.append((one, other))
    apart = abs(article.losses[-1] - ours.losses[-1])
    if apart > ALIKE:
        raise RuntimeError(f"the two did not train the same: their losses are {apart} apart")
    training = statistics.median(one.training / other.training for one, other in pairs)
    whole = sum(one.whole for one, _ in pairs) / sum(other.whole for _, other in pairs)
    return Figure(
        name="fine-tuning's updates/s",
        value=training,
        unit="x",
        budget=2.2,
        least=True,
        peer=f"the article's way, padded to {article.longest} tokens; with evaluations and maps {whole:.2f} x",
    )


def _watching(runs: Runs) -> Figure:
    """Return what part of the training is spent on what is watched."""
    with Program("ours", _run(runs, WHOLE)) as ours:
        slices = _rest(ours)
    share = statistics.median(each.watching / each.training for each in slices)
    peer = "stream, probe sentences and asks; evaluations and checkpoints left out"
    return Figure(name="share of training that live widgets take", value=100 * share, unit="%", budget=3, peer=peer)


def _neighbour(runs: Runs) -> Figure:
    """Return how much slower a worker trains while one other process keeps a processor busy."""
    costs: list[float] = []
    with _busy() as neighbour, Program("ours", _run(runs, WHOLE), BENCH_STEPS_BACK="1") as ours:
        while alone := ours.slice():
            neighbour.send_signal(signal.SIGCONT)
            beside = ours.slice()
            neighbour.send_signal(signal.SIGSTOP)
            if beside:
                costs.append(1 - alone.training / beside.training)
    return Figure(
        name="updates/s lost to a busy neighbour",
        value=100 * statistics.median(costs),
        unit="%",
        budget=20,
        peer=f"`while True: pass` on a machine of {os.cpu_count()} cores",
    )


def _first_update(runs: Runs) -> Figure:
    """Return when the first update of a worker is done, in bare imports."""
    ratios, peers = [], []
    for number in range(ROUNDS + 1):
        bare = _seconds("imports", _run(runs))
        first = _seconds("worker", _run(runs))
        if number:  # the first round warms up
            ratios.append(first / bare)
            peers.append((bare, first))
    bare, first = (statistics.median(each) for each in zip(*peers, strict=True))
    return Figure(
        name="first update of a fine-tuning, in its bare imports",
        value=statistics.median(ratios),
        unit="x",
        budget=1.3,
        peer=f"imports {bare:.1f} s, first update {first:.1f} s",
    )


def _seconds(name: str, folder: RunFolder) -> float:
    """Return the seconds from the start of a program to what it says."""
    began = time.time()
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.trainers", name, str(folder.path)],
        check=True,
        cwd=ROOT,
        env=environment(1, os.environ),
        capture_output=True,
        text=True,
        start_new_session=True,
    )
    (line,) = (line for line in said.stdout.splitlines() if line.startswith("@"))
    return float(json.loads(line[1:])["time"]) - began


def _rest(program: Program) -> list[Slice]:
    return list(iter(program.slice, None))


@contextmanager
def _busy() -> Iterator[subprocess.Popen[bytes]]:
    """Start a process that keeps a processor busy whenever it is let go; it is stopped at first."""
    variables = os.environ | {"BENCH_PARENT": str(os.getpid())}
    process = subprocess.Popen([sys.executable, "-c", NEIGHBOUR], cwd=ROOT, env=variables, start_new_session=True)
    try:
        time.sleep(1)  # it has to be busy before it can be stopped
        process.send_signal(signal.SIGSTOP)
        yield process
    finally:
        process.kill()
        process.wait()


def _run(runs: Runs, wishes: Mapping[str, Any] | None = None) -> RunFolder:
    """Return a new run of the recipe `bert` as it comes, except for `wishes`."""
    return runs.create(recipe(KINDS["bert"], wishes or {}), datetime.now(UTC), f"{time.monotonic_ns():x}")
