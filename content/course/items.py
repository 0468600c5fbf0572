"""Reads the questions of a section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from content.course.any_item import AnyItem
from content.course.bug import read_bug
from content.course.choice import read_choice, read_multiple, read_truth
from content.course.cloze import read_cloze
from content.course.fields import Fields, Source
from content.course.flaws import flaws
from content.course.item import LEVELS
from content.course.match import read_match
from content.course.number import read_number
from content.course.order import read_order
from content.course.sentences import fault, near
from content.course.short import read_short
from content.course.tree import Branch, Tree

READERS: dict[str, Callable[[Fields, dict[str, Any]], AnyItem | None]] = {
    "choice": read_choice,
    "multiple": read_multiple,
    "truth": read_truth,
    "number": read_number,
    "order": read_order,
    "bug": read_bug,
    "short": read_short,
    "match": read_match,
    "cloze": read_cloze,
}
"""How each type of question is read."""


def read_items(tree: Tree | None, source: Source, section: str, *, keep_flawed: bool = False) -> tuple[AnyItem, ...]:
    """Return the sound questions of a file, with `keep_flawed` all readable ones; the faults go to `source`."""
    if not isinstance(tree, Branch):
        if tree is not None:
            wanted = "a mapping with section and items"
            source.faults.append(fault("field-kind", file=source.file, line=tree.line, field="file", wanted=wanted))
        return ()
    fields = Fields(tree, "", source)
    named = fields.word("section")
    if named and named != section:
        fields.fault("section-mismatch", "section", named, wanted=section)
    items: dict[str, AnyItem] = {}
    for entry in fields.each("items", optional=True):
        item = read_item(entry, section)
        if item and not _answerable(entry, item) and not keep_flawed:
            continue
        if item and item.id in items:
            entry.fault("id-twice", "id", item.id, other=source.file)
        elif item:
            items[item.id] = item
    fields.finish()
    return tuple(items.values())


def read_item(entry: Fields, section: str) -> AnyItem | None:
    """Return one question, None where it cannot be used."""
    entry.source.broken = False
    name = entry.branch.get("id")
    entry.path = str(name) if isinstance(name, str) and name else entry.path
    entry.source.lines[entry.path] = entry.branch.line
    kind = entry.word("type")
    common: dict[str, Any] = {
        "id": entry.slug("id"),
        "section": section,
        "objective": entry.wanted("objective"),
        "level": entry.choice("level", LEVELS, "M"),
        "cites": entry.wanted("cites"),
        "blueprint": entry.word("blueprint", ""),
        "ask": entry.text("ask"),
        "why": entry.text("why", optional=True),
        "hints": tuple(entry.as_text(hint, name) for name, hint in entry.rows("hints", optional=True)),
        "revision": entry.whole("revision", 1, 1, 1_000_000),
        "check_by": entry.word("check_by", ""),
        "line": entry.branch.line,
    }
    if kind and kind not in READERS:
        entry.fault("item-type-unknown", "type", kind, hint=near(kind, READERS), broken=True)
    item = READERS[kind](entry, common) if kind in READERS else None
    if kind in READERS:
        entry.finish()
    return None if entry.source.broken else item


def _answerable(entry: Fields, item: AnyItem) -> bool:
    found = list(flaws(item))
    for flaw in found:
        line = entry.source.line(entry.name(flaw.field))
        entry.fault(flaw.code, flaw.field, flaw.value, line=line, **flaw.details)
    return not found
