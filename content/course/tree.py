"""YAML as a tree of words, each with its line.

Every scalar stays the text that the author wrote: `2.30` keeps its zero, `no` is a word. What a word means is
for the field that reads it to say. The tree is built from libyaml's events, so a file can neither make
objects, nor blow up by aliases, nor nest so deeply that the parser's stack ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.course.sentences import fault
from content.course.source import named
from content.course.visible import steering, visible
from content.errors import Fault

DEEPEST = 24
MOST_FAULTS = 200


class Word(str):
    """A scalar.

    Attributes:
        line: From 1.
    """

    __slots__ = ("line",)
    line: int


class Branch(dict[str, "Tree"]):
    """A mapping; `lines` has the line of each key."""

    line: int
    lines: dict[str, int]


class Row(list["Tree"]):
    """A sequence."""

    line: int


Tree = Word | Branch | Row


class _StopError(Exception):
    """The rest of the file makes no sense."""


def parse_yaml(text: str, file: str, faults: list[Fault]) -> Tree | None:
    """Return the tree of a YAML text, None where it cannot be read."""
    import yaml  # 20 ms that a start from the index never pays

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(yaml, file, faults)
    try:
        return builder.build(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        reason = error.problem or error.context or "it cannot be read"
        unclosed = error.context_mark is not None and "end of stream" in reason
        mark = error.context_mark if unclosed else error.problem_mark
        last = text.rstrip("\n").count("\n") + 1
        faults.append(fault("yaml", file=file, line=min(mark.line + 1, last) if mark else 0, reason=reason))
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        faults.append(fault("yaml", file=file, line=line, reason=f"{error.reason} ({error.character})"))
    except _StopError:
        pass  # the fault is already told
    return None


class _Builder:
    def __init__(self, yaml: Any, file: str, faults: list[Fault]) -> None:
        self.yaml = yaml
        self.file = file
        self.faults = faults
        self.told = 0

    def build(self, events: Iterator[Any]) -> Tree | None:
        yaml = self.yaml
        stack: list[tuple[Branch | Row, str | None]] = []
        key: str | None = None
        done: Tree | None = None
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                word = self.word(event)
                if stack and isinstance(stack[-1][0], Branch) and key is None:
                    key = self.key(stack[-1][0], word)
                    continue
                done = self.hang(stack, key, word)
                key = None
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if stack and isinstance(stack[-1][0], Branch) and key is None:
                    raise self.stop("yaml", event, reason="a name must be a plain word")
                if len(stack) >= DEEPEST:
                    raise self.stop("yaml-too-deep", event, limit=DEEPEST)
                self.plain(event)
                branch = self.started(kind is yaml.MappingStartEvent, event.start_mark.line + 1)
                stack.append((branch, key))
                key = None
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                branch, key = stack.pop()
                done = self.hang(stack, key, branch)
                key = None
            elif kind is yaml.DocumentStartEvent and done is not None:
                raise self.stop("yaml-documents", event, value="---")
            elif kind is yaml.AliasEvent:
                raise self.stop("yaml-alias", event, value=event.anchor)
        return done

    def started(self, mapping: bool, line: int) -> Branch | Row:
        branch = Branch() if mapping else Row()
        branch.line = line
        if isinstance(branch, Branch):
            branch.lines = {}
        return branch

    def hang(self, stack: list[tuple[Branch | Row, str | None]], key: str | None, tree: Tree) -> Tree:
        """Put a finished value where it belongs; return it."""
        if stack:
            parent = stack[-1][0]
            if isinstance(parent, Row):
                parent.append(tree)
            elif key:
                parent[key] = tree
        return tree

    def key(self, branch: Branch, word: Word) -> str:
        """Return the name of a field; "" where it is already there, so that its value is dropped."""
        if word == "<<":
            raise self.stop("yaml-alias", None, line=word.line, value="<<")
        if word in branch.lines:
            self.tell("field-twice", word.line, field=str(word), value=str(word))
            return ""
        branch.lines[str(word)] = word.line
        return str(word)

    def word(self, event: Any) -> Word:
        self.plain(event)
        text, line = event.value, event.start_mark.line + 1
        at = steering(text)
        if at >= 0:
            self.tell("control-character", line, value=text[at], name=named(text[at]))
            text = visible(text)
        word = Word(text)
        word.line = line
        return word

    def tell(self, code: str, line: int, **more: Any) -> None:
        self.told += 1
        if self.told <= MOST_FAULTS:
            self.faults.append(fault(code, file=self.file, line=line, **more))

    def plain(self, event: Any) -> None:
        if event.anchor is not None or (event.tag is not None and event.tag != "!"):
            raise self.stop("yaml-alias", event, value=event.anchor or event.tag)

    def stop(self, code: str, event: Any, *, line: int = 0, value: str = "", **more: Any) -> _StopError:
        line = line or event.start_mark.line + 1
        self.faults.append(fault(code, file=self.file, line=line, value=value, **more))
        return _StopError()
