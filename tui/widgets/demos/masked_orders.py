"""The orders of the masked-token game: the learner's as it grows, then beside those of the networks, with bars."""

from __future__ import annotations

import math

from tui.demos.masked import Game, Guesses, Share, Side
from tui.text.fitting import fit
from tui.widgets.bars import bar
from tui.widgets.demos.masked_said import AREA
from tui.widgets.demos.sketch import Sketch
from tui.widgets.question.face import LETTERS
from tui.words import Words

LEFT, BETWEEN = 16, 3
"""Cells of the learner's order, and between the networks."""

SHARE, LEAST_WORD, MOST_WORD = 6, 10, 16
"""Cells of a probability, and of a word beside it."""

WIDEST = 52
"""Cells of a network's column where there is room."""


def percent(share: float) -> str:
    """Return a probability in two digits, however small: "29%", "3.2%", "0.025%"."""
    if not math.isfinite(share):
        return "NaN"
    value = 100 * share
    if value >= 9.95:
        return f"{value:.0f}%"
    return f"{value:.1f}%" if value >= 0.995 else f"{value:.2g}%" if value >= 0.001 else "0%"


def networks(answer: Guesses, words: Words) -> list[tuple[str, Side]]:
    """Return what each network is called, the trained one first; one that could not be asked is left out."""
    found = []
    for name, side in (("after", answer.after), ("before", answer.before)):
        if name == "after" or side != Side():
            found.append((words(f"{AREA}.{name}", n=f"{answer.update:,}"), side))
    return found


def draw_ranking(sketch: Sketch, state: Game, row: int) -> int:
    """Draw the learner's order as far as it goes, and the words beside it; return the row behind them."""
    signs, words = sketch.look.glyphs, state.definition.words
    _draw_heads(sketch, row, [sketch.look.words(f"{AREA}.words")])
    order = state.order
    for at, word in enumerate(words):
        mine = order[at] if at < len(order) else ""
        sketch.put(0, row + 1 + at, f"{at + 1} {mine or signs.dot}", "learner" if mine else "quiet")
        is_here = state.is_open and word == state.here
        style = "cursor" if is_here else "quiet" if word in order else ""
        column = sketch.put(LEFT, row + 1 + at, f"{LETTERS[at]}  {word}", style)
        if word in order:
            sketch.put(column + 1, row + 1 + at, f"{signs.arrow} {order.index(word) + 1}", "quiet")
    return row + 1 + len(words)


def draw_told(sketch: Sketch, state: Game, row: int) -> int:
    """Draw the learner's order beside the networks'; the hidden word is marked in each."""
    answer = state.answer
    assert answer is not None
    words, hidden, signs = sketch.look.words, state.definition.hidden, sketch.look.glyphs
    sides = networks(answer, words)
    _draw_heads(sketch, row, [name for name, _ in sides])
    for at, word in enumerate(state.order):
        column = sketch.put(0, row + 1 + at, f"{at + 1} {word}", "learner")
        sketch.put(column + 1, row + 1 + at, signs.check if word == hidden else "", "right")
        for place, (_, side) in enumerate(sides):
            missing = [each for each in state.definition.words if each not in side.order]
            other = (*side.order, *missing)[at]
            share = dict(side.asked).get(other)
            mark = signs.check if other == hidden else ""
            _draw_share(sketch, place, row + 1 + at, (other, share), mark)
    return row + 1 + len(state.order)


def draw_best(sketch: Sketch, state: Game, row: int, less: int) -> int:
    """Draw the likeliest of all pieces of both networks, so many fewer than there are, but at least one."""
    answer = state.answer
    assert answer is not None
    words = sketch.look.words
    sides = networks(answer, words)
    rows = max(1, max(len(side.best) for _, side in sides) + less)
    sketch.put(0, row, fit(words(f"{AREA}.best"), LEFT - 1, sketch.look.glyphs.ellipsis), "quiet")
    for place, (_, side) in enumerate(sides):
        for at, pair in enumerate(side.best[:rows]):
            _draw_share(sketch, place, row + at, pair)
    return row + rows


def _draw_heads(sketch: Sketch, row: int, names: list[str]) -> None:
    """Write above each column whose order it is."""
    signs = sketch.look.glyphs
    sketch.put(0, row, f"{signs.mark} {sketch.look.words(f'{AREA}.yours')}", "learner")
    for place, name in enumerate(names):
        width = _width(sketch) if len(names) > 1 else sketch.columns - LEFT
        sketch.put(_left(sketch, place), row, fit(name, width, signs.ellipsis), "quiet")


def _draw_share(sketch: Sketch, place: int, row: int, pair: Share | tuple[str, float | None], mark: str = "") -> None:
    """Draw a word of a network: how likely it is, in figures and as a bar; a full bar is certainty."""
    word, share = pair
    look, left, width = sketch.look, _left(sketch, place), _width(sketch)
    room = max(LEAST_WORD, min(MOST_WORD, width // 3))
    column = sketch.put(left + SHARE + 1, row, fit(word, room - 2 * bool(mark), look.glyphs.ellipsis))
    sketch.put(column + 1, row, mark, "right")
    behind = left + SHARE + 1 + room + 1
    if share is None:
        said = fit(look.words(f"{AREA}.no-piece"), left + width + BETWEEN - 1 - behind, look.glyphs.ellipsis)
        sketch.put(behind, row, said, "quiet")
        return
    sketch.put_before(left + SHARE, row, percent(share), "model")
    sketch.put(behind, row, bar(share, left + width - behind, look.glyphs), "model")


def _left(sketch: Sketch, place: int) -> int:
    return LEFT + place * (_width(sketch) + BETWEEN)


def _width(sketch: Sketch) -> int:
    """Return the cells of each network's column."""
    return max(SHARE + LEAST_WORD + 4, min(WIDEST, (sketch.columns - LEFT - BETWEEN) // 2))
