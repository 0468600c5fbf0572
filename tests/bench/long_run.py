"""A run of a million updates: from its folder to a drawn chart."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.figure import Figure
from tests.fakes import scripted_run
from tests.terminal import ROOT

UPDATES = 1_000_000

OPEN = """
import sys, time
from pathlib import Path
from engine.reading.follow import Follower
from engine.runs.folder import RunFolder
from rich.style import Style
from tui.widgets.canvas.grid import Palette
from tui.widgets.chart import ChartLine, Smoothed, Window
from tui.widgets.chart.drawing import Frame, draw
from tui.widgets.chart.ink import NAMES

begun = time.perf_counter()
follower = Follower(RunFolder(Path(sys.argv[1])))
while not follower.caught_up:
    follower.poll()
read = time.perf_counter() - begun
progress = follower.progress
lines = (
    ChartLine("raw", "train-raw", progress.losses, "band"),
    ChartLine("smooth", "train", Smoothed(progress.losses)),
    ChartLine("valid", "valid", progress.points("val_loss"), mark="+"),
)
palette = Palette([Style(color=f"color({number + 1})") for number in range(len(NAMES))])
grid = draw(Frame(160, 45, lines, Window(0, len(progress.losses))), None).grid
drawn = [grid.strip(row, palette) for row in range(45)]
print(len(progress.losses), read, time.perf_counter() - begun)
"""


def measure() -> list[Figure]:
    """Return how long a fresh process reads, folds and draws a long run, numpy's import included."""
    with tempfile.TemporaryDirectory() as folder:
        run = scripted_run(Path(folder), updates=UPDATES, epochs=10)
        size = run.events_file.stat().st_size
        said = subprocess.run(
            [sys.executable, "-c", OPEN, str(run.path)], check=True, capture_output=True, text=True, cwd=ROOT
        )
    count, read, whole = said.stdout.split()
    assert int(count) == UPDATES
    peer = f"reading {float(read):.2f} s of {size / 1e6:.0f} MB; LEET 0.31: 10.6 s for 200,000 updates"
    name = "a run of 1,000,000 updates, opened to a drawn chart"
    return [Figure(name=name, value=float(whole), unit="s", budget=1.0, peer=peer)]
