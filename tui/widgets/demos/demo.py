"""What every demo is: a state, a picture of it, the same as text, and keys that lead to other states."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

import msgspec
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.text.span import Line
from tui.widgets.block_sheet import Look
from tui.widgets.canvas.tint import heat
from tui.widgets.prose_paint import paint
from tui.widgets.run.lines import spans
from tui.words import Words

State = TypeVar("State", bound=msgspec.Struct)

TINTS = 8
"""Tints between the ground and the model's colour: "heat0" to "heat8", which a page draws without."""

STYLES = ("strong", "quiet", "frame", "model", "learner", "other", "right", "wrong", "cursor")
"""What a picture's spans may be styled with, one or more names each; a page knows the same names."""


class Demo(Widget, Generic[State], can_focus=True):
    """Shows a demo and takes its keys; every change of its state is posted as `Changed`.

    Subclasses name the type of their `STATE`, whose defaults are how it begins, and give `picture` and `told`.
    Their actions call `become` with a state that a function of `tui.demos` returned.
    """

    STATE: ClassVar[type[Any]]

    STILL_ROWS: ClassVar[int] = 12
    """Rows of the picture in a page."""

    NUMBERS: ClassVar[tuple[str, ...]] = ()
    """Fields of the state that hold what a page speaks of, as the demo begins; a game has none."""

    DEFAULT_CSS = """
    Demo { width: 1fr; height: 1fr; background: $background; color: $foreground; }
    Demo > .demo--strong { text-style: bold; }
    Demo > .demo--quiet { color: $quiet; }
    Demo > .demo--frame { color: $line; }
    Demo > .demo--model { color: $model; }
    Demo > .demo--learner { color: $learner; text-style: bold; }
    Demo > .demo--other { color: $valid; }
    Demo > .demo--right { color: $success; text-style: bold; }
    Demo > .demo--wrong { color: $error; text-style: bold; }
    Demo > .demo--cursor { color: $learner; text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"demo--{name}" for name in STYLES}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "again", "demo.keys.again", id="demo.again", show=False),
    ]

    ALLOW_SELECT = False

    class Changed(Message):
        """The state is another one."""

        def __init__(self, demo: Demo[Any]) -> None:
            super().__init__()
            self.demo = demo

        @property
        def control(self) -> Demo[Any]:
            return self.demo

    def __init__(self, state: State, look: Look, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.state = state
        self.look = look
        self._strips: list[Strip] | None = None
        self._styles: dict[str, Style] = {}

    # -- what differs

    @classmethod
    def picture(cls, state: State, columns: int, rows: int, look: Look) -> list[Line]:
        """Return a state as at most so many rows; they may be wider than `columns` where nothing can be left out."""
        raise NotImplementedError

    @classmethod
    def told(cls, state: State, words: Words) -> str:
        """Return a state in words and numbers, for those who cannot see the picture, and to be copied."""
        raise NotImplementedError

    # -- the state

    @classmethod
    def read(cls, kept: object) -> State:
        """Return a state that was kept; the first one where nothing was, or where it makes no sense any more."""
        if kept is None:
            return cls.STATE()  # type: ignore[no-any-return]  # its type is the subclass's
        try:
            return msgspec.convert(kept, cls.STATE)  # type: ignore[no-any-return]
        except msgspec.ValidationError:
            return cls.STATE()  # type: ignore[no-any-return]

    @classmethod
    def keep(cls, state: State) -> object:
        """Return a state as the record keeps it; what `read` takes."""
        return msgspec.to_builtins(state)

    @classmethod
    def anew(cls, state: State) -> State:
        """Return how the demo begins, after a state."""
        return type(state)()

    @classmethod
    def of_page(cls, state: State) -> State:
        """Return a state with the page's numbers: this very one where they are in it, else how the demo begins."""
        first = cls.anew(state)
        return state if all(getattr(state, name) == getattr(first, name) for name in cls.NUMBERS) else first

    def become(self, state: State) -> None:
        """Show another state, and say so."""
        if state != self.state:
            self.state = state
            self.redraw()
            self.refresh_bindings()
            self.post_message(self.Changed(self))

    def action_again(self) -> None:
        """Begin anew."""
        self.become(self.anew(self.state))

    # -- drawing

    def speak(self, look: Look) -> None:
        """Show everything in other words or with other signs."""
        self.look = look
        self.redraw()

    def redraw(self) -> None:
        """Draw again, and repaint only the cells that differ."""
        before, self._strips = self._strips, None
        if before is None or len(before) != self.size.height or not self.size:
            self.refresh()
            return
        self._strips = self._made()
        pairs = enumerate(zip(before, self._strips, strict=True))
        changes = [region for row, (old, new) in pairs for region in spans(old, new, row)]
        if changes:
            self.refresh(*changes)

    def render_line(self, y: int) -> Strip:
        if self._strips is None or len(self._strips) != self.size.height:
            self._strips = self._made()
        return self._strips[y]

    def on_resize(self, event: events.Resize) -> None:
        self._strips = None

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._styles.clear()
        self._strips = None

    def _made(self) -> list[Strip]:
        width, height = self.size
        lines = self.picture(self.state, width, height, self.look)[:height]
        made = [paint(line, 0, width, self._style).crop(0, width) for line in lines]
        return made + [Strip.blank(width, self.rich_style)] * (height - len(made))

    def _style(self, names: str) -> Style:
        """Return the style of style names, the later ones over the earlier."""
        style = self._styles.get(names)
        if style is None:
            style = self.rich_style
            for name in names.split():
                if name.startswith("heat"):
                    style += heat(self, "demo--model", TINTS)[int(name.removeprefix("heat"))]
                else:
                    style += self.get_component_rich_style(f"demo--{name}", partial=True)
            self._styles[names] = style
        return style
