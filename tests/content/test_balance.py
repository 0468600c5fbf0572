"""Habits that give answers away over many questions, cues in single ones, addresses, and numbers in words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from content.course.linter import check
from content.course.rules.cues import ABOVE
from content.course.rules.links import sound
from content.course.rules.parity import lacking, numbers_in
from content.course.rules.spelled import spelled
from content.errors import Fault
from tests.content.small_course import build

HEAD = """
- id: more-{index}
  type: {type}
  objective: 12a
  level: E
  cites: starts#first-loss
  ask: {{en: Number {index}?, zh: 第 {index} 个？}}
  hints: [{{en: Think of ln., zh: 想想 ln。}}]
  why: {{en: So it is., zh: 就是这样。}}
"""
OPTION = "  - {{text: {{en: {en}, zh: {zh}}}, {right}why: {{en: So it is., zh: 就是这样。}}}}\n"


def with_items(root: Path, items: Sequence[str]) -> tuple[Fault, ...]:
    """Add questions to the small course and return the linter's warnings."""
    file = build(root) / "starts" / "items.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "".join(items), encoding="utf-8")
    report = check(root)
    assert report.errors == ()
    return report.warnings


def options(texts: Sequence[tuple[str, str]], right: int) -> str:
    rows = [
        OPTION.format(en=en, zh=zh, right="right: true, " if at == right else "") for at, (en, zh) in enumerate(texts)
    ]
    return "  options:\n" + "".join(rows)


def truth(index: int, answer: bool) -> str:
    texts = [("One way", "一种"), ("Some way", "某种"), ("No way", "没有")]
    return HEAD.format(index=index, type="truth") + f"  answer: {str(answer).lower()}\n" + options(texts, 0)


def told(warnings: Sequence[Fault], code: str) -> list[tuple[str, str]]:
    return [(fault.file, fault.field) for fault in warnings if fault.code == code]


def test_statements_that_are_all_true_are_told_in_their_section(tmp_path: Path) -> None:
    """The small course has one that is false there, and one that is true elsewhere."""
    warnings = with_items(tmp_path, [truth(index, False) for index in range(3)])
    assert told(warnings, "truth-balance") == [("starts/items.yaml", "items")]


def test_statements_that_are_mostly_true_are_told_in_the_course(tmp_path: Path) -> None:
    warnings = with_items(tmp_path, [truth(index, index > 0) for index in range(8)])
    assert told(warnings, "truth-balance") == [("course.yaml", "sections")]


def test_statements_in_balance_are_not_told(tmp_path: Path) -> None:
    assert told(with_items(tmp_path, [truth(index, index % 2 == 0) for index in range(8)]), "truth-balance") == []


def numbers(index: int, right: int) -> str:
    texts = [(f'"{value}"', f'"{value}"') for value in (index + 30, index + 20, index + 25)]
    return HEAD.format(index=index, type="choice") + options(texts, right)


def test_a_right_number_that_is_mostly_the_largest_is_told(tmp_path: Path) -> None:
    """Wherever it stands in the file: numbers are shown in order of size."""
    warnings = with_items(tmp_path, [numbers(index, 0) for index in range(8)])
    assert told(warnings, "key-place") == [("course.yaml", "sections")]
    assert "the largest in 9 of 9" in str(next(fault for fault in warnings if fault.code == "key-place"))


def test_right_numbers_in_all_places_are_not_told(tmp_path: Path) -> None:
    assert told(with_items(tmp_path, [numbers(index, index % 3) for index in range(9)]), "key-place") == []


def lengths(index: int, right: int) -> str:
    texts = [
        ("It is a longer option", "这一个选项要长一些的"),
        ("A shorter option.", "较短的选项在此"),
        ("Some option here", "另一个选项也在"),
    ]
    return HEAD.format(index=index, type="choice") + options(texts, right)


def test_right_options_that_are_mostly_the_longest_are_told_by_language(tmp_path: Path) -> None:
    warnings = with_items(tmp_path, [lengths(index, 0 if index < 6 else 1) for index in range(8)])
    found = [(fault.file, fault.details["language"]) for fault in warnings if fault.code == "key-longest"]
    assert sorted(found) == [
        (file, language) for file in ("course.yaml", "starts/items.yaml") for language in ("en", "zh")
    ]


def test_right_options_of_all_lengths_are_not_told(tmp_path: Path) -> None:
    assert told(with_items(tmp_path, [lengths(index, index % 3) for index in range(9)]), "key-longest") == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "None of the above"),
        ("en", "all of these"),
        ("en", "Both of them"),
        ("en", "All are correct"),
        ("en", "a and c"),
        ("zh", "以上都不对"),
        ("zh", "上述说法均正确"),
        ("zh", "都对"),
        ("zh", "A和C"),
    ],
)
def test_an_option_that_speaks_of_the_others_is_known(language: str, words: str) -> None:
    assert ABOVE[language].fullmatch(words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Its installed files hold none of them"),
        ("en", "All of the weights"),
        ("en", "a and then b"),
        ("zh", "放开：上面每一行都改成 >="),
        ("zh", "所有参数"),
    ],
)
def test_an_option_that_speaks_of_its_subject_is_none(language: str, words: str) -> None:
    assert not ABOVE[language].fullmatch(words)


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/1611.03530",
        "https://docs.pytorch.org/docs/stable/notes/autograd.html#a",
        "https://en.wikipedia.org/wiki/ReLU_(neural)",
        "https://zh.wikipedia.org/wiki/反向传播",
        "https://a.b-c.example.org:443/x?y=1&z=%20",
    ],
)
def test_a_sound_address(address: str) -> None:
    assert sound(address)


@pytest.mark.parametrize(
    "address",
    [
        *("https://", "https:///x", "https://localhost/x", "https://example", "https://exa_mple.org", "https://-a.org"),
        *(
            "https://example.org/%zz",
            "https://example.org/a.",
            "https://https://example.org",
            "https://example.org/<a>",
        ),
        *(
            "https://user@example.org",
            "https://example.org:99999",
            "https://example.org:8080",
            "https://[::1",
            "https://1.2.3.4/",
        ),
    ],
)
def test_a_malformed_address(address: str) -> None:
    assert not sound(address)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("sixty texts", {60}),
        ("three hundred and five", {305}),
        ("twenty-one thousand", {21_000}),
        ("two million", {2_000_000}),
        ("一百二十次", {120}),
        ("三万五千", {35_000}),
        ("十个，再来六十", {10, 60}),
        ("nothing", set()),
    ],
)
def test_numbers_in_words(text: str, numbers: set[float]) -> None:
    assert spelled(text) >= numbers


def test_a_spelled_number_answers_for_digits_and_asks_for_none() -> None:
    english, chinese = "Sixty texts, 40 updates", "60 条文本，四十次更新"
    assert lacking(numbers_in(chinese), numbers_in(english) | spelled(english)) == set()
    assert lacking(numbers_in(english), numbers_in(chinese) | spelled(chinese)) == set()
    assert lacking(numbers_in("70 条"), spelled("Sixty")) == {70}
