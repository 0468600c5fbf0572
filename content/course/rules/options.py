"""Options: how many, how many right, all different, none given away by its length."""

from __future__ import annotations

from content.course.book import Asked, Book
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.option import Option
from content.course.spans import width

CUE_ERROR = 1.6
CUE_WARNING = 1.3
SHORT = 16
"""Options up to so many cells are taken in at a glance; their lengths give nothing away."""

ALL_THAT_APPLY = {"en": ("all that apply",), "zh": ("所有", "全部", "哪些")}


def check_options(book: Book) -> None:
    """Every question with options is a fair one."""
    for asked in book.all_items():
        item = asked.item
        if isinstance(item, Choice | Truth | Bug):
            _counts(asked, item.options, 3, 4)
            right = sum(option.right for option in item.options)
            if right != 1:
                asked.error("right-count", "options", count=right, wanted="exactly one")
        elif isinstance(item, Multiple):
            _counts(asked, item.options, 3, 6)
            right = sum(option.right for option in item.options)
            if not 1 <= right < len(item.options):
                asked.error("right-count", "options", count=right, wanted="at least one, and at least one wrong")
            _says_all(asked, item)
        if isinstance(item, Choice | Multiple | Truth | Bug):
            for language in book.languages:
                _differ(asked, item.options, language)
                _lengths(asked, item.options, language)


def _counts(asked: Asked, options: tuple[Option, ...], low: int, high: int) -> None:
    if not low <= len(options) <= high:
        asked.error("options-count", "options", count=len(options), low=low, high=high)


def _says_all(asked: Asked, item: Multiple) -> None:
    for language, signs in ALL_THAT_APPLY.items():
        words = item.ask.words.get(language, "").lower()
        if words and not any(sign in words for sign in signs):
            asked.error("all-that-apply", f"ask.{language}", words, words=" / ".join(signs))


def _differ(asked: Asked, options: tuple[Option, ...], language: str) -> None:
    seen: set[str] = set()
    for index, option in enumerate(options):
        words = "".join(option.text.say(language).casefold().split())
        if words in seen:
            asked.error("option-twice", f"options[{index}].text", option.text.say(language))
        seen.add(words)


def _lengths(asked: Asked, options: tuple[Option, ...], language: str) -> None:
    widths = [width(option.text.say(language)) for option in options]
    if len(widths) < 2 or max(widths) <= SHORT:
        return
    longest, shortest = max(widths), max(1, min(widths))
    field = f"options[{widths.index(longest)}].text"
    field += f".{language}" if language in options[widths.index(longest)].text.words else ""
    if longest > CUE_ERROR * shortest:
        asked.error("length-cue", field, longest=longest, shortest=shortest)
    elif longest > CUE_WARNING * shortest:
        asked.warn("length-cue", field, longest=longest, shortest=shortest)
