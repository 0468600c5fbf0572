"""The figures of `tests.bench.mlp`, in a process of its own: nothing else of the bench imports torch."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.bench.figure import Figure
from tests.terminal import ROOT


def measure() -> list[Figure]:
    """Return how fast the MLP trains beside the article's loop, and what streaming costs."""
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.mlp"], check=True, capture_output=True, text=True, cwd=ROOT
    )
    found = json.loads(said.stdout[said.stdout.index("{") :])
    return [
        Figure(
            name="MLP updates/s at one thread, every update streamed",
            value=found["times_the_article"],
            unit="x",
            budget=9,
            least=True,
            peer=f"the article's loop {found['article_us']:,.0f} us, ours {found['streamed_us']:,.0f} us an update",
        ),
        Figure(
            name="what streaming costs the training loop",
            value=found["streaming_percent"],
            unit="%",
            budget=2,
            peer=f"as the difference of two loops: {found['streaming_percent_between_loops']} %",
        ),
    ]
