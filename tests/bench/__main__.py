"""Measures what the project promises, each figure beside its peer in one run.

    python -m tests.bench              all of it, a few minutes
    python -m tests.bench chart mlp    only these

Prints a table and keeps the figures as JSON in tests/bench/results/. A figure over its budget is marked; the
status is 1 then. Machines are noisy: run it on an idle one, and compare ratios rather than milliseconds.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from tests.bench.figure import Figure

PARTS = (
    "starts",
    "pages",
    "courses",
    "search",
    "chart",
    "long_run",
    "training",
    "bert",
    "keys",
    "line",
    "asks",
    "record",
)
RESULTS = Path(__file__).parent / "results"


def main(wanted: list[str]) -> int:
    """Measure the parts and report them."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    figures: list[Figure] = []
    for name in wanted or PARTS:
        print(f"... {name}", file=sys.stderr, flush=True)
        measure: Callable[[], list[Figure]] = import_module(f"tests.bench.{name}").measure
        figures += measure()
    for figure in figures:
        print(figure.line())
    RESULTS.mkdir(exist_ok=True)
    kept = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()} {platform.system()} Python {platform.python_version()}",
        "figures": [figure.plain() for figure in figures],
    }
    file = RESULTS / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"kept in {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}")
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
