"""A sentence with blanks to fill."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import msgspec

from content.course.fields import Fields
from content.course.item import Item
from content.course.text import Text
from content.course.tree import Branch, Row, Tree, Word

BLANK = re.compile(r"\[\[([\w-]+)\]\]")
"""Where a blank stands in the question."""

Forms = dict[str, tuple[str, ...]]
"""Spellings by language; the key "" holds those of every language."""


class BlankWrong(msgspec.Struct, frozen=True):
    """Words that a known misconception leads to."""

    forms: Forms
    slip: str
    why: Text


class Blank(msgspec.Struct, frozen=True):
    """A blank: what is accepted, and why."""

    accept: Forms
    why: Text
    wrongs: tuple[BlankWrong, ...] = ()

    def example(self, language: str) -> str:
        """Return the first accepted spelling in a language."""
        forms = self.accept.get(language) or self.accept.get("") or next(iter(self.accept.values()), ())
        return forms[0] if forms else ""


class Cloze(Item, frozen=True, kw_only=True):
    """A sentence with blanks, written as [[name]] in the question."""

    kind: ClassVar[str] = "cloze"
    blanks: dict[str, Blank]


def read_cloze(fields: Fields, common: dict[str, Any]) -> Cloze:
    """Return a sentence with blanks."""
    outer = fields.fields("blanks")
    blanks = {}
    for name in outer.branch if outer else ():
        assert outer
        inner = outer.fields(name)
        if inner is None:
            continue
        wrongs = []
        for entry in inner.each("wrong", optional=True):
            wrong = BlankWrong(_forms(entry, "is"), entry.word("slip", ""), entry.text("why", optional=True))
            wrongs.append(wrong)
            entry.finish()
        blanks[name] = Blank(_forms(inner, "accept"), inner.text("why", optional=True), tuple(wrongs))
        inner.finish()
    return Cloze(**common, blanks=blanks)


def _forms(fields: Fields, field: str) -> Forms:
    tree = fields.take(field)
    if tree is None:
        fields.missing(field)
        return {}
    if not isinstance(tree, Branch):
        return {"": _list(fields, field, tree)}
    languages = fields.source.languages
    for language, line in tree.lines.items():
        if language not in languages:
            known = ", ".join(languages)
            fields.fault("language-unknown", f"{field}.{language}", language, line=line, languages=known)
    for language in languages:
        if not tree.get(language):
            fields.fault("language-missing", f"{field}.{language}", line=tree.line, language=language)
    return {each: _list(fields, f"{field}.{each}", tree[each]) for each in tree if each in languages}


def _list(fields: Fields, field: str, tree: Tree) -> tuple[str, ...]:
    words = tree if isinstance(tree, Row) else [tree]
    found = tuple(str(word) for word in words if isinstance(word, Word) and word.strip())
    if len(found) != len(words) or not found:
        fields.fault("field-kind", field, line=tree.line, wanted="words, or a list of words", broken=True)
    return found
