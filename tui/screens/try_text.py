"""Type a text, and watch what a BERT makes of it: a label, or the words behind [MASK]."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from content.course.visible import visible
from engine.runs.asks import Answer, Ask
from tui.screens.try_base import TryScreen
from tui.widgets.mask_guesses import MaskGuesses
from tui.widgets.run.lines import Lines
from tui.widgets.sentence import MASK_PIECE, Sentence
from tui.widgets.text_line import TextLine
from tui.widgets.tokens import Tokens, TokenStrip
from tui.widgets.trying.attention_pane import AttentionPane
from tui.widgets.trying.class_bars import ClassBars
from tui.widgets.trying.nearest import Near, Nearest

TYPED_SECONDS = 0.15
"""So long nothing is typed before the model is asked."""

LONGEST = 2_000
"""Letters of the field; the rest of what is pasted is cut, and said."""

WIDE = 116
"""From so many columns on, attention stands beside the answer."""

EXAMPLES = ("topics", "reviews", "classics")
"""Data sets of which an example is known."""

BLANKS = re.compile("[_＿]+")
BRACKETS = re.compile(r"[\[［【]\s*mask\s*[\]］】]", re.IGNORECASE)


class TryTextScreen(TryScreen):
    """A field, the answer below it, and how the model reads the text."""

    DEFAULT_CSS = """
    TryTextScreen #try-field { margin: 0 2; height: 1; width: 1fr; background: $panel; color: $learner; }
    TryTextScreen #try-status { height: 1; padding: 0 2; }
    TryTextScreen #try-notes { height: auto; max-height: 2; padding: 0 2; }
    TryTextScreen #try-main { height: 1fr; margin-top: 1; padding: 0 1 0 2; }
    TryTextScreen #try-answer { width: 1fr; height: 1fr; }
    TryTextScreen #try-attention { width: 1fr; height: 1fr; }
    TryTextScreen.-beside #try-attention { padding: 0 0 0 2; border-left: solid $line; }
    TryTextScreen TokenStrip { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "attention", "try.keys.attention", id="try.attention"),
        Binding("f7", "layer", "try.keys.layer", id="try.layer"),
        Binding("f8", "head", "try.keys.head", id="try.head"),
        Binding("up", "token(-1)", "try.keys.token", id="try.token", show=False),
        Binding("down", "token(1)", "try.keys.token", id="try.token", show=False),
        Binding("up", "more(-1)", "try.keys.more", id="try.more", show=False),
        Binding("down", "more(1)", "try.keys.more", id="try.more", show=False),
    ]

    def __init__(self, run_id: str) -> None:
        super().__init__(run_id)
        self._attends = False

    @abstractmethod
    def said(self) -> Iterable[Widget]:
        """Yield the widgets of the answer."""

    def body(self) -> Iterable[Widget]:
        field = TextLine(id="try-field")
        field.max_length = LONGEST
        yield field
        yield Lines(id="try-status")
        yield Lines(id="try-notes")
        with Horizontal(id="try-main"):
            with Vertical(id="try-answer"):
                yield from self.said()
                yield TokenStrip(self.words, self.glyphs, id="try-tokens")
            yield AttentionPane(self.words, self.glyphs, id="try-attention")

    def fill(self) -> None:
        super().fill()
        self.show_nothing()
        self._arrange()
        self.query_one("#try-field").focus()

    def speak(self) -> None:
        self.query_one("#try-field", TextLine).placeholder = self.words(f"try.example-{self.example()}")
        self.query_one(TokenStrip).speak(self.words, self.glyphs)
        self.query_one(AttentionPane).speak(self.words, self.glyphs)

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()
        self._say()

    def example(self) -> str:
        """Return how the text is called that stands in the field until something is typed."""
        return self.name_of_kind()

    @property
    def typed_text(self) -> str:
        """What stands in the field."""
        return self.query_one("#try-field", TextLine).value

    @property
    def shows_attention(self) -> bool:
        """Whether attention is in sight."""
        return self._attends or self.size.width >= WIDE

    def draft(self) -> str:
        return self.typed_text if self.query("#try-field") else ""

    def put_draft(self, text: str) -> None:
        field = self.query_one("#try-field", TextLine)
        if not field.value:
            field.value = text
            field.cursor_position = len(text)

    @on(Input.Changed, "#try-field")
    def typed(self, event: Input.Changed) -> None:
        event.stop()
        self.changed(TYPED_SECONDS if event.value.strip() else 0.0)

    @on(Input.Submitted, "#try-field")
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.changed()

    def show_answer(self, answer: Answer, arrays: dict[str, Any]) -> None:
        pieces = tuple(visible(piece) for piece in answer.pieces)
        self.query_one(TokenStrip).display = True
        self.query_one(TokenStrip).sentences = (Tokens("", pieces, tuple(answer.ids), (1,) * len(pieces)),)
        weights = arrays.get("attention")
        whole = weights is not None and weights.ndim == 4 and weights.shape[-1] == len(pieces)
        self.query_one(AttentionPane).put(pieces, weights if whole else None)

    def show_nothing(self) -> None:
        self.query_one(TokenStrip).display = False
        self.query_one(AttentionPane).put((), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer layers, heads and tokens where attention is in sight, and the way to it where it is not beside."""
        if action in ("layer", "head", "token"):
            return self.shows_attention
        if action == "more":  # the arrows go through the training texts where they do not go through tokens
            return not self.shows_attention and bool(self.query(Nearest))
        return self.size.width < WIDE if action == "attention" else True

    def action_attention(self) -> None:
        """Show attention in place of the answer, or the answer again."""
        self._attends = not self._attends
        self._arrange()
        self.refresh_bindings()
        self.changed()

    def action_layer(self) -> None:
        """Show the attention of the next layer."""
        self.query_one(AttentionPane).action_layer(1)

    def action_head(self) -> None:
        """Show the attention of the next head."""
        self.query_one(AttentionPane).action_head(1)

    def action_token(self, by: int) -> None:
        """Show where the next token looks, or the one before; the hands stay in the field."""
        self.query_one(AttentionPane).map.action_move(by, 0)

    def action_more(self, by: int) -> None:
        """Show the next of the nearest training texts, or the one before; the hands stay in the field."""
        self.query_one(Nearest).action_move(by)

    def _arrange(self) -> None:
        if not self.query(AttentionPane):
            return
        wide = self.size.width >= WIDE
        self.set_class(wide, "-beside")
        pane, answer = self.query_one(AttentionPane), self.query_one("#try-answer")
        before = pane.display
        pane.display = self.shows_attention
        answer.display = wide or not self._attends
        if pane.display and not before and self.answer is not None:
            self.changed()
        self.refresh_bindings()


class TryLabelScreen(TryTextScreen):
    """A text for a classifier: the probability of each class, and the nearest training examples."""

    DEFAULT_CSS = """
    TryLabelScreen #try-top { height: 10; }
    TryLabelScreen ClassBars { width: 34; height: 1fr; }
    TryLabelScreen Nearest { width: 1fr; height: 1fr; padding: 0 0 0 2; }
    TryLabelScreen.-wide ClassBars { width: 28; }
    TryLabelScreen.-high #try-top { height: 18; }
    """

    def said(self) -> Iterable[Widget]:
        with Horizontal(id="try-top"):
            yield ClassBars(self.words, self.glyphs, id="try-bars")
            yield Nearest(self.words, self.glyphs, id="try-nearest")

    def example(self) -> str:
        data = str(self.moment.recipe.knobs.get("data", "")) if self.moment else ""
        return data if data in EXAMPLES else "label"

    def question(self) -> Ask | None:
        text = self.typed_text
        return Ask(kind="classify", text=text, attention=self.shows_attention) if text.strip() else None

    def speak(self) -> None:
        super().speak()
        self.query_one(ClassBars).speak(self.words, self.glyphs)
        self.query_one(Nearest).speak(self.words, self.glyphs)

    def show_answer(self, answer: Answer, arrays: dict[str, Any]) -> None:
        super().show_answer(answer, arrays)
        bars, nearest = self.query_one(ClassBars), self.query_one(Nearest)
        bars.names = [visible(name) for name in answer.classes]
        bars.shares = answer.probabilities
        nearest.near = [Near(visible(near.text), visible(near.label), near.similarity) for near in answer.neighbours]
        living = self.trial is not None and self.trial.state in ("running", "paused", "stalled")
        nearest.hollow = "" if nearest.near else self.words("try.nearest-soon" if living else "try.nearest-none")

    def show_nothing(self) -> None:
        super().show_nothing()
        bars, nearest = self.query_one(ClassBars), self.query_one(Nearest)
        bars.names, bars.shares = self.classes_of_run, ()
        nearest.near, nearest.hollow = (), ""


class TryFillScreen(TryTextScreen):
    """A text with [MASK] for a model that was pre-trained: its guesses for each [MASK]."""

    DEFAULT_CSS = """
    TryFillScreen MaskGuesses { height: 10; }
    TryFillScreen.-high MaskGuesses { height: 20; }
    """

    def said(self) -> Iterable[Widget]:
        yield MaskGuesses(self.words, self.glyphs, id="try-guesses")

    def question(self) -> Ask | None:
        text = self.typed_text
        return Ask(kind="fill", text=text, attention=self.shows_attention) if text.strip() else None

    def speak(self) -> None:
        super().speak()
        self.query_one(MaskGuesses).speak(self.words, self.glyphs)

    @on(Input.Changed, "#try-field")
    def typed(self, event: Input.Changed) -> None:
        """Write [MASK] for an underscore: it is hard to type."""
        field = self.query_one("#try-field", TextLine)
        found = BLANKS.search(event.value)
        if found:
            field.value = event.value[: found.start()] + MASK_PIECE + event.value[found.end() :]
            field.cursor_position = found.start() + len(MASK_PIECE)
        else:
            super().typed(event)

    def show_answer(self, answer: Answer, arrays: dict[str, Any]) -> None:
        super().show_answer(answer, arrays)
        text = BRACKETS.sub(MASK_PIECE, self.typed_text)
        parts = text.split(MASK_PIECE)
        cards = []
        for number, masked in enumerate(answer.masks):
            before, after = "___".join(parts[: number + 1]), "___".join(parts[number + 1 :])
            guesses = tuple((visible(guess.word), guess.probability) for guess in masked.guesses)
            cards.append(Sentence(text=before + MASK_PIECE + after, guesses=guesses))
        self.query_one(MaskGuesses).sentences = tuple(cards)

    def show_nothing(self) -> None:
        super().show_nothing()
        self.query_one(MaskGuesses).sentences = ()
