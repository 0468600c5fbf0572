"""Numbers in words: "sixty", "three hundred" and 六十 say what 60 and 300 say."""

from __future__ import annotations

import re

LONGEST = 20
"""Words of a number; more are none."""

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = {
    **{word: value for value, word in enumerate(_SMALL)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_RUN = re.compile(rf"\b(?:(?:{'|'.join([*_ENGLISH, *_TIMES])}|and|a)\b[\s-]*)+", re.IGNORECASE)

_CHINESE = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN_RUN = re.compile(f"[{''.join([*_CHINESE, *_POWERS])}]+")


def spelled(text: str) -> set[float]:
    """Return the numbers that a text spells out, in English or in Chinese."""
    found = {_english(run) for run in _RUN.findall(text)}
    return {float(number) for number in found | {_chinese(run) for run in _HAN_RUN.findall(text)}}


def _english(run: str) -> int:
    whole = part = 0
    for word in re.findall(r"[a-z]+", run.lower())[:LONGEST]:
        if word in _ENGLISH:
            part += _ENGLISH[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in _TIMES:
            whole, part = whole + max(part, 1) * _TIMES[word], 0
    return whole + part


def _chinese(run: str) -> int:
    """Return the number of a run such as 一百二十 or 三千五."""
    whole = part = digit = 0
    for letter in run[:LONGEST]:
        if letter in _CHINESE:
            digit = _CHINESE[letter]
        elif _POWERS[letter] < 10**4:
            part, digit = part + max(digit, 1) * _POWERS[letter], 0
        else:
            whole, part, digit = whole + max(part + digit, 1) * _POWERS[letter], 0, 0
    return whole + part + digit
