"""The masked-token game on the screen: four words to rank, then how a network ranks them, untrained and trained."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec
from textual.binding import Binding, BindingType

from tui.demos import masked as game
from tui.demos.masked import Game
from tui.glyphs import RICH
from tui.text.fitting import fit
from tui.text.span import Line
from tui.widgets.block_sheet import Look
from tui.widgets.demos.asking import AskingDemo, model_line
from tui.widgets.demos.masked_orders import draw_best, draw_ranking, draw_told, networks, percent
from tui.widgets.demos.masked_said import AREA, end, said
from tui.widgets.demos.sketch import Sketch
from tui.widgets.question.face import LETTERS
from tui.widgets.sentence import MASK_PIECE
from tui.words import Words

WORDS = 4
"""Words that a sentence gives to rank."""


class MaskedDemo(AskingDemo[Game]):
    """Asks in which order words fit a gap, and holds the learner's order against a network's."""

    STATE = Game
    STILL_ROWS = 12

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", f"{AREA}.keys.move", id="masked.move", show=False),
        Binding("up,k", "move(-1)", f"{AREA}.keys.move", id="masked.move", show=False),
        *(
            Binding(f"{letter},{at + 1}", f"rank({at})", f"{AREA}.keys.rank", id="masked.rank", show=False)
            for at, letter in enumerate(LETTERS[:WORDS])
        ),
        Binding("enter,space", "rank_here", f"{AREA}.keys.here", id="masked.here", key_display="enter"),
        Binding("enter,space", "confirm", f"{AREA}.keys.confirm", id="masked.confirm", key_display="enter"),
        Binding("enter,space", "go_on", f"{AREA}.keys.next", id="masked.next", key_display="enter"),
        Binding("backspace", "take_back", f"{AREA}.keys.back", id="masked.back"),
        Binding("shift+up,K", "shift(-1)", f"{AREA}.keys.raise", id="masked.raise", show=False),
        Binding("shift+down,J", "shift(1)", f"{AREA}.keys.lower", id="masked.lower", show=False),
        Binding("x", "language", f"{AREA}.keys.language", id="masked.language"),
    ]

    @classmethod
    def picture(cls, state: Game, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the sentence, the words to rank, and, once they are ranked, the orders side by side."""
        sketch = Sketch(columns, rows, look)
        spare = rows - _draw(Sketch(columns, rows, look), state, 0)
        _draw(sketch, state, spare)
        return sketch.lines()

    @classmethod
    def told(cls, state: Game, words: Words) -> str:
        """Return the round, the learner's order, and those of the networks where they may be told."""
        update = state.guesses.update if state.guesses else None
        lines = [words(f"{AREA}.title"), model_line(state.model, state.models, update, words), ""]
        if state.is_over:
            return "\n".join([*lines, *end(state, words)])
        comma = words("demo.comma")
        lettered = zip(LETTERS, state.definition.words, strict=False)
        lines += [_round(state, words), state.definition.text, comma.join(" ".join(pair) for pair in lettered)]
        if state.order:
            lines.append(words(f"{AREA}.row", name=words(f"{AREA}.yours"), words=comma.join(state.order)))
        if state.answer is not None and state.is_told:
            for name, side in networks(state.answer, words):
                shares = {"order": sorted(side.asked, key=lambda pair: -pair[1]), "best": side.best}
                for kind, pairs in shares.items():
                    told = comma.join(f"{word} {percent(share)}" for word, share in pairs)
                    lines.append(words(f"{AREA}.row-{kind}", name=name, words=told or words(f"{AREA}.none")))
        lines += ["", *(text for text, _ in said(state, Look(words, RICH, words.language)))]
        return "\n".join(lines)

    @classmethod
    def keep(cls, state: Game) -> object:
        """Return the game without what is found anew each time."""
        kept: Any = super().keep(msgspec.structs.replace(state, models=()))
        del kept["waiting"]
        return kept

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now; with no word to take back, `backspace` leads back from the demo."""
        state = self.state
        match action:
            case "move" | "rank":
                return state.is_open
            case "rank_here":
                return state.is_open and not state.is_ranked
            case "take_back" | "shift":
                return state.is_open and bool(state.order)
            case "confirm":
                return state.is_open and state.is_ranked
            case "go_on":
                return state.is_told
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Go to another word."""
        self.become(game.move(self.state, by))

    def action_rank(self, place: int) -> None:
        """Rank the word of a letter, or take it out."""
        self.become(game.rank(self.state, place))

    def action_rank_here(self) -> None:
        """Rank the word that the learner is at, or take it out."""
        self.become(game.rank(self.state, self.state.cursor))

    def action_take_back(self) -> None:
        """Take out the word that was ranked last."""
        self.become(game.take_back(self.state))

    def action_shift(self, by: int) -> None:
        """Move the word that the learner is at within the order."""
        self.become(game.shift(self.state, by))

    def action_confirm(self) -> None:
        """Stand by the order."""
        self.become(game.confirm(self.state))

    def action_go_on(self) -> None:
        """Go on to the next sentence."""
        self.become(game.go_on(self.state))

    def action_language(self) -> None:
        """Play with the sentences of the other language."""
        self.become(game.turn_language(self.state))

    def action_model(self) -> None:
        """Play with another model."""
        self.become(game.turn_model(self.state))

    @classmethod
    def anew(cls, state: Game) -> Game:
        """Return the first round, with the same model."""
        return game.again(state)


def _draw(sketch: Sketch, state: Game, spare: int) -> int:
    """Draw everything; return the row behind it.

    Args:
        spare: Rows that are left over: its parts are set apart by them. Below 0 as many likeliest pieces are left out.
    """
    look = sketch.look
    update = state.guesses.update if state.guesses else None
    row = sketch.tell(0, model_line(state.model, state.models, update, look.words), "model") + (spare > 0)
    if state.is_over:
        for at, text in enumerate(end(state, look.words)):
            row = sketch.tell(row, text, "" if at else "learner")
        return row
    row = _draw_sentence(sketch, state, row) + (spare > 1)
    if state.is_told:
        row = draw_told(sketch, state, row) + (spare > 2)
        row = draw_best(sketch, state, row, min(0, spare)) + (spare > 3)
    else:
        row = draw_ranking(sketch, state, row) + (spare > 2)
    for text, style in said(state, look):
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
        cut = words(f"{AREA}.pieces", pieces=" ".join(answer.pieces), n=len(answer.pieces))
        sketch.put(0, row + 1, fit(cut, sketch.columns, sketch.look.glyphs.ellipsis), "quiet")
    return row + 2


def _round(state: Game, words: Words) -> str:
    return words(f"{AREA}.round", n=len(state.outcomes) + 1, of=len(state.rounds))
