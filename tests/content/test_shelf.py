"""A shelf gives the questions of many sections and reads no section before one of its questions is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.course.course import open_course
from content.course.shelf import Shelf
from content.course.slips import slips_of
from tests.content.questions import questions
from tests.content.small_course import build, plant


def test_a_section_is_read_when_one_of_its_questions_is_wanted(tmp_path: Path) -> None:
    build(tmp_path / "course")
    open_course(tmp_path / "course", cache=tmp_path / "cache")
    course = open_course(tmp_path / "course", cache=tmp_path / "cache")
    shelf = Shelf(course, course.slugs)
    assert set(shelf) == set(questions())
    assert len(shelf) == len(questions())
    assert "ce-start" in shelf
    assert course._items == {}
    assert shelf["ce-start"].id == "ce-start"
    assert set(course._items) == {"starts"}
    assert (shelf.section("ce-start"), shelf.section("no-such")) == ("starts", "")


def test_a_shelf_has_the_questions_of_its_sections_only(tmp_path: Path) -> None:
    course = open_course(build(tmp_path))
    shelf = Shelf(course, ["steps"])
    assert "updates" in shelf
    assert "ce-start" not in shelf
    with pytest.raises(KeyError):
        shelf["ce-start"]


def test_a_question_that_was_taken_out_since_the_index_was_made_is_none(tmp_path: Path) -> None:
    build(tmp_path / "course")
    open_course(tmp_path / "course", cache=tmp_path / "cache")
    course = open_course(tmp_path / "course", cache=tmp_path / "cache")
    shelf = Shelf(course, course.slugs)
    plant(tmp_path / "course", "starts/items.yaml", "id: ce-start", "id: ce-begin")
    assert "ce-start" in shelf
    assert shelf.get("ce-start") is None
    assert "ce-start" not in shelf


def test_the_index_knows_which_misconceptions_a_question_is_about(tmp_path: Path) -> None:
    build(tmp_path / "course")
    open_course(tmp_path / "course", cache=tmp_path / "cache")
    course = open_course(tmp_path / "course", cache=tmp_path / "cache")
    keys = {key.id: key.slips for slug in course.slugs for key in course.keys(slug)}
    assert course._items == {}
    assert keys == {name: slips_of(item) for name, item in questions().items()}
    assert keys["updates"] == ("last-batch",)
    assert keys["step-early"] == ("step-first", "general")
    assert keys["one-update"] == ()
