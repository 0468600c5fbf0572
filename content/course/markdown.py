"""Reads a page: the small Markdown of a course into blocks, its numbers computed."""

from __future__ import annotations

import re
from collections.abc import Callable

from content.course import blocks
from content.course.fences import Fences
from content.course.page import Page
from content.course.prose import joined
from content.course.sentences import fault
from content.course.spans import Spans, inline, plain
from content.errors import Fault

_ANCHOR = re.compile(r"(?<!\\)\{#([A-Za-z][\w-]*)\}")
_BULLET = re.compile(r"(\s*)(?:-|(\d{1,4})\.)\s+(.*)$")
_RULE = re.compile(r":?-+:?")
_CELL = re.compile(r"(?<!\\)\|")
_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>]{0,200})?/?>|<!--")
_LINE = re.compile(r"\s{0,3}(?:-{3,}|={3,}|_{3,}|\*{3,}|(?:[-*_]\s+){2,}[-*_])\s*")
"""A rule, or what underlines a heading elsewhere."""

_FOREIGN = re.compile(r"(?<!\\)(?:\[\^[\w-]+\]|\]\[[^\[\]]*\]|&(?:[a-zA-Z]{2,31}|#\d{1,7}|#x[0-9a-fA-F]{1,6});|\$\$)")
"""Marks of other kinds of Markdown: footnotes, links by reference, entities, mathematics."""

MOST_FAULTS = 200
"""So many are told of one page; who has more has them for one reason."""


def read_page(text: str, *, slug: str, language: str, file: str) -> tuple[Page, list[Fault]]:
    """Return the page and its faults; what is sound of it is there in any case."""
    reader = _Reader(text.split("\n"), slug, language, file)
    return reader.page(), reader.faults


