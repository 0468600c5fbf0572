"""How fast the MLP trains, beside the article's own loop and beside the same loop without a stream.

`measure()` returns the figures; `python -m tests.bench.mlp` prints them. One thread; evaluation is left out.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

from engine.events import Planned
from engine.recipes import KINDS, recipe
from engine.runs.store import Runs
from engine.worker import mlp
from engine.worker.batches import Batches
from engine.worker.data import Part, images
from engine.worker.heart import Heart
from engine.worker.keeper import TensorKeeper
from engine.worker.session import Session
from engine.worker.stream import Stream

ROUNDS = 16
"""Each round measures every loop once, in turn, so that a busy moment of the machine meets all of them."""
ARTICLE_UPDATES = 30
BATCH = 64


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Return microseconds an update of each loop, and how they compare.

    Times are means of a loop's quicker half of rounds: the slower half tells of the machine's neighbours.
    What streaming costs is measured twice: as the share of one loop's time that is spent in the session's calls,
    which a neighbour hardly changes, and as the difference between two loops, which needs a quiet machine.
    """
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as home:
        cache = Path(home, "cache")
        part = images("digits", cache, scale="standard").train
        article = _article(cache / "digits")
        loops: dict[str, Callable[[], float]] = {
            "article": lambda: article_loop(article),
            "without_norm": lambda: norm_free_loop(part),
            "without_stream": lambda: silent_loop(part),
            "streamed": lambda: streamed_loop(part, Path(home)),
            "watched": lambda: watched_loop(part, Path(home), shares),
        }
        shares: list[float] = []
        times: dict[str, list[float]] = {name: [] for name in loops}
        for _ in range(rounds + 1):
            for name, loop in loops.items():
                times[name].append(loop())
    del times["watched"]
    micros = {name: 1e6 * _quicker_half(seconds[1:]) for name, seconds in times.items()}
    return {f"{name}_us": round(value, 1) for name, value in micros.items()} | {
        "times_the_article": round(micros["article"] / micros["streamed"], 2),
        "streaming_percent": round(100 * statistics.median(shares), 2),
        "streaming_percent_between_loops": round(100 * (micros["streamed"] / micros["without_stream"] - 1), 2),
        "gradient_norm_percent": round(100 * (micros["without_stream"] / micros["without_norm"] - 1), 2),
    }


def article_loop(data: datasets.MNIST) -> float:
    """Return seconds an update of the article's loop."""
    net, optimizer, loss_of = _model()
    loader = DataLoader(data, batch_size=BATCH, shuffle=True)
    began = time.perf_counter()
    for done, (pictures, labels) in enumerate(loader, 1):
        optimizer.zero_grad()
        loss = loss_of(net(pictures.flatten(1)), labels)
        loss.backward()
        optimizer.step()
        loss.item()
        if done == ARTICLE_UPDATES:
            break
    return (time.perf_counter() - began) / ARTICLE_UPDATES


def norm_free_loop(part: Part) -> float:
    """Return seconds an update of our loop as a learner would write it: no session, no gradient norm."""
    net, optimizer, loss_of = _model()
    batches = _batches(part)
    began = time.perf_counter()
    for pictures, labels in batches.of(1, 0):
        optimizer.zero_grad()
        loss = loss_of(net(pictures), labels)
        loss.backward()
        optimizer.step()
        loss.item()
    return (time.perf_counter() - began) / batches.per_epoch


def silent_loop(part: Part) -> float:
    """Return seconds an update of the very loop of a run, with a session that does nothing."""
    return _trained(part, _Silent())


def streamed_loop(part: Part, home: Path, kind: type[Session] = Session) -> float:
    """Return seconds an update of the loop of a run: every update in its stream, obedience, a heartbeat."""
    wishes = {"pace": "full", "epochs": 1}
    folder = Runs(home).create(recipe(KINDS["mlp"], wishes), datetime.now(UTC), f"{time.monotonic_ns():x}")
    with Stream(folder.events_file) as stream:
        session = kind(folder, folder.recipe(), stream, threading.Event())
        with Heart(session):
            session.plan(_planned(_batches(part).per_epoch), TensorKeeper(session.checkpoints, dict), None)
            return _trained(part, session)


def watched_loop(part: Part, home: Path, shares: list[float]) -> float:
    """As `streamed_loop`, but append to `shares` what the session's calls cost, relative to all else."""
    inside: list[float] = []

    class Watched(Session):
        def wait_for_turn(self) -> None:
            began = time.perf_counter()
            super().wait_for_turn()
            inside.append(time.perf_counter() - began)

        def updated(self, loss: float, rate: float, norm: float) -> None:
            began = time.perf_counter()
            super().updated(loss, rate, norm)
            inside.append(time.perf_counter() - began)

    seconds = streamed_loop(part, home, Watched)
    each = sum(inside) / _batches(part).per_epoch
    shares.append(each / (seconds - each))
    return seconds


class _Silent:
    """Counts updates, as the loop needs it, and tells nobody."""

    def __init__(self) -> None:
        self.update = 0

    def wait_for_turn(self) -> None:
        """Begin at once."""

    def updated(self, *_: float) -> None:
        """Count."""
        self.update += 1


def _trained(part: Part, session: Session | _Silent) -> float:
    net, optimizer, loss_of = _model()
    batches = _batches(part)
    began = time.perf_counter()
    mlp.train(
        net,
        loss_of,
        optimizer,
        batches,
        cast(Session, session),
        rate_at=lambda _: 0.01,
        evaluate=lambda _: None,
    )
    return (time.perf_counter() - began) / batches.per_epoch


def _quicker_half(seconds: list[float]) -> float:
    return statistics.fmean(sorted(seconds)[: (len(seconds) + 1) // 2])


def _batches(part: Part) -> Batches:
    return Batches(part, batch=BATCH, epochs=1, shuffle=True, seed=0, whole=False)


def _model() -> tuple[nn.Module, torch.optim.Optimizer, nn.Module]:
    torch.manual_seed(0)
    knobs = recipe(KINDS["mlp"], {}).knobs
    net = mlp.network(knobs)
    return net, mlp.optimizer_of(net, knobs), nn.CrossEntropyLoss()


def _article(root: Path) -> datasets.MNIST:
    steps = [transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))]
    return datasets.MNIST(str(root), train=True, transform=transforms.Compose(steps))


def _planned(updates: int) -> Planned:
    facts: dict[str, Any] = {"parameters": 0, "examples": {}, "classes": [], "threads": 1, "device": "cpu"}
    facts |= {"versions": {}, "shape": "784-128-10", "chance_loss": 2.303, "source": "worker/mlp.py"}
    return Planned(time=time.time(), updates=updates, epochs=1, updates_per_epoch=updates, **facts)


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
