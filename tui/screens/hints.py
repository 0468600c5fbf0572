"""What the key bar and the help screen say, made from the bindings themselves."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import ActiveBinding
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


def sign(key: str) -> str:
    """Return a key as it is written on a keyboard, with the keys that are held."""
    held, plus, last = key.rpartition("+")
    return f"{held}{plus}{SIGNS.get(last, last)}"


def takes_text(focused: Widget | None) -> bool:
    """Return whether letters and digits go into a text field now."""
    return isinstance(focused, Input | TextArea) or bool(getattr(focused, "takes_text", False))


def hints(bindings: Mapping[str, ActiveBinding], words: Words, focused: Widget | None) -> tuple[KeyHint, ...]:
    """Return a hint for each binding that shows and acts now, help last.

    While a text field has the focus, keys that would be typed into it are left out.
    """
    found: dict[str, KeyHint] = {}
    typing = takes_text(focused)
    for key, active in bindings.items():
        binding = active.binding
        if not binding.show or not active.enabled or not words.find(binding.description):
            continue
        if typing and _typed(key):
            continue
        name = binding.id or binding.action
        written = sign(key) if typing else binding.key_display or sign(key)
        hint = KeyHint(key=written, words=words(binding.description), action=binding.action, press=key)
        found.setdefault(name, hint)
    help_hint = found.pop("app.keys", None)
    back = found.pop("base.back", None)
    rest = list(found.values())
    return tuple(rest + [hint for hint in (back, help_hint) if hint is not None])


def _typed(key: str) -> bool:
    """Return whether a text field takes this key for itself."""
    return not (key.startswith(("ctrl+", "alt+")) or key in ("enter", "tab", "shift+tab", "escape") or _function(key))


def _function(key: str) -> bool:
    return key[:1] == "f" and key[1:].isdigit()
