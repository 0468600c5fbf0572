"""argparse in the user's language: its headings, and what it says of wrong words."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import partial
from typing import Any, NoReturn

from tui.words import Words

WRONG = {
    "missing": r"the following arguments are required: (?P<names>.+)",
    "unknown": r"unrecognized arguments: (?P<names>.+)",
    "choice": r"argument (?P<name>.+?): invalid choice: '?(?P<given>.*?)'? \(choose from (?P<choices>.+)\)",
    "value": r"argument (?P<name>.+?): invalid \S+ value: '(?P<given>.*)'",
    "one-value": r"argument (?P<name>.+?): expected (?:one|at least one) argument",
    "no-value": r"argument (?P<name>.+?): ignored explicit argument .*",
    "ambiguous": r"ambiguous option: (?P<given>\S+) could match (?P<names>.+)",
}
"""How argparse says what was wrong, by the name of the sentence that is said instead."""


class SpeakingParser(argparse.ArgumentParser):
    """Says everything by `words`; what argparse says in a way that is not known yet is said as it says it."""

    def __init__(self, words: Words, **given: Any) -> None:
        super().__init__(formatter_class=partial(_Help, words=words), **given)
        self.words = words
        self._optionals.title = words("cli.options")
        self._positionals.title = words("cli.arguments")
        for action in self._actions:
            if action.dest == "help":
                action.help = words("cli.help")

    def add_subparsers(self, **given: Any) -> Any:
        """Give the parsers of verbs the same words."""
        return super().add_subparsers(**{"parser_class": partial(type(self), self.words), **given})

    def error(self, message: str) -> NoReturn:
        """End the program with status 2, the usage and one sentence."""
        said = said_of(message, self.words, self._verbs_within())
        self.exit(2, f"{self.format_usage()}{self.prog}: {said}\n")

    def _verbs_within(self) -> dict[str, str]:
        """Return the verbs of verbs, such as "record statistics", by their last word."""
        found: dict[str, str] = {}
        for name, parser in _verbs(self).items():
            found |= {verb: f"{name} {verb}" for verb in _verbs(parser)}
        return found


def _verbs(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    kinds = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return {name: made for action in kinds for name, made in action.choices.items()}


class _Help(argparse.HelpFormatter):
    """Begins the usage with a word of the user's language, and ends headings with that language's colon."""

    def __init__(self, *given: Any, words: Words, **more: Any) -> None:
        super().__init__(*given, **more)
        self.words = words
        self._headings: list[str] = []

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading)
        if heading:
            self._headings.append(heading)

    def format_help(self) -> str:
        said = super().format_help()
        for heading in self._headings:
            said = said.replace(f"\n{heading}:\n", f"\n{self.words('cli.heading', title=heading)}\n")
        return said

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self.words("cli.usage") if prefix is None else prefix)


def said_of(message: str, words: Words, within: Mapping[str, str] | None = None) -> str:
    """Return what argparse said of wrong words in the user's language, with the word that was probably meant.

    Args:
        within: Words that mean something behind another word, with both.
    """
    for name, pattern in WRONG.items():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found is None:
            continue
        parts = found.groupdict()
        if name != "choice":
            return words(f"cli.wrong-{name}", **parts)
        choices = [choice.strip(" '") for choice in parts["choices"].split(",")]
        near = get_close_matches(parts["given"], choices, n=1)
        meant = (within or {}).get(parts["given"]) or (near[0] if near else "")
        if meant:
            return words("cli.wrong-near", given=parts["given"], near=meant)
        return words("cli.wrong-choice", given=parts["given"], choices=words("cli.comma").join(choices))
    return message
