"""Courses of others: the format is open, and one language alone is enough."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.course.course import open_course
from content.course.linter import check
from content.quiz.posed import Posed
from tests.content.right import right_answer

COURSES = Path(__file__).parents[1] / "courses"
NAMES = ("two-digits", "abacus")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_sound(name: str) -> None:
    report = check(COURSES / name)
    assert [str(fault) for fault in (*report.errors, *report.warnings)] == []


@pytest.mark.parametrize("name", NAMES)
def test_its_questions_take_their_own_answers(name: str) -> None:
    course = open_course(COURSES / name)
    for slug in course.slugs:
        for item in course.items(slug):
            for seed in range(10):
                posed = Posed(item, seed)
                assert posed.grade(right_answer(posed)).right, (item.id, seed)


def test_one_is_in_two_languages_and_one_in_chinese_alone() -> None:
    assert [open_course(COURSES / name).languages for name in NAMES] == [("en", "zh"), ("zh",)]


def test_what_lacks_a_language_is_shown_in_the_courses_own() -> None:
    course = open_course(COURSES / "abacus")
    page = course.page("rods", "en")
    assert page is not None
    assert page.language == "zh"
    assert course.title.say("en") == "算盘入门"
    item = course.item("rods-empty")
    assert item is not None
    assert item.ask.say("en").startswith("空着的一档")
