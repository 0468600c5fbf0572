"""Attention of the text that was typed, layer by layer and head by head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.glyphs import Glyphs
from tui.widgets.attention import AttentionMap
from tui.widgets.run.heading import Heading
from tui.words import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Weights = NDArray[Any]


class AttentionPane(Widget):
    """A map of one layer and one head; after the last head comes the mean over all of them."""

    DEFAULT_CSS = """
    AttentionPane { layout: vertical; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "layer(1)", "bert.keys.layer", id="attention.layer", show=False),
        Binding("L", "layer(-1)", "bert.keys.layer", id="attention.layer", show=False),
        Binding("h", "head(1)", "bert.keys.head", id="attention.head", show=False),
        Binding("H", "head(-1)", "bert.keys.head", id="attention.head", show=False),
    ]

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.words = words
        self.map = AttentionMap(words, glyphs)
        self._title = Heading()
        self._pieces: tuple[str, ...] = ()
        self._weights: Weights | None = None
        self._layer: int | None = None
        """None is the last layer."""
        self._head = 0

    def compose(self) -> ComposeResult:
        yield self._title
        yield self.map

    def put(self, pieces: Sequence[str], weights: Weights | None) -> None:
        """Show another text's attention, shape (layers, heads, tokens, tokens); None while nothing is known."""
        self._pieces, self._weights = tuple(pieces), weights
        self._show()

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        """Say everything in other words or with other signs."""
        self.words = words
        self.map.speak(words, glyphs)
        self._show()

    def action_layer(self, by: int) -> None:
        """Show another layer."""
        if self._weights is not None:
            layers = len(self._weights)
            self._layer = (self._layer_of(layers) + by) % layers
            self._show()

    def action_head(self, by: int) -> None:
        """Show another head, or the mean over all of them."""
        if self._weights is not None:
            heads = self._weights.shape[1]
            self._head = (min(self._head, heads) + by) % (heads + (heads > 1))
            self._show()

    def _show(self) -> None:
        weights = self._weights
        if weights is None:
            self._title.show("")
            self.map.put((), None)
            return
        layers, heads = weights.shape[:2]
        layer, head = self._layer_of(layers), min(self._head, heads)
        chosen = weights[layer].mean(0, dtype="float32") if head == heads else weights[layer, head]
        says = (
            self.words("bert.head-mean", count=heads)
            if head == heads
            else self.words("bert.head", number=head + 1, count=heads)
        )
        layer_says = self.words("bert.layer", number=layer + 1, count=layers)
        self._title.show(self.words("try.attention"), (("f7", layer_says), ("f8", says)))
        self.map.put(self._pieces, chosen.astype("float32"))

    def _layer_of(self, layers: int) -> int:
        return layers - 1 if self._layer is None else min(self._layer, layers - 1)
