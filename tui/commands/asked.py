"""What the user asked on the command line, parsed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.words import Words

if TYPE_CHECKING:
    from argparse import Namespace

    from tui.house import House


class Asked:
    """The verb's words, the data folder, and how to answer.

    Attributes:
        module: The module of `tui.commands` that does it.
        json: Answer in JSON, for programs.
        words: Sentences in the language of the locale.
    """

    def __init__(self, given: Namespace, words: Words) -> None:
        self.given = given
        self.module: str = given.module
        self.json: bool = bool(getattr(given, "json", False))
        self.words = words

    @property
    def house(self) -> House:
        """The data folder that is meant."""
        from tui.house import house

        return house(self.given.home)

    @property
    def course(self) -> str | None:
        """The course folder that was asked for, None for the one that comes with the program."""
        asked: str | None = self.given.course
        return asked

    def warn(self, problem: Exception) -> None:
        """Say on standard error what is wrong, in one sentence, and go on."""
        print(f"learncurve: {self.words.error(problem)}", file=sys.stderr)

    def usable_house(self) -> House:
        """Return the data folder, made and writable.

        Raises:
            RunError: It cannot be written to; the sentence names it and the way out.
        """
        from engine.errors import RunError
        from tui.house import unusable

        place = self.house
        why = unusable(place.home)
        if why is not None:
            raise RunError(
                f"{place.home} cannot be written to ({why}). Name another folder with --home DIR or LEARNCURVE_HOME.",
                code="home-unwritable",
                path=str(place.home),
                why=why,
            )
        return place


def say_json(answer: Any) -> None:
    """Print one JSON value on one line."""
    import json

    print(tame(json.dumps(answer, ensure_ascii=False, default=_plain)), flush=True)


def tame(line: str) -> str:
    """Return a line of JSON with all that could steer a terminal as its escapes, which mean the same to a program."""
    if line.isprintable():
        return line
    import json

    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in line)


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)
