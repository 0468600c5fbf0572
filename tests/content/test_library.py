"""The course that comes with the program is sound, and every question of it can be answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from content.course.course import Course, bundled, open_course
from content.course.linter import check
from content.course.number import NumberItem
from content.quiz.answer import Typed
from content.quiz.posed import Posed
from engine.errors import RecipeError
from engine.recipes import KINDS, recipe
from tests.content.right import right_answer
from tui.widgets.demos.catalogue import NAMES


@pytest.fixture(scope="module")
def course() -> Course:
    return open_course(bundled())


def refused(kind: str, wishes: dict[str, Any]) -> str | None:
    """Say why the program would refuse such a run."""
    try:
        recipe(KINDS[kind], wishes)
    except (KeyError, RecipeError) as error:
        return str(error)
    return None


def test_the_linter_finds_no_error() -> None:
    report = check(bundled(), refused, demos=NAMES, today=date(2026, 11, 23))
    assert [str(fault) for fault in report.errors] == []


def test_it_has_every_question_of_the_blueprint_that_needs_no_experiment(course: Course) -> None:
    assert {section.id: len(course.items(section.slug)) for section in course.sections} == {
        "1.1": 12,
        "1.2.1": 17,
        "1.2.2": 16,
        "1.2.3": 13,
        "1.3.1": 13,
        "1.3.2": 15,
        "1.3.3": 16,
        "1.3.4": 18,
        "1.4.1": 16,
        "1.4.2": 16,
        "1.5": 15,
        "1.6": 14,
        "1.7": 16,
        "FAQ 1": 6,
        "FAQ 2": 6,
        "FAQ 3": 7,
        "FAQ 4": 6,
        "FAQ 5": 7,
    }
    assert course.languages == ("en", "zh")


def test_every_question_takes_its_own_answer(course: Course) -> None:
    for slug in course.slugs:
        for item in course.items(slug):
            for seed in range(25):
                posed = Posed(item, seed)
                assert posed.grade(right_answer(posed)).right, (item.id, seed)


def test_every_known_mistake_is_recognised(course: Course) -> None:
    for slug in course.slugs:
        for item in course.items(slug):
            for seed in range(25 if isinstance(item, NumberItem) else 0):
                posed = Posed(item, seed)
                assert isinstance(item, NumberItem)
                for wrong in item.wrongs:
                    typed = Typed(repr(wrong.formula.compute(posed.values)))
                    assert not posed.grade(typed).right, (item.id, seed, wrong.slip)


def test_nothing_is_left_open_in_what_a_learner_sees(course: Course) -> None:
    for slug in course.slugs:
        for item in course.items(slug):
            posed = Posed(item, 1)
            for language in course.languages:
                told = [posed.say(text, language) for text in (item.ask, item.why, *item.hints)]
                told += posed.steps(language)
                if isinstance(item, NumberItem):
                    assert not any("{" in text for text in told), item.id
