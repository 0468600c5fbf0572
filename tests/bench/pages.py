"""How long a page takes from the key to its first screen, and what a page turn writes."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.starts import greeted
from tests.terminal import Terminal, learncurve

ROUNDS = 9


def measure() -> list[Figure]:
    """Return the figures of pages, in a real terminal."""
    with tempfile.TemporaryDirectory() as folder:
        home = greeted(Path(folder, "home"))
        opened, turned = [], []
        with Terminal(learncurve(home)) as terminal:
            terminal.until("Backpropagation")
            terminal.settle()
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                terminal.process.send("\r")
                while "read " not in terminal.text.partition("\n")[0]:
                    terminal.read(0.002)
                opened.append(1000 * (time.perf_counter() - begun))
                terminal.settle()
                before = terminal.written
                terminal.process.send(" ")
                terminal.settle()
                turned.append((terminal.written - before) / 1024)
                terminal.process.send("q")
                terminal.settle()
        first, turn = statistics.median(opened), statistics.median(turned)
        return [
            Figure(name="a page, from the key to its first screen", value=first, unit="ms", budget=200),
            Figure(name="bytes of a page turn at 80x24", value=turn, unit="KiB", budget=8),
        ]
