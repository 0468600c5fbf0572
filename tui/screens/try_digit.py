"""Draw a digit, and watch what an MLP takes it for."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from engine.recipes.mlp_cost import TRAIN_IMAGES
from engine.runs.asks import Answer, Ask
from tui.screens.try_base import TryScreen
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.canvas.tiles import Tiling, fitting
from tui.widgets.digits import Digit, Digits
from tui.widgets.run.lines import Lines
from tui.widgets.trying.class_bars import ClassBars
from tui.widgets.trying.pad import Pad
from tui.widgets.trying.paper import SIDE

BARS_CELLS = 30
"""Least width of the bars."""

BELOW_ROWS = 5
"""Rows below the pad: what is going on, and why drawn digits are misread."""

STATUS_ROWS = 2
"""What is going on, and an empty row before it."""

SENTENCE = re.compile(r"[^.。]+[.。] ?")

SMALL_VIEW, LARGE_VIEW = SIDE // 2 + 2, SIDE + 2
"""Cells of what the network sees."""


class View(Digits, can_focus=False, inherit_bindings=False):
    """What the network sees, in the model's colour."""

    def tiling(self, columns: int, rows: int) -> Tiling:
        """Return the whole picture in full size, or in half of it."""
        return fitting(columns, rows, SIDE if columns >= SIDE and rows > SIDE // 2 else SIDE // 2)


class TryDigitScreen(TryScreen):
    """A pad, the probability of each class, and the picture as the network gets it."""

    DEFAULT_CSS = """
    TryDigitScreen #try-body { height: 16; padding: 0 0 0 1; }
    TryDigitScreen #try-said { width: 1fr; height: 1fr; padding: 1 2 0 3; }
    TryDigitScreen ClassBars { height: 11; max-width: 64; }
    TryDigitScreen #try-best { height: 1; }
    TryDigitScreen View { height: 1fr; padding: 1 0 0 0; }
    TryDigitScreen View > .digits--ink { color: $model; }
    TryDigitScreen View > .digits--caption { color: $quiet; }
    TryDigitScreen #try-status { height: 1; padding: 0 2; margin-top: 1; }
    TryDigitScreen #try-notes { height: auto; max-height: 2; padding: 0 2; }
    TryDigitScreen #try-why { height: 1fr; padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "keys.back", id="base.back"),
    ]

    def __init__(self, run_id: str) -> None:
        super().__init__(run_id)
        self.pad: Pad | None = None

    def body(self) -> Iterable[Widget]:
        with Horizontal(id="try-body"):
            yield Pad(self.glyphs, id="try-pad")
            with Vertical(id="try-said"):
                yield ClassBars(self.words, self.glyphs, id="try-bars")
                yield Lines(id="try-best")
            yield View(self.words, self.glyphs, id="try-view")
        yield Lines(id="try-status")
        yield Lines(id="try-notes")
        yield Lines(id="try-why")

    def fill(self) -> None:
        self.pad = self.query_one(Pad)
        self.query_one(ClassBars).can_focus = False
        super().fill()
        self.pad.focus()

    def speak(self) -> None:
        bars, view = self.query_one(ClassBars), self.query_one(View)
        bars.speak(self.words, self.glyphs)
        view.words, view.glyphs = self.words, self.glyphs
        self.query_one(Pad).speak(self.glyphs)
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()
        self._say()

    def question(self) -> Ask | None:
        if self.pad is None or self.pad.paper.empty:
            return None
        return Ask(kind="digit", pixels=self.pad.paper.bytes)

    def show_answer(self, answer: Answer, arrays: dict[str, Any]) -> None:
        bars = self.query_one(ClassBars)
        bars.names = self.classes_of_run or answer.classes
        bars.shares = answer.probabilities
        best = max(zip(answer.probabilities, bars.names, strict=False), default=(0.0, ""))
        said = self.words("try.takes-it-for", name=best[1], share=f"{100 * best[0]:.0f}")
        self.query_one("#try-best", Lines).put([Content.styled(said, "$model")])
        rows = [list(answer.picture[first : first + SIDE]) for first in range(0, SIDE * SIDE, SIDE)]
        if len(answer.picture) == SIDE * SIDE:
            self.query_one(View).digits = (Digit(rows, self.words("try.sees")),)

    def show_nothing(self) -> None:
        bars = self.query_one(ClassBars)
        bars.names, bars.shares = self.classes_of_run, ()
        self.query_one("#try-best", Lines).put([])
        self.query_one(View).digits = (Digit([[0] * SIDE] * SIDE, self.words("try.sees")),)

    def draft(self) -> str:
        if self.pad is None or self.pad.paper.empty:
            return ""
        return base64.b64encode(self.pad.paper.bytes).decode()

    def put_draft(self, text: str) -> None:
        try:
            pixels = base64.b64decode(text, validate=True)
        except (ValueError, binascii.Error):
            return
        if self.pad is not None and self.pad.paper.empty:
            self.pad.put(pixels)
            self.changed()

    @on(Pad.Drawn)
    def drawn(self, event: Pad.Drawn) -> None:
        event.stop()
        self.changed()

    def _look(self) -> None:
        super()._look()
        if self.answer is None and not self.query_one(ClassBars).names:
            self.show_nothing()

    def _lay_out(self) -> None:
        """Give the pad whole pixels, and what the network sees the rest."""
        if not self.query(Pad):
            return
        width, height = self.size.width, self.size.height - 3 - 2 * (self.strip is not None)
        room = Pad.room(Size(width - BARS_CELLS - SMALL_VIEW - 4, height - BELOW_ROWS))
        pad = self.query_one(Pad)
        pad.styles.width, pad.styles.height = room.width, room.height
        self.query_one("#try-body").styles.height = room.height
        large = width - room.width - LARGE_VIEW >= 2 * BARS_CELLS and room.height > SIDE // 2 + 4
        self.query_one(View).styles.width = LARGE_VIEW if large else SMALL_VIEW
        knobs = self.moment.recipe.knobs if self.moment else {}
        data = str(knobs.get("data", "digits"))
        why = self.words(
            "try.why-garments" if data == "fashion" else "try.why-digits", examples=f"{TRAIN_IMAGES.get(data, 0):,}"
        )
        lines = whole(why, max(20, min(100, width - 4)), height - room.height - STATUS_ROWS)
        self.query_one("#try-why", Lines).put([Content.styled(line, "$quiet") for line in lines])


def whole(text: str, width: int, rows: int) -> list[str]:
    """Return a text in lines, without those last sentences that so many rows do not hold."""
    sentences = SENTENCE.findall(text) or [text]
    for count in range(len(sentences), 0, -1):
        lines = [plain(line) for line in wrap([Span("".join(sentences[:count]).strip())], width)]
        if len(lines) <= rows:
            return lines
    return []
