"""Keys with which a number is typed into a demo; every other letter stays a key."""

from __future__ import annotations

from textual.binding import Binding

SIGNS = {**{digit: digit for digit in "0123456789"}, "full_stop": ".", "minus": "-"}
"""What each key types."""

NUMBER_KEYS = [
    *(
        Binding(key, f"type('{sign}')", "demo.keys.type", id="demo.type", show=False, key_display="0-9")
        for key, sign in SIGNS.items()
    ),
    Binding("backspace", "erase", "demo.keys.erase", id="demo.erase", show=False),
]
"""Their actions are `type` (a sign) and `erase`; `check_action` lets `erase` pass where nothing is typed."""
