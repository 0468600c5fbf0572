"""The python code of a course's pages: every block is a program that runs by itself, as it is printed."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator

import msgspec

from content.course.blocks import Code
from content.course.course import Course
from content.course.rules.parity import stripped


class Listing(msgspec.Struct, frozen=True):
    """Where a program is printed.

    Attributes:
        line: Of its first line in the file.
    """

    file: str
    line: int
    text: str


class Program(msgspec.Struct, frozen=True):
    """A program, printed once in each language with other comments; the first listing is the one that is run."""

    listings: tuple[Listing, ...]

    @property
    def first(self) -> Listing:
        """The listing that is run."""
        return self.listings[0]


class Claim(msgspec.Struct, frozen=True):
    """A comment behind a call of `print`, and the lines over which the call goes, from 1."""

    start: int
    end: int
    comment: str


def programs(course: Course) -> Iterator[Program]:
    """Yield the programs of a course in its order; one whose code differs between the languages is two."""
    for slug in course.slugs:
        found: dict[tuple[int, tuple[str, ...]], list[Listing]] = {}
        for language in course.languages:
            page = course.page(slug, language)
            if page is None or page.language != language:
                continue
            listed = [block for block in page.blocks if isinstance(block, Code) and block.language == "python"]
            for index, block in enumerate(listed):
                listing = Listing(page.file, block.line + 1, block.text)
                found.setdefault((index, tuple(stripped(block.text))), []).append(listing)
        for _, listings in sorted(found.items(), key=lambda each: each[0][0]):
            yield Program(tuple(listings))


def claims(text: str) -> list[Claim]:
    """Return the comments that stand behind calls of `print`, in their order; none where the code is no Python."""
    try:
        tree = ast.parse(text)
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (SyntaxError, tokenize.TokenError, ValueError, RecursionError, MemoryError):
        return []  # whoever runs it says so
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    calls = sorted(
        (node for node in ast.walk(tree) if isinstance(node, ast.Expr) and _prints(node)), key=lambda node: node.lineno
    )
    return [Claim(node.lineno, node.end_lineno or node.lineno, comments.get(_last(node), "")) for node in calls]


def _last(node: ast.Expr) -> int:
    return node.end_lineno or node.lineno


def _prints(node: ast.Expr) -> bool:
    call = node.value
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "print"
