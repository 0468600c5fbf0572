"""Names: unique where they must be, known where they are used."""

from __future__ import annotations

from content.course.book import Asked, Book
from content.course.section import Section
from content.course.sentences import near
from content.course.short import Short
from content.course.slips import slip_fields


def check_names(book: Book) -> None:
    """Ids are unique; objectives, misconceptions, places and sections exist."""
    known = set(book.index.slips).union(*(section.slips for section in book.index.sections))
    used: set[str] = set()
    objectives: set[tuple[str, str]] = set()
    taken: dict[str, str] = {}
    for asked in book.all_items():
        item = asked.item
        if item.id in taken:
            asked.error("id-twice", "id", item.id, other=taken[item.id])
        taken.setdefault(item.id, asked.file)
        objectives.add((asked.section.slug, item.objective))
        nameless = asked.section.slug in book.nameless
        if item.objective and item.objective not in asked.section.objectives and not nameless:
            hint = near(item.objective, asked.section.objectives)
            asked.error("objective-unknown", "objective", item.objective, section=asked.section.id, hint=hint)
        for field, slip in slip_fields(item):
            used.add(slip)
            if slip and slip not in known and not book.nameless:
                asked.error("slip-unknown", field, slip, hint=near(slip, sorted(known)))
        _cite(asked)
    for section in book.index.sections:
        file = f"{section.slug}/section.yaml"
        for objective in section.objectives:
            if (section.slug, objective) not in objectives and section.slug not in book.partial:
                book.warn("objective-unused", file, f"objectives.{objective}", objective)
        for slip in section.slips:
            if slip not in used and not book.partial:
                book.warn("slip-unused", file, f"slips.{slip}", slip)
        _recall(book, section)
    _sections(book)


def _recall(book: Book, section: Section) -> None:
    """The question that is asked before the page is one of the section, answered in the learner's own words."""
    file, kinds = f"{section.slug}/section.yaml", {item.id: item.kind for item in book.items[section.slug]}
    if section.recall and section.recall not in kinds:
        if section.slug not in book.partial:
            hint = near(section.recall, kinds)
            book.error("recall-unknown", file, "recall", section.recall, section=section.id, hint=hint)
    elif section.recall and kinds[section.recall] != Short.kind:
        book.error("recall-kind", file, "recall", section.recall, kind=kinds[section.recall])


def _unlisted(book: Book) -> None:
    """Nothing that was written is left out of the course by an oversight."""
    slugs = {section.slug for section in book.index.sections}
    for path in sorted(book.root.glob("*/section.yaml")):
        if path.parent.name not in slugs and slugs:
            book.warn("section-unlisted", "course.yaml", "sections", path.parent.name)
    for path in sorted(book.root.glob("*/page.*.md")):
        language = path.name.removeprefix("page.").removesuffix(".md")
        if path.parent.name in slugs and language not in book.languages:
            file, known = f"{path.parent.name}/{path.name}", ", ".join(book.languages)
            book.warn("language-unknown", file, "page", language, line=1, languages=known)


def _cite(asked: Asked) -> None:
    slug, _, anchor = asked.item.cites.partition("#")
    pages = [page for (name, _), page in asked.book.pages.items() if name == slug]
    if asked.item.cites and not any(anchor in page.anchors() for page in pages):
        anchors = sorted({f"{page.slug}#{name}" for page in asked.book.pages.values() for name in page.anchors()})
        asked.error("cite-unknown", "cites", asked.item.cites, hint=near(asked.item.cites, anchors))


def _sections(book: Book) -> None:
    ids: dict[str, str] = {}
    slips: dict[str, str] = {}
    for section in book.index.sections:
        file = f"{section.slug}/section.yaml"
        if section.id in ids:
            book.error("id-twice", file, "id", section.id, other=ids[section.id])
        ids.setdefault(section.id, file)
        for slip in section.slips:
            if slip in slips:
                book.error("id-twice", file, f"slips.{slip}", slip, other=slips[slip])
            slips.setdefault(slip, file)
    _unlisted(book)
    if book.nameless or not ids:
        return
    for chapter in book.index.chapters:
        if not any(section.within(chapter) for section in book.index.sections):
            book.error("chapter-unknown", "course.yaml", f"chapters.{chapter}", chapter, hint=near(chapter, ids))
    for term in book.terms.values():
        if term.section and term.section not in ids:
            hint = near(term.section, ids)
            book.error(
                "section-unknown",
                "glossary.yaml",
                f"{term.id}.section",
                term.section,
                hint=hint,
            )
