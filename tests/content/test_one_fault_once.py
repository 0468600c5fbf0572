"""What is broken is told once: of what else cannot be right because of it nothing is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.course.course import open_course
from content.course.linter import check
from tests.content.small_course import build, plant
from tests.content.test_linter import TODAY, checked, found

BROKEN = {
    "a tab in the questions": ("steps/items.yaml", "  type: order", "\ttype: order", "yaml"),
    "questions in a second document": ("steps/items.yaml", "items:", "---\nitems:", "yaml-documents"),
    "questions without their mapping": ("steps/items.yaml", 'section: "1.1"\nitems:\n', "", "field-kind"),
    "a question of no type": ("steps/items.yaml", "type: number", "type: nummer", "item-type-unknown"),
    "a section that is a list": ("steps/section.yaml", 'id: "1.1"', "[a]\n---", "yaml-documents"),
    "a section that says nothing": ("steps/section.yaml", None, "", "field-kind"),
    "no languages": ("course.yaml", "[en, zh]", "[]", "field-kind"),
    "languages that are none": ("course.yaml", "[en, zh]", "English and Chinese", "field-kind"),
    "no sections": ("course.yaml", "[steps, starts]", "[]", "field-kind"),
    "a glossary that is a list": ("glossary.yaml", "terms:\n", "", "field-kind"),
}


def broken(root: Path, file: str, old: str | None, new: str) -> None:
    """Break a file at a place, or as a whole."""
    if old is None:
        (root / file).write_text(new, encoding="utf-8")
    else:
        plant(root, file, old, new)


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_is_one_error_and_no_warning(how: str, tmp_path: Path) -> None:
    root = build(tmp_path)
    file, old, new, code = BROKEN[how]
    broken(root, file, old, new)
    report = checked(root)
    of_terms = {"term-unknown"} if file == "glossary.yaml" else set()  # a page's link leads nowhere then
    assert [(fault.file, fault.code) for fault in report.errors if fault.code not in of_terms] == [(file, code)]
    assert [str(fault) for fault in report.warnings] == []


def test_a_course_that_says_no_languages_has_those_of_its_pages(tmp_path: Path) -> None:
    root = build(tmp_path)
    plant(root, "course.yaml", "[en, zh]", "[]")
    course = open_course(root)
    assert course.languages == ("en", "zh")
    assert all(course.page(slug, language) for slug in course.slugs for language in course.languages)
    assert [fault.field for fault in course.faults] == ["languages"]


def test_a_folder_and_a_language_that_the_course_forgot_are_told(tmp_path: Path) -> None:
    """They are written, and nobody would ever see them."""
    root = build(tmp_path)
    (root / "more").mkdir()
    (root / "more" / "section.yaml").write_text('id: "1.3"\n', encoding="utf-8")
    (root / "steps" / "page.fr.md").write_text("# Pas\n", encoding="utf-8")
    report = check(root, today=TODAY)
    assert report.errors == ()
    assert found(report.warnings, "section-unlisted") == [("course.yaml", 7, "sections")]
    assert found(report.warnings, "language-unknown") == [("steps/page.fr.md", 1, "page")]
