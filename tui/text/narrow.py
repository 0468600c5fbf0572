"""Text for terminals that draw characters of ambiguous width two cells wide: the same in surer signs."""

from __future__ import annotations

import unicodedata


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
    text = text.replace("——", "—").replace("……", "…").translate(_PROSE)
    return text.translate(_CHINESE_QUOTES if language == "zh" else _LATIN_QUOTES)


def drawn(text: str) -> str:
    """Return a drawing or code sign by sign in ASCII, so that its columns stay where they are."""
    return "".join("+" if "\u250c" <= sign <= "\u257f" else sign for sign in text.translate(_DRAWN))
