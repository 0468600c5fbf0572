"""The masked-token game on the screen: four words to choose from, then what a network makes of them."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from textual.binding import Binding, BindingType

from tui.demos import masked as game
from tui.demos.masked import Game, Guesses, Side
from tui.glyphs import RICH
from tui.text.cells import cells
from tui.text.fitting import fit
from tui.text.span import Line
from tui.widgets.bars import bar
from tui.widgets.block_sheet import Look
from tui.widgets.demos.asking import AskingDemo, model_line, waiting_line
from tui.widgets.demos.sketch import Sketch
from tui.widgets.sentence import MASK_PIECE
from tui.words import Words

AREA = "demo_masked"

WORD, SHARE = 12, 7
"""Cells of a word, and of a probability."""

LEFT, BETWEEN = 4, 3
"""Cells before the words, and between the two networks."""


class MaskedDemo(AskingDemo[Game]):
    """Asks for the hidden word of a definition, and tells who else found it."""

    STATE = Game
    STILL_ROWS = 12

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", f"{AREA}.keys.move", id="masked.move"),
        Binding("up,k", "move(-1)", f"{AREA}.keys.move", id="masked.move", show=False),
        *(Binding(str(n), f"choose({n})", f"{AREA}.keys.choose", id="masked.choose", show=False) for n in range(1, 5)),
        Binding("enter,space", "enter", f"{AREA}.keys.enter", id="masked.enter", key_display="enter"),
        Binding("x", "language", f"{AREA}.keys.language", id="masked.language"),
    ]

    @classmethod
    def picture(cls, state: Game, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the sentence, the words to choose from, and, once the choice is made, the guesses."""
        sketch = Sketch(columns, rows, look)
        spare = max(0, rows - _draw(Sketch(columns, rows, look), state, 0))
        _draw(sketch, state, spare)
        return sketch.lines()

    @classmethod
    def told(cls, state: Game, words: Words) -> str:
        """Return the round, and the guesses where they may be told."""
        update = state.guesses.update if state.guesses else None
        lines = [words(f"{AREA}.title"), model_line(state.model, state.models, update, words), ""]
        if state.is_over:
            return "\n".join([*lines, *_end(state, words)])
        lines += [_round(state, words), state.definition.text, " / ".join(state.definition.words), ""]
        if state.answer is not None and state.is_told:
            for name, side in (("before", state.answer.before), ("after", state.answer.after)):
                pairs = ", ".join(f"{word} {percent(share)}" for word, share in (*side.asked, *side.best))
                lines.append(f"{_head(name, state.answer, words)}: {pairs}")
        lines += [text for text, _ in _sentences(state, Look(words, RICH, words.language))]
        return "\n".join(lines)

    @classmethod
    def keep(cls, state: Game) -> object:
        """Return the game without what is found anew each time."""
        kept: Any = super().keep(msgspec.structs.replace(state, models=()))
        del kept["waiting"]
        return kept

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        state = self.state
        match action:
            case "move" | "choose":
                return not (state.is_locked or state.is_over)
            case "enter":
                return not state.is_over and (state.is_told or not state.is_locked)
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Go to another word."""
        self.become(game.move(self.state, by))

    def action_choose(self, number: int) -> None:
        """Go to the word of a number."""
        self.become(game.choose(self.state, number - 1))

    def action_enter(self) -> None:
        """Lock the choice, or go on."""
        self.become(game.enter(self.state))

    def action_language(self) -> None:
        """Play with the sentences of the other language."""
        self.become(game.turn_language(self.state))

    def action_model(self) -> None:
        """Play with another model."""
        self.become(game.turn_model(self.state))

    def action_again(self) -> None:
        """Begin anew with the same model."""
        self.become(game.again(self.state))


def percent(share: float) -> str:
    """Return a probability in two digits, however small: "29%", "3.2%", "0.025%"."""
    value = 100 * share
    if value >= 9.95:
        return f"{value:.0f}%"
    return f"{value:.1f}%" if value >= 0.995 else f"{value:.2g}%" if value >= 0.001 else "0%"


def _draw(sketch: Sketch, state: Game, spare: int) -> int:
    """Draw everything, with an empty row between its parts while there are spare ones; return the row behind it."""
    look = sketch.look
    update = state.guesses.update if state.guesses else None
    row = sketch.tell(0, model_line(state.model, state.models, update, look.words), "model") + (spare > 0)
    if state.is_over:
        return _draw_end(sketch, state, row)
    row = _draw_sentence(sketch, state, row) + (spare > 1)
    row = _draw_words(sketch, state, row) + (spare > 2)
    if state.answer is not None and state.is_told:
        row = _draw_best(sketch, state.answer, row) + (spare > 3)
    for text, style in _sentences(state, look):
        row = sketch.tell(row, text, style)
    return row


def _draw_sentence(sketch: Sketch, state: Game, row: int) -> int:
    """Draw which round it is, the sentence, and how the model cuts it."""
    words = sketch.look.words
    column = sketch.put(0, row, _round(state, words) + "  ", "quiet")
    before, mask, after = state.definition.text.partition(MASK_PIECE)
    column = sketch.put(column, row, before, "strong")
    column = sketch.put(column, row, mask, "cursor")
    sketch.put(column, row, after, "strong")
    answer = state.answer
    if answer is not None:
        said = words(f"{AREA}.pieces", pieces=" ".join(answer.pieces), n=len(answer.pieces))
        sketch.put(0, row + 1, fit(said, sketch.columns, sketch.look.glyphs.ellipsis), "quiet")
    return row + 2


def _draw_words(sketch: Sketch, state: Game, row: int) -> int:
    """Draw the words to choose from; once they are told, with what both networks give to each."""
    look, definition = sketch.look, state.definition
    signs, answer = look.glyphs, state.answer if state.is_told else None
    widths = _column_width(sketch.columns)
    if answer is not None:
        for at, name in enumerate(("before", "after")):
            place = LEFT + WORD + 2 + at * (widths + BETWEEN)
            sketch.put(place, row, fit(_head(name, answer, look.words), widths, signs.ellipsis), "quiet")
    else:
        sketch.put(0, row, look.words(f"{AREA}.choose"), "quiet")
    for at, word in enumerate(definition.words, 1):
        is_mine = word == state.chosen
        style = ("learner" if state.is_locked else "cursor") if is_mine else ""
        sketch.put(0, row + at, signs.mark if is_mine else " ", "learner")
        sketch.put(2, row + at, f"{at} {word}", style)
        if answer is None:
            continue
        if word == definition.hidden:
            sketch.put(LEFT + cells(word) + 1, row + at, signs.check, "right")
        for place, side in ((0, answer.before), (1, answer.after)):
            column = LEFT + WORD + 2 + place * (widths + BETWEEN)
            share = side.of(word)
            if share is None:
                sketch.put(column, row + at, look.words(f"{AREA}.no-piece"), "quiet")
                continue
            chosen = word == side.choice
            sketch.put_before(column + SHARE, row + at, percent(share), "model")
            sketch.put(column + SHARE + 1, row + at, signs.arrow if chosen else " ", "model")
            sketch.put(column + SHARE + 3, row + at, bar(share, widths - SHARE - 3, signs), "model")
    return row + len(definition.words) + 1


def _draw_best(sketch: Sketch, answer: Guesses, row: int) -> int:
    """Draw the five likeliest pieces of both networks."""
    look = sketch.look
    width = _column_width(sketch.columns)
    sketch.put(0, row, fit(look.words(f"{AREA}.best"), LEFT + WORD + 1, look.glyphs.ellipsis), "quiet")
    for place, side in ((0, answer.before), (1, answer.after)):
        column = LEFT + WORD + 2 + place * (width + BETWEEN)
        for at, (word, share) in enumerate(side.best):
            sketch.put_before(column + SHARE, row + at, percent(share), "model")
            sketch.put(column + SHARE + 3, row + at, fit(word, width - SHARE - 3, look.glyphs.ellipsis))
    return row + max(len(answer.before.best), len(answer.after.best), 1)


def _draw_end(sketch: Sketch, state: Game, row: int) -> int:
    for at, text in enumerate(_end(state, sketch.look.words)):
        row = sketch.tell(row, text, "learner" if not at else "")
    return row


def _end(state: Game, words: Words) -> list[str]:
    """Return who found how many words, and what to make of it."""
    return [_score(state, words), words(f"{AREA}.over"), words(f"{AREA}.cut-{state.language}")]


def _sentences(state: Game, look: Look) -> list[tuple[str, str]]:
    """Return what came of the choice, and what is asked now."""
    words, signs = look.words, look.glyphs
    waits = waiting_line(state.waiting, words)
    problem = (waits, "wrong") if state.waiting.problem is not None else None
    notes = state.answer.notes if state.answer is not None else ()
    unread = [(words.told(note.code, note.details, note.sentence), "wrong") for note in notes]
    if not state.is_locked:
        found = [problem] if problem else unread
        if len(state.outcomes) == 0:
            found.append((words(f"{AREA}.intro"), ""))
        return [*found, (f"{signs.mark} {words(f'{AREA}.ask')}", "learner")]
    if state.answer is None:
        return [problem or (waits or words(f"{AREA}.soon"), "quiet")]
    last = game.outcome(state)
    key = "right" if last.learner else "wrong"
    found = [(f"{signs.check if last.learner else signs.cross} {_verdict(state, words)}", key)]
    found += unread
    found.append((_score(state, words), "strong"))
    if len(state.outcomes) in (0, 1):
        found.append((words(f"{AREA}.{'untrained' if not state.outcomes else f'cut-{state.language}'}"), ""))
    return found


def _verdict(state: Game, words: Words) -> str:
    answer = state.answer
    assert answer is not None
    return words(
        f"{AREA}.hidden",
        word=state.definition.hidden,
        before=_choice(answer.before, words),
        after=_choice(answer.after, words),
    )


def _choice(side: Side, words: Words) -> str:
    return words(f"{AREA}.chosen", word=side.choice) if side.choice else words(f"{AREA}.none")


def _round(state: Game, words: Words) -> str:
    return words(f"{AREA}.round", n=len(state.outcomes) + 1, of=len(state.rounds))


def _head(name: str, answer: Guesses, words: Words) -> str:
    return words(f"{AREA}.{name}", n=f"{answer.update:,}")


def _score(state: Game, words: Words) -> str:
    score = state.score
    return words(
        f"{AREA}.score",
        of=len(score),
        learner=sum(each.learner for each in score),
        trained=sum(each.trained for each in score),
        untrained=sum(each.untrained for each in score),
    )


def _column_width(columns: int) -> int:
    """Return the cells of each network's column."""
    return max(16, min(40, (columns - LEFT - WORD - 2 - BETWEEN) // 2))
