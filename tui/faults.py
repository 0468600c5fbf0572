"""A fault of a course in the learner's language."""

from __future__ import annotations

import re

from content.course.visible import visible
from content.errors import Fault
from tui.reasons import reason
from tui.sentences import Sentences, filled

PHRASES = {"wanted", "unit", "place"}
"""Details that are English words of ours."""

_NEAR = re.compile(r"; did you mean (.*)\?")
_KNOWN = re.compile(r"; there are (.*)\.")


def line(fault: Fault, words: Sentences) -> str:
    """Return a fault on one line: file, line, field, value, and what is wrong."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    value = f" = {fault.value}" if fault.value else ""
    field = f"{fault.field}{value}" if fault.field else ""
    return ": ".join(part for part in (place, field, sentence(fault, words)) if part)


def sentence(fault: Fault, words: Sentences) -> str:
    """Return what is wrong, in English where the language has no sentence for it."""
    said = words.find(f"faults.{fault.code}")
    if said is None:
        return fault.sentence
    details = {"field": fault.field, "value": fault.value, **fault.details, "hint": _hint(fault, words)}
    for name in PHRASES & set(details):
        details[name] = words.find(f"faults.{name}.{details[name]}") or details[name]
    try:
        return visible(filled(said, {name: reason(each, words) for name, each in details.items()})).replace("\n", " ")
    except (KeyError, IndexError, ValueError):
        return fault.sentence


def _hint(fault: Fault, words: Sentences) -> str:
    """Return the end of a sentence that names what may have been meant."""
    hint = fault.details.get("hint", "")
    if found := _NEAR.fullmatch(hint):
        return words("faults.hint.near", name=found[1])
    if found := _KNOWN.fullmatch(hint):
        return words("faults.hint.known", names=found[1])
    return words("faults.hint.none")
