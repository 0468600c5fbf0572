"""A question that asks for an order; every order that obeys the rules is right."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import msgspec

from content.course.fields import Fields
from content.course.item import Item
from content.course.text import Text
from content.course.tree import Branch, Word

_CHAIN = re.compile(r"[\w-]+(\s*<\s*[\w-]+)+")


class Rule(msgspec.Struct, frozen=True):
    """Parts that must follow each other, not necessarily at once, and why."""

    chain: tuple[str, ...]
    why: Text

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return who must come before whom."""
        return tuple(zip(self.chain, self.chain[1:], strict=False))


class Order(Item, frozen=True, kw_only=True):
    """Parts to be put in order."""

    kind: ClassVar[str] = "order"
    parts: dict[str, Text]
    rules: tuple[Rule, ...]


def read_order(fields: Fields, common: dict[str, Any]) -> Order:
    """Return a question for an order."""
    rules = []
    for name, entry in fields.rows("rules"):
        if isinstance(entry, Word):
            chain, why = str(entry), Text()
        else:
            inner = Fields(entry, fields.name(name), fields.source) if isinstance(entry, Branch) else None
            if inner is None:
                fields.fault("rule-syntax", name, line=entry.line, broken=True)
                continue
            chain, why = inner.word("rule"), inner.text("why", optional=True)
            inner.finish()
        if not _CHAIN.fullmatch(chain.strip()):
            fields.fault("rule-syntax", name, chain, line=entry.line, broken=True)
            continue
        rules.append(Rule(tuple(part.strip() for part in chain.split("<")), why))
    return Order(**common, parts=read_parts(fields, "parts"), rules=tuple(rules))


def read_parts(fields: Fields, field: str) -> dict[str, Text]:
    """Return the texts of a mapping by their ids."""
    inner = fields.fields(field)
    return {name: inner.text(name) for name in inner.branch} if inner else {}
