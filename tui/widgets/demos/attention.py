"""The attention map on the screen: a row a piece, a cell for each piece that it looks at."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from textual.binding import Binding, BindingType

from tui.demos import attention as looking
from tui.demos.attention import MOST_KEPT, Attention
from tui.text.fitting import fit
from tui.text.span import Line
from tui.widgets.attention import ASCII_SHADES, FAINT, LEAST, SHADES
from tui.widgets.attention_plan import NUMBER_CELLS, WIDEST_PIECE, AttentionPlan, headed, plan, stacked
from tui.widgets.bars import share
from tui.widgets.block_sheet import Look
from tui.widgets.chart.description import aligned
from tui.widgets.demos.asking import AskingDemo, model_line, waiting_line
from tui.widgets.demos.demo import TINTS
from tui.widgets.demos.sketch import Sketch, wrapped
from tui.words import Words

AREA = "demo_attention"

MOST_SOURCES = 4
"""So many sources of the chosen row are named."""

SHADE = 2
"""Cells of a weight's shade, for eyes and terminals that tell no tints apart."""


class AttentionDemo(AskingDemo[Attention]):
    """Shows a layer's head, and in words where the chosen piece looks."""

    STATE = Attention
    STILL_ROWS = 20
    NUMBERS = ("text",)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", f"{AREA}.keys.row", id="attention.row", show=False),
        Binding("up,k", "move(-1)", f"{AREA}.keys.row", id="attention.row", show=False),
        Binding("l", "layer(1)", f"{AREA}.keys.layer", id="attention.layer"),
        Binding("L", "layer(-1)", f"{AREA}.keys.layer", id="attention.layer", show=False),
        Binding("h", "head(1)", f"{AREA}.keys.head", id="attention.head"),
        Binding("H", "head(-1)", f"{AREA}.keys.head", id="attention.head", show=False),
        Binding("c", "causal", f"{AREA}.keys.causal", id="attention.causal"),
        Binding("e", "sentence", f"{AREA}.keys.sentence", id="attention.sentence"),
    ]

    @classmethod
    def picture(cls, state: Attention, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the model, the map, and what it says."""
        sketch, words = Sketch(columns, rows, look), look.words
        update = state.heads.update if state.heads else None
        row = sketch.tell(0, model_line(state.model, state.models, update, words), "model")
        waits = waiting_line(state.waiting, words)
        if state.waiting.problem is not None or state.heads is None:
            said = state.sentence(look.language)
            row = sketch.tell(row + 1, words(f"{AREA}.sentence", text=said))
            row = sketch.tell(row + 1, waits or words(f"{AREA}.intro"), "wrong" if state.waiting.problem else "quiet")
            sketch.tell(row + 1, words(f"{AREA}.proof"), "quiet")
            return sketch.lines()
        row = sketch.tell(row, _which(state, words), "strong")
        foot = _foot(state, look, columns)
        end = _draw_map(sketch, state, row, rows - len(foot) - row)
        for at, (text, style) in enumerate(foot, min(end + 1, rows - len(foot))):
            sketch.put(0, at, text, style)
        return sketch.lines()

    @classmethod
    def told(cls, state: Attention, words: Words) -> str:
        """Return where each piece looks most."""
        update = state.heads.update if state.heads else None
        head = [words(f"{AREA}.title"), model_line(state.model, state.models, update, words)]
        if state.heads is None:
            return "\n".join([*head, waiting_line(state.waiting, words) or words(f"{AREA}.intro")])
        pieces = state.heads.pieces
        table = [[words(f"{AREA}.{name}") for name in ("from", "sum", "to")]]
        for at, piece in enumerate(pieces):
            row = msgspec.structs.replace(state, row=at)
            table.append([piece, f"{sum(state.matrix[at]):.2f}", _sources(row, words)])
        causal = [words(f"{AREA}.masked")] if state.causal else []
        return "\n".join([*head, _which(state, words), "", aligned(table), "", *causal, words(f"{AREA}.proof")])

    @classmethod
    def read(cls, kept: object) -> Attention:
        """Return what was kept; weights that do not belong together are left out."""
        state: Attention = super().read(kept)
        whole = state.heads is None or state.heads.is_whole
        return state if whole else msgspec.structs.replace(state, heads=None)

    @classmethod
    def keep(cls, state: Attention) -> object:
        """Return what is shown, without weights where they are many, and without what is found anew each time."""
        heads = state.heads if state.heads is not None and state.heads.size <= MOST_KEPT else None
        kept: Any = super().keep(msgspec.structs.replace(state, heads=heads, models=()))
        del kept["waiting"]
        return kept

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the map's keys while there is one."""
        if action in ("move", "layer", "head", "causal"):
            return self.state.heads is not None and self.state.waiting.problem is None
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Choose another row."""
        self.become(looking.move(self.state, by))

    def action_layer(self, by: int) -> None:
        """Show another layer."""
        self.become(looking.turn_layer(self.state, by))

    def action_head(self, by: int) -> None:
        """Show another head, or the mean of all of them."""
        self.become(looking.turn_head(self.state, by))

    def action_causal(self) -> None:
        """Put the causal mask on, or take it off."""
        self.become(looking.turn_causal(self.state))

    def action_model(self) -> None:
        """Ask another model."""
        self.become(looking.turn_model(self.state))

    def action_sentence(self) -> None:
        """Write a sentence."""
        self.post_message(self.SentenceRequested())

    @classmethod
    def anew(cls, state: Attention) -> Attention:
        """Return how the demo begins, with the same model."""
        return looking.again(state)

    def write(self, text: str) -> None:
        """Look at the learner's sentence."""
        self.become(looking.write(self.state, text))


def _which(state: Attention, words: Words) -> str:
    """Return which layer, head and mask are shown."""
    assert state.heads is not None
    head = state.shown_head
    return "   ".join(
        [
            words(f"{AREA}.layer", n=state.shown_layer + 1, of=len(state.heads.layers)),
            words(f"{AREA}.mean", of=state.head_count)
            if head is None
            else words(f"{AREA}.head", n=head + 1, of=state.head_count),
            words(f"{AREA}.{'causal' if state.causal else 'both-ways'}"),
        ]
    )


def _foot(state: Attention, look: Look, columns: int) -> list[tuple[str, str]]:
    """Return the rows below the map with their styles."""
    assert state.heads is not None
    words = look.words
    piece = state.heads.pieces[state.shown_row]
    total = f"{sum(state.matrix[state.shown_row]):.2f}"
    found = [(words(f"{AREA}.looks", piece=piece, sources=_sources(state, words), total=total), "learner")]
    if state.causal:
        found.append((words(f"{AREA}.masked"), "other"))
    if state.heads.unknown is not None:
        note = state.heads.unknown
        found.append((words.told(note.code, note.details, note.sentence), "wrong"))
    found.append((words(f"{AREA}.proof"), "quiet"))
    return [(text, style) for sentence, style in found for text in wrapped(sentence, columns, look)]


def _sources(state: Attention, words: Words) -> str:
    """Return what the chosen row looks at most, with weights."""
    assert state.heads is not None
    found = [(state.heads.pieces[at], weight) for at, weight in looking.sources(state)[:MOST_SOURCES]]
    return words("demo.comma").join(f"{piece} {share(weight)}" for piece, weight in found if weight >= LEAST)


def _draw_map(sketch: Sketch, state: Attention, top: int, rows: int) -> int:
    """Draw the pieces above their columns, then a row a piece; return the row behind the map."""
    assert state.heads is not None
    pieces = state.heads.pieces
    strongest = max((weight for _, weight in looking.sources(state)), default=0.0)
    layout = plan(pieces, (state.shown_row, -1), sketch.columns, rows + 2)
    for column in layout.columns:
        lines = stacked(headed(pieces[column]), layout.width)[: layout.head]
        weight = state.matrix[state.shown_row][column]
        style = "learner" if weight >= max(FAINT, strongest / 2) else "quiet"
        x, _ = layout.place(layout.rows.start, column)
        for at, line in enumerate(lines, top + layout.head - len(lines)):
            sketch.put(x + (layout.width > 2), at, line, style)
    for row in layout.rows:
        _draw_row(sketch, state, layout, top, row)
    return top + layout.head + len(layout.rows) * layout.height


def _draw_row(sketch: Sketch, state: Attention, layout: AttentionPlan, top: int, row: int) -> None:
    assert state.heads is not None
    signs, is_chosen = sketch.look.glyphs, row == state.shown_row
    _, y = layout.place(row, layout.columns.start)
    piece = fit(state.heads.pieces[row], WIDEST_PIECE, signs.ellipsis)
    sketch.put_before(layout.left - 1, top + y, piece, "learner" if is_chosen else "quiet")
    if is_chosen:
        sketch.put(0, top + y, signs.arrow, "learner")
    for column in layout.columns:
        weight = state.matrix[row][column]
        hidden = state.causal and column > row
        x, _ = layout.place(row, column)
        number = "" if hidden else _number(weight, layout.width, is_chosen)
        shade = " " if hidden else _shade(weight, sketch.look)
        text = (shade * min(SHADE, layout.width - 1 - len(number)) + number).rjust(layout.width)
        style = "" if hidden else f"model heat{round(min(1.0, weight) ** 0.5 * TINTS)}"
        sketch.put(x, top + y, text, style)
        for line in range(1, layout.height):
            sketch.put(x, top + y + line, " " * layout.width, style)
    if is_chosen:
        x, _ = layout.place(row, layout.columns.stop)
        sketch.put(x, top + y, f" = {sum(state.matrix[row]):.2f}", "learner")


def _number(weight: float, width: int, is_chosen: bool) -> str:
    """Return a weight in the digits that fit; "" where it is too faint to name."""
    if width >= NUMBER_CELLS:
        return share(weight) if is_chosen or weight >= FAINT else ""
    return str(min(9, int(10 * weight))) if weight >= FAINT else ""


def _shade(weight: float, look: Look) -> str:
    shades = ASCII_SHADES if look.glyphs.ascii else SHADES
    return shades[min(len(shades) - 1, round(weight**0.5 * (len(shades) - 1)))]
