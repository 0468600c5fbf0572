"""What a learner can answer, and how the record keeps it."""

from __future__ import annotations

import msgspec


class Base(msgspec.Struct, frozen=True, tag_field="type"):
    """An answer."""


class Chosen(Base, frozen=True, tag="chosen"):
    """One option of a single choice."""

    option: str


class Marked(Base, frozen=True, tag="marked"):
    """The options that are said to apply."""

    options: tuple[str, ...]


class Judged(Base, frozen=True, tag="judged"):
    """A statement held for true or false, and the option that says why."""

    verdict: bool
    option: str


class Typed(Base, frozen=True, tag="typed"):
    """A number, as it was typed."""

    text: str


class Ordered(Base, frozen=True, tag="ordered"):
    """The parts in order."""

    parts: tuple[str, ...]


class Spotted(Base, frozen=True, tag="spotted"):
    """The faulty line, by its text, and the option that says why or what to do."""

    line: str
    option: str


class Written(Base, frozen=True, tag="written"):
    """A text, and for each point of the rubric whether the learner found it there."""

    text: str
    met: tuple[bool, ...]


class Matched(Base, frozen=True, tag="matched"):
    """The right one by the left one."""

    pairs: dict[str, str]


class Filled(Base, frozen=True, tag="filled"):
    """The words by blank."""

    blanks: dict[str, str]


Answer = Chosen | Marked | Judged | Typed | Ordered | Spotted | Written | Matched | Filled


def encode_answer(answer: Answer) -> str:
    """Return the answer as JSON."""
    return msgspec.json.encode(answer).decode()


def decode_answer(text: str) -> Answer | None:
    """Return the answer that JSON says; None for one of a type that a newer program has written."""
    try:
        return msgspec.json.decode(text, type=Answer)  # type: ignore[no-any-return] # it is the union above
    except (msgspec.DecodeError, UnicodeEncodeError):
        return None
