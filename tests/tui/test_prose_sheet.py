"""Every block of a page becomes rows that keep to their column, in both languages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tui.prose_reader import SLUGS, page, real, sheet, texts
from tui.text.breaks import CLOSERS, OPENERS
from tui.text.span import plain
from tui.widgets.block_sheet import Place


def test_every_block_is_drawn_in_its_own_way() -> None:
    rows = texts(sheet(page()))
    assert rows[1] == "Small page"
    assert rows[3].startswith("╭─ ● Before you read ─")
    assert "│ a * 3 = 6" in "\n".join(rows)
    assert "▌ A remark that is strong." in rows
    assert "What        Count" in rows
    assert "weights   100,352" in rows
    assert "biases        138" in rows
    assert "• one batch" in rows
    assert any(row.startswith("── python ─") and row.endswith("c copy   t train exactly this ──") for row in rows)
    assert rows[rows.index("▌ Watch it learn.") + 1] == "▌ t train it now"


def test_sources_are_quiet_and_prose_is_not() -> None:
    laid = sheet(page())
    styles = {span.text: span.style for row in laid.rows for span in row}
    assert styles["A book."] == "muted"
    assert styles["all"] == "em"


def test_chinese_emphasis_is_bold_since_chinese_has_no_italics() -> None:
    styles = {span.text: span.style for row in sheet(page("zh")).rows for span in row}
    assert styles["全部"] == "strong"


def test_a_remark_in_code_is_told_from_a_string_that_looks_like_one() -> None:
    styles = {span.text: span.style for row in sheet(page()).rows for span in row}
    assert styles["# a remark"] == "block comment"
    assert styles['"# no remark"'] == "block string"
    assert styles["def"] == "block keyword"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("width", [56, 76])
def test_a_page_of_the_course_keeps_to_its_column(slug: str, language: str, width: int) -> None:
    shown = real(slug, language)
    laid = sheet(shown, width)
    for index, block in enumerate(shown.blocks):
        rows = [plain(row) for row in laid.rows[laid.tops[index] : laid.end(index)]]
        if type(block).__name__ in ("Figure", "Worked", "Code") and width < 76:
            continue  # what an author drew may be wider; the learner moves sideways
        assert all(cell_len(row) <= width for row in rows), (slug, block)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("width", [40, 60, 76])
def test_no_chinese_line_of_the_course_begins_or_ends_as_it_must_not(slug: str, width: int) -> None:
    shown = real(slug, "zh")
    laid = sheet(shown, width)
    for index, block in enumerate(shown.blocks):
        if type(block).__name__ != "Paragraph":
            continue
        rows = texts(laid)[laid.tops[index] : laid.end(index)]
        assert not [row for row in rows if row and (row[0] in CLOSERS)], rows
        assert not [row for row in rows[:-1] if row and (row[-1] in OPENERS)], rows


@pytest.mark.parametrize("language", ["en", "zh"])
def test_frames_close_on_the_right(language: str) -> None:
    rows = texts(sheet(page(language)))
    frames = [row for row in rows if row[:1] in "╭│╰"]
    assert len([row for row in frames if row]) == 6
    assert {cell_len(row) for row in frames if row} == {76}


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_ascii_no_sign_of_ambiguous_width_is_left(slug: str, language: str) -> None:
    left = {
        sign
        for row in texts(sheet(real(slug, language), ascii_only=True))
        for sign in row
        if unicodedata.east_asian_width(sign) == "A" and cell_len(sign) == 1
    }
    assert not left, left


@given(st.sampled_from(SLUGS), st.sampled_from(["en", "zh"]), st.integers(8, 60), st.integers(30, 76))
@settings(max_examples=30, deadline=None)
def test_turning_leaves_shows_every_row_both_ways(slug: str, language: str, height: int, width: int) -> None:
    laid = sheet(real(slug, language), width)
    end = max(len(laid.rows) - height, 0)
    top, turns = 0, 0
    while top < end:
        following = min(laid.next_top(top, height), end)
        assert top < following
        assert not any(laid.rows[top + height : following])
        top, turns = following, turns + 1
    assert turns <= 4 * len(laid.rows) // height
    while top > 0:
        before = max(laid.last_top(top, height), 0)
        assert top - height <= before < top
        top = before


@given(st.integers(0, 200), st.sampled_from(SLUGS))
@settings(max_examples=40, deadline=None)
def test_every_row_finds_itself_again(row: int, slug: str) -> None:
    laid = sheet(real(slug, "en"))
    row = min(row, len(laid.rows) - 1)
    assert laid.row(laid.place(row)) == row


def test_a_place_beyond_a_page_that_became_shorter_is_its_end() -> None:
    laid = sheet(page())
    assert laid.row(Place(999, 0)) == len(laid.rows)
    assert sheet(page(text="# Empty")).row(Place(3, 5)) == 0
