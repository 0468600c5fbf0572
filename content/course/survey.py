"""Reads the index of a course from its files, and the questions of a section."""

from __future__ import annotations

import re
from pathlib import Path

from content.course.any_item import AnyItem
from content.course.fields import SLUG, Fields, Source
from content.course.index import FORMAT, Index
from content.course.items import read_items
from content.course.section import Section
from content.course.sentences import fault
from content.course.source import read_source
from content.course.text import Text
from content.course.tree import Branch, Row, Tree, Word, parse_yaml
from content.errors import ContentError, Fault

SECTIONS = 5000
LANGUAGES = 20
"""More of them than any course has."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_index(root: Path, faults: list[Fault], sources: dict[str, Source] | None = None) -> Index:
    """Return the index as the files say it; `sources` is given the lines of what was read.

    Raises:
        ContentError: There is no `course.yaml` from which a course could be made.
    """
    text = read_source(root, "course.yaml", faults)
    tree = parse_yaml(text, "course.yaml", faults) if text is not None else None
    if not isinstance(tree, Branch):
        if tree is not None or not faults:
            wanted = "a mapping with id, languages, title and sections"
            faults.append(fault("field-kind", file="course.yaml", line=1, field="file", wanted=wanted))
        raise ContentError(faults[-1])
    languages = _languages(root, tree, faults)
    source = Source("course.yaml", languages, faults)
    if sources is not None:
        sources["course.yaml"] = source
    fields = Fields(tree, "", source)
    fields.take("languages")
    version = fields.number("format", FORMAT)
    if version > FORMAT:
        fields.fault("format-newer", "format", version, newest=FORMAT)
        raise ContentError(faults[-1])
    slugs = []
    rows = fields.rows("sections")
    if not rows and fields.has("sections"):
        fields.fault("field-kind", "sections", wanted="a list of folders, one a section")
    if len(rows) > SECTIONS:
        fields.fault("too-many", "sections", count=len(rows), limit=SECTIONS)
    for name, entry in rows[:SECTIONS]:
        if not isinstance(entry, Word) or not SLUG.fullmatch(entry):
            fields.fault("slug", name, entry if isinstance(entry, Word) else "", line=entry.line)
        elif str(entry) in slugs:
            fields.fault("id-twice", name, entry, line=entry.line, other="course.yaml")
        else:
            slugs.append(str(entry))
    index = Index(
        id=fields.slug("id") or "course",
        languages=languages,
        title=fields.text("title"),
        about=fields.text("about", optional=True),
        check_by=fields.word("check_by", ""),
        chapters=read_texts(fields, "chapters"),
        slips=read_texts(fields, "slips"),
        sections=tuple(_section(root, slug, languages, faults, sources) for slug in slugs),
    )
    fields.finish()
    return index


def _languages(root: Path, tree: Branch, faults: list[Fault]) -> tuple[str, ...]:
    named = tree.get("languages")
    words = [str(word) for word in named if isinstance(word, Word)] if isinstance(named, Row) else []
    found = tuple(dict.fromkeys(word for word in words if _LANGUAGE.fullmatch(word)))
    if not found or not isinstance(named, Row) or len(found) != len(named) or len(found) > LANGUAGES:
        line = tree.lines.get("languages", tree.line)
        wanted = "a list of languages such as [en, zh]"
        faults.append(
            fault(
                "field-kind",
                file="course.yaml",
                line=line,
                field="languages",
                value=named or "",
                wanted=wanted,
            )
        )
    return found[:LANGUAGES] or _written(root) or ("en",)


def _written(root: Path) -> tuple[str, ...]:
    """Return the languages that pages are written in, where the course does not say."""
    names = {path.name.removeprefix("page.").removesuffix(".md") for path in root.glob("*/page.*.md")}
    return tuple(sorted(filter(_LANGUAGE.fullmatch, names)))[:LANGUAGES]


def _section(
    root: Path,
    slug: str,
    languages: tuple[str, ...],
    faults: list[Fault],
    sources: dict[str, Source] | None,
) -> Section:
    file = f"{slug}/section.yaml"
    source = Source(file, languages, faults)
    if sources is not None:
        sources[file] = source
    text = read_source(root, file, faults)
    return read_section(parse_yaml(text, file, faults) if text is not None else None, source, slug)


def read_section(tree: Tree | None, source: Source, slug: str) -> Section:
    """Return the section that `SLUG/section.yaml` describes; where that is broken, one that has its name."""
    if not isinstance(tree, Branch):
        if not any(each.file == source.file for each in source.faults):
            wanted = "a mapping with id, slug and title"
            line = tree.line if tree is not None else 1
            source.faults.append(fault("field-kind", file=source.file, line=line, field="file", wanted=wanted))
        return Section(id=slug, slug=slug, title=Text({"": slug}))
    fields = Fields(tree, "", source)
    named = fields.word("slug", slug)
    if named != slug:
        fields.fault("section-mismatch", "slug", named, wanted=slug)
    section = Section(
        id=fields.word("id") or slug,
        slug=slug,
        title=fields.text("title"),
        minutes=fields.whole("minutes", 0, 0, 10_000),
        check_by=fields.word("check_by", ""),
        recall=fields.word("recall", ""),
        objectives=read_texts(fields, "objectives"),
        slips=read_texts(fields, "slips"),
    )
    fields.finish()
    return section


def read_texts(fields: Fields, field: str) -> dict[str, Text]:
    """Return the texts of an optional mapping by their names."""
    inner = fields.fields(field, optional=True)
    return {name: inner.text(name) for name in inner.branch} if inner else {}


def load_items(
    root: Path, section: Section, languages: tuple[str, ...], faults: list[Fault], *, keep_flawed: bool = False
) -> tuple[tuple[AnyItem, ...], Source]:
    """Return the sound questions of a section, and the lines of everything that was read.

    Args:
        keep_flawed: Keep those, too, that nobody could answer: for the linter, which has more to say of them.
    """
    file = f"{section.slug}/items.yaml"
    source = Source(file, languages, faults)
    text = read_source(root, file, faults)
    tree = parse_yaml(text, file, faults) if text is not None else None
    return read_items(tree, source, section.id, keep_flawed=keep_flawed), source
