"""A chart keeps every extreme, says exact values, and repaints only what changed."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence

import pyte
import pytest
from rich.cells import cell_len
from textual.widgets import Static

from engine.reading.points import PointSeries
from engine.reading.series import Series
from tests.tui.board_app import BoardApp, Repaints, WritingApp, rows, settled
from tui.widgets.chart import Chart, ChartLine, Smoothed, Window
from tui.widgets.chart.description import highest, lowest

SIZE = (80, 24)


def falling(count: int, planned: int = 1000) -> list[float]:
    """Return a loss that falls from 2.3 and never repeats."""
    return [0.1 + 2.2 * math.exp(-5 * at / planned) for at in range(count)]


def raw(values: Sequence[float]) -> ChartLine:
    return ChartLine("raw", "train-raw", Series(values), "band")


def valid(xs: Sequence[float], ys: Sequence[float]) -> ChartLine:
    return ChartLine("valid.", "valid", PointSeries(tuple(xs), tuple(ys)), mark="+")


def dots(text: str) -> str:
    """Return text without its braille."""
    return "".join(" " if 0x2800 <= ord(sign) <= 0x28FF else sign for sign in text)


def test_importing_a_chart_loads_no_numpy() -> None:
    """The first frame must not pay for a chart that nobody sees yet."""
    code = "import sys, tui.widgets.chart, tui.widgets.sparkline; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


async def test_a_single_spike_among_a_million_samples_reaches_the_top() -> None:
    """A sample that is drawn by luck is a sample that is missed."""
    values = [0.5] * 1_000_000
    values[123_456] = 9.0
    chart = Chart([raw(values)], planned=1_000_000)
    async with BoardApp(chart).run_test(size=SIZE):
        shown = rows(chart)
        plot = chart._plot
        column = plot.x + Window(0, 1_000_000).column(123_457, 2 * plot.width) // 2
        drawn = [row[column] for row in shown[plot.y : plot.bottom]]
        bare = [row[column + 4] for row in shown[plot.y : plot.bottom]]
        assert sum(sign in "⡇⢸⣿⡄⢠⡆⢰" for sign in drawn) > plot.height * 0.75
        assert sum(sign in "⡇⢸⣿⡄⢠⡆⢰" for sign in bare) == 0


async def test_new_samples_repaint_the_columns_they_stand_in_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The rest of the chart stays as it is, since the axis spans what is planned."""
    chart = Chart([raw(falling(500))], planned=1000)
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await settled(pilot)
        repaints = Repaints(chart, monkeypatch)
        chart.lines = (raw(falling(520)),)
        await settled(pilot)
        plot, window = chart._plot, chart.seen
        first = plot.x + window.column(500, 2 * plot.width) // 2
        last = plot.x + window.column(520, 2 * plot.width) // 2
        assert repaints.cells
        assert {x for x, _ in repaints.cells} <= set(range(first - 1, last + 2))
        assert len(repaints.cells) < 20


