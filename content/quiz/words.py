"""Are two words the same for a learner? Case, width, spaces and hyphens do not count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from content.course.numerals import close
from content.quiz.numbers import parse_number

_IGNORED = re.compile(r"[\s\-‐‑–'’\"“”`]+")


def folded(text: str) -> str:
    """Return what counts of a word: "Pre‑Training " and "pretraining" come out the same."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold()).rstrip(".。,，;；!！")


def same(given: str, forms: Mapping[str, Iterable[str]]) -> bool:
    """Return whether what was typed is one of the forms of any language; 0.50 is the same number as .5."""
    word, number = folded(given), parse_number(given)
    if not word:
        return False
    for form in (form for spelled in forms.values() for form in spelled):
        if folded(form) == word:
            return True
        wanted = parse_number(form)
        if number is not None and wanted is not None and close(number, wanted):
            return True
    return False
