"""Only what changed is painted, and all of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from tui.widgets.run.lines import Lines, spans
from tui.widgets.run.scroll import Scroll, folded, told

RED, BLUE = Style(color="red"), Style(color="blue")
CELLS = 12

rows = st.lists(st.tuples(st.sampled_from("ab 训1"), st.sampled_from([RED, BLUE])), max_size=CELLS)


def strip(row: list[tuple[str, Style]]) -> Strip:
    """Return a strip of exactly `CELLS` cells."""
    segments: list[Segment] = []
    used = 0
    for letter, style in row:
        if used + cell_len(letter) <= CELLS:
            segments.append(Segment(letter, style))
            used += cell_len(letter)
    return Strip([*segments, Segment(" " * (CELLS - used), RED)], CELLS)


def cells(row: Strip) -> list[tuple[str, Style | None]]:
    """Return each cell's letter and style; the second cell of a wide letter is empty."""
    found: list[tuple[str, Style | None]] = []
    for segment in row:
        for letter in segment.text:
            found += [(letter, segment.style), *[("", segment.style)] * (cell_len(letter) - 1)]
    return found


@given(rows, rows)
def test_painting_the_spans_of_the_new_over_the_old_gives_the_new(
    old: list[tuple[str, Style]], new: list[tuple[str, Style]]
) -> None:
    """Wide letters included: none is cut, none is left behind."""
    before, after = strip(old), strip(new)
    screen = cells(before)
    for region in spans(before, after, 0):
        screen[region.x : region.right] = cells(after)[region.x : region.right]
    assert screen == cells(after)


@given(rows)
def test_equal_lines_have_no_span(row: list[tuple[str, Style]]) -> None:
    """Nothing changed, nothing is painted."""
    assert spans(strip(row), strip(row), 0) == []


class Pane(App[None]):
    """Some lines."""

    def compose(self) -> ComposeResult:
        self.lines = Lines(id="lines")
        yield self.lines


async def test_lines_that_say_the_same_ask_for_no_repaint() -> None:
    """`put` may be called at every poll."""
    app = Pane()
    async with app.run_test(size=(40, 10)) as pilot:
        lines = app.lines
        lines.put([Content("train  0.382"), Content("valid  0.401")])
        await pilot.pause()
        lines.render_line(0)
        lines.put([Content("train  0.382"), Content("valid  0.401")])
        assert not lines._repaint_regions
        lines.put([Content("train  0.382"), Content("valid  0.409")])
        assert [tuple(region) for region in lines._repaint_regions] == [(11, 1, 1, 1)]


async def test_lines_are_as_high_as_what_they_say() -> None:
    """With a height of auto they grow and shrink."""
    app = Pane()
    async with app.run_test(size=(40, 10)) as pilot:
        for count in (1, 4, 2):
            app.lines.put([Content("x")] * count)
            await pilot.pause()
            assert app.lines.size.height == count


def test_folded_text_keeps_every_letter_and_its_indent() -> None:
    """A console is read as it was printed."""
    text = "    indented\n" + "训练" * 10 + "\n\nend"
    lines = folded(text, 7)
    assert all(cell_len(line) <= 7 for line in lines)
    assert "".join(lines) == text.replace("\n", "")
    assert lines[0].startswith("    ")


def test_what_is_told_breaks_where_a_reader_would() -> None:
    """No number is cut, no full stop begins a line; what fits stays as it is."""
    text = "  lr   0.1\n最高只到 1.57e-5，是 5e-5 的 32%。\n\nend"
    assert told(text, 15) == ["  lr   0.1", "最高只到", "1.57e-5，是", "5e-5 的 32%。", "", "end"]


class ScrollPane(App[None]):
    """A console."""

    def compose(self) -> ComposeResult:
        self.scroll = Scroll(follow=True)
        yield self.scroll


async def test_a_console_stays_at_its_end_until_the_learner_scrolls_back() -> None:
    """Then it stays where the learner reads."""
    app = ScrollPane()
    async with app.run_test(size=(40, 10)) as pilot:
        app.scroll.focus()
        app.scroll.put("\n".join(map(str, range(50))))
        await pilot.pause()
        assert app.scroll.scroll_y == app.scroll.max_scroll_y > 0
        app.scroll.put("\n".join(map(str, range(60))))
        await pilot.pause()
        assert app.scroll.scroll_y == app.scroll.max_scroll_y
        await pilot.press("home")
        await pilot.pause()
        app.scroll.put("\n".join(map(str, range(70))))
        await pilot.pause()
        assert app.scroll.scroll_y == 0
        assert app.scroll.virtual_size == Size(app.scroll.scrollable_content_region.width, 70)
