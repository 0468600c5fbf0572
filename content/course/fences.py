"""Reads the fenced blocks of a page: opening, let, worked, figure, train, demo and code."""

from __future__ import annotations

import re
from typing import Protocol

from content.course import blocks
from content.course.formula import FormulaError, read
from content.course.prose import joined
from content.course.sentences import near
from content.course.spans import Spans, inline, plain, substituted

LANGUAGES = ("python", "bash", "console", "text", "toml", "yaml", "json")
KINDS = ("opening", "let", "worked", "figure", "train", "demo", *LANGUAGES)

_LET = re.compile(r"\s*([A-Za-z_]\w*)\s*=(?!=)\s*(.+)$", re.ASCII)

Names = dict[str, int | float]


class Host(Protocol):
    """The page that the fences stand in."""

    names: Names

    def report(self, code: str, line: int, field: str, value: object = "", **details: object) -> None:
        """Take a fault."""

    def spans(self, text: str, line: int, field: str) -> Spans:
        """Return the spans of a text."""


class Fences:
    """Makes a block of each fence; `let` only adds names to the page."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def block(self, info: str, body: list[str], line: int) -> blocks.Block | None:
        """Return the block of a fence whose first line stands at `line`, None for a `let`."""
        kind, _, rest = info.partition(" ")
        rest = rest.strip()
        if kind != "demo" and not any(each.strip() for each in body):
            self.host.report("fence-empty", line, kind or "fence", info)
        match kind:
            case "opening":
                return blocks.Opening(self.host.spans(self.prose(body), line + 1, "opening"), line=line)
            case "let":
                self.lets(body, line, self.host.names, "let")
                return None
            case "worked":
                return self.worked(rest, body, line)
            case "figure":
                lines = self.lines(body, line, self.host.names, "figure")
                return blocks.Figure(self.titled("figure", "caption", rest, line), lines, line=line)
            case "train":
                self.titled("train", "preset", rest, line)
                return blocks.Train(rest, self.host.spans(self.prose(body), line + 1, "train"), line=line)
            case "demo":
                self.titled("demo", "name", rest, line)
                return blocks.Demo(rest, self.host.spans(self.prose(body), line + 1, "demo"), line=line)
        if kind not in LANGUAGES:
            self.host.report("fence-kind", line, kind or "fence", info, hint=near(kind, KINDS))
        preset = rest.removeprefix("train=").strip() if rest.startswith("train=") else ""
        if rest and not preset:
            self.host.report("fence-kind", line, kind, info, hint=near(rest, ("train=PRESET",)))
        return blocks.Code(kind, "\n".join(body), preset, line=line)

    def prose(self, body: list[str]) -> str:
        return joined([line for line in body if line.strip()])

    def titled(self, kind: str, what: str, rest: str, line: int) -> str:
        """Return the words of the first line, which must not be missing, without their marks."""
        if not rest:
            self.host.report("fence-title", line, kind, kind=kind, what=what)
        return plain(inline(substituted(rest, self.host.names, self.reporter(line, kind))))

    def reporter(self, line: int, field: str) -> _Told:
        return _Told(self.host, line, field)

    def worked(self, title: str, body: list[str], line: int) -> blocks.Worked:
        names = dict(self.host.names)
        shown, offset = body, 0
        rules = [at for at, each in enumerate(body) if each.strip() == "---"]
        if rules:
            self.lets(body[: rules[0]], line, names, "worked")
            offset = rules[0] + 1
            shown = body[offset:]
        lines = self.lines(shown, line + offset, names, "worked")
        return blocks.Worked(self.titled("worked", "title", title, line), lines, line=line)

    def lines(self, body: list[str], line: int, names: Names, field: str) -> tuple[str, ...]:
        shown = [
            substituted(each.rstrip().expandtabs(4), names, self.reporter(line + at + 1, field))
            for at, each in enumerate(body)
        ]
        return tuple(shown)

    def lets(self, body: list[str], line: int, names: Names, field: str) -> None:
        for at, each in enumerate(body, line + 1):
            if not each.strip():
                continue
            found = _LET.match(each)
            if not found:
                self.host.report("let-syntax", at, field, each)
                continue
            try:
                names[found[1]] = read(found[2]).compute(names)
            except FormulaError as error:
                self.host.report(error.code, at, f"{field} {found[1]}", found[2], at=error.value)


class _Told:
    """Reports the faults of one line."""

    def __init__(self, host: Host, line: int, field: str) -> None:
        self.host = host
        self.line = line
        self.field = field

    def __call__(self, code: str, value: str, details: dict[str, object]) -> None:
        self.host.report(code, self.line, self.field, value, **details)
