"""Where the tokens of a probe sentence look, in one layer and head, after an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from content.course.visible import visible
from engine.events import Evaluated, TokenRow
from tui.glyphs import Glyphs
from tui.widgets.attention import AttentionMap
from tui.widgets.run.evaluated import ArrayFile, EvaluatedPanel
from tui.widgets.run.heading import Hint, when
from tui.widgets.run.moment import Moment
from tui.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = NDArray[Any]


class RunAttention(AttentionMap, inherit_bindings=False):
    """The map with the keys of a run's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", "bert.keys.token", id="run.token", show=False),
        Binding("down,j", "move(1, 0)", "bert.keys.token", id="run.token", show=False),
        Binding("left", "move(0, -1)", "bert.keys.token", id="run.token", show=False),
        Binding("right", "move(0, 1)", "bert.keys.token", id="run.token", show=False),
    ]


class AttentionPanel(EvaluatedPanel):
    """Attention of a sentence, by layer and head; after the last head comes the mean over all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "layer(1)", "bert.keys.layer", id="run.layer", show=False),
        Binding("L", "layer(-1)", "bert.keys.layer", id="run.layer", show=False),
        Binding("h", "head(1)", "bert.keys.head", id="run.head", show=False),
        Binding("H", "head(-1)", "bert.keys.head", id="run.head", show=False),
        Binding("pagedown", "sentence(1)", "bert.keys.sentence", id="run.sentence", show=False),
        Binding("pageup", "sentence(-1)", "bert.keys.sentence", id="run.sentence", show=False),
    ]

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.map = RunAttention(words, glyphs)
        self._file = ArrayFile()
        self._sentence = 0
        self._layer: int | None = None
        """None is the last layer."""
        self._head_number = 0
        super().__init__(words, glyphs, id=id)

    def picture(self) -> Widget:
        return self.map

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.map.speak(words, glyphs)
        super().speak(words, glyphs)

    def turn(self) -> None:
        self.action_sentence(1)

    def action_layer(self, by: int) -> None:
        """Show another layer."""
        layers, _ = self._sizes()
        if layers:
            self._layer = (self._layer_of(layers) + by) % layers
            self.again()

    def action_head(self, by: int) -> None:
        """Show another head, or the mean over all of them."""
        _, heads = self._sizes()
        if heads:
            self._head_number = (min(self._head_number, heads) + by) % (heads + (heads > 1))
            self.again()

    def action_sentence(self, by: int) -> None:
        """Show another sentence."""
        if self.moment is not None and (rows := _rows(self.moment)):
            self._sentence = (min(self._sentence, len(rows) - 1) + by) % len(rows)
            self.again()

    def choices(self, moment: Moment) -> Sequence[Evaluated]:
        return [said for said in moment.progress.evaluations if said.arrays]

    def drawn(self, said: Evaluated | None, moment: Moment) -> tuple[object, ...]:
        return (said, moment.progress.tokenized, len(self.choices(moment)) > 1)

    def hints(self, moment: Moment) -> Sequence[Hint]:
        layers, heads = self._sizes()
        if not layers:
            return []
        found = [("l", self._layer_name(layers)), ("h", self._head_name(heads))]
        if len(_rows(moment)) > 1:
            found.append(("pgdn", self.words("bert.sentence-hint")))
        return [*found, *([("[ ]", "")] if len(self.choices(moment)) > 1 else [])]

    def head(self, said: Evaluated | None, moment: Moment) -> str:
        if said is None:
            return self.words("bert.attention-wait")
        if self._attention(said, moment) is None:
            return self.words("run.arrays-gone")
        rows = _rows(moment)
        number = min(self._sentence, len(rows) - 1) + 1 if rows else 0
        return self.words("bert.attention-title", number=number, count=len(rows), when=when(said, moment, self.words))

    def draw(self, said: Evaluated | None, moment: Moment) -> None:
        weights = self._attention(said, moment) if said else None
        rows = _rows(moment)
        if weights is None or not rows:
            self.map.put((), None)
            return
        at = min(self._sentence, len(rows) - 1, len(weights) - 1)
        layers, heads = weights.shape[1:3]
        layer, head = self._layer_of(layers), min(self._head_number, heads)
        seen = [place for place, mask in enumerate(rows[at].mask) if mask and place < weights.shape[3]]
        chosen = weights[at, layer].mean(0, dtype="float32") if head == heads else weights[at, layer, head]
        pieces = [visible(rows[at].pieces[place]) for place in seen]
        self.map.put(pieces, chosen.astype("float32")[seen][:, seen])

    def describe(self, said: Evaluated | None, moment: Moment) -> str:
        layers, heads = self._sizes()
        names = f"{self._layer_name(layers)}, {self._head_name(heads)}\n\n" if layers else ""
        return names + self.map.describe()

    def _attention(self, said: Evaluated, moment: Moment) -> Weights | None:
        """Return the weights, shape (sentences, layers, heads, tokens, tokens); None where there are none."""
        found = self._file.read(said, moment).get("attention")
        return None if found is None or found.ndim != 5 or not found.size else found

    def _sizes(self) -> tuple[int, int]:
        """Return how many layers and heads there are; 0 while nothing is known."""
        said = self.seen(self.moment) if self.moment is not None else None
        weights = self._attention(said, self.moment) if said is not None and self.moment is not None else None
        return (weights.shape[1], weights.shape[2]) if weights is not None else (0, 0)

    def _layer_of(self, layers: int) -> int:
        return layers - 1 if self._layer is None else min(self._layer, layers - 1)

    def _layer_name(self, layers: int) -> str:
        return self.words("bert.layer", number=self._layer_of(layers) + 1, count=layers)

    def _head_name(self, heads: int) -> str:
        if self._head_number >= heads:
            return self.words("bert.head-mean", count=heads)
        return self.words("bert.head", number=self._head_number + 1, count=heads)


def _rows(moment: Moment) -> list[TokenRow]:
    return moment.progress.tokenized.rows if moment.progress.tokenized else []
