"""The languages of a course say the same: placeholders, numbers, anchors, blocks, code."""

from __future__ import annotations

import io
import math
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import msgspec

from content.course import blocks
from content.course.blocks import spans_of
from content.course.book import Asked, Book
from content.course.number import NumberItem
from content.course.numerals import placeholders
from content.course.page import Page
from content.course.rules.spelled import spelled
from content.course.rules.texts import course_texts, named, texts
from content.course.spans import plain
from content.course.text import Text

_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])(\d[\d,]*(?:\.\d+)?|\.\d+)\s?(万亿|万|亿|%|million|billion|trillion)?")
_SCALES = {"万": 1e4, "亿": 1e8, "万亿": 1e12, "million": 1e6, "billion": 1e9, "trillion": 1e12, "%": 0.01}
_SPELLED = {*map(float, range(13)), 20.0, 100.0, 1000.0}
"""Numbers that one language spells out and the other does not."""


def check_parity(book: Book) -> None:
    """Questions and pages are the same in all languages of the course."""
    for asked in book.all_items():
        for field, text, _ in texts(asked.item):
            _placeholders(asked, field, text)
            _numbers(asked, field, text)
    for file, field, line, text, _ in course_texts(book):
        for language, words, first, second in _unequal(text):
            book.error("parity-numbers", file, named(field, language), words, line=line, first=first, second=second)
    first = book.languages[0]
    for section in book.index.sections:
        one = book.pages.get((section.slug, first))
        for language in book.languages[1:]:
            other = book.pages.get((section.slug, language))
            if one and other:
                _pages(book, one, other)


def lacking(ours: set[float], theirs: set[float]) -> set[float]:
    """Return the numbers of `ours` that `theirs` lacks; 32 and 32 % are the same, as in "32 to 46 %"."""

    def said(number: float) -> bool:
        return any(math.isclose(number * scale, other) for other in theirs for scale in (1, 100, 0.01))

    return {number for number in ours if not said(number)}


def numbers_in(text: str) -> set[float]:
    """Return the numbers of a text that no language spells out; 1.1亿 and 110 million are the same."""
    found = set()
    for match in _NUMBER.finditer(text):
        digits = match[1].replace(",", "")
        found.add(float(f"{float(digits) * _SCALES.get(match[2] or '', 1.0):.12g}"))
    return found - _SPELLED


def _placeholders(asked: Asked, field: str, text: Text) -> None:
    if not isinstance(asked.item, NumberItem):
        return
    named = {language: sorted({name for name, _ in placeholders(words)}) for language, words in text.all()}
    for language, names in list(named.items())[1:]:
        one = next(iter(named))
        if names != named[one]:
            first, second = _listed(named[one]), _listed(names)
            asked.error("parity-placeholders", f"{field}.{language}", first=first, second=second)


def _numbers(asked: Asked, field: str, text: Text) -> None:
    for language, words, first, second in _unequal(text):
        asked.error("parity-numbers", f"{field}.{language}", words, first=first, second=second)


def _unequal(text: Text) -> Iterator[tuple[str, str, str, str]]:
    """Yield each language whose numbers are not those of the first one: its words, and what either has more."""
    said = [(language, words, numbers_in(words)) for language, words in text.all()]
    for language, words, numbers in said[1:]:
        more = lacking(said[0][2], numbers | spelled(words))
        less = lacking(numbers, said[0][2] | spelled(said[0][1]))
        if more or less:
            yield language, words, _listed(more), _listed(less)


def _listed(names: Iterable[object]) -> str:
    return ", ".join(f"{name:g}" if isinstance(name, float) else str(name) for name in names) or "none"


def _pages(book: Book, one: Page, other: Page) -> None:
    ours, theirs = _skeleton(one), _skeleton(other)
    if ours != theirs:
        end = ("the end", 0)
        pairs = zip_longest(ours, theirs, fillvalue=end)
        first, second = next(pair for pair in pairs if pair[0] != pair[1])
        at = other.anchors().get(second[0], -1)
        line = other.blocks[at].line if other.blocks else 1
        book.error("parity-anchors", other.file, second[0], line=line, first=first[0], second=second[0])
        return
    kinds = (blocks.Opening, blocks.Worked, blocks.Figure, blocks.Code, blocks.Train, blocks.Demo, blocks.Table)
    for kind in kinds:
        name = kind.__name__.lower()
        mine = [block for block in one.blocks if isinstance(block, kind)]
        their = [block for block in other.blocks if isinstance(block, kind)]
        if len(mine) != len(their):
            counts = {"first": len(mine), "second": len(their)}
            book.error("parity-blocks", other.file, name, line=1, kind=name, **counts)
            continue
        for block, translated in zip(mine, their, strict=True):
            _blocks(book, other.file, block, translated)
    _computed(book, one, other)
    _linked(book, one, other)


