"""Write pinyin.txt: how the 6,763 characters of GB 2312 are read, from the dictionaries of pypinyin 0.55.0.

Usage: python build_pinyin.py OUT

A line is a syllable without its tone (ü is written v), the characters that are mostly read so, and those that are
sometimes. Mostly is the first reading in pypinyin's dictionary, sometimes what at least `PHRASES` of its phrases use.
"""

import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

PHRASES = 3


def toneless(reading: str) -> str:
    """Return a reading in the letters of a keyboard: lǜ is lv."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def characters() -> list[str]:
    """Return the characters of GB 2312."""
    found = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # five cells at the end of the first level are empty
    return found


def main(out: Path) -> None:
    used = defaultdict(Counter)
    for phrase, readings in phrases_dict.items():
        for letter, reading in zip(phrase, readings, strict=False):
            used[letter][toneless(reading[0])] += 1
    mostly, sometimes = defaultdict(str), defaultdict(str)
    for letter in characters():
        first = toneless(pinyin_dict[ord(letter)].split(",")[0])
        more = (reading for reading, count in used[letter].items() if count >= PHRASES)
        mostly[first] += letter
        for reading in more:
            sometimes[reading] += letter if reading != first else ""
    syllables = sorted({*mostly, *sometimes} - {""})
    text = "".join(f"{each} {mostly[each]} {sometimes[each]}".rstrip() + "\n" for each in syllables)
    out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
