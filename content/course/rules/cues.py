"""Cues: a question gives its answer away by nothing but what it asks."""

from __future__ import annotations

import re

from content.course.book import Asked, Book
from content.course.bug import Bug
from content.course.choice import Choice, Multiple, Truth
from content.course.option import Option
from content.course.spans import item_spans, plain

ABOVE = {
    "en": re.compile(
        r"(?:all|none|any|both|neither) of (?:the above|these|those|them|the others?|the options)"
        r"|(?:all|both|none|neither) (?:are|is) (?:right|correct|true|wrong|false)|\(?[a-d]\)? and \(?[a-d]\)?",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"(?:以上|上述|上面|前面)[^，。：]{0,4}(?:都|皆|全|均|没有)[^，。：]{0,4}"
        r"|(?:全|都|均)(?:对|错|正确|不对|不正确)|[a-dA-D]\s?[和与、]\s?[a-dA-D]"
    ),
}
"""Options that speak of the other options."""

ABSOLUTE = {
    "en": re.compile(r"\b(?:always|never|impossible|guaranteed|absolutely)\b", re.IGNORECASE),
    "zh": re.compile(r"总是|永远|一定会|一定能|从不|绝不|绝对|必定|必然"),
}
"""Words by which test-wise learners know a wrong option."""

NEGATIVE = {
    "en": re.compile(r"\b(?:which|what)\b[^.?!]*\b(not|except|incorrect|false|wrong)\b[^.?!]*\?", re.IGNORECASE),
    "zh": re.compile(r"(?:哪|下列|以下)[^。？！]*?(不(?:正确|对|成立|属于|符合|包括|是|应)|错误|除外)[^。？！]*？"),
}
"""Questions for what does not hold."""

_WORD = re.compile(r"[a-z]{4,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
LONGEST = 1000
"""Characters of a question that are looked at; a longer one is told elsewhere."""

LONG_WORD = 8
HAN_PAIRS = 3
"""So many pairs of Chinese letters are four in a row, about two words."""

_COMMON = re.compile(
    r"about|after|also|before|being|between|could|does|each|every|first|from|gives?|have|here|into|last|least|less|"
    r"like|made|makes?|many|more|most|much|must|only|other|over|same|should|some|such|takes?|than|that|their|them|"
    r"then|there|these|they|this|those|through|under|very|what|when|where|which|while|will|with|without|would"
)
"""English words that say nothing of a subject."""


def check_cues(book: Book) -> None:
    """No option speaks of the others, no word betrays one, nothing but the right one echoes the question."""
    for asked in book.all_items():
        item = asked.item
        if not isinstance(item, Choice | Multiple | Truth | Bug):
            continue
        for language in book.languages:
            for index, option in enumerate(item.options):
                words = option.text.say(language).strip()
                if language in ABOVE and ABOVE[language].fullmatch(words.rstrip(".。")):
                    asked.error("option-above", _named(option, index, language), words)
            _absolute(asked, item.options, language)
            if isinstance(item, Choice | Multiple):
                _negative(asked, language)
            if not isinstance(item, Multiple):
                _echo(asked, item.options, language)


def _named(option: Option, index: int, language: str) -> str:
    return f"options[{index}].text" + (f".{language}" if language in option.text.words else "")


def _absolute(asked: Asked, options: tuple[Option, ...], language: str) -> None:
    if language not in ABSOLUTE:
        return
    found = [ABSOLUTE[language].search(option.text.say(language)) for option in options]
    if any(word and option.right for word, option in zip(found, options, strict=True)):
        return  # it is true of the right one, too
    for index, word in enumerate(found):
        if word:
            asked.warn("absolute-word", _named(options[index], index, language), word[0])


def _negative(asked: Asked, language: str) -> None:
    """What is asked for must be seen at a glance where it is what does not hold."""
    words = asked.item.ask.say(language)[:LONGEST]
    found = NEGATIVE[language].search(words) if language in NEGATIVE else None
    if found and words[: found.start(1)].count("**") % 2 == 0:
        asked.warn("negative-ask", "ask" + (f".{language}" if language in asked.item.ask.words else ""), found[1])


def _echo(asked: Asked, options: tuple[Option, ...], language: str) -> None:
    """Where the right option alone repeats words of the question, one need not know the subject."""
    there = _subjects(asked.item.ask.say(language))
    shared = [there & _subjects(option.text.say(language)) for option in options]
    if any(words and not option.right for words, option in zip(shared, options, strict=True)):
        return
    for index, (words, option) in enumerate(zip(shared, options, strict=True)):
        if option.right and _telling(words):
            asked.warn("echo", _named(option, index, language), ", ".join(sorted(words)))


def _telling(words: set[str]) -> bool:
    """Return whether so much is repeated that it strikes: two words or a long one, or some two words of Chinese."""
    pairs = sum(bool(_HAN.match(word)) for word in words)
    return pairs >= HAN_PAIRS or len(words) - pairs > 1 or any(len(word) >= LONG_WORD for word in words)


def _subjects(text: str) -> set[str]:
    """Return the words of a text that carry meaning; of Chinese every two neighbours, where no spaces divide it."""
    bare = plain(item_spans(text))
    han = (run[at : at + 2] for run in _HAN.findall(bare) for at in range(len(run) - 1))
    return {word for word in _WORD.findall(bare.lower()) if not _COMMON.fullmatch(word)} | set(han)
