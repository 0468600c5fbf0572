"""Every fault that the linter knows is planted in a sound course, and found where it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.course.course import open_course
from content.course.linter import Report, check
from content.course.sentences import SENTENCES
from content.course.source import LIMIT
from content.errors import ContentError, Fault
from content.quiz.posed import Posed
from tests.content.faults import ERRORS, WARNINGS, Planted
from tests.content.right import right_answer
from tests.content.small_course import build, line_of, plant

TODAY = date(2026, 11, 23)
SNIPPETS = "[]{}:,#-|>&*!%`\"'\\ \n\t=<0a汉\x1b\u202e"


def refused(kind: str, wishes: dict[str, Any]) -> str | None:
    """Stand in for the recipes: one kind with two knobs."""
    if kind != "mlp":
        return f"there is no recipe {kind}."
    for knob, value in wishes.items():
        if knob not in ("lr", "scale"):
            return f"mlp has no knob {knob}."
        if knob == "lr" and not (isinstance(value, int | float) and value >= 0):
            return "lr must be at least 0."
    return None


def checked(root: Path) -> Report:
    return check(root, refused, demos=("bowl", "slider"), today=TODAY)


def found(faults: tuple[Fault, ...], code: str) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.field) for fault in faults if fault.code == code]


def test_a_sound_course_has_no_fault(tmp_path: Path) -> None:
    report = checked(build(tmp_path))
    assert [str(fault) for fault in (*report.errors, *report.warnings)] == []


def test_it_counts_by_section_type_and_language(tmp_path: Path) -> None:
    counts = checked(build(tmp_path)).counts
    assert counts["sections"] == {"1.1": 8, "1.2": 8}
    assert counts["languages"] == {"en": 16, "zh": 16}
    assert counts["items"] == 16
    assert counts["pages"] == 4
    assert isinstance(counts["types"], dict)
    assert {kind for kind, count in counts["types"].items() if count > 1} == {"choice", "truth"}


@pytest.mark.parametrize("fault", ERRORS, ids=lambda fault: f"{fault.code}-{fault.field}")
def test_an_error_is_found_with_file_line_and_field(fault: Planted, tmp_path: Path) -> None:
    root = build(tmp_path)
    text = plant(root, fault.file, fault.old, fault.new)
    report = checked(root)
    assert (fault.file, line_of(text, fault.at), fault.field) in found(report.errors, fault.code), [
        str(each) for each in report.errors
    ]


@pytest.mark.parametrize("fault", WARNINGS, ids=lambda fault: f"{fault.code}-{fault.field}")
def test_a_warning_is_found_and_is_no_error(fault: Planted, tmp_path: Path) -> None:
    root = build(tmp_path)
    text = plant(root, fault.file, fault.old, fault.new)
    report = checked(root)
    assert report.errors == ()
    assert (fault.file, line_of(text, fault.at), fault.field) in found(report.warnings, fault.code), [
        str(each) for each in report.warnings
    ]


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    root = build(tmp_path)
    (root / "steps" / "page.en.md").unlink()
    (root / "steps" / "page.zh.md").write_bytes("# 步\n".encode() + b"line \xff\n")
    (root / "starts" / "items.yaml").unlink()
    (root / "starts" / "items.yaml").mkdir()
    (root / "starts" / "page.en.md").write_bytes(b"x" * (LIMIT + 1))
    errors = checked(root).errors
    assert found(errors, "file-missing") == [("steps/page.en.md", 0, "")]
    assert found(errors, "file-encoding") == [("steps/page.zh.md", 2, "")]
    assert found(errors, "file-unreadable") == [("starts/items.yaml", 0, "")]
    (root / "starts" / "section.yaml").unlink()
    (root / "starts" / "section.yaml").symlink_to("/etc/hostname")
    errors = checked(root).errors
    assert found(errors, "file-outside") == [("starts/section.yaml", 0, "")]
    assert found(errors, "file-too-large") == [("starts/page.en.md", 0, "")]


def test_a_folder_without_a_course_is_one_error(tmp_path: Path) -> None:
    report = check(tmp_path, today=TODAY)
    assert [fault.code for fault in report.errors] == ["file-missing"]
    assert report.errors[0].file == "course.yaml"


@pytest.mark.parametrize("text", ["", "[]", "just words", "languages: [en", "a: [" * 5000, "[" * 300_000])
def test_a_broken_course_file_is_told_and_never_raises(text: str, tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(text)
    assert checked(tmp_path).errors


def test_aliases_cannot_blow_up(tmp_path: Path) -> None:
    root = build(tmp_path)
    laughs = "\n".join(f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 9) if n else 'ha'}]" for n in range(30))
    (root / "glossary.yaml").write_text(laughs)
    assert found(checked(root).errors, "yaml-alias") == [("glossary.yaml", 1, "")]


def test_every_sentence_has_a_planted_fault() -> None:
    elsewhere = {
        *(code for code in SENTENCES if code.startswith("program-")),  # test_programs.py
        *("folder-not-empty", "folder-unwritable"),  # test_skeleton.py
        *("truth-balance", "key-longest", "key-place"),  # test_balance.py
        "file-missing",
        "file-outside",
        "file-encoding",
        "file-unreadable",
        "file-too-large",
        "blank-missing",
        "section-unlisted",  # test_one_fault_once.py
        "check-by-passed",
    }
    assert set(SENTENCES) - {fault.code for fault in (*ERRORS, *WARNINGS)} - elsewhere == set()


def test_a_fault_is_one_harmless_line(tmp_path: Path) -> None:
    root = build(tmp_path)
    plant(root, "steps/items.yaml", "level: M", 'level: "\\e[2J\\nX"')
    lines = [str(fault) for fault in checked(root).errors]
    assert any("␛[2J X" in line for line in lines)
    assert not any(sign in line for line in lines for sign in "\n\x1b")


def test_a_fault_names_the_nearest_name(tmp_path: Path) -> None:
    root = build(tmp_path)
    plant(root, "steps/items.yaml", "tolerance: 0", "tolerence: 0")
    assert any("did you mean tolerance?" in str(fault) for fault in checked(root).errors)


def test_a_value_that_the_presets_other_values_make_sound_is_no_fault(tmp_path: Path) -> None:
    """A scale that suits low rates only, though not the rate that would be taken without one."""

    def together(kind: str, wishes: dict[str, Any]) -> str | None:
        loud = wishes.get("scale") == "raw" and wishes.get("lr", 1) > 0.1
        return "scale=raw takes a rate of at most 0.1." if loud else refused(kind, wishes)

    def errors() -> tuple[Fault, ...]:
        return check(root, together, demos=("bowl", "slider"), today=TODAY).errors

    root = build(tmp_path)
    plant(root, "presets/plain.toml", '"standard"', '"raw"')
    assert errors() == ()
    text = plant(root, "presets/plain.toml", "lr = 0.01", "lr = 0.2")
    assert found(errors(), "preset-refused") == [("presets/plain.toml", line_of(text, "scale"), "set.scale")]


def test_without_recipes_presets_are_not_held_against_them(tmp_path: Path) -> None:
    root = build(tmp_path)
    plant(root, "presets/plain.toml", "lr = 0.01", "lrr = 0.01")
    assert check(root, today=TODAY).errors == ()


FILES = (
    *("steps/items.yaml", "steps/section.yaml", "steps/page.en.md", "starts/items.yaml", "starts/page.zh.md"),
    *("course.yaml", "glossary.yaml", "presets/plain.toml"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.floats(0, 0.999), st.integers(0, 40), st.text(SNIPPETS, max_size=12))
def test_no_change_of_a_course_makes_anything_but_faults(
    tmp_path: Path, file: str, where: float, cut: int, put: str
) -> None:
    root = build(tmp_path)
    text = (root / file).read_text(encoding="utf-8")
    at = int(where * len(text))
    changed = text[:at] + put + text[at + cut :]
    (root / file).write_text(changed, encoding="utf-8", errors="surrogatepass")
    report = checked(root)
    for fault in (*report.errors, *report.warnings):
        assert fault.line <= changed.count("\n") + 1 or fault.file != file
        assert "\n" not in str(fault)
    try:
        course = open_course(root)
    except ContentError:
        return
    for slug in course.slugs:
        for item in course.items(slug):
            for seed in range(3):
                posed = Posed(item, seed)
                assert posed.grade(right_answer(posed)).right
                for language in course.languages:
                    posed.pieces(language)
