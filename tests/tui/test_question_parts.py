"""The parts of a question by themselves: rows that are reserved, foreign text, orders, room."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.content import Content
from textual.geometry import Offset

from content.course.order import Order, Rule
from content.course.text import Text
from content.quiz.answer import Answer, Chosen, Filled, Judged, Marked, Matched, Ordered, Spotted, Typed, Written
from content.quiz.posed import Posed
from content.quiz.shuffle import obeys
from tests.tui.app_on import app_on, shown
from tests.tui.calm import settled
from tests.tui.question_course import ITEMS, TYPES, asking, small_course
from tests.tui.test_question_types import answer, press
from tui.glyphs import ASCII, RICH
from tui.text.cells import cells
from tui.theme import DARK
from tui.widgets.question.draft import Draft
from tui.widgets.question.drawing import draw
from tui.widgets.question.faces import face
from tui.widgets.question.fields import LineField, ProseField
from tui.widgets.question.layout import room
from tui.widgets.question.nearest import nearest, staying
from tui.widgets.question.notes import Note, draw_notes
from tui.widgets.question.passage import lines
from tui.widgets.question.row import Row
from tui.widgets.run_strip import StripLine
from tui.words import Words

ANSWERS: dict[str, Answer] = {
    "choice": Chosen("log-base"),
    "multiple": Marked(("red", "loud")),
    "truth": Judged(True, "cold"),
    "number": Typed("12"),
    "order": Ordered(("back", "zero", "loss", "step")),
    "bug": Spotted("p = torch.softmax(net(x), dim=1)", "axis"),
    "short": Written("Many weights.", (True, False)),
    "match": Matched({"price": "ce", "digit": "mse"}),
    "cloze": Filled({"bias": "bias", "sum": "product"}),
}
PAYLOAD = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\x9b31m\u202e"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", TYPES)
def test_a_draft_and_its_answer_are_two_forms_of_one_thing(tmp_path: Path, kind: str, language: str) -> None:
    """What was locked can be shown again, and taken up again after an undo."""
    item = small_course(tmp_path).item(kind)
    assert item is not None
    asked = face(Posed(item, 3), Words(language), RICH)
    assert asked.answer(asked.recalled(ANSWERS[kind])) == ANSWERS[kind]
    assert asked.answer(Draft()) is None


@pytest.mark.parametrize("width", [60, 80, 90])
@pytest.mark.parametrize("kind", ["choice", "multiple", "truth", "bug"])
def test_nothing_moves_when_whys_are_told(tmp_path: Path, kind: str, width: int) -> None:
    """Each text stands in the same line before the verdict and after it."""
    item = small_course(tmp_path).item(kind)
    assert item is not None
    asked = face(Posed(item, 3), Words("en"), RICH)
    draft = asked.recalled(ANSWERS[kind])
    before = draw(asked.rows(draft, None), width, RICH)
    after = draw(asked.rows(draft, asked.posed.grade(ANSWERS[kind])), width, RICH)
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        text = old.content.plain[9:].strip()
        if old.id and text:
            assert text in new.content.plain


async def test_nothing_moves_on_the_screen(own_home: Path) -> None:
    """The question, the fields, the confidence stand where they stood."""
    app = asking(own_home, *TYPES)
    parts = ["#question-ask", "#question-sure", "#question-fields"]

    def places() -> list[Offset]:
        return [app.screen.query_one(part).region.offset for part in parts]

    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for kind in TYPES:
            await answer(pilot, kind, right=True)
            before = places()
            await press(pilot, "3")
            assert places() == before, kind
            if kind == "short":
                await press(pilot, "a", "b", "enter")
                assert places() == before
            await press(pilot, "enter")


@pytest.mark.parametrize("text", [PAYLOAD, "[red]bold[/red]", "a\x00b", "\x7f\u2066"])
def test_foreign_text_is_only_text(text: str) -> None:
    """In prose, rows and notes: no control byte, no action, every sign visible."""
    rows = [Row(id="a", label="a", text=text, why=text, note=text, tail=text, told=True), Row(text=text)]
    drawn = [line.content for line in draw(rows, 60, RICH)]
    drawn += [line.content for line in draw([Row(id="a", text=text, code=True)], 60, RICH)]
    drawn += [*lines(text, 60), *draw_notes([Note(text, label="hint")], 60)]
    for content in drawn:
        assert isinstance(content, Content)
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", content.plain)
        assert not any("@click" in str(span.style) for span in content.spans)


def poisoned(tree: Any) -> Any:
    """Return a course's data with the payload in every text that a learner sees."""
    if isinstance(tree, dict):
        return {
            key: PAYLOAD + value if key in ("en", "zh") and isinstance(value, str) else poisoned(value)
            for key, value in tree.items()
        }
    return [poisoned(each) for each in tree] if isinstance(tree, list) else tree