async def test_nothing_is_repainted_where_nothing_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times a second the same picture is no news."""
    chart = Chart([raw(falling(500)), valid([0, 250], [2.3, 0.9])], planned=1000)
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await settled(pilot)
        repaints = Repaints(chart, monkeypatch)
        for _ in range(3):
            chart.lines = (raw(falling(500)), valid([0, 250], [2.3, 0.9]))
            await settled(pilot)
        assert repaints.asked == []


async def test_an_idle_chart_writes_no_byte_and_a_growing_one_few() -> None:
    """What the terminal gets is what a slow line must carry."""
    chart = Chart([raw(falling(500))], planned=1000)
    app = WritingApp(chart)
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await settled(pilot)
        whole = len(app.written())
        chart.lines = (raw(falling(500)),)
        await settled(pilot)
        assert app.written() == ""
        chart.lines = (raw(falling(510)),)
        await settled(pilot)
        assert 0 < len(app.written().encode()) < whole / 20


async def test_what_the_terminal_shows_after_many_small_updates_is_the_whole_chart() -> None:
    """Spans that are cut too tight would leave old dots behind."""
    screen = pyte.Screen(*SIZE)
    stream = pyte.Stream(screen)
    chart = Chart(planned=300, title="交叉熵损失", x_title="更新")
    app = WritingApp(chart)
    async with app.run_test(headless=False, size=SIZE) as pilot:
        await settled(pilot)
        noisy = [value * (1 + 0.3 * math.sin(17 * at)) for at, value in enumerate(falling(300, 300))]
        for count in range(10, 300, 23):
            chart.lines = (raw(noisy[:count]), valid([0, count], [2.3, noisy[count]]))
            if count % 2:
                await pilot.press("left")
            await settled(pilot)
            stream.feed(app.written())
            wide_blank = [row.replace("\0", "") for row in screen.display]
            assert [row.rstrip() for row in wide_blank] == [row.rstrip() for row in rows(chart)]


async def test_what_is_no_number_is_marked_at_the_top_where_it_stands() -> None:
    """A run that exploded must not look like a gap."""
    values = falling(500)
    values[300:310] = [math.nan] * 5 + [math.inf] * 5
    chart = Chart([raw(values)], planned=1000)
    async with BoardApp(chart).run_test(size=SIZE):
        plot = chart._plot
        top = rows(chart)[plot.y]
        marked = [at - plot.x for at, sign in enumerate(top) if sign == "!"]
        expected = {chart.seen.column(x, 2 * plot.width) // 2 for x in range(301, 311)}
        assert set(marked) == expected


async def test_zeros_and_negatives_are_marked_below_a_logarithmic_chart() -> None:
    """They have no logarithm, but they happened."""
    values = [1.0] * 100 + [0.0] * 100 + [-1.0] * 100 + [0.01] * 100
    chart = Chart([raw(values)], planned=400)
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await pilot.press("tab", "l")
        await settled(pilot)
        assert chart.logarithmic
        plot = chart._plot
        bottom = rows(chart)[plot.bottom - 1]
        marked = {at - plot.x for at, sign in enumerate(bottom) if sign == "v"}
        expected = {chart.seen.column(x, 2 * plot.width) // 2 for x in range(101, 301)}
        assert marked == expected
        labels = " ".join(dots(row[: plot.x]) for row in rows(chart)).split()
        assert {"1", "0.1", "0.01"} <= set(labels)


async def test_the_cursor_says_the_exact_value_of_every_line() -> None:
    """Of a sparse line the last point counts, with where it was measured."""
    values = falling(800)
    chart = Chart([raw(values), valid([0, 400], [2.31, 0.4567])], planned=1000)
    async with BoardApp(chart).run_test(size=(100, 24)) as pilot:
        chart.put_cursor(500)
        await settled(pilot)
        found = {reading.name: reading for reading in chart.readings()}
        assert found["raw"].value == values[499]
        assert (found["valid."].x, found["valid."].value) == (400, 0.4567)
        low, high = found["raw"].low, found["raw"].high
        assert low is not None
        assert high is not None
        inside = [x for x in range(1, 801) if chart.seen.column(x, 184) == chart.seen.column(500, 184)]
        assert (low, high) == (values[inside[-1] - 1], values[inside[0] - 1])
        header, axis = rows(chart)[0], rows(chart)[-1]
        assert f"{values[499]:.4f}" in header
        assert "0.4567 @400" in header
        assert "500" in axis


async def test_keys_move_the_cursor_over_every_column_and_tell_the_owner() -> None:
    """Left and right go by columns of dots; at close zoom by single updates."""
    moved: list[float | None] = []

    class Owner(BoardApp):
        def on_chart_cursor_moved(self, message: Chart.CursorMoved) -> None:
            moved.append(message.x)

    chart = Chart([raw(falling(800))], planned=1000)
    async with Owner(chart).run_test(size=SIZE) as pilot:
        await pilot.press("tab", "left", "left", "left")
        assert chart.cursor is not None
        columns = 2 * chart._plot.width
        assert chart.seen.column(800, columns) - chart.seen.column(chart.cursor, columns) == 2
        await pilot.press(*["z"] * 9)
        assert chart.window is not None
        assert chart.window.holds(chart.cursor)
        before = chart.cursor
        await pilot.press("right")
        assert chart.cursor == before + 1
        await pilot.press("home")
        assert chart.cursor == chart.window.first
        await pilot.press("left")
        assert chart.window.holds(chart.cursor)
        await pilot.press("a")
        assert [chart.window, chart.cursor] == [None, None]
        assert moved[0] == 800
        assert moved[-1] is None


async def test_a_click_puts_the_cursor_under_the_mouse_and_the_wheel_zooms() -> None:
    """What the mouse points at is what is meant."""
    chart = Chart([raw(falling(1000))], planned=1000)
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await settled(pilot)
        await pilot.click(chart, offset=(40, 10))
        plot = chart._plot
        assert chart.cursor is not None
        assert chart.seen.column(chart.cursor, 2 * plot.width) // 2 == 40 - plot.x
        width = chart.seen.width
        await pilot.press("z")
        assert chart.seen.width == pytest.approx(width / 2, abs=2)


async def test_a_zoomed_chart_follows_the_newest_sample_by_half_windows() -> None:
    """Moving with every sample would repaint everything all the time."""
    chart = Chart([raw(falling(500))], planned=1000)
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await pilot.press("tab", "z", "z")
        seen = [chart.seen]
        for count in range(510, 900, 10):
            chart.lines = (raw(falling(count)),)
            assert chart.seen.holds(count)
            if chart.seen != seen[-1]:
                seen.append(chart.seen)
        assert 2 <= len(seen) <= 6
        chart.window = Window(0, 100)
        chart.lines = (raw(falling(950)),)
        assert chart.window == Window(0, 100)


async def test_the_way_between_two_points_is_seen_where_neither_is_in_sight() -> None:
    """Zoomed in between two epochs there is a line, and no mark that nobody measured."""
    chart = Chart([valid([0, 1000], [2.0, 1.0])], planned=1000)
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        chart.window = Window(450, 550)
        chart.bounds = (0, 3)
        await settled(pilot)
        plot = chart._plot
        inside = [row[plot.x :] for row in rows(chart)[plot.y : plot.bottom]]
        style = chart.get_component_rich_style("chart--valid")
        drawn = sum(
            len(text.replace(" ", ""))
            for y in range(plot.y, plot.bottom)
            for text, ink, _ in chart.render_line(y)
            if ink == style
        )
        assert drawn == plot.width
        assert not any("+" in row for row in inside)


async def test_marks_stand_on_every_epoch_and_give_way_where_they_would_touch() -> None:
    """Ten marks help, a thousand are a bar."""
    few = Chart([valid(range(0, 1001, 100), [1 + x / 1000 for x in range(11)])], planned=1000)
    async with BoardApp(few).run_test(size=SIZE):
        assert sum(row.count("+") for row in rows(few)) == 11
    many = Chart([valid(range(1001), [1 + x / 1000 for x in range(1001)])], planned=1000)
    async with BoardApp(many).run_test(size=SIZE):
        assert sum(row.count("+") for row in rows(many)) == 0


async def test_tags_tell_runs_apart_without_colour() -> None:
    """Two runs that end at the same place have their letters below each other."""
    lines = [
        ChartLine(name, f"run-{at + 1}", Series([1.0 + 0.001 * at] * 50), tag=name) for at, name in enumerate("abc")
    ]
    chart = Chart(lines, planned=100)
    async with BoardApp(chart).run_test(size=SIZE):
        shown = rows(chart)
        plot = chart._plot
        assert all(sum(row[plot.x :].count(name) for row in shown[1:-1]) == 1 for name in "abc")


@pytest.mark.parametrize("size", [(80, 24), (41, 7), (24, 5), (12, 3), (3, 1)])
async def test_every_row_is_as_wide_as_the_chart_whatever_its_size_and_language(size: tuple[int, int]) -> None:
    """Chinese titles take two cells a letter; small charts drop their axes."""
    chart = Chart(
        [ChartLine("原始的训练损失", "train-raw", Series(falling(500)), "band"), valid([0, 400], [2.3, 0.5])],
        planned=1000,
        title="交叉熵损失（训练与验证）",
        x_title="次更新",
    )
    chart.styles.min_height = 1
    async with BoardApp(chart).run_test(size=size) as pilot:
        chart.put_cursor(300)
        await settled(pilot)
        assert [cell_len(row) for row in rows(chart)] == [size[0]] * size[1]


async def test_without_samples_there_are_axes_and_nothing_breaks() -> None:
    """A run has no loss before its first update."""
    chart = Chart([raw([]), valid([], [])], planned=1000, title="loss")
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await pilot.press("tab", "left", "z", "l", "a", "home")
        await settled(pilot)
        assert "loss" in rows(chart)[0]
        assert chart.cursor is None
        assert chart.readings() == []


async def test_a_chart_that_nobody_sees_is_not_drawn_and_catches_up_when_it_is_shown() -> None:
    """Six panels of a run cost as much as one."""
    chart = Chart([raw(falling(100))], planned=1000)

    class Hiding(BoardApp):
        def compose(self):  # type: ignore[no-untyped-def]
            yield Static("above")
            yield chart

    async with Hiding(chart).run_test(size=SIZE) as pilot:
        await settled(pilot)
        before = chart._grid
        chart.display = False
        await settled(pilot)
        chart.lines = (raw(falling(600)),)
        await settled(pilot)
        assert chart._grid is before
        chart.display = True
        await settled(pilot)
        assert chart._grid is not before
        assert rows(chart) == chart.draw(*chart.size).text()


async def test_a_change_of_theme_changes_every_colour() -> None:
    """Strips that were made before must not keep the old ones."""
    chart = Chart([raw(falling(500))], planned=1000, title="loss")
    app = BoardApp(chart)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        before = {segment.style for y in range(24) for segment in chart.render_line(y)}
        app.theme = "learncurve-light"
        await settled(pilot)
        after = {segment.style for y in range(24) for segment in chart.render_line(y)}
        assert not before & after


async def test_bands_can_be_hidden() -> None:
    """The smoothed line alone, for who wants calm."""
    series = Series([value * (1 + 0.5 * math.sin(at)) for at, value in enumerate(falling(500))])
    chart = Chart([ChartLine("raw", "train-raw", series, "band"), ChartLine("train", "train", Smoothed(series))])
    async with BoardApp(chart).run_test(size=SIZE) as pilot:
        await pilot.press("tab", "b")
        await settled(pilot)
        assert [entry.name for entry in chart.legend()] == ["train"]
        style = chart.get_component_rich_style("chart--train-raw")
        assert all(segment.style != style for y in range(24) for segment in chart.render_line(y))


async def test_a_legend_looks_like_the_lines() -> None:
    """Two cells, the theme's colour, and the newest value."""
    chart = Chart([raw(falling(10)), valid([0, 5], [2.3, 0.5])])
    async with BoardApp(chart).run_test(size=SIZE):
        entries = chart.legend()
        assert [(entry.name, entry.sample, entry.last) for entry in entries] == [
            ("raw", "⣿⣿", falling(10)[-1]),
            ("valid.", "⠒+", 0.5),
        ]


