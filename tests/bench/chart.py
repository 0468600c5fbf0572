"""What the chart costs: milliseconds to draw, bytes to keep up to date.

The peer is plotext where it is installed (`pip install plotext`); it draws every sample, so it gets 100k of them.
"""

from __future__ import annotations

import asyncio
import math
import statistics
import time
from collections.abc import Callable
from importlib.util import find_spec

from rich.style import Style

from engine.reading.points import PointSeries
from engine.reading.series import Series
from tests.bench.figure import Figure
from tests.tui.board_app import WritingApp, settled
from tui.widgets.canvas.grid import Palette
from tui.widgets.chart import Chart, ChartLine, Smoothed, Window
from tui.widgets.chart.drawing import Frame, draw
from tui.widgets.chart.ink import NAMES

COLUMNS, ROWS = 160, 45
ROUNDS = 21
PLANNED = 9380
"""Updates of ten epochs of MNIST."""

HERTZ, UPDATES_PER_SECOND = 4, 300
PEER_SAMPLES = 100_000


def measure() -> list[Figure]:
    """Return the figures of the chart."""
    figures = []
    for count, name, budget in ((100_000, "100k", 5.0), (1_000_000, "1M", 15.0)):
        one, other = losses(count, 5), losses(count, 4)
        pair = (ChartLine("one", "train-raw", one, "band"), ChartLine("other", "valid", other))
        three = (
            pair[0],
            ChartLine("smooth", "train", Smoothed(one)),
            ChartLine("valid", "valid", epochs(count), mark="+"),
        )
        peer = plotext_milliseconds([one, other]) if count == PEER_SAMPLES else ""
        figures += [
            Figure(
                name=f"two series at 160x45, {name} each", value=drawn(pair, count), unit="ms", budget=budget, peer=peer
            ),
            Figure(name=f"raw, smoothed and validation, {name}", value=drawn(three, count), unit="ms", budget=budget),
        ]
    live, whole, still = asyncio.run(written())
    per_second = HERTZ * live / 1024
    peer = f"painting all of it: {HERTZ * whole / 1024:.1f} KiB/s"
    return [
        *figures,
        Figure(name="chart at 120x40, 4 Hz, 300 updates/s", value=per_second, unit="KiB/s", budget=3, peer=peer),
        Figure(name="the same when nothing changes", value=still, unit="bytes", budget=0),
    ]


def losses(count: int, speed: float) -> Series:
    """Return a noisy loss that falls, the same each time."""
    noise = (0.25 * math.sin(12.9898 * at) * math.sin(78.233 * at) for at in range(count))
    return Series((0.1 + 2.2 * math.exp(-speed * at / count)) * (1 + part) for at, part in enumerate(noise))


def epochs(count: int) -> PointSeries:
    """Return eleven points of validation."""
    return PointSeries(tuple(count * at / 10 for at in range(11)), tuple(2.3 / (1 + at) for at in range(11)))


def milliseconds(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of an act, which is done once before."""
    act()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times)


def drawn(lines: tuple[ChartLine, ...], count: int) -> float:
    """Return the milliseconds from the series to every row as Textual takes it."""
    frame = Frame(COLUMNS, ROWS, lines, Window(0, count))
    palette = Palette([Style(color=f"color({number + 1})") for number in range(len(NAMES))])

    def act() -> None:
        grid = draw(frame, None).grid
        for row in range(ROWS):
            grid.strip(row, palette)

    return milliseconds(act)


def plotext_milliseconds(series: list[Series]) -> str:
    """Return what plotext takes for the same, "" where it is not installed."""
    if find_spec("plotext") is None:
        return "plotext is not installed"
    import plotext  # type: ignore[import-not-found, unused-ignore]

    lists = [list(each.samples()) for each in series]

    def act() -> None:
        plotext.clear_figure()
        plotext.plotsize(COLUMNS, ROWS)
        for values in lists:
            plotext.plot(values, marker="braille")
        plotext.build()

    return f"plotext {plotext.__version__}: {milliseconds(act, 1):,.0f} ms"


async def written() -> tuple[float, int, int]:
    """Return the bytes of an update of a growing chart, of painting all of it, and of no news."""
    series = losses(PLANNED, 5)
    chart = Chart(planned=PLANNED, title="loss", x_title="updates")
    app = WritingApp(chart)

    def lines(count: int) -> tuple[ChartLine, ...]:
        known = series.cut(count)
        points = [(x, y) for x, y in zip(epochs(PLANNED).xs, epochs(PLANNED).ys, strict=True) if x <= count]
        xs, ys = zip(*points, strict=True)
        return (
            ChartLine("raw", "train-raw", known, "band"),
            ChartLine("train", "train", Smoothed(known)),
            ChartLine("valid", "valid", PointSeries(xs, ys), mark="+"),
        )

    async with app.run_test(headless=False, size=(120, 40)) as pilot:
        counts = range(PLANNED // 4, PLANNED, UPDATES_PER_SECOND // HERTZ)
        chart.lines = lines(counts[0])
        await settled(pilot)
        app.written()
        for count in counts[1:]:
            chart.lines = lines(count)
            await settled(pilot)
        live = len(app.written().encode()) / (len(counts) - 1)
        chart.lines = lines(counts[-1])
        await settled(pilot)
        still = len(app.written().encode())
        chart.refresh()
        await settled(pilot)
        return live, len(app.written().encode()), still
