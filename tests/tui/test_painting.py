"""What is written to the terminal: the cells that changed, all of them, in few bytes."""

from __future__ import annotations

import io
from typing import Any

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from tui.painting.look import cells_of
from tui.painting.shown import Shown

CELLS, ROWS = 14, 2
CONSOLE = Console(file=io.StringIO(), force_terminal=True, color_system="truecolor")
STYLES = [
    Style(color="#d7dde5", bgcolor="#12161c"),
    Style(color="#6cb6ff", bgcolor="#12161c"),
    Style(color="#6cb6ff", bgcolor="#12161c", bold=True),
    Style(color="#6cb6ff", reverse=True),
    Style(color="#d7dde5", underline=True),
    Style(italic=True),
    Style(),
]

letters = st.lists(st.tuples(st.sampled_from("ab⣿ 训"), st.sampled_from(STYLES)), max_size=CELLS)
paintings = st.lists(letters, min_size=ROWS, max_size=ROWS)


def strip(row: list[tuple[str, Style]]) -> Strip:
    """Return a strip of exactly `CELLS` cells."""
    segments: list[Segment] = []
    used = 0
    for letter, style in row:
        if used + cell_len(letter) <= CELLS:
            segments.append(Segment(letter, style))
            used += cell_len(letter)
    return Strip([*segments, Segment(" " * (CELLS - used), STYLES[0])], CELLS)


def whole(rows: list[list[tuple[str, Style]]]) -> LayoutUpdate:
    """Return a painting of the whole screen."""
    return LayoutUpdate([[strip(row)] for row in rows], Region(0, 0, CELLS, ROWS))


def spans(rows: list[Strip], *spans: tuple[int, int, int]) -> ChopsUpdate:
    """Return a painting of some spans: row, first column, column behind the last."""
    return ChopsUpdate([{0: row} for row in rows], list(spans), [[CELLS]] * len(rows))


def everything(rows: list[list[tuple[str, Style]]]) -> ChopsUpdate:
    """Return a painting of all that the screen has, as widgets that are painted anew."""
    return spans([strip(row) for row in rows], *((y, 0, CELLS) for y in range(ROWS)))


def terminal() -> tuple[Any, Any]:
    """Return a terminal's screen and what feeds it."""
    screen = pyte.Screen(CELLS, ROWS)
    return screen, pyte.Stream(screen)


def seen(screen: Any) -> list[list[object]]:
    """Return the letters and looks of a terminal's cells, of blanks what can be seen of them."""
    cells = [[screen.buffer[y][x] for x in range(CELLS)] for y in range(ROWS)]
    return [[_as_seen(cell) for cell in row] for row in cells]


def _as_seen(cell: Any) -> object:
    if cell.data == " " and not (cell.reverse or cell.underscore):
        return cell._replace(fg="default", bold=False, italics=False)
    return cell


@given(st.lists(paintings, min_size=2, max_size=4))
def test_a_terminal_that_is_told_of_changes_alone_shows_what_one_shows_that_is_told_all(
    pictures: list[list[list[tuple[str, Style]]]],
) -> None:
    """Letters and colours, wide letters that come and go and move by a cell."""
    screen, stream = terminal()
    shown = Shown()
    stream.feed(shown.write(whole(pictures[0]), CONSOLE))
    for picture in pictures[1:]:
        stream.feed(shown.write(everything(picture), CONSOLE))
        told, all_of_it = terminal()
        all_of_it.feed(whole(picture).render_segments(CONSOLE).replace("\n", "\r\n"))
        assert seen(screen) == seen(told)


@given(paintings)
def test_what_is_shown_already_is_not_written(picture: list[list[tuple[str, Style]]]) -> None:
    """A widget that is painted anew though nothing changed costs no byte; a whole screen heals what others wrote."""
    shown = Shown()
    first = shown.write(whole(picture), CONSOLE)
    assert shown.write(everything(picture), CONSOLE) == ""
    assert shown.write(whole(picture), CONSOLE) == first != ""


