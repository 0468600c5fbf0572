"""A section of a course: its title and what it wants to reach."""

from __future__ import annotations

import msgspec

from content.course.fields import Fields, Source
from content.course.text import Text
from content.course.tree import Branch, Tree


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section.

    Attributes:
        id: As printed, such as "1.3.2".
        slug: Its folder, such as "backprop".
        minutes: How long its page takes to read.
        objectives: By id, such as "132a".
        slips: Misconceptions by id, in the words that follow "you seem to think that ...".
    """

    id: str
    slug: str
    title: Text
    minutes: int = 0
    objectives: dict[str, Text] = {}
    slips: dict[str, Text] = {}


def read_section(tree: Tree | None, source: Source, slug: str) -> Section:
    """Return the section that `SLUG/section.yaml` describes; where that is broken, one that has its name."""
    if not isinstance(tree, Branch):
        return Section(id=slug, slug=slug, title=Text({"": slug}))
    fields = Fields(tree, "", source)
    named = fields.word("slug", slug)
    if named != slug:
        fields.fault("section-mismatch", "slug", named, wanted=slug)
    section = Section(
        id=fields.word("id") or slug,
        slug=slug,
        title=fields.text("title"),
        minutes=int(fields.number("minutes", 0)),
        objectives=read_texts(fields, "objectives"),
        slips=read_texts(fields, "slips"),
    )
    fields.finish()
    return section


def read_texts(fields: Fields, field: str) -> dict[str, Text]:
    """Return the texts of an optional mapping by their names."""
    inner = fields.fields(field, optional=True)
    return {name: inner.text(name) for name in inner.branch} if inner else {}
