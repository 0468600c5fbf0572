"""A term of the glossary."""

from __future__ import annotations

from pathlib import Path

import msgspec

from content.course.fields import Fields, Source
from content.course.sentences import fault
from content.course.source import read_source
from content.course.text import Text
from content.course.tree import Branch, Row, Tree, Word, parse_yaml

GLOSSARY = "glossary.yaml"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A term.

    Attributes:
        id: The English term in kebab-case.
        says: One or two sentences.
        section: Where it is taught, "" where nowhere.
        aka: Other names, by language.
        avoid: Words that the course does not use for it, by language.
    """

    id: str
    term: Text
    says: Text
    section: str = ""
    aka: dict[str, tuple[str, ...]] = {}
    avoid: dict[str, tuple[str, ...]] = {}
    line: int = 0


def read_glossary(root: Path, source: Source) -> dict[str, Term]:
    """Return the sound terms of a course by their ids; a course may do without a glossary."""
    if not (root / source.file).exists():
        return {}
    text = read_source(root, source.file, source.faults)
    return read_terms(parse_yaml(text, source.file, source.faults) if text is not None else None, source)


def read_terms(tree: Tree | None, source: Source) -> dict[str, Term]:
    """Return the sound terms of `glossary.yaml` by their ids."""
    if not isinstance(tree, Branch):
        if tree is not None:
            wanted = "a mapping with terms"
            source.faults.append(fault("field-kind", file=source.file, line=tree.line, field="file", wanted=wanted))
        return {}
    fields = Fields(tree, "", source)
    terms: dict[str, Term] = {}
    for entry in fields.each("terms"):
        source.broken = False
        name = entry.branch.get("id")
        entry.path = str(name) if isinstance(name, Word) and name else entry.path
        term = _term(entry)
        if term.id in terms:
            entry.fault("id-twice", "id", term.id, other=source.file)
        elif not source.broken:
            terms[term.id] = term
    fields.finish()
    return terms


def _term(entry: Fields) -> Term:
    source = entry.source
    words: dict[str, str] = {}
    says: dict[str, str] = {}
    for language in source.languages:
        inner = entry.fields(language, optional=True)
        if inner is None:
            entry.fault("language-missing", language, language=language)
            continue
        words[language], says[language] = inner.word("term"), inner.word("says")
        inner.finish()
    if not words:
        source.broken = True
    term = Term(
        id=entry.slug("id"),
        term=Text(words),
        says=Text(says),
        section=entry.word("section", ""),
        aka=_names(entry, "aka"),
        avoid=_names(entry, "avoid"),
        line=entry.branch.line,
    )
    entry.finish()
    return term


def _names(entry: Fields, field: str) -> dict[str, tuple[str, ...]]:
    tree = entry.take(field)
    found: dict[str, tuple[str, ...]] = {}
    if not isinstance(tree, Branch):
        if tree is not None:
            entry.fault("field-kind", field, wanted="lists of names by language")
        return found
    for language, names in tree.items():
        if language not in entry.source.languages:
            known = ", ".join(entry.source.languages)
            line = tree.lines[language]
            entry.fault("language-unknown", f"{field}.{language}", language, line=line, languages=known)
        elif isinstance(names, Row) and all(isinstance(name, Word) for name in names):
            found[language] = tuple(map(str, names))
        else:
            line = tree.lines[language]
            entry.fault("field-kind", f"{field}.{language}", line=line, wanted="a list of names")
    return found
