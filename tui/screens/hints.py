"""What the key bar and the help screen say, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import ActiveBinding, Binding
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.widgets.key_bar import KeyHint
from tui.words import Words

SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "escape": "esc",
    "full_stop": ".",
    "comma": ",",
    "minus": "-",
    "equals_sign": "=",
    "plus": "+",
    "exclamation_mark": "!",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "upper_t": "T",
}
"""How keys are written whose names in Textual are long."""

MOVES = {
    *("up", "down", "left", "right", "pageup", "pagedown", "home", "end"),
    *("j", "k", "shift+up", "shift+down", "shift+tab", "escape"),
}
"""Keys that move, or take back a choice: where they do not show, no room is given to them either."""

SEARCH = "app.search"
"""Acts everywhere, and is the first to be told of where there is room."""


def sign(key: str) -> str:
    """Return a key as it is written on a keyboard, with the keys that are held."""
    held, plus, last = key.rpartition("+")
    return f"{held}{plus}{SIGNS.get(last, last)}"


def takes_text(focused: Widget | None) -> bool:
    """Return whether letters and digits go into a text field now."""
    return isinstance(focused, Input | TextArea) or bool(getattr(focused, "takes_text", False))


def hints(bindings: Mapping[str, ActiveBinding], words: Words, focused: Widget | None) -> tuple[KeyHint, ...]:
    """Return a hint for each binding that acts now: those that show, then the spare ones, back and help last.

    Spare are the keys of the screen that do not show, in the order of its bindings, after the search; of what acts
    everywhere nothing else. While a text field has the focus, keys that would be typed into it are left out.
    """
    found: dict[str, KeyHint] = {}
    typing = takes_text(focused)
    acting = [
        (key, active.binding)
        for key, active in bindings.items()
        if active.enabled and words.find(active.binding.description) and not (typing and _typed(key))
    ]
    moving = {_name(binding) for key, binding in acting if key in MOVES}
    for spare in (False, True):
        for key, binding in acting:
            name = _name(binding)
            if binding.show is spare or name in found:
                continue
            if spare and (name in moving or (name.startswith("app.") and name != SEARCH)):
                continue
            written = sign(key) if typing else binding.key_display or sign(key)
            said = words(binding.description)
            found[name] = KeyHint(key=written, words=said, action=binding.action, press=key, spare=spare)
    last = [found.pop(name) for name in ("base.back", "app.keys") if name in found]
    return tuple(sorted(found.values(), key=_importance) + last)


def _name(binding: Binding) -> str:
    return binding.id or binding.action


def _importance(hint: KeyHint) -> int:
    """Return how far behind others a hint stands, of which those of the screen keep their order."""
    return (1 if hint.action == "search" else 2) if hint.spare else 0


def _typed(key: str) -> bool:
    """Return whether a text field takes this key for itself."""
    return not (key.startswith(("ctrl+", "alt+")) or key in ("enter", "tab", "shift+tab", "escape") or _function(key))


def _function(key: str) -> bool:
    return key[:1] == "f" and key[1:].isdigit()
