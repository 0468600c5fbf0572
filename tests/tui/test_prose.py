"""A page is read in one column: leaves, terms, code, places that outlive a change of width and language."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.events import MouseScrollDown
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Button

from content.course.markdown import read_page
from content.course.page import Page
from tests.terminal import Terminal
from tui.glyphs import ASCII, RICH
from tui.text.breaks import CLOSERS, OPENERS
from tui.text.span import plain
from tui.theme import DARK, LIGHT
from tui.widgets.block_layout import lay_out
from tui.widgets.block_sheet import Look, Place, Sheet
from tui.widgets.prose import Prose
from tui.words import Words

LIBRARY = Path(__file__).parents[2] / "content" / "library" / "large-models"
SLUGS = ("networks", "backprop", "losses", "optimisers", "mlp")

EN = """# Small page

```opening
What would you guess?
```

## First things {#first}

A [gradient](term:gradient) is a slope, and `loss.backward()` finds *all* of them. See [a paper](https://example.org/x).

```worked Two steps
a = 2
---
a * 3 = {=a*3}
```

> A remark that is **strong**.

| What | Count |
|---|---|
| weights | 100,352 |
| biases | 138 |

## Second things {#second}

- one [batch](term:batch)
- two

```figure A drawing
x ──▶ y
```

FILLER

```python train=raw
def f(x):
    return "# no remark"  # a remark
```

```train article
Watch it learn.
```

## Sources {#sources}

- A book.
"""

ZH = """# 小小一页

```opening
你猜会怎样？
```

## 开头 {#first}

[梯度](term:gradient)就是坡度，`loss.backward()` 一次求出*全部*坡度。参见[论文](https://example.org/x)。

```worked 走两步
a = 2
---
a * 3 = {=a*3}，乘起来
```

> 一句**要紧**的话。

| 项目 | 数目 |
|---|---|
| 权重 | 100,352 |
| 偏置 | 138 |

## 接下来 {#second}

- 一个[批次](term:batch)
- 两个

```figure 一张图
x ──▶ y
```

FILLER

```python train=raw
def f(x):
    return "# no remark"  # 一句说明
```

```train article
看它怎样学。
```

## 资料来源 {#sources}

- 一本书。
"""

FILLERS = {
    "en": "\n\n".join(f"Paragraph {n}: " + "words that go on and on, " * 12 for n in range(8)),
    "zh": "\n\n".join(f"第 {n} 段：" + "把责任一层一层往前分摊，" * 14 for n in range(8)),
}


def page(language: str = "en", text: str = "") -> Page:
    text = text or {"en": EN, "zh": ZH}[language].replace("FILLER", FILLERS[language])
    return read_page(text, slug="small", language=language, file="page.md")[0]


def real(slug: str, language: str) -> Page:
    text = (LIBRARY / slug / f"page.{language}.md").read_text(encoding="utf-8")
    return read_page(text, slug=slug, language=language, file="page.md")[0]


def sheet(shown: Page, width: int = 76, ascii_only: bool = False) -> Sheet:
    return lay_out(shown, width, Look(Words(shown.language), ASCII if ascii_only else RICH, shown.language))


def texts(laid: Sheet) -> list[str]:
    return [plain(row).rstrip() for row in laid.rows]


class Reader(App[None]):
    """Shows a page and remembers what was asked for."""

    BINDINGS = [Binding("enter", "note('enter')"), Binding("c", "note('c')"), Binding("t", "note('t')")]

    def __init__(self, shown: Page | None, place: Place | None = None) -> None:
        super().__init__()
        self.shown, self.begin = shown, place
        self.asked: list[Message] = []
        self.passed: list[str] = []
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = DARK.name
        self.animation_level = "none"

    def compose(self) -> ComposeResult:
        yield Prose(id="page")
        yield Button("other", id="other")

    def on_mount(self) -> None:
        self.prose.page = self.shown
        if self.begin is not None:
            self.prose.restore(self.begin)
        self.prose.focus()

    @property
    def prose(self) -> Prose:
        return self.query_one(Prose)

    def action_note(self, key: str) -> None:
        self.passed.append(key)

    def on_prose_term_chosen(self, message: Prose.TermChosen) -> None:
        self.asked.append(message)

    def on_prose_link_chosen(self, message: Prose.LinkChosen) -> None:
        self.asked.append(message)

    def on_prose_copy_requested(self, message: Prose.CopyRequested) -> None:
        self.asked.append(message)

    def on_prose_train_requested(self, message: Prose.TrainRequested) -> None:
        self.asked.append(message)

    def on_prose_place_changed(self, message: Prose.PlaceChanged) -> None:
        self.told = message

    def grid(self) -> list[str]:
        """Return what the rows of the page show."""
        prose = self.prose
        return [prose.render_line(y).text.rstrip() for y in range(prose.size.height)]


async def speak(pilot: Pilot[None], app: Reader, language: str) -> None:
    app.prose.words = Words(language)
    app.prose.page = page(language)
    await pilot.pause()


# -- what is drawn


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


# -- turning leaves


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


async def test_space_turns_to_the_first_block_that_was_cut_off() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        seen = app.grid()
        await pilot.press("space")
        top = app.grid()
        assert top[0] == ""
        assert top[1] == seen[app.prose._sheet.next_top(0, len(seen)) + 1]
        await pilot.press("b")
        assert app.grid() == seen


async def test_a_page_is_left_at_its_end_and_begun_at_its_start() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert app.prose.progress == 1.0
        assert any("A book." in row for row in app.grid())
        await pilot.press("home", "j", "j", "k")
        assert app.prose.scroll_offset.y == 1


async def test_the_place_and_the_anchor_are_told() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.prose.scroll_to_anchor("second")
        await pilot.pause()
        assert app.grid()[1].strip() == "Second things"
        assert app.told.anchor == "second"
        assert 0 < app.told.progress < 1
        assert not app.prose.scroll_to_anchor("nowhere")


# -- places


async def test_the_place_outlives_every_width() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        app.prose.scroll_to_anchor("second")
        await pilot.press("j", "j", "j", "j", "j")
        before, row = app.prose.place(), app.prose.scroll_offset.y
        for width in (120, 64, 100, 80):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert app.prose.place() == before
            assert app.prose._sheet.block_at(app.prose.scroll_offset.y) == before.block
        assert app.prose.scroll_offset.y == row


async def test_the_end_of_a_narrow_page_is_found_again_after_a_wide_one_that_stops_before_it() -> None:
    app = Reader(page())
    async with app.run_test(size=(50, 24)) as pilot:
        await pilot.press("end")
        row = app.prose.scroll_offset.y
        for width in (120, 50):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
        assert app.prose.scroll_offset.y == row


async def test_a_change_of_language_keeps_the_block_at_the_top() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        app.prose.scroll_to_anchor("second")
        await pilot.pause()
        block = app.prose.place().block
        await speak(pilot, app, "zh")
        assert app.grid()[1].strip() == "接下来"
        assert app.prose.place().block == block
        await speak(pilot, app, "en")
        assert app.grid()[1].strip() == "Second things"


async def test_a_kept_place_is_found_again_and_another_page_begins_at_its_top() -> None:
    place = sheet(page()).place(60)
    app = Reader(page(), place)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.prose.scroll_offset.y == 60
        app.prose.page = real("losses", "en")
        await pilot.pause()
        assert app.prose.scroll_offset.y == 0


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


# -- choosing


def said(messages: Iterable[Message]) -> list[object]:
    return [next(iter(vars(message).get(name) for name in NAMES if name in vars(message))) for message in messages]


NAMES = ("term_id", "address", "code", "preset")


async def test_tab_goes_from_term_to_term_and_enter_chooses() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.passed == ["enter"]
        await pilot.press("tab", "enter", "tab", "enter", "tab", "enter", "shift+tab", "enter")
        assert said(app.asked) == ["gradient", "https://example.org/x", "batch", "https://example.org/x"]
        assert app.passed == ["enter"]


async def test_the_marked_term_is_set_off_without_colour_too() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        marked = [
            segment
            for y in range(20)
            for segment in app.prose.render_line(y)
            if segment.style is not None and segment.style.reverse
        ]
        assert [segment.text for segment in marked] == ["gradient"]


async def test_after_the_last_target_tab_leaves_the_page() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*["tab"] * len(app.prose._sheet.targets))
        assert app.focused is app.prose
        assert app.prose.chosen is not None
        await pilot.press("tab")
        assert app.focused is app.query_one("#other")


async def test_a_mark_out_of_sight_does_nothing() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "end", "enter")
        assert app.asked == []
        assert app.passed == ["enter"]


async def test_code_is_copied_and_trained_when_it_is_on_the_screen() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "t")
        assert app.passed == ["c", "t"]
        await pilot.press("end", "c", "t")
        assert said(app.asked) == ['def f(x):\n    return "# no remark"  # a remark', "raw"]


async def test_the_marked_invitation_is_the_one_that_t_trains() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end", "shift+tab", "t", "enter")
        assert said(app.asked) == ["article", "article"]


async def test_a_click_chooses_a_term_and_a_click_beside_it_does_not() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, text in enumerate(app.grid()) if "gradient" in text)
        column = app.grid()[row].index("gradient")
        await pilot.click("#page", offset=(column - 1, row))
        assert app.asked == []
        await pilot.click("#page", offset=(column + 7, row))
        assert said(app.asked) == ["gradient"]


async def test_the_wheel_scrolls_and_the_bar_can_be_clicked() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], "#page", button=0)
        await pilot.pause()
        assert app.prose.scroll_offset.y > 0
        await pilot.click("#page", offset=(79, app.prose.size.height - 1))
        assert app.prose.progress == 1.0


async def test_the_mouse_selects_text_as_it_stands() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, text in enumerate(app.grid()) if "gradient" in text)
        column = app.grid()[row].index("gradient")
        await pilot.mouse_down("#page", offset=(column, row))
        await pilot.hover("#page", offset=(column + 8, row))
        await pilot.mouse_up("#page", offset=(column + 8, row))
        assert (app.screen.get_selected_text() or "").startswith("gradient")


# -- foreign text, odd terminals


async def test_escapes_and_markup_are_text() -> None:
    payload = "a\x1b]52;c;aGk=\x07b [@click=app.quit]quit[/] \x9b31m [red]red[/red]"
    text = f"# {payload}\n\n## {payload} {{#a}}\n\n{payload}\n\n- {payload}\n\n> {payload}\n\n"
    fences = "".join(f"```{kind}\n{payload}\n```\n\n" for kind in ("opening", "worked T", "figure F", "python"))
    app = Reader(page(text=text + fences))
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.pause()
        drawn = "\n".join(app.grid())
        assert "[@click=app.quit]quit[/]" in drawn
        assert "␛]52" in drawn
        assert not [sign for sign in drawn if unicodedata.category(sign) == "Cc" and sign != "\n"]
        metas = [s.style.meta for y in range(50) for s in app.prose.render_line(y) if s.style is not None]
        assert not [meta for meta in metas if "@click" in meta]


async def test_a_drawing_that_is_too_wide_is_reached_sideways() -> None:
    app = Reader(page(text="# T\n\n```figure F\n" + "x" * 60 + "END\n```\n"))
    async with app.run_test(size=(60, 24)) as pilot:
        assert any(row.endswith(">") for row in app.grid())
        assert not any("END" in row for row in app.grid())
        await pilot.press("right", "right")
        assert any("END" in row for row in app.grid())


async def test_an_empty_page_and_no_page_are_drawn_blank() -> None:
    for shown in (None, page(text="# T")):
        app = Reader(shown)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("space", "tab", "end", "home", "c")
            assert app.asked == []


async def test_the_light_theme_repaints_every_row() -> None:
    app = Reader(page())
    async with app.run_test(size=(80, 24)) as pilot:
        before = app.prose.render_line(3)._segments[-1].style
        app.theme = LIGHT.name
        await pilot.pause()
        after = app.prose.render_line(3)._segments[-1].style
        assert before is not None
        assert after is not None
        assert before.bgcolor != after.bgcolor


PROGRAM = """
import sys
from tests.tui.test_prose import Reader, real
class Counting(Reader):
    turns = 0
    def on_prose_place_changed(self, message):
        self.turns += 1
        self.query_one("#other").label = f"told {self.turns}"
Counting(real(sys.argv[1], sys.argv[2])).run()
"""


@pytest.mark.pty
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_turned_leaf_writes_at_most_eight_kibibytes(language: str) -> None:
    with Terminal([sys.executable, "-c", PROGRAM, "mlp", language]) as terminal:
        terminal.until("told 1")
        for turn in range(2, 12):
            before = terminal.written
            terminal.press(" ")
            terminal.until(f"told {turn}")
            assert terminal.written - before <= 8192, turn
