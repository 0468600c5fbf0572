"""A long record: 200,000 answers to 10,000 questions; home, an answer saved, statistics, what is due."""

from __future__ import annotations

import statistics as figures
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from content.course.course import Course, open_course
from content.memory.clock import stamp
from content.memory.entry import WRITE, Entry, Given, to_row
from content.memory.record import Record, open_record
from content.memory.statistics import statistics
from tests.bench.big_course import write as write_course
from tests.bench.figure import Figure
from tests.bench.starts import cpu, first_frame, greeted
from tests.terminal import learncurve
from tui.learner import grown, keys_of, standing

ANSWERS = 200_000
DAYS = 400
SAVES = 200
ROUNDS = 5


def measure() -> list[Figure]:
    """Return the figures of a record that has seen a year."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "course")
        write_course(root)
        course = open_course(root, cache=Path(folder, "cache"))
        full, empty = greeted(Path(folder, "full")), greeted(Path(folder, "empty"))
        record = open_record(full / "record.sqlite").record
        fill(record, course)
        began = time.perf_counter()
        record.refresh()
        print(f"... {ANSWERS} answers derived in {time.perf_counter() - began:.1f} s", file=sys.stderr, flush=True)
        grown(course, record)
        said = [*inside(record, course), home(full, empty, root)]
        record.close()
        bare = figures.median(cpu([sys.executable, "-c", "pass"]) for _ in range(ROUNDS))
        words = [sys.executable, "-m", "tui", "--home", str(full), "--course", str(root), "due"]
        spent = figures.median(cpu(words) for _ in range(ROUNDS))
    return [*said, Figure(name="learncurve due", value=spent, unit="ms CPU", budget=150, peer=f"pass {bare:.0f} ms")]


def inside(record: Record, course: Course) -> list[Figure]:
    """Return what a save, the statistics and the standing take in an open record."""
    saves, shown, stands = [], [], []
    for number in range(SAVES):
        began = time.perf_counter()
        record.save(given(f"i{number}", number))
        saves.append(time.perf_counter() - began)
    keys = [key for slug in course.slugs for key in keys_of(course, slug)]
    for _ in range(ROUNDS):
        began = time.perf_counter()
        statistics(record, course.id, keys)
        shown.append(time.perf_counter() - began)
        began = time.perf_counter()
        standing(course, record)
        stands.append(time.perf_counter() - began)
    peer = f"standing {1000 * figures.median(stands):.0f} ms"
    saved = 1000 * figures.quantiles(saves, n=10)[-1]
    return [
        Figure(name="an answer saved, p90", value=saved, unit="ms", budget=10, peer="one fsync of the log in it"),
        Figure(name="statistics", value=1000 * figures.median(shown), unit="ms", budget=300, peer=peer),
    ]


def home(full: Path, empty: Path, root: Path) -> Figure:
    """Return how home with a full record compares with home with an empty one."""
    words = ["--course", str(root)]
    title = "A big course"
    for each in (full, empty):
        first_frame([*learncurve(each), *words], title)
    pairs = [[first_frame([*learncurve(each), *words], title) for each in (full, empty)] for _ in range(ROUNDS)]
    ratio = figures.median(one / other for one, other in pairs)
    peer = f"empty record {1000 * figures.median(other for _, other in pairs):.0f} ms"
    return Figure(
        name="home with a full record, in homes with an empty one", value=ratio, unit="x", budget=1.3, peer=peer
    )


def fill(record: Record, course: Course) -> None:
    """Write a year of answers straight into the log."""
    keys = [key for slug in course.slugs for key in keys_of(course, slug)]
    start = datetime.now(UTC) - timedelta(days=DAYS)
    each = timedelta(days=DAYS) / ANSWERS
    with record.store.writing() as connection:
        connection.executemany(
            WRITE, (to_row(entry(course.id, *keys[n % len(keys)], n, start + n * each)) for n in range(ANSWERS))
        )


def entry(course: str, item: str, revision: int, number: int, at: datetime) -> Entry:
    """Return the answer of a number; three of four are right."""
    right = number % 4 != 1
    return Entry(
        course=course,
        item=item,
        revision=revision,
        language="en",
        answer='{"type":"chosen","option":"a"}',
        credit=float(right),
        right=right,
        confidence=1 + number % 3,
        seconds=12.0,
        slips=() if right else ("slip-1",),
        uuid=f"{number:036d}",
        time=stamp(at),
    )


def given(item: str, number: int) -> Given:
    """Return an answer of now."""
    return Given(
        course="big",
        item=item,
        revision=1,
        language="en",
        answer='{"type":"chosen","option":"a"}',
        credit=1.0,
        right=True,
        confidence=3,
        seconds=float(number),
    )
