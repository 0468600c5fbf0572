"""How long a large course takes to open, beside the one that comes along."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from content.course.course import bundled, open_course
from tests.bench.big_course import ITEMS, PAGES, title, write
from tests.bench.figure import Figure
from tests.bench.starts import first_frame, greeted
from tests.terminal import learncurve

ROUNDS = 9


def measure() -> list[Figure]:
    """Return the figures of opening; the two courses take turns."""
    with tempfile.TemporaryDirectory() as folder:
        home, big = greeted(Path(folder, "home")), write(Path(folder, "big"))
        theirs, ours = learncurve(home, "--course", str(big)), learncurve(home)
        begun = time.perf_counter()
        open_course(big, cache=home / "cache")
        indexed = time.perf_counter() - begun
        time.sleep(3)  # a course that has just been written is read, not trusted by its times
        known, here = title(0)[0], open_course(bundled()).sections[0].title.say("en")
        first_frame(theirs, known)
        first_frame(ours, here)
        large, small = [], []
        for _ in range(ROUNDS):
            small.append(first_frame(ours, here))
            large.append(first_frame(theirs, known))
    ratio = statistics.median(one / other for one, other in zip(large, small, strict=True))
    peer = f"bundled {1000 * statistics.median(small):.0f} ms, large {1000 * statistics.median(large):.0f} ms"
    name = f"home of a course of {PAGES} pages and {ITEMS:,} questions"
    return [
        Figure(name=name, value=ratio, unit="x", budget=1.5, peer=peer),
        Figure(name="the same course read for the first time", value=indexed, unit="s", budget=15),
    ]
