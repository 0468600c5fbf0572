"""Programs of pages: which there are, and whether what they printed is what their comments say."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from content.course.course import open_course
from content.course.programs import Listing, Program, claims, programs
from content.course.rules.programs import contradictions, failure, says
from tests.content.small_course import build, plant

LIMITS = {"seconds": 120, "gigabytes": "4"}


class Came(msgspec.Struct, frozen=True):
    """What came of a program, as a test wants it."""

    ended: str = "done"
    line: int = 0
    error: str = ""
    printed: dict[int, str] = {}


def test_a_program_of_both_languages_is_run_once(tmp_path: Path) -> None:
    (program,) = programs(open_course(build(tmp_path)))
    assert [listing.file for listing in program.listings] == ["steps/page.en.md", "steps/page.zh.md"]
    lines = (tmp_path / "steps" / "page.en.md").read_text(encoding="utf-8").split("\n")
    assert program.first.text.startswith(lines[program.first.line - 1])
    assert lines[program.first.line - 1].startswith("for x, y in loader")


def test_one_that_differs_between_the_languages_is_two(tmp_path: Path) -> None:
    root = build(tmp_path)
    plant(root, "steps/page.zh.md", "criterion(net(x), y)", "criterion(net(x))")
    assert [len(program.listings) for program in programs(open_course(root))] == [1, 1]


def test_code_in_other_languages_is_no_program(tmp_path: Path) -> None:
    root = build(tmp_path)
    for language in ("en", "zh"):
        plant(root, f"steps/page.{language}.md", "```python train=plain", "```bash")
    assert list(programs(open_course(root))) == []


PROGRAM = Program(
    (
        Listing("a/page.en.md", 11, "x = 1\nprint(x)  # 1, right\n\nfor i in range(2):\n    print(\n        i)  # 3"),
        Listing("a/page.zh.md", 21, "x = 1\n\nprint(x)  # 2\nfor i in range(2):\n    print(\n        i)  # 1"),
    )
)


def test_what_does_not_run_is_told_with_its_line() -> None:
    fault = failure(PROGRAM, Came("failed", 12, "NameError: name 'x' is not defined."), LIMITS)
    assert fault is not None
    assert str(fault) == (
        "a/page.en.md:12: code = print(x) # 1, right: the code does not run: NameError: name 'x' is not defined."
    ).replace(") #", ")  #")
    assert failure(PROGRAM, Came(), LIMITS) is None


@pytest.mark.parametrize("ended", ["time", "memory", "died"])
def test_what_was_stopped_at_an_unknown_line_is_told_at_the_first(ended: str) -> None:
    fault = failure(PROGRAM, Came(ended), LIMITS)
    assert fault is not None
    assert (fault.code, fault.file, fault.line) == (f"program-{ended}", "a/page.en.md", 11)


def test_a_comment_that_names_another_number_is_told_in_the_language_where_it_stands() -> None:
    came = Came(printed={12: "1\n", 15: "0\n1\n"})
    told = [(fault.file, fault.line, fault.value) for fault in contradictions(PROGRAM, came)]
    assert told == [("a/page.en.md", 16, "3"), ("a/page.zh.md", 23, "2")]


def test_a_line_that_printed_nothing_contradicts_nothing() -> None:
    assert list(contradictions(PROGRAM, Came())) == []


@pytest.mark.parametrize(
    ("comment", "printed"),
    [
        ("0.1698, right", "tensor(0.1698)\n"),
        ("24 and 4", "tensor(24.) tensor(4.)\n"),
        ("still 0.5 and 3", "tensor(0.5000, requires_grad=True) tensor(3., requires_grad=True)\n"),
        ("0.8068", "0.80677\n"),
        ("1,290", "1290"),
        ("93.2%", "0.9321"),
        ("about 1.88e-05", "1.8799e-05"),
        ("True", "True\n"),
        ("once, at the end", "{'loss': 0.5}"),
        ("", "anything"),
        ("-3 to 3", "tensor([-3., 3.])"),
    ],
)
def test_a_comment_says_what_was_printed(comment: str, printed: str) -> None:
    assert says(comment, printed)


@pytest.mark.parametrize(
    ("comment", "printed"),
    [("0.1699", "tensor(0.1698)"), ("True", "False"), ("24 and 5", "24 4"), ("93.3%", "0.9321"), ("3", "-3")],
)
def test_a_comment_says_something_else(comment: str, printed: str) -> None:
    assert not says(comment, printed)


@pytest.mark.parametrize("text", ["x = (", "print(", "\x00", "(" * 5000])
def test_what_is_no_python_claims_nothing(text: str) -> None:
    assert claims(text) == []
