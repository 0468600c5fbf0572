"""What each screen writes to the line while a network trains beside it, and when nothing changes."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.starts import greeted
from tests.terminal import ROOT, Terminal, learncurve

WATCHED_SECONDS = 5.0
SETTLED_SECONDS = 2.0
"""A screen that has just been opened is not yet what it will be."""

SIZES = ((80, 24), (160, 45))
KNOBS = ("--set", "pace=300", "--set", "batch=16", "--set", "epochs=100")
PANELS = 6

HOME, READ, RUN, OVER = 2.0, 2.0, 4.0, 0.1
"""KiB/s: home, what is read (from some width on with the run beside it), the run itself, windows over them."""

WINDOWS = (("/", "search", "Search the course"), ("ctrl+p", "palette", "Go to"), ("f1", "keys", "Keys of this screen"))


def measure() -> list[Figure]:
    """Return the bytes a second of every screen in two sizes while a network trains, and of a finished run."""
    figures: list[Figure] = []
    for size in SIZES:
        with trained() as (home, _), Terminal(learncurve(home), size=size) as terminal:
            figures += screens(terminal, "at {}x{}".format(*size))
    with trained() as (home, run), Terminal(learncurve(home, "watch", run), size=(120, 40)) as terminal:
        terminal.until("RUNNING", 90)
        figures.append(live(terminal, "run at 120x40", RUN, "LEET 0.31, two small charts: 2.0 KiB/s"))
        subprocess.run(learncurve(home, "stop", run), check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        written(terminal, SETTLED_SECONDS)
        still = written(terminal, WATCHED_SECONDS)
    return [*figures, Figure(name="the same when nothing changes", value=still, unit="bytes/s", budget=0)]


@contextmanager
def trained() -> Iterator[tuple[Path, str]]:
    """Train at 300 updates/s, an epoch in some seconds, and give the home and the run's name."""
    with tempfile.TemporaryDirectory() as folder:
        home = greeted(Path(folder, "home"))
        train = learncurve(home, "train", "mlp", *KNOBS, "--detach", "--json")
        said = subprocess.run(train, check=True, capture_output=True, text=True, cwd=ROOT)
        run = json.loads(said.stdout)["id"]
        try:
            yield home, run
        finally:
            subprocess.run(learncurve(home, "stop", run), capture_output=True, cwd=ROOT)  # it may have ended


def screens(terminal: Terminal, at: str) -> Iterator[Figure]:
    """Yield the figures of one size, screen by screen; the program has just been started."""
    terminal.until("Backpropagation", 90)
    terminal.until("epoch", 90)
    yield live(terminal, f"home {at}", HOME)
    for key, name, seen in WINDOWS:
        terminal.press(key)
        terminal.until(seen)
        yield live(terminal, f"{name} over home {at}", OVER)
        leave(terminal, "Learncurve")
    for name, seen in (("page", "read "), ("question", "Leave")):
        terminal.press("enter")
        terminal.until(seen)
        yield live(terminal, f"{name} {at}", READ)
    leave(terminal, "read ")
    terminal.press("/")
    terminal.until("Search the course")
    yield live(terminal, f"search over a page {at}", OVER)
    leave(terminal, "read ")
    leave(terminal, "Learncurve")
    for key, name, seen in (("l", "lab", "Lab:"), ("r", "list of runs", "Runs")):
        terminal.press(key)
        terminal.until(seen)
        yield live(terminal, f"{name} {at}", READ)
        leave(terminal, "Learncurve")
    terminal.press("f4")
    terminal.until("RUNNING")
    for number in range(1, PANELS + 1):
        if number > 1:
            terminal.press(str(number))
        terminal.until(f"[{number} ")
        yield live(terminal, f"run, panel {number} {at}", RUN)
    terminal.press("f1")
    terminal.until("Keys of this screen")
    yield live(terminal, f"keys over the run {at}", OVER)


def live(terminal: Terminal, name: str, budget: float, peer: str = "") -> Figure:
    """Return what the screen that is shown writes while the network trains."""
    written(terminal, SETTLED_SECONDS)
    return Figure(name=name, value=written(terminal, WATCHED_SECONDS) / 1024, unit="KiB/s", budget=budget, peer=peer)


def leave(terminal: Terminal, seen: str) -> None:
    """Go back to the screen whose top line says something."""
    terminal.press("esc")
    terminal.until(lambda text: seen in text.partition("\n")[0])


def written(terminal: Terminal, seconds: float) -> float:
    """Return the bytes a second that the program writes."""
    before, end = terminal.written, time.monotonic() + seconds
    while time.monotonic() < end:
        terminal.read(0.05)
    return (terminal.written - before) / seconds
