"""Balance: over a section and over the course no habit of the author's gives answers away; there is enough to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from content.course.book import Asked, Book
from content.course.bug import Bug
from content.course.choice import Choice, Truth
from content.course.option import Option
from content.course.rules.options import SHORT
from content.course.spans import width
from content.quiz.numbers import parse_number

ITEMS = 8
RECALLED = 3
"""So few questions at least has a section, and one whose page is the answer to a question."""

SCOPE = 8
"""Of fewer questions nobody could learn a habit."""

MOST = 0.6
LONGEST = 0.5
"""Shares from which on a habit pays."""


def check_balance(book: Book) -> None:
    """Sections are large enough; true and false, places and lengths of right answers are balanced."""
    everything = list(book.all_items())
    for section in book.index.sections:
        file = f"{section.slug}/items.yaml"
        mine = [asked for asked in everything if asked.section is section]
        least = RECALLED if section.recall else ITEMS
        if len(mine) < least and section.slug not in book.partial:
            book.warn("items-few", file, "items", count=len(mine), least=least)
        _truths(book, mine, file, few=4, low=0.01)
        _longest(book, mine, file)
    _truths(book, everything, "course.yaml", few=SCOPE, low=1 - MOST)
    _longest(book, everything, "course.yaml")
    _places(book, everything)


def _truths(book: Book, asked: Sequence[Asked], file: str, *, few: int, low: float) -> None:
    answers = [each.item.answer for each in asked if isinstance(each.item, Truth)]
    if len(answers) >= few and not low <= sum(answers) / len(answers) <= 1 - low:
        book.warn("truth-balance", file, _field(file), true=sum(answers), false=len(answers) - sum(answers))


def _longest(book: Book, asked: Sequence[Asked], file: str) -> None:
    """The right option must not be the longest one too often, in any language by itself."""
    listed = [each.item.options for each in asked if isinstance(each.item, Choice | Truth | Bug)]
    for language in book.languages:
        long = [options for options in listed if any(width(each.text.say(language)) > SHORT for each in options)]
        told = sum(_tells(options, language) for options in long)
        if len(long) >= SCOPE and told > LONGEST * len(long):
            book.warn("key-longest", file, _field(file), language=language, told=told, count=len(long))


def _tells(options: Sequence[Option], language: str) -> bool:
    widths = sorted((width(option.text.say(language)), option.right) for option in options)
    return len(widths) > 1 and widths[-1][1] and widths[-1][0] > widths[-2][0]


def _places(book: Book, asked: Sequence[Asked]) -> None:
    """Options that are numbers are shown in order of size; all others are shuffled when they are shown."""
    places: Counter[str] = Counter()
    for each in asked:
        if isinstance(each.item, Choice | Truth | Bug):
            numbers = [(parse_number(option.text.say("")), option.right) for option in each.item.options]
            if len(numbers) > 2 and all(number is not None for number, _ in numbers):
                right = [right for _, right in sorted(numbers, key=lambda pair: pair[0] or 0)]
                places["smallest" if right[0] else "largest" if right[-1] else "middle"] += 1
    if places.total() >= SCOPE:
        place, count = places.most_common(1)[0]
        if count > MOST * places.total():
            book.warn("key-place", "course.yaml", "sections", place=place, told=count, count=places.total())


def _field(file: str) -> str:
    return "sections" if file == "course.yaml" else "items"
