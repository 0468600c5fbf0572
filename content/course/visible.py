"""Foreign text made harmless: characters that steer a terminal become signs that one can see.

Courses, answers, names of runs and consoles are written by strangers. An escape sequence in them must
never reach the terminal, and a bidirectional override must not reorder what the learner reads.
"""

from __future__ import annotations

import re

_PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_BREAKS = (0x2028, 0x2029)
_NUMBERED = (*range(0x80, 0xA0), *_BIDI, *_BREAKS, *range(0xD800, 0xE000))
_SIGNS = {**_PICTURES, 0x7F: "\u2421", **{code: f"<U+{code:04X}>" for code in _NUMBERED}}

_STEERING = re.compile("[" + "".join(re.escape(chr(code)) for code in _SIGNS if code != 0x0D) + "]|\r(?!\n)")


def visible(text: str) -> str:
    """Return `text` with every character that steers a terminal as a visible sign.

    Newline and tab stay; CR LF becomes a newline. ESC is shown as ␛, the rest of C0 as its control picture,
    DEL as ␡; C1, bidirectional controls, line separators and lone surrogates as `<U+009B>`.
    """
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_SIGNS)


def steering(text: str) -> int:
    """Return where the first character stands that `visible` would replace, -1 where there is none."""
    found = _STEERING.search(text)
    return found.start() if found else -1
