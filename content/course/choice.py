"""Questions answered by options alone: single choice, multiple response, true or false with its reason."""

from __future__ import annotations

from typing import Any, ClassVar

from content.course.fields import Fields
from content.course.item import Item
from content.course.option import Option, read_options


class Choice(Item, frozen=True, kw_only=True):
    """Single choice: one option is right."""

    kind: ClassVar[str] = "choice"
    options: tuple[Option, ...]


class Multiple(Item, frozen=True, kw_only=True):
    """Multiple response: all that apply are to be selected."""

    kind: ClassVar[str] = "multiple"
    options: tuple[Option, ...]


class Truth(Item, frozen=True, kw_only=True):
    """A statement to be judged, with the reason chosen from options; full credit needs both."""

    kind: ClassVar[str] = "truth"
    answer: bool
    options: tuple[Option, ...]


def read_choice(fields: Fields, common: dict[str, Any]) -> Choice:
    """Return a single choice."""
    return Choice(**common, options=read_options(fields))


def read_multiple(fields: Fields, common: dict[str, Any]) -> Multiple:
    """Return a multiple response."""
    return Multiple(**common, options=read_options(fields))


def read_truth(fields: Fields, common: dict[str, Any]) -> Truth:
    """Return a statement with its reasons."""
    return Truth(**common, answer=fields.flag("answer"), options=read_options(fields))
