"""The example in AUTHORING.md is a sound course, and it is what a new course begins as."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from content.course.course import open_course
from content.course.fences import KINDS
from content.course.items import READERS
from content.course.linter import check
from content.course.rules import options, texts
from content.course.skeleton import authoring, example, slug, write_skeleton
from content.errors import ContentError
from tui.widgets.demos.catalogue import NAMES


def written(root: Path) -> Path:
    """Write the example as a reader would copy it out."""
    for name, text in example(authoring()).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def test_the_example_has_no_error_and_the_warnings_that_the_page_names(tmp_path: Path) -> None:
    report = check(written(tmp_path))
    assert [str(fault) for fault in report.errors] == []
    assert sorted(fault.code for fault in report.warnings) == ["items-few", "page-length", "page-length"]
    assert (report.counts["items"], report.counts["pages"]) == (3, 2)


def test_a_new_course_is_the_example_under_an_id_of_its_own(tmp_path: Path) -> None:
    names = write_skeleton(tmp_path / "My course")
    assert set(names) == set(example(authoring()))
    course = open_course(tmp_path / "My course")
    assert (course.id, course.faults) == ("my-course", ())
    assert check(tmp_path / "My course").errors == ()


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("mine")
    for folder in (tmp_path, tmp_path / "notes"):
        with pytest.raises(ContentError) as told:
            write_skeleton(folder)
        assert told.value.code == "folder-not-empty"
    with pytest.raises(ContentError) as told:
        write_skeleton(tmp_path / "notes" / "course")
    assert told.value.code == "folder-unwritable"
    assert os.listdir(tmp_path) == ["notes"]


@pytest.mark.parametrize(
    ("name", "course"), [("coins", "coins"), ("My Course 2", "my-course-2"), ("课程", "my-course"), ("a--b_", "a-b")]
)
def test_the_id_follows_from_the_folders_name(name: str, course: str) -> None:
    assert slug(name) == course


def test_the_page_names_every_type_of_question_and_every_block() -> None:
    text = authoring()
    assert [kind for kind in (*READERS, *KINDS) if f"`{kind}" not in text] == []


def test_the_page_names_every_demo_and_how_much_room_a_text_has() -> None:
    text = authoring()
    assert [name for name in NAMES if f"`{name}`" not in text] == []
    room = f"A question has room for {texts.ASK} cells, an option for {texts.OPTION}, its `why` for {texts.WHY}"
    assert f"{room}, a title for {texts.TITLE};" in text
    assert f"longer than {options.SHORT} cells" in text
    assert f"at most {options.CUE_WARNING} times the shortest" in text
