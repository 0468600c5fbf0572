"""`learncurve due`, understood without the parser of all verbs: a shell prompt asks it before every line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from tui.commands.asked import Asked
from tui.terminal import locale_language
from tui.words import Words

WITH_VALUE = ("--home", "--course")


def at_once(given: Sequence[str]) -> Asked | None:
    """Return what was asked where it is `due` and nothing that needs the parser, which means the same by it."""
    found = Namespace(module="due", verb="due", run=None, home=None, course=None, watched=False, version=False)
    verbs, words = 0, iter(given)
    for word in words:
        name, sign, value = word.partition("=")
        if word == "due":
            verbs += 1
        elif word == "--json" and verbs:
            found.json = True
        elif name in WITH_VALUE:
            value = value if sign else next(words, "")
            if not value or value.startswith("-"):
                return None
            setattr(found, name.removeprefix("--"), value)
        else:
            return None
    if verbs != 1:
        return None
    found.json = getattr(found, "json", False)
    return Asked(found, Words(locale_language() or "en"))
