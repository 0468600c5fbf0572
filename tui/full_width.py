"""The full-width signs of an input method, read as the keys that they stand for."""

from __future__ import annotations

from textual.events import Key
from textual.keys import _character_to_key

HALVED = {0x3000: " ", 0x3002: ".", 0x3001: "/", 0xFFE5: "$"} | {
    wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)
}
"""What an input method's full-width signs mean as keys: `？` is `?`, `／` and `、` are `/`, `。` is `.`."""


def halved(event: Key) -> Key:
    """Return the key that a full-width sign stands for; any other key as it is."""
    character = event.character or ""
    sign = HALVED.get(ord(character)) if len(character) == 1 else None
    return event if sign is None else Key(_character_to_key(sign), sign)
