"""How long a start takes: home's first useful frame beside an empty Textual app; `--version`, `--help`."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.terminal import ROOT, Terminal, learncurve

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("an empty app")
Empty().run()
"""
ROUNDS = 9


def first_frame(command: list[str], wanted: str) -> float:
    """Return the seconds from the start of a program to a text on its screen."""
    begun = time.perf_counter()
    with Terminal(command) as terminal:
        while wanted not in terminal.text:
            if time.perf_counter() - begun > 60:
                raise AssertionError(terminal.text)
            terminal.read(0.002)
        return time.perf_counter() - begun


def cpu(command: list[str]) -> float:
    """Return the CPU milliseconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def greeted(home: Path) -> Path:
    """Return a home whose learner has seen the first start."""
    from content.memory.record import open_record

    home.mkdir(exist_ok=True)
    record = open_record(home / "record.sqlite").record
    record.keep_setting("interface", {"language": "en", "greeted": True})
    record.close()
    return home


def measure() -> list[Figure]:
    """Return the figures of starts; the two programs take turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = greeted(Path(folder, "home"))
        ours, empty = [], []
        first_frame(learncurve(home), "Backpropagation")
        for _ in range(ROUNDS):
            empty.append(first_frame([sys.executable, "-c", EMPTY], "an empty app"))
            ours.append(first_frame(learncurve(home), "Backpropagation"))
        ratio = statistics.median(one / other for one, other in zip(ours, empty, strict=True))
        peer = f"empty app {1000 * statistics.median(empty):.0f} ms, home {1000 * statistics.median(ours):.0f} ms"
        figures = [
            Figure(
                name="home's first useful frame, in empty Textual apps",
                value=ratio,
                unit="x",
                budget=2.0,
                peer=peer,
            )
        ]
        for word in ("--version", "--help"):
            spent = statistics.median(cpu([sys.executable, "-m", "tui", word]) for _ in range(ROUNDS))
            bare = statistics.median(cpu([sys.executable, "-c", "pass"]) for _ in range(ROUNDS))
            peer = f"python -c pass {bare:.0f} ms"
            figures.append(Figure(name=f"learncurve {word}", value=spent, unit="ms CPU", budget=100, peer=peer))
    return figures
