"""How fast the MLP trains, beside the article's own loop and beside the same loop without a stream.

`measure()` returns the figures; `python -m tests.bench.mlp` prints them.
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
from typing import Any

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
from engine.worker.measures import gradient_norm
from engine.worker.session import Session
from engine.worker.stream import Stream

ROUNDS = 7
"""Each round measures every loop once, in turn, so that a busy moment of the machine meets all of them."""
ARTICLE_UPDATES = 60
BATCH = 64


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Return microseconds an update of each loop, and their ratios: medians over the rounds."""
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as home:
        cache = Path(home, "cache")
        part = images("digits", cache, scale="standard").train
        article = _article(cache / "digits")
        loops: dict[str, Callable[[], float]] = {
            "article": lambda: article_loop(article),
            "bare": lambda: bare_loop(part, norm=False),
            "same_without_stream": lambda: bare_loop(part, norm=True),
            "streamed": lambda: streamed_loop(part, Path(home)),
        }
        for loop in loops.values():
            loop()
        times = [{name: loop() for name, loop in loops.items()} for _ in range(rounds)]

    def ratio(above: str, below: str) -> float:
        return statistics.median(row[above] / row[below] for row in times)

    figures = {
        f"{name}_us": round(statistics.median(row[name] for row in times) * 1e6, 1) for name in loops
    }
    return figures | {
        "times_the_article": round(ratio("article", "streamed"), 2),
        "streaming_percent": round(100 * (ratio("streamed", "same_without_stream") - 1), 2),
        "gradient_norm_percent": round(100 * (ratio("same_without_stream", "bare") - 1), 2),
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


def bare_loop(part: Part, *, norm: bool) -> float:
    """Return seconds an update of our loop without session and stream."""
    net, optimizer, loss_of = _model()
    parameters = list(net.parameters())
    batches = Batches(part, batch=BATCH, epochs=1, shuffle=True, seed=0, whole=False)
    began = time.perf_counter()
    for pictures, labels in batches.of(1, 0):
        optimizer.zero_grad()
        loss = loss_of(net(pictures), labels)
        loss.backward()
        optimizer.step()
        loss.item()
        if norm:
            gradient_norm(parameters)
    return (time.perf_counter() - began) / batches.per_epoch


def streamed_loop(part: Part, home: Path) -> float:
    """Return seconds an update of the loop that a run runs, with every update in the stream and a heartbeat."""
    net, optimizer, loss_of = _model()
    batches = Batches(part, batch=BATCH, epochs=1, shuffle=True, seed=0, whole=False)
    wishes = {"pace": "full", "epochs": 1}
    folder = Runs(home).create(recipe(KINDS["mlp"], wishes), datetime.now(UTC), f"{time.monotonic_ns():x}")
    with Stream(folder.events_file) as stream:
        session = Session(folder, folder.recipe(), stream, threading.Event())
        with Heart(session):
            session.plan(_planned(batches.per_epoch), dict, None)
            began = time.perf_counter()
            mlp.train(
                net,
                loss_of,
                optimizer,
                batches,
                session,
                rate_at=lambda _: 0.01,
                evaluate=lambda _: None,
            )
            took = time.perf_counter() - began
    return took / batches.per_epoch


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
