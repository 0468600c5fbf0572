"""Every fault of a course is told in Chinese, too, with all that the English sentence names."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from content.course.course import open_course
from content.course.linter import check
from content.course.sentences import SENTENCES, fault, near
from content.errors import ContentError
from tests.content.faults import ERRORS, WARNINGS, Planted
from tests.content.small_course import build, plant
from tests.content.test_linter import TODAY, refused
from tui.faults import line, sentence
from tui.sentences import flat, locale_file, read
from tui.words import Words

ZH, EN = Words("zh"), Words("en")
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)(?::、)?\}(?!\})")
TOLD = dict(flat(read(locale_file("zh", "faults"))))


def test_chinese_has_a_sentence_for_every_fault_and_none_is_left_over() -> None:
    assert set(SENTENCES) == {code for code in TOLD if "." not in code}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_chinese_sentence_names_what_the_english_one_names(code: str) -> None:
    assert set(PLACEHOLDER.findall(TOLD[code])) == set(PLACEHOLDER.findall(SENTENCES[code]))


def test_whatever_is_wanted_has_chinese_words() -> None:
    """Every phrase that the sources put into "must be ...", and none that they no longer do."""
    root = Path(__file__).parents[2] / "content" / "course"
    texts = [file.read_text(encoding="utf-8") for file in root.rglob("*.py")]
    phrases = {phrase for text in texts for phrase in re.findall(r'wanted\s*=\s*"([^"{]+ [^"{]+)"', text)}
    phrases |= {"at least one, but not all", "exactly one", "a number", "a list", "a text"}
    assert phrases - {code.removeprefix("wanted.") for code in TOLD if code.startswith("wanted.")} == set()
    assert {code.removeprefix("wanted.") for code in TOLD if code.startswith("wanted.")} - phrases == set()


@pytest.mark.parametrize("planted", [*ERRORS, *WARNINGS], ids=lambda planted: f"{planted.code}-{planted.field}")
def test_every_planted_fault_is_told_in_chinese_on_one_line(planted: Planted, tmp_path: Path) -> None:
    root = build(tmp_path)
    plant(root, planted.file, planted.old, planted.new)
    report = check(root, refused, today=TODAY)
    for each in (*report.errors, *report.warnings):
        told = line(each, ZH)
        assert told.startswith(each.file)
        assert "\n" not in told
        if each.code != "preset-refused":
            assert re.search(r"[\u4e00-\u9fff]", sentence(each, ZH)), each.code
            assert sentence(each, ZH) != each.sentence


def test_english_is_what_the_fault_says_itself() -> None:
    found = fault("field-missing", file="a.yaml", line=3, field="x")
    assert line(found, EN) == str(found) == "a.yaml:3: x: x is missing."


@pytest.mark.parametrize(
    ("known", "end"),
    [(["steps", "starts"], "；是不是 steps？"), (["a", "b"], "；可用的有 a、b。"), ([], "。")],
)
def test_a_hint_is_told_in_chinese(known: list[str], end: str) -> None:
    found = fault("section-unknown", file="a", value="stpes", hint=near("stpes", known))
    assert sentence(found, ZH) == f"课程没有这个小节{end}"


def test_a_course_that_cannot_be_opened_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as told:
        open_course(tmp_path)
    assert ZH.error(told.value) == "course.yaml: 没有这个文件，而课程需要它。"
    assert EN.error(told.value) == "course.yaml: there is no such file; the course needs it."


def test_a_fault_from_a_newer_program_is_told_in_its_own_words() -> None:
    found = fault("page-length", file="a", count="3", unit="words", low="1", high="2")
    assert sentence(found, ZH) == "有 3 个词；一页应有 1 到 2。"
    newer = msgspec.structs.replace(found, code="page-breadth")
    assert sentence(newer, ZH) == newer.sentence
    poorer = msgspec.structs.replace(found, details={"count": "3"})
    assert sentence(poorer, ZH) == poorer.sentence
