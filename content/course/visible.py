"""Foreign text made harmless: characters that steer a terminal become signs that one can see.

Courses, answers, names of runs and consoles are written by strangers. An escape sequence in them must
never reach the terminal, and a bidirectional override must not reorder what the learner reads.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # C0 but tab, newline and carriage return; DEL; C1
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls
    r"\u2028\u2029\ud800-\udfff]"  # line separators, halves of pairs
    r"|\r(?!\n)"
)


def visible(text: str) -> str:
    """Return `text` with every character that steers a terminal as a visible sign.

    Newline and tab stay; CR LF becomes a newline. ESC is shown as ␛, the rest of C0 as its control picture,
    DEL as ␡; C1, bidirectional controls, line separators and lone surrogates as `<U+009B>`.
    """
    if text.isascii() and text.isprintable():
        return text
    return _STEERING.sub(_sign, text.replace("\r\n", "\n"))


def steering(text: str) -> int:
    """Return where the first character stands that `visible` would replace, -1 where there is none."""
    found = _STEERING.search(text)
    return found.start() if found else -1


def _sign(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"
