"""A run of a million updates: from its folder to a drawn chart."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure

UPDATES = 1_000_000


def measure() -> list[Figure]:
    """Return how long it takes to read, fold and draw a long run, numpy's import included."""
    from engine.reading.follow import Follower
    from tests.bench.chart import drawn_once
    from tests.fakes import scripted_run

    with tempfile.TemporaryDirectory() as folder:
        run = scripted_run(Path(folder), updates=UPDATES, epochs=10)
        size = run.events_file.stat().st_size
        begun = time.perf_counter()
        follower = Follower(run)
        follower.poll(60.0)
        read = time.perf_counter() - begun
        drawn_once(follower.progress.losses)
        whole = time.perf_counter() - begun
        assert len(follower.progress.losses) == UPDATES
    peer = f"reading {read:.2f} s of {size / 1e6:.0f} MB; LEET 0.31: 10.6 s for 200,000 updates"
    return [Figure(name="a run of 1,000,000 updates, opened to a drawn chart", value=whole, unit="s", budget=1.0, peer=peer)]
