"""The keys of the screen below, generated from its bindings."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.screens.hints import sign, takes_text
from tui.screens.overlay import Overlay
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.words import Words

FRAME_CELLS = 78

MOST_CHOSEN = 4
"""So many keys of a binding stand in the order of their choice, the one to be learnt first."""


ARROWS = ("↑", "↓", "←", "→")


class KeysScreen(Overlay[None]):
    """A table of keys: what each is called and what it does."""

    DEFAULT_CSS = """
    KeysScreen { align: center middle; }
    KeysScreen > VerticalScroll {
        width: 78; max-width: 96%; height: auto; max-height: 94%;
        background: $surface; border: round $border; padding: 0 1; border-title-color: $learner;
    }
    KeysScreen Static { height: auto; }
    """
    BINDINGS = [
        Binding("escape,question_mark,f1,q,backspace,enter", "dismiss", "keys.back", id="keys.close"),
        Binding("j", "lines(1)", "keys.down", id="keys.down", show=False),
        Binding("k", "lines(-1)", "keys.up", id="keys.up", show=False),
        Binding("space", "page", "keys.page-down", id="keys.page-down", show=False),
    ]

    def __init__(self, below: Screen[Any], words: Words) -> None:
        super().__init__()
        self.below = below
        self.words = words

    def compose(self) -> ComposeResult:
        with VerticalScroll() as frame:
            frame.border_title = self.words("keys.title")
            yield Static(self._table())

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_lines(self, by: int) -> None:
        """Scroll what does not fit."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self) -> None:
        """Go a page on."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def rows(self) -> list[tuple[str, str, str]]:
        """Return each binding of the screen below: its keys, its name, what it does; no letters where one types."""
        found: dict[str, tuple[list[str], str, str]] = {}
        types = takes_text(self.below.focused)
        for key, active in self.below.active_bindings.items():
            if types and len(sign(key)) == 1 and sign(key) not in ARROWS:
                continue  # Textual knows it of most keys, and not of the slash
            binding = active.binding
            name = self.words.find(binding.description)
            if name is None:
                continue
            tip = self.words.find(f"{binding.description}-tip") or ""
            keys, _, _ = found.setdefault(binding.id or binding.action, ([], name, tip))
            if sign(key) not in keys:
                keys.append(sign(key))
        return [(" ".join(_joined(_ordered(keys))), name, tip) for keys, name, tip in found.values()]

    def _table(self) -> Content:
        rows = self.rows()
        room = min(FRAME_CELLS, int(self.app.size.width * 0.96)) - 6
        keys_cells = min(20, max((cell_len(keys) for keys, _, _ in rows), default=0))
        names_cells = max((cell_len(name) for _, name, _ in rows), default=0)
        lines = []
        left = keys_cells + names_cells + 4
        for keys, name, tip in rows:
            gap = " " * (keys_cells - cell_len(keys)) if cell_len(keys) <= keys_cells else "\n" + " " * keys_cells
            told = wrap([Span(tip)], max(12, room - left)) if tip else []
            lines.append(
                Content.styled(keys, "$learner bold")
                + Content(f"{gap}  {name}{' ' * (names_cells - cell_len(name))}  ")
                + Content.styled(("\n" + " " * left).join(plain(line) for line in told), "$quiet")
            )
        return Content("\n").join(lines)


def _joined(keys: list[str]) -> list[str]:
    """Return arrows with which the same key is held as one, such as shift+←→."""
    found: dict[str, str] = {}
    for key in keys:
        held, plus, last = key.rpartition("+")
        name = held if plus and last in ARROWS else key
        found[name] = found[name] + last if name in found else key
    return list(found.values())


def _ordered(keys: list[str]) -> list[str]:
    """Return digits as one counts, and many letters by the alphabet: which binding named them first says nothing."""
    letters = len(keys) > MOST_CHOSEN and all(len(key) == 1 and key.isalpha() for key in keys)
    return sorted(keys) if letters or all(key.isdigit() for key in keys) else keys
