"""Text for terminals that draw characters of ambiguous width two cells wide: the same in surer signs."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


def _greek(letter: str) -> str:
    """Return a Greek letter's name, its first letter large where the letter is."""
    kind, name = unicodedata.name(letter).split(" LETTER ")
    return (
        name.replace("LAMDA", "LAMBDA").capitalize() if "CAPITAL" in kind else name.replace("LAMDA", "LAMBDA").lower()
    )


_GREEK = {letter: _greek(letter) for letter in "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ"}

_SHARED = {"–": "-", "×": "x", "·": ".", "−": "-", "●": "*", "•": "*", "○": "o", "■": "#", "✓": "v"}

_PROSE = str.maketrans(
    {
        **_SHARED,
        **_GREEK,
        **{"…": "...", "—": "--", "÷": "/", "±": "+/-", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~"},
        **{"→": "->", "←": "<-", "⇒": "=>", "√": "sqrt", "∞": "inf", "°": " deg", "²": "^2", "³": "^3"},
        **{"∑": "sum", "∂": "d", "∇": "grad", "½": "1/2", "′": "'", "″": '"', "∈": "in", "∝": "~"},
    }
)
_LATIN_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_CHINESE_QUOTES = str.maketrans("“”‘’", "「」『』")

_DRAWN = str.maketrans(
    {
        **_SHARED,
        **dict.fromkeys("─━┄┈═╌╍╴╶", "-"),
        **dict.fromkeys("│┃┆┊║╎╏╵╷", "|"),
        **dict.fromkeys("▶►▸→⇒", ">"),
        **dict.fromkeys("◀◄◂←⇐", "<"),
        **dict.fromkeys("▲△↑⇑", "^"),
        **dict.fromkeys("▼▽↓⇓", "v"),
        **dict.fromkeys("█▉▊▋▌▐▓▒░■▇▆▅▄▀", "#"),
        **dict.fromkeys("▁▂▃▍▎▏", "_"),
        **dict.fromkeys("□◯◌○", "o"),
        **dict.fromkeys("…—", "-"),
        **dict.fromkeys("“”″", '"'),
        **dict.fromkeys("‘’′", "'"),
        **{"≈": "~", "╱": "/", "╲": "\\"},
    }
)


def narrow(text: str, language: str) -> str:
    """Return prose without characters of ambiguous width; Chinese quotes become 「」, always wide."""
    if text.isascii():
        return text
    text = text.replace("——", "—").replace("……", "…").translate(_PROSE)
    text = text.translate(_CHINESE_QUOTES if language == "zh" else _LATIN_QUOTES)
    return "".join(map(_bare, text))


def drawn(text: str) -> str:
    """Return a drawing or code sign by sign in ASCII, so that its columns stay where they are."""
    if text.isascii():
        return text
    text = text.translate(_DRAWN)
    return "".join("+" if "\u250c" <= sign <= "\u257f" else _bare(sign) for sign in text)


@lru_cache(maxsize=4096)
def _bare(sign: str) -> str:
    """Return a letter of ambiguous width without its accent: Müller is Muller; what has no plain form stays."""
    if unicodedata.east_asian_width(sign) != "A":
        return sign
    base = unicodedata.normalize("NFKD", sign)[0]
    return base if base.isascii() else sign
