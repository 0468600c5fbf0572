"""Tongues: a text stands in the language that it is written in."""

from __future__ import annotations

import re

from content.course.book import Book
from content.course.rules.texts import course_texts, named, texts
from content.course.text import Text

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_CODE = re.compile(r"`[^`]*`|\{[^{}]*\}|\[\[[^\[\]]*\]\]")
_WORDS = re.compile(r"[a-z]{2,}(?:[\s,]+[a-z]{2,}){2,}")
"""Three small words in a row: a phrase, not a name, a formula or a call."""


def check_tongues(book: Book) -> None:
    """No text is left in the other language, as happens when one is copied to be translated later."""
    for asked in book.all_items():
        for field, text, _ in texts(asked.item):
            for language in _strange(text):
                asked.warn("language-other", named(field, language), text.words[language], language=language)
    for file, field, line, text, _ in course_texts(book):
        for language in _strange(text):
            where = named(field, language)
            book.warn("language-other", file, where, text.words[language], line=line, language=language)


def _strange(text: Text) -> list[str]:
    """Return the languages whose words are plainly in another one: English or Chinese."""
    return [language for language, words in text.words.items() if _is_strange(language, _CODE.sub(" ", words))]


def _is_strange(language: str, words: str) -> bool:
    han = len(_HAN.findall(words))
    if language == "zh":
        return not han and _WORDS.search(words) is not None
    return language == "en" and han > len(_LATIN.findall(words))
