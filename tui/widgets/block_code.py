"""Code as rows: highlighted, between two rules, without side edges, so that a mouse copies nothing else."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from content.course import blocks
from tui.text.cells import cells
from tui.text.span import Line, Span
from tui.widgets.block_frame import hint, line_cells
from tui.widgets.block_sheet import Look, Targets

_WORDS = "|".join(keyword.kwlist)
_PYTHON = re.compile(
    r"(?P<comment>#[^\n]*)"
    r"|(?P<string>(?:\b[rbfuRBFU]{1,2})?(?:\"\"\".*?\"\"\"|'''.*?'''|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))"
    rf"|(?P<keyword>\b(?:{_WORDS})\b)",
    re.DOTALL,
)
_REMARKED = re.compile(r"(?P<comment>#[^\n]*)")


def code(block: blocks.Code, width: int, look: Look, targets: Targets) -> list[Line]:
    """Return code with its keys in the upper rule."""
    rule = look.glyphs.h
    keys: list[Span] = [
        *hint("c", look.words("prose.copy-code"), "key", targets.add("copy", block.text)),
    ]
    if block.preset:
        keys.append(Span("   "))
        keys.extend(hint("t", look.words("prose.train-exactly"), "train", targets.add("train", block.preset)))
    name = Span(f" {block.language} ", "muted")
    rest = width - 2 - cells(name.text) - line_cells(tuple(keys), look) - 2 - 2
    top: Line = (
        Span(rule * 2, "frame"),
        name,
        Span(rule * max(rest, 1) + " ", "frame"),
        *keys,
        Span(f" {rule * 2}", "frame"),
    )
    rows: list[Line] = [top]
    text = look.drawn(block.text)
    rows.extend(_grounded(line, width, look) for line in highlighted(text, block.language))
    rows.append((Span(rule * width, "frame"),))
    return rows


def _grounded(line: Line, width: int, look: Look) -> Line:
    """Return a line of code one cell in, on its ground over the whole width."""
    gap = " " * max(width - 1 - line_cells(line, look), 0)
    return (Span(" ", "block"), *line, Span(gap, "block"))


def highlighted(text: str, language: str) -> Iterator[Line]:
    """Yield each line of code with its keywords, strings and comments in their styles."""
    pattern = _PYTHON if language == "python" else _REMARKED
    line: list[Span] = []
    for piece in _pieces(text, pattern):
        for index, part in enumerate(piece.text.split("\n")):
            if index:
                yield tuple(line)
                line = []
            if part:
                line.append(Span(part, piece.style))
    yield tuple(line)


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    at = 0
    for found in pattern.finditer(text):
        yield Span(text[at : found.start()], "block")
        yield Span(found[0], f"block {found.lastgroup}")
        at = found.end()
    yield Span(text[at:], "block")