async def test_no_option_leaves_the_window_for_a_hint(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hints, a remark and a run's line at 80x24: what is kept free for the whys gives way first."""
    app = app_on(own_home, first=[["question", "background", "classical-not-replaced"]])
    monkeypatch.setattr(app, "strip_line", lambda: StripLine("mlp-7f3a", "", "loading", "w Watch"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.screen.strip = app.strip_line()  # type: ignore[attr-defined]
        await settled(pilot)
        await press(pilot, "h", "h", "3")
        said = shown(app)
        assert "hint 2 of 2" in said
        assert "Choose with t or f" in said
        for option in ("True", "False", "Tree ensembles still lead", "A larger network", "New methods do better"):
            assert option in said, option


async def test_escapes_in_a_course_reach_no_terminal(own_home: Path) -> None:
    """Whole screens of such a course, with every hint and every verdict, hold no control character."""
    app = asking(own_home, *TYPES, written=json.dumps(poisoned(yaml.safe_load(ITEMS))))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)

        def harmless() -> None:
            assert "␛]52;c;aGk=␇[@click=app.quit]" in shown(app)
            for strip in app.screen._compositor.render_strips():
                for segment in strip:
                    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202e]", segment.text)
                    assert not (segment.style and segment.style.meta.get("@click"))

        for kind in TYPES:
            await press(pilot, "f6")
            harmless()
            await answer(pilot, kind, right=True)
            await press(pilot, "3")
            harmless()
            if kind == "short":
                await press(pilot, "a", "b", "enter")
            await press(pilot, "enter")
        harmless()


class Fields(App[None]):
    """Both fields."""

    def on_load(self) -> None:
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield LineField(id="line")
        yield ProseField(id="prose")


@pytest.mark.parametrize("name", ["line", "prose"])
async def test_what_is_pasted_steers_nothing(name: str) -> None:
    """An escape sequence in the clipboard becomes signs that one can see."""
    app = Fields()
    async with app.run_test() as pilot:
        field = app.query_one(f"#{name}")
        field.focus()
        await pilot.pause()
        app.post_message(events.Paste(f"\n{PAYLOAD}\nmore"))
        await pilot.pause()
        text = field.value if isinstance(field, LineField) else app.query_one(ProseField).text
        assert "␛]52;c;aGk=␇" in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
        assert ("more" in text) == (name == "prose")


async def test_a_new_line_in_prose_and_the_end_of_it() -> None:
    """ctrl+j begins a line, enter ends the text."""
    ended: list[str] = []

    class Heard(Fields):
        def on_prose_field_ended(self, event: ProseField.Ended) -> None:
            ended.append(event.field.text)

    app = Heard()
    async with app.run_test() as pilot:
        app.query_one(ProseField).focus()
        await pilot.press("a", "ctrl+j", "b", "enter")
        await pilot.pause()
    assert ended == ["a\nb"]


@pytest.mark.parametrize("width", [40, 60, 80])
@given(text=st.text(alphabet="ab 中文，。`*", max_size=80))
def test_no_line_is_wider_than_its_board(width: int, text: str) -> None:
    """Whatever is written in it."""
    rows = [Row(id="a", label="a", text=text, why=text, told=True, chosen=True, right=False), Row(text=text)]
    for drawn in draw(rows, width, RICH, cursor="a", airy=True):
        assert cells(drawn.content.plain.rstrip()) <= width


def test_marks_are_ascii_where_the_terminal_draws_them_wide() -> None:
    """Cursor, mark, verdict: none needs a wide sign."""
    rows = [
        Row(id="a", label="a", text="one", chosen=True, right=False, why="w", told=True),
        Row(id="b", label="b", text="two", box=True, right=True),
    ]
    text = "\n".join(line.content.plain for line in draw(rows, 60, ASCII, cursor="a"))
    assert text.isascii()
    assert "* x a  one" in text
    assert "v b  two" in text


PARTS = ("a", "b", "c", "d", "e")


def ordered(chains: list[tuple[str, ...]]) -> Order:
    """Return a question whose rules are these chains."""
    return Order(
        id="o",
        section="9.1",
        objective="",
        level="M",
        cites="",
        ask=Text({"": "?"}),
        parts={part: Text({"": part}) for part in PARTS},
        rules=tuple(Rule(chain, Text()) for chain in chains),
    )


CHAINS = st.lists(st.sets(st.sampled_from(PARTS), min_size=2).map(lambda some: tuple(sorted(some))), max_size=4)


@given(chains=CHAINS, order=st.permutations(PARTS))
def test_the_nearest_order_is_right_and_leaves_a_right_one_alone(
    chains: list[tuple[str, ...]], order: list[str]
) -> None:
    """It obeys every rule; an order that does already is its own nearest."""
    item = ordered(chains)
    found = nearest(item, order)
    assert obeys(item, found)
    if obeys(item, order):
        assert found == tuple(order)
        assert staying(order, found) == set(PARTS)
    kept = staying(order, found)
    assert [part for part in order if part in kept] == [part for part in found if part in kept]
    assert kept


@given(
    height=st.integers(20, 60),
    strip=st.booleans(),
    ask=st.integers(1, 3),
    dense=st.integers(0, 30),
    more=st.integers(0, 8),
    foot=st.integers(1, 8),
)
def test_the_rows_of_a_window_are_never_overspent(
    height: int, strip: bool, ask: int, dense: int, more: int, foot: int
) -> None:
    """Confidence and verdict stay in the window, whatever the question needs."""
    spent = room(height, strip=strip, ask=ask, dense=dense, airy=dense + more, foot=foot, below=0)
    used = 3 + (2 if strip else 0) + spent.top + ask + 1 + spent.body + spent.gap + foot
    assert used <= height or spent.body <= 3
