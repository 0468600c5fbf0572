"""A confusion matrix shows what was taken for what, in colour and without."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.color import Color

from tests.tui.board_app import BoardApp, Repaints, rows, settled
from tui.glyphs import ASCII, RICH
from tui.widgets.canvas.tint import contrast
from tui.widgets.confusion import ConfusionMatrix
from tui.widgets.confusion_counts import confusions, percent
from tui.words import Words

DIGITS = [str(digit) for digit in range(10)]


def counts(size: int = 10) -> list[list[int]]:
    """Return a matrix in which 4 is often taken for 9 and 7 sometimes for 2."""
    matrix = [[90 if truth == guess else 0 for guess in range(size)] for truth in range(size)]
    matrix[0][1] = 1
    if size > 9:
        matrix[4][9] = 12
        matrix[7][2] = 5
    return matrix


def grounds(matrix: ConfusionMatrix, y: int) -> dict[int, Color]:
    """Return the ground of each cell of a row."""
    found, x = {}, 0
    for text, style, _ in matrix.render_line(y):
        for _ in range(cell_len(text)):
            if style and style.bgcolor:
                found[x] = Color.from_rich_color(style.bgcolor)
            x += 1
    return found


async def test_every_count_stands_in_its_row_and_column_and_zeros_stay_blank() -> None:
    """Rows are the truth, columns the guess."""
    matrix = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS)
    async with BoardApp(matrix).run_test(size=(80, 14)):
        shown = rows(matrix)
        assert shown[0].split()[-11:] == [*DIGITS, "right"]
        line = next(row for row in shown if "12" in row)
        assert line.split()[0] == "4"
        assert line.rstrip().endswith("88%")
        assert shown[0].index(" 9 ") + 1 == line.index("12") + 1
        assert "0 of 12" not in " ".join(shown)
        assert "900 of 918 right (98%)" in " ".join(shown)


@pytest.mark.parametrize(("glyphs", "marks"), [(RICH, "⠄⠤⠶⣿"), (ASCII, ".:*#")])
async def test_the_diagonal_and_the_frequent_confusions_are_told_without_colour(glyphs, marks) -> None:  # type: ignore[no-untyped-def]
    """A mark before each number, fuller where more was confused."""
    matrix = ConfusionMatrix(Words(), glyphs, matrix=counts(), names=DIGITS)
    async with BoardApp(matrix).run_test(size=(80, 14)):
        text = "\n".join(rows(matrix)[1:])
        assert text.count("\\ 90") == 10
        found = [text[text.index(number) - offset] for number, offset in (("12", 2), ("  1 ", 1))]
        assert [marks.index(mark) for mark in found] == [3, 0]
        assert glyphs is RICH or text.isascii()


@pytest.mark.parametrize("light", [False, True])
async def test_every_number_can_be_read_on_its_tint(light: bool) -> None:
    """4.5:1 in both themes, on every step of the heat."""
    matrix = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS)
    async with BoardApp(matrix, light=light).run_test(size=(80, 14)):
        for style in matrix.palette():
            assert style.color is not None
            assert style.bgcolor is not None
            ink, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            assert contrast(ink, ground) >= 4.5
        row = next(y for y, text in enumerate(rows(matrix)) if "12" in text)
        assert len(set(grounds(matrix, row).values())) == 3


async def test_with_16_colours_there_are_no_tints_that_would_swallow_a_number() -> None:
    """Sixteen colours have none between the ground and red."""
    matrix = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS)
    async with BoardApp(matrix, colours="standard").run_test(size=(80, 14)):
        tints = matrix.palette()[4:]
        assert len({style.bgcolor for style in tints}) == 1
        assert len({style.color for style in tints}) == 2


async def test_the_cursor_begins_at_the_worst_confusion_and_says_its_cell() -> None:
    """Arrows then move; the owner is told."""
    pointed: list[tuple[int, int]] = []

    class Owner(BoardApp):
        def on_confusion_matrix_pointed(self, message: ConfusionMatrix.Pointed) -> None:
            pointed.append((message.truth, message.guess))

    matrix = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS)
    async with Owner(matrix).run_test(size=(80, 14)) as pilot:
        await pilot.press("tab", "down")
        await settled(pilot)
        assert matrix.cursor == (4, 9)
        assert "4 read as 9: 12 of 102 (12%)" in " ".join(rows(matrix))
        await pilot.press("e", "e", "e", "up", "up", "left", "right", "right")
        assert pointed == [(4, 9), (7, 2), (0, 1), (4, 9), (3, 9), (2, 9), (2, 8), (2, 9), (2, 9)]


async def test_moving_the_cursor_repaints_two_cells_and_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not ten times ten of them."""
    matrix = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS)
    async with BoardApp(matrix).run_test(size=(80, 14)) as pilot:
        matrix.point(4, 9)
        await settled(pilot)
        repaints = Repaints(matrix, monkeypatch)
        matrix.point(4, 8)
        await settled(pilot)
        assert 0 < len(repaints.cells) < 50
        assert len({y for _, y in repaints.cells}) == 2


async def test_a_click_points_at_the_cell_under_the_mouse() -> None:
    """Wherever the plan has put it."""
    matrix = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS)
    async with BoardApp(matrix).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        y = next(y for y, text in enumerate(rows(matrix)) if "12" in text)
        await pilot.click(matrix, offset=(rows(matrix)[y].index("12"), y))
        assert matrix.cursor == (4, 9)


@pytest.mark.parametrize("size", [(80, 24), (54, 13), (40, 10), (20, 6), (9, 3)])
@pytest.mark.parametrize("classes", [3, 10, 30])
async def test_the_cell_under_the_cursor_is_in_sight_at_every_size(size: tuple[int, int], classes: int) -> None:
    """Large matrices show the part around the cursor, or no numbers but marks."""
    names = [f"类别{number}" for number in range(classes)]
    matrix = ConfusionMatrix(Words("zh"), matrix=counts(classes), names=names)
    async with BoardApp(matrix).run_test(size=size) as pilot:
        for truth, guess in ((0, 0), (classes - 1, classes - 1), (4 % classes, 9 % classes)):
            matrix.point(truth, guess)
            await settled(pilot)
            plan = matrix._plan(*matrix.size)
            assert truth in plan.rows
            assert guess in plan.columns
            assert [cell_len(row) for row in rows(matrix)] == [size[0]] * size[1]


async def test_without_counts_a_sentence_stands_there() -> None:
    """Before the first epoch there is nothing to confuse."""
    matrix = ConfusionMatrix(Words())
    async with BoardApp(matrix).run_test(size=(80, 14)) as pilot:
        await pilot.press("tab", "down", "e")
        await pilot.click(matrix, offset=(5, 5))
        assert rows(matrix)[-1].startswith("Nothing has been counted yet.")
        assert matrix.cursor is None


def test_text_has_the_table_and_the_most_frequent_confusions() -> None:
    """For a screen reader."""
    text = ConfusionMatrix(Words(), matrix=counts(), names=DIGITS[:8]).describe()
    table, said = text.split("\n\n")
    assert len(table.split("\n")) == 11
    assert "4 read as 9: 12 of 102 (12%)" in said
    assert confusions(counts()) == [(4, 9), (7, 2), (0, 1)]


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(0, 0, "-"), (0, 9, "0%"), (1, 1000, "0.1%"), (999, 1000, "99.9%"), (9, 9, "100%")]
)
def test_a_share_is_never_rounded_to_all_or_nothing(part: int, whole: int, text: str) -> None:
    """One mistake in a thousand is not 100 %."""
    assert percent(part, whole) == text
