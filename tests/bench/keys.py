"""How long a key waits for its repaint while a network trains at full speed beside it."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.starts import greeted
from tests.terminal import ROOT, Terminal, learncurve

PRESSES = 120


def waits(terminal: Terminal) -> list[float]:
    """Return the milliseconds from each key to the next byte of the program."""
    found = []
    for number in range(PRESSES):
        while terminal.read(0.03):
            pass
        begun = time.perf_counter()
        terminal.process.send("j" if number % 40 < 20 else "k")
        if terminal.read(2.0):
            found.append(1000 * (time.perf_counter() - begun))
    return found


def measure() -> list[Figure]:
    """Return the waits on a page, idle and while training."""
    with tempfile.TemporaryDirectory() as folder:
        home = greeted(Path(folder, "home"))
        with Terminal(learncurve(home)) as terminal:
            terminal.until("Backpropagation")
            terminal.press("enter")
            terminal.settle()
            idle = waits(terminal)
            train = learncurve(home, "train", "mlp", "--set", "pace=full", "--set", "epochs=5000", "--detach")
            subprocess.run(train, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            terminal.until("epoch", 90)
            busy = waits(terminal)
            runs = [path.name for path in (home / "runs").iterdir()]
            subprocess.run(learncurve(home, "stop", runs[0]), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    middle, nine = statistics.median(busy), statistics.quantiles(busy, n=10)[-1]
    calm, calm_nine = statistics.median(idle), statistics.quantiles(idle, n=10)[-1]
    peer = f"median {middle:.1f} ms; idle median {calm:.1f}, p90 {calm_nine:.1f}"
    return [Figure(name="key to repaint while training, p90", value=nine, unit="ms", budget=50, peer=peer)]
