"""How long a keystroke of a search waits for its answer in a course of 500 pages and 10,000 questions."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from content.course.course import open_course
from content.search.finder import Finder
from tests.bench.big_course import marker, write
from tests.bench.figure import Figure
from tests.bench.starts import greeted
from tests.terminal import Terminal, learncurve

QUERIES = (
    "the encoder needs memory",
    "the a e of",
    "page that is nowhere",
    marker(123, 4),
    "注意力的编码器",
    "需要什么",
    "zhuyili",
    "yincbmq",
    "ssh",
    "ｔｈｅ ＤＥＣＯＤＥＲ",
)
"""Typed letter by letter: common and rare words of both languages, several at once, pinyin, nothing."""

ROUNDS = 3
QUIET_SECONDS = 0.08


def slowest(finder: Finder) -> tuple[float, str]:
    """Return the milliseconds of the slowest keystroke, each the best of some rounds, and what was typed by then."""
    found = (0.0, "")
    for query in QUERIES:
        for length in range(1, len(query) + 1):
            for language in ("en", "zh"):
                took = []
                for _ in range(ROUNDS):
                    begun = time.perf_counter()
                    finder.find(query[:length], language)
                    took.append(1000 * (time.perf_counter() - begun))
                found = max(found, (min(took), query[:length]))
    return found


Answer = tuple[float, int]
"""Milliseconds from a key to the last byte that it brought, and how many bytes it brought."""


def waits(terminal: Terminal, query: str) -> list[Answer]:
    """Return what each key brought; it is drawn once all of it has come."""
    found = []
    draw = terminal.stream.feed
    for letter in query:
        terminal.settle(QUIET_SECONDS)
        come: list[bytes] = []
        vars(terminal.stream)["feed"] = come.append
        begun = last = time.perf_counter()
        terminal.process.send(letter)
        while terminal.read(QUIET_SECONDS):
            last = time.perf_counter()
        del vars(terminal.stream)["feed"]
        draw(b"".join(come))
        found.append((1000 * (last - begun), sum(map(len, come))))
    return found


def searched(terminal: Terminal, query: str) -> list[Answer]:
    """Return what each key of a query brought, typed into a new search."""
    terminal.until("Learncurve")
    terminal.press("/")
    terminal.until("Search the course")
    terminal.until_gone("reading the course")
    found = waits(terminal, query)
    terminal.press("esc")
    terminal.until_gone("Search the course")
    return found


def spread(values: Iterable[float]) -> tuple[float, float]:
    """Return the median, and the value that a tenth exceeds."""
    kept = list(values)
    return statistics.median(kept), statistics.quantiles(kept, n=10)[-1]


def measure() -> list[Figure]:
    """Return the figures of a search: the finding alone, and the whole way in a real terminal."""
    with tempfile.TemporaryDirectory() as folder:
        root, home = write(Path(folder, "course")), greeted(Path(folder, "home"))
        cache = home / "cache"
        index = open_course(root, cache=cache).index
        begun = time.perf_counter()
        Finder(root, index, cache).load()
        made = time.perf_counter() - begun
        begun = time.perf_counter()
        finder = Finder(root, index, cache)
        finder.load()
        loaded = 1000 * (time.perf_counter() - begun)
        worst, query = slowest(finder)
        large: list[Answer] = []
        small: list[Answer] = []
        big, bundled = learncurve(home, "--course", str(root)), learncurve(home)
        with Terminal(big) as first, Terminal(bundled) as second:
            for each in QUERIES:
                large += searched(first, each)
                small += searched(second, each)
    middle, nine = spread(wait for wait, _ in large)
    usual, calm = spread(wait for wait, _ in small)
    peer = f"median {middle:.0f} ms; bundled course median {usual:.0f}, p90 {calm:.0f}"
    bytes_middle, bytes_nine = spread(count / 1024 for _, count in large + small)
    return [
        Figure(name="slowest keystroke of a search, finding alone", value=worst, unit="ms", budget=50, peer=query),
        Figure(name="a keystroke of a search to its answer, p90", value=nine, unit="ms", budget=50, peer=peer),
        Figure(
            name="what a keystroke of a search writes, p90",
            value=bytes_nine,
            unit="KiB",
            budget=8,
            peer=f"median {bytes_middle:.1f} KiB",
        ),
        Figure(name="the words of a large course, read again", value=loaded, unit="ms", budget=1500),
        Figure(name="the words of a large course, gathered once", value=made, unit="s", budget=60),
    ]
