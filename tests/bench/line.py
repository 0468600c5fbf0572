"""What the run screen writes to the line: while training, and when nothing changes."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.starts import greeted
from tests.terminal import ROOT, Terminal, learncurve

WATCHED_SECONDS = 10.0


def measure() -> list[Figure]:
    """Return the bytes a second of `learncurve watch` at 120x40 on 300 updates/s, and of a finished run."""
    with tempfile.TemporaryDirectory() as folder:
        home = greeted(Path(folder, "home"))
        words = ["train", "mlp", "--set", "pace=300", "--set", "epochs=200", "--detach", "--json"]
        said = subprocess.run(learncurve(home, *words), check=True, capture_output=True, text=True, cwd=ROOT)
        run = json.loads(said.stdout)["id"]
        with Terminal(learncurve(home, "watch", run), size=(120, 40)) as terminal:
            terminal.until("RUNNING", 90)
            written(terminal, 3.0)
            live = written(terminal, WATCHED_SECONDS)
            subprocess.run(learncurve(home, "stop", run), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
            written(terminal, 3.0)
            still = written(terminal, WATCHED_SECONDS)
    peer = "LEET 0.31, two small charts: 2.0 KiB/s"
    return [
        Figure(name="run screen at 120x40, 300 updates/s", value=live / 1024, unit="KiB/s", budget=5, peer=peer),
        Figure(name="the same when nothing changes", value=still, unit="bytes/s", budget=0),
    ]


def written(terminal: Terminal, seconds: float) -> float:
    """Return the bytes a second that the program writes."""
    before, end = terminal.written, time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read(0.05)
    return (terminal.written - before) / seconds
