"""Text within a line: bold, italic, code, glossary terms, links, computed numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import msgspec

from content.course.cells import cells
from content.course.formula import FormulaError, Number, read
from content.course.numerals import show

Report = Callable[[str, str, dict[str, object]], None]
"""Told of each fault: its code, the value, the details."""


class Span(msgspec.Struct, frozen=True):
    """A stretch of text in one style.

    Attributes:
        term: Id of the glossary term that it names, "" for none.
        link: Where it leads on the web, "" for nowhere; never opened without asking.
        page: Where it leads in the course, "" for nowhere: "#anchor" of this page, or "slug" or "slug#anchor".
        computed: The formula that its number comes from, "" for none.
    """

    text: str
    strong: bool = False
    em: bool = False
    code: bool = False
    term: str = ""
    link: str = ""
    computed: str = ""
    page: str = ""


Spans = tuple[Span, ...]

_FORMULA = re.compile(r"\{=([^{}:]*)(?::([^{}]*))?\}")
_OPEN = re.compile(r"(?<!\\)\{=")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_ESCAPABLE = frozenset("\\`*_[]{}#|<>!-")


def plain(spans: Spans) -> str:
    """Return the text of the spans without their styles."""
    return "".join(span.text for span in spans)


def compute(source: str, names: Mapping[str, Number], report: Report) -> str:
    """Return what a formula such as `784*128:,` gives, as text; a fault is reported and shown as `?`."""
    formula, _, form = source.partition(":")
    try:
        return show(read(formula).compute(names), form.strip())
    except FormulaError as error:
        report(error.code, source, {"at": error.value})
        return "?"


def substituted(line: str, names: Mapping[str, Number], report: Report) -> str:
    r"""Return a line with its `{=...}` computed and nothing else read; `\{=` is a literal `{=`."""

    def put(found: re.Match[str]) -> str:
        return compute(found[0][2:-1], names, report)

    done = re.sub(r"(?<!\\)" + _FORMULA.pattern, put, line)
    if found := _OPEN.search(done):
        report("markup-open", done[found.start() :], {})
    return done.replace("\\{=", "{=")


def quiet(_code: str, _value: str, _details: dict[str, object]) -> None:
    """Take no notice of a fault."""


def inline(text: str, names: Mapping[str, Number] | None = None, report: Report = quiet) -> Spans:
    """Return the spans of a page's text."""
    return _Inline(text, names or {}, report, in_page=True).spans()


def item_spans(text: str) -> Spans:
    """Return the spans of a question's text, which knows `code` and **bold** only."""
    return _Inline(text, {}, quiet, in_page=False).spans()


def width(text: str) -> int:
    """Return the cells that a question's text takes on one line, marks left out."""
    return cells(plain(item_spans(text)))


class _Inline:
    def __init__(self, text: str, names: Mapping[str, Number], report: Report, in_page: bool) -> None:
        self.text = text
        self.names = names
        self.report = report
        self.in_page = in_page
        self.out: list[Span] = []
        self.letters: list[str] = []
        self.strong = self.em = False
        self.closes: dict[str, int] = {}

    def spans(self) -> Spans:
        at = 0
        while at < len(self.text):
            at = self.step(at)
        self.flush()
        return tuple(self.out)

    def flush(self) -> None:
        if self.letters:
            self.out.append(Span("".join(self.letters), strong=self.strong, em=self.em))
            self.letters = []

    def put(self, span: Span) -> None:
        self.flush()
        self.out.append(span)

    def step(self, at: int) -> int:
        """Read what stands at `at`; return where to go on."""
        letter = self.text[at]
        if letter == "\\" and self.in_page and self.text[at + 1 : at + 2] in _ESCAPABLE:
            self.letters.append(self.text[at + 1 : at + 2])
            return at + 2
        if letter == "`":
            end = self.text.find("`", at + 1)
            if end > at:
                inner = substituted(self.text[at + 1 : end], self.names, self.report)
                self.put(Span(inner, code=True, strong=self.strong, em=self.em))
                return end + 1
            self.report("markup-open", "`", {})
        if letter == "*":
            return self.star(at)
        if self.in_page and letter == "{" and (found := _FORMULA.match(self.text, at)):
            source = found[0][2:-1]
            number = compute(source, self.names, self.report)
            self.put(Span(number, strong=self.strong, em=self.em, computed=source))
            return found.end()
        if self.in_page and self.text.startswith("{=", at):
            self.report("markup-open", self.text[at:], {})
        if self.in_page and letter == "[" and (found := _LINK.match(self.text, at)):
            self.link(found[1], found[2])
            return found.end()
        self.letters.append(letter)
        return at + 1

    def star(self, at: int) -> int:
        mark = "**" if self.text.startswith("**", at) else "*"
        after = at + len(mark)
        if mark == "*" and not self.in_page:
            self.letters.append("*")
            return after
        active = self.strong if mark == "**" else self.em
        if active or self.opens(at, mark):
            self.flush()
            if mark == "**":
                self.strong = not active
            else:
                self.em = not active
        else:
            self.letters.append(mark)
        return after

    def opens(self, at: int, mark: str) -> bool:
        """Return whether a star opens: 2*3*4 and a * b are arithmetic, *word* is not."""
        before, after = self.text[at - 1 : at], self.text[at + len(mark) : at + len(mark) + 1]
        arithmetic = before.isascii() and (before.isalnum() or before == ")")
        if arithmetic or not after or after.isspace():
            return False
        end = self.closing(mark, at + len(mark))
        if end < 0 and mark == "**":
            self.report("markup-open", mark, {})
        return end > 0

    def closing(self, mark: str, start: int) -> int:
        """Return where a star closes, from a place on, -1 for nowhere; each part of the text is looked at once."""
        end = self.closes.get(mark, 0)
        if end == -1 or end >= start:
            return end
        end = self.text.find(mark, start)
        while end > 0 and self.text[end - 1].isspace():
            end = self.text.find(mark, end + len(mark))
        self.closes[mark] = end
        return end

    def link(self, label: str, target: str) -> None:
        text = plain(_Inline(label, self.names, self.report, in_page=True).spans())
        if target.startswith("term:"):
            self.put(Span(text, strong=self.strong, em=self.em, term=target[5:]))
        elif target.startswith("https://"):
            self.put(Span(text, strong=self.strong, em=self.em, link=target))
        elif target.startswith(("#", "page:")) and len(target.removeprefix("page:").strip("#")):
            self.put(Span(text, strong=self.strong, em=self.em, page=target.removeprefix("page:")))
        else:
            self.report("link", target, {})
            self.put(Span(f"{text} ({target})", strong=self.strong, em=self.em))