def test_text_says_start_extremes_and_end_with_their_updates() -> None:
    """For a screen reader the chart is a table."""
    values = falling(1000)
    values[700] = 0.01
    values[300] = 7.5
    values[400] = math.nan
    chart = Chart([raw(values), valid([0, 500], [2.31, 0.4])])

    def words(key: str, **found: object) -> str:
        return f"{key.partition('.')[2]}{found.get('count', '')}"

    text = chart.describe(words, [["轮", "loss"], ["1", "0.4"]])
    table, epochs = text.split("\n\n")
    head, line, _ = table.split("\n")
    assert head.split() == ["start", "lowest", "highest", "last"]
    assert line.split()[:7] == ["raw", "2.300", "@1", "0.01000", "@701", "7.500", "@301"]
    assert line.endswith("nonfinite1")
    assert [cell_len(row.partition("  ")[0]) for row in epochs.split("\n")] == [2, 1]


@pytest.mark.parametrize("count", [1, 2, 63, 64, 65, 5000, 123_457])
def test_extremes_are_found_wherever_they_are(count: int) -> None:
    """By narrowing columns, not by reading a million samples one by one."""
    values = [1.0] * count
    values[count // 3] = -2.0
    values[count // 2] = 3.0 if count > 2 else values[count // 2]
    series = Series(values)
    assert lowest(series) == (min(range(count), key=values.__getitem__) + 1, min(values))
    assert highest(series) == (max(range(count), key=values.__getitem__) + 1, max(values))
    assert lowest(Series()) is None


def test_a_smoothed_series_passes_on_what_is_no_number() -> None:
    """Its line breaks where the raw one does."""
    values = falling(100)
    values[50] = math.nan
    _, _, nonfinite = Smoothed(Series(values), 0.9).columns(0, 100, 100)
    assert nonfinite.sum() == 1
    assert math.isnan(Smoothed(Series(values), 0.9).at(51) or 0)