class _Reader:
    def __init__(self, lines: list[str], slug: str, language: str, file: str) -> None:
        self.lines = lines
        self.slug = slug
        self.language = language
        self.file = file
        self.at = 0
        self.faults: list[Fault] = []
        self.names: dict[str, int | float] = {}
        self.out: list[blocks.Block] = []
        self.under = "page"
        self.taken: set[str] = set()
        self.fences = Fences(self)

    def page(self) -> Page:
        title = self.title()
        while self.at < len(self.lines):
            self.block(self.lines[self.at])
        return Page(self.slug, self.language, title, tuple(self.out), self.file, dict(self.names))

    def report(self, code: str, line: int, field: str, value: object = "", **details: object) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault(code, file=self.file, line=line, field=field, value=value, **details))

    def title(self) -> str:
        while self.at < len(self.lines) and not self.lines[self.at].strip():
            self.at += 1
        first = self.lines[self.at] if self.at < len(self.lines) else ""
        if first.startswith("# "):
            self.at += 1
            return plain(self.spans(first[2:], self.at, "title"))
        self.report("page-title", self.at + 1, "title", first)
        return self.slug

    def spans(self, text: str, line: int, field: str) -> Spans:
        def report(code: str, value: str, details: dict[str, object]) -> None:
            self.report(code, line, field, value, **details)

        bare = re.sub(r"`[^`]*`", "", text)
        if found := _HTML.search(bare):
            self.report("html", line, field, found[0])
        if found := _FOREIGN.search(bare):
            self.report("mark-unknown", line, field, found[0])
        if "![" in bare:
            self.report("image", line, field, bare[bare.index("![") :])
        return inline(text, self.names, report)

    def anchored(self, text: str, line: int) -> tuple[str, str]:
        """Return the text without its anchor, and the anchor."""
        found = _anchor(text)
        if not found:
            return text, ""
        before = text[: found.start()].rstrip()
        if found[1] in self.taken:
            self.report("anchor-twice", line, found[1], found[1])
            return before, ""
        self.taken.add(found[1])
        return before, found[1]

    def block(self, line: str) -> None:
        if not line.strip():
            self.at += 1
        elif line.startswith("```"):
            self.fence(line)
        elif line.startswith("#"):
            self.heading(line)
        elif line.startswith(">"):
            self.quote()
        elif line.lstrip().startswith("|"):
            self.table()
        elif _BULLET.match(line):
            self.listing()
        else:
            self.paragraph()

    def fence(self, line: str) -> None:
        start = self.at
        info = line.lstrip("`").strip()
        end = next(
            (at for at in range(start + 1, len(self.lines)) if self.lines[at].rstrip() == "```"), len(self.lines)
        )
        if end == len(self.lines):
            self.report("fence-open", start + 1, info.split(" ")[0] or "fence", info)
        self.at = end + 1
        block = self.fences.block(info, self.lines[start + 1 : end], start + 1)
        if block is not None:
            self.add(block)

    def heading(self, line: str) -> None:
        self.at += 1
        hashes = len(line) - len(line.lstrip("#"))
        text, anchor = self.anchored(line[hashes:].strip(), self.at)
        if hashes != 2 or not line.startswith("## "):
            self.report("heading-level", self.at, text, line)
        if not anchor and not _anchor(line):
            self.report("anchor-missing", self.at, text, line)
        self.add(blocks.Heading(self.spans(text, self.at, text), anchor=anchor, line=self.at))

    def run(self, goes_on: Callable[[str], bool]) -> list[str]:
        """Return the lines from here on while `goes_on`."""
        start = self.at
        while self.at < len(self.lines) and goes_on(self.lines[self.at]):
            self.at += 1
        return self.lines[start : self.at]

    def paragraph(self) -> None:
        start = self.at + 1
        lines = [self.lines[self.at]]
        self.at += 1
        lines += self.run(_is_prose)
        for at, line in enumerate(lines, start):
            if _LINE.fullmatch(line):
                self.report("mark-unknown", at, self.near(), line.strip())
        text, anchor = self.anchored(joined(lines), start)
        spans = self.spans(text, start, self.near())
        if spans:
            self.add(blocks.Paragraph(spans, anchor=anchor, line=start))

    def near(self) -> str:
        """Return the anchor under which we stand, for the faults' field."""
        return self.under

    def add(self, block: blocks.Block) -> None:
        """Put a block at the end of the page."""
        self.out.append(block)
        self.under = block.anchor or self.under

    def quote(self) -> None:
        start = self.at + 1
        lines = [line[1:].strip() for line in self.run(lambda line: line.startswith(">"))]
        groups = [group.split("\n") for group in "\n".join(lines).split("\n\n") if group.strip()]
        texts = [joined(group) for group in groups]
        anchor = ""
        if texts:
            texts[-1], anchor = self.anchored(texts[-1], start)
        spans = tuple(self.spans(text, start, self.near()) for text in texts)
        self.add(blocks.Quote(spans, anchor=anchor, line=start))

    def listing(self) -> None:
        start = self.at + 1
        first = _BULLET.match(self.lines[self.at])
        ordered = bool(first and first[2])
        items: list[list[str]] = []
        begins: list[int] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            found = _BULLET.match(line)
            if found and bool(found[2]) == ordered:
                if len(found[1]) >= 2:
                    self.report("list-nested", self.at + 1, self.near(), line)
                items.append([found[3]])
                begins.append(self.at + 1)
            elif not found and _is_prose(line):
                items[-1].append(line)
            elif not line.strip() and self.bullet_follows(ordered):
                pass
            else:
                break
            self.at += 1
        texts = [joined(item) for item in items]
        texts[-1], anchor = self.anchored(texts[-1], start)
        spans = tuple(self.spans(text, at, self.near()) for text, at in zip(texts, begins, strict=True))
        number = int(first[2]) if first and first[2] else 1
        self.add(blocks.Listing(spans, ordered=ordered, start=number, anchor=anchor, line=start))

    def bullet_follows(self, ordered: bool) -> bool:
        rest = (self.lines[at] for at in range(self.at, len(self.lines)) if self.lines[at].strip())
        found = _BULLET.match(next(rest, ""))
        return bool(found) and bool(found and found[2]) == ordered

    def table(self) -> None:
        start = self.at + 1
        lines = self.run(lambda line: line.lstrip().startswith("|"))
        split = [[cell.strip() for cell in _CELL.split(line.strip().strip("|"))] for line in lines]
        aligns = ["left"] * len(split[0])
        begins = list(range(start, start + len(lines)))
        if len(lines) > 1 and all(map(_RULE.fullmatch, split[1])):
            aligns = [_align(cell) for cell in split[1]][: len(split[0])] + aligns[len(split[1]) :]
            del split[1], begins[1]
        rows = []
        for cells_of_row, line in zip(split, begins, strict=True):
            if len(cells_of_row) != len(split[0]):
                self.report("table-columns", line, self.near(), count=len(cells_of_row), wanted=len(split[0]))
            filled = [*cells_of_row, *[""] * len(split[0])][: len(split[0])]
            rows.append(tuple(self.spans(cell, line, self.near()) for cell in filled))
        self.add(blocks.Table(rows[0], tuple(rows[1:]), tuple(aligns), line=start))


def _anchor(text: str) -> re.Match[str] | None:
    """Return the anchor that ends a text, None for none."""
    bare = text.rstrip()
    start = bare.rfind("{#")
    found = _ANCHOR.match(bare, start) if start >= 0 else None
    return found if found and found.end() == len(bare) else None


def _is_prose(line: str) -> bool:
    return (
        bool(line.strip())
        and not line.startswith(("```", "#", ">"))
        and not (line.lstrip().startswith("|") or _BULLET.match(line))
    )


def _align(cell: str) -> str:
    if cell.endswith(":"):
        return "center" if cell.startswith(":") else "right"
    return "left"