def test_what_was_never_written_is_not_taken_for_shown() -> None:
    """Before the first whole screen, every cell of a span is written."""
    row = Strip([Segment(" " * CELLS)], CELLS)
    assert Shown().write(spans([row], (0, 0, CELLS)), CONSOLE).endswith(" " * CELLS)


def test_only_what_changed_within_a_span_is_written() -> None:
    """One digit of a figure, at its place."""
    shown = Shown()
    row = [Strip([Segment("train loss ", STYLES[0]), Segment(figure, STYLES[1])], CELLS) for figure in ("382", "389")]
    shown.write(spans([row[0]], (0, 0, CELLS)), CONSOLE)
    written = shown.write(spans([row[1]], (0, 0, CELLS)), CONSOLE)
    assert written.startswith("\x1b[1;14H")
    assert [letter for letter in written if letter in "train loss389"][-1] == "9"
    assert "38;2;108;182;255" in written
    assert len(written) < 60


def test_a_colour_that_stays_is_said_once_and_a_small_gap_is_written_over() -> None:
    """A jump has about four bytes, a colour about thirty."""
    shown = Shown()
    before, after = (Strip([Segment(text, STYLES[0])], CELLS) for text in ("abcdefghijklmn", "AbcDefghijklmN"))
    shown.write(spans([before], (0, 0, CELLS)), CONSOLE)
    written = shown.write(spans([after], (0, 0, CELLS)), CONSOLE)
    assert written == "\x1b[1;1H\x1b[38;2;215;221;229;48;2;18;22;28mAbcD\x1b[14GN\x1b[0m"


def test_a_blank_has_no_colour_but_its_ground() -> None:
    """The words of a line are written without telling the terminal of the blanks between them."""
    shown = Shown()
    words = [Segment("ab", STYLES[0]), Segment("  ", STYLES[1]), Segment("cd", STYLES[0]), Segment(" " * 8, STYLES[2])]
    written = shown.write(spans([Strip(words, CELLS)], (0, 0, CELLS)), CONSOLE)
    assert written == f"\x1b[1;1H\x1b[38;2;215;221;229;48;2;18;22;28mab  cd{' ' * 8}\x1b[0m"
    recoloured = [Segment("ab  cd", STYLES[0]), Segment(" " * 8, STYLES[0])]
    assert shown.write(spans([Strip(recoloured, CELLS)], (0, 0, CELLS)), CONSOLE) == ""


def test_what_a_click_does_is_no_change_of_what_is_seen() -> None:
    """Textual marks each segment with where it stands."""
    shown = Shown()
    for place in range(2):
        row = Strip([Segment("a" * CELLS, STYLES[0] + Style(meta={"offset": (place, 0)}))], CELLS)
        written = shown.write(spans([row], (0, 0, CELLS)), CONSOLE)
    assert written == ""


def test_a_link_is_opened_before_its_letters_and_closed_behind_them() -> None:
    """An open one would swallow all that is written after it."""
    row = Strip([Segment("see "), Segment("there", Style(link="https://example.org")), Segment(" " * 5)], CELLS)
    written = Shown().write(spans([row], (0, 0, CELLS)), CONSOLE)
    opened, _, rest = written.partition("there")
    assert opened.endswith(";https://example.org\x1b\\")
    assert rest.startswith("\x1b]8;;\x1b\\")


def test_letters_that_do_not_add_up_are_written_as_textual_would() -> None:
    """A strip whose letters are measured together may have another width than they have one by one."""
    odd = Strip([Segment("a👩\u200d💻b", STYLES[0])], 4)
    assert cells_of(odd, ColorSystem.TRUECOLOR) is None
    shown = Shown()
    for _ in range(2):
        written = shown.write(ChopsUpdate([{0: odd}], [(0, 0, 4)], [[4]]), CONSOLE)
        assert "👩\u200d💻" in written


def test_marks_stay_with_their_letters() -> None:
    """A letter with an accent of its own is one cell."""
    found = cells_of(Strip([Segment("e\u0301训\u0301x")], 4), ColorSystem.TRUECOLOR)
    assert found is not None
    assert [letter for letter, _ in found] == ["e\u0301", "训\u0301", "", "x"]
