"""The generated course that benches measure is a sound one, and the same every time."""

from __future__ import annotations

from pathlib import Path

from content.course.course import open_course
from content.course.items import READERS
from content.course.linter import check
from tests.bench.big_course import main, marker, write


def test_it_passes_the_linter_with_the_pages_and_questions_that_were_asked_for(tmp_path: Path) -> None:
    report = check(write(tmp_path / "course", 7, 100))
    assert [str(fault) for fault in (*report.errors, *report.warnings)] == []
    assert (report.counts["pages"], report.counts["items"]) == (14, 100)
    assert isinstance(report.counts["types"], dict)
    assert set(report.counts["types"]) == set(READERS)


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = write(tmp_path / "one", 3, 30), tmp_path / "other"
    assert main([str(other), "--pages", "3", "--items", "30"]) == 0
    files = {path.relative_to(one): path.read_bytes() for path in one.rglob("*.*") if path.is_file()}
    assert files == {path.relative_to(other): path.read_bytes() for path in other.rglob("*.*") if path.is_file()}
    assert len(files) == 1 + 3 * 4


def test_each_page_and_each_question_has_a_phrase_of_its_own(tmp_path: Path) -> None:
    root = write(tmp_path, 30, 60)
    pages = [path for path in root.glob("*/page.en.md") if marker(2) in path.read_text(encoding="utf-8")]
    assert [path.parent.name for path in pages] == ["s0002"]
    course = open_course(root)
    asked = [item.id for slug in course.slugs for item in course.items(slug) if marker(2, 1) in item.ask.say("en")]
    assert asked == ["q2-1"]


def test_the_titles_of_a_large_course_differ(tmp_path: Path) -> None:
    course = open_course(write(tmp_path, 600, 600))
    for language in course.languages:
        assert len({section.title.say(language) for section in course.sections}) == 600