def _linked(book: Book, one: Page, other: Page) -> None:
    """Both pages lead to the same terms, pages and addresses."""
    for kind in ("term", "page", "link"):
        ours, theirs = (
            {getattr(span, kind) for block in page.blocks for spans in spans_of(block) for span in spans} - {""}
            for page in (one, other)
        )
        if ours != theirs:
            first, second = _listed(sorted(ours - theirs)), _listed(sorted(theirs - ours))
            book.warn("parity-links", other.file, kind, line=1, first=first, second=second)


def _skeleton(page: Page) -> list[tuple[str, bool]]:
    """Return every anchor in order, and whether it is a heading's."""
    return [(block.anchor, isinstance(block, blocks.Heading)) for block in page.blocks if block.anchor]


def _blocks(book: Book, file: str, one: blocks.Block, other: blocks.Block) -> None:
    field = type(other).__name__.lower()

    def differ(code: str, first: str, second: str, value: str = "") -> None:
        book.error(code, file, field, value, line=other.line, kind=field, first=first, second=second)

    match one, other:
        case (blocks.Code() | blocks.Train() as mine, blocks.Code() | blocks.Train() as their):
            if mine.preset != their.preset:
                differ("parity-blocks", mine.preset or "no preset", their.preset or "no preset")
        case (blocks.Demo() as mine, blocks.Demo() as their):
            if mine.name != their.name:
                differ("parity-blocks", mine.name, their.name)
        case (blocks.Worked(), blocks.Worked()) | (blocks.Table(), blocks.Table()):
            ours, theirs = numbers_in(_words(one)), numbers_in(_words(other))
            more, less = lacking(ours, theirs), lacking(theirs, ours)
            if more or less:
                differ("parity-numbers", _listed(more), _listed(less))
    if isinstance(one, blocks.Code) and isinstance(other, blocks.Code):
        ours_bare, theirs_bare = stripped(one.text), stripped(other.text)
        if ours_bare != theirs_bare:
            odd = next((line for line in theirs_bare if line not in ours_bare), "a line is missing")
            differ("parity-code", one.text, other.text, odd)


def _words(block: blocks.Block) -> str:
    if isinstance(block, blocks.Worked):
        return "\n".join(block.lines)
    return "\n".join(map(plain, spans_of(block)))


def _computed(book: Book, one: Page, other: Page) -> None:
    """What prose computes is the same under every heading; numbers as such are only looked at."""
    for mine, their in zip(_parts(one), _parts(other), strict=True):
        anchor = their.anchor or "page"
        line = other.blocks[other.anchors()[anchor]].line if their.anchor else 1
        if sorted(mine.computed) != sorted(their.computed):
            first = _listed(Counter(mine.computed) - Counter(their.computed))
            second = _listed(Counter(their.computed) - Counter(mine.computed))
            book.error("parity-computed", other.file, anchor, line=line, first=first, second=second)
        more, less = lacking(mine.numbers, their.numbers), lacking(their.numbers, mine.numbers)
        if more or less:
            first, second = _listed(more), _listed(less)
            book.warn("parity-numbers", other.file, anchor, line=line, first=first, second=second)


class _Part(msgspec.Struct):
    """What stands under one heading ("" before the first): what is computed, and every number."""

    anchor: str
    computed: list[str] = []
    numbers: set[float] = set()


def _parts(page: Page) -> list[_Part]:
    parts = [_Part("")]
    for block in page.blocks:
        if isinstance(block, blocks.Heading) and block.anchor:
            parts.append(_Part(block.anchor))
        for spans in spans_of(block):
            parts[-1].computed.extend(span.text for span in spans if span.computed)
            if not isinstance(block, blocks.Table):
                parts[-1].numbers.update(numbers_in(plain(spans)))
    return parts


def stripped(code: str) -> list[str]:
    """Return the lines of Python code without comments; lines that hold nothing else are left out."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(code).readline))
    except (tokenize.TokenError, SyntaxError):
        lines = [line.split("#")[0].rstrip() for line in code.split("\n")]
        return [line for line in lines if line]
    lines = code.split("\n")
    for token in reversed([token for token in tokens if token.type == tokenize.COMMENT]):
        row, column = token.start
        lines[row - 1] = lines[row - 1][:column]
    return [line.rstrip() for line in lines if line.strip()]
