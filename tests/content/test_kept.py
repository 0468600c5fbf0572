"""The kept index: trusted by times when these can be trusted, else by content; never wrong, never a loss."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from content.course import kept
from content.course.course import open_course
from content.course.stamp import course_files, stamp
from tests.content.small_course import build, plant


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path / "course")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust times at once, as a later start would."""
    monkeypatch.setattr(kept, "FRESH_NS", -(10**12))


def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return where the names of files that are read whole from now on will be."""
    names: list[str] = []
    real = Path.open

    def opened(path: Path, *given: Any, **more: Any) -> Any:
        names.append(path.name)
        return real(path, *given, **more)

    monkeypatch.setattr(Path, "open", opened)
    return names


@pytest.mark.usefixtures("trusting")
def test_a_course_that_has_not_changed_is_not_read(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_course(root, cache=cache)
    names = reading(monkeypatch)
    course = open_course(root, cache=cache)
    assert len(course.keys("steps")) == 8
    assert [name for name in names if not name.endswith((".json", ".tmp"))] == []


def test_one_that_changed_a_moment_ago_is_read_though_no_time_differs(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_course(root, cache=cache)
    names = reading(monkeypatch)
    open_course(root, cache=cache)
    assert "items.yaml" in names


@pytest.mark.usefixtures("trusting")
def test_a_change_of_the_same_length_under_the_old_time_is_seen(root: Path, cache: Path) -> None:
    file = root / "starts" / "items.yaml"
    before = file.stat()
    open_course(root, cache=cache)
    plant(root, "starts/items.yaml", "id: ce-start", "id: ce-begin")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert open_course(root, cache=cache).keys("starts")[0].id == "ce-begin"


@pytest.mark.usefixtures("trusting")
def test_a_file_that_was_only_touched_is_no_change(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_course(root, cache=cache)
    (root / "starts" / "items.yaml").touch()
    monkeypatch.setattr("content.course.survey.load_items", lambda *_, **__: pytest.fail("read again"))
    assert len(open_course(root, cache=cache).keys("steps")) == 8
    names = reading(monkeypatch)
    open_course(root, cache=cache)
    assert "items.yaml" not in names


@pytest.mark.usefixtures("trusting")
def test_a_section_that_is_new_or_gone_is_seen(root: Path, cache: Path) -> None:
    open_course(root, cache=cache)
    plant(root, "course.yaml", "[steps, starts]", "[starts]")
    assert open_course(root, cache=cache).slugs == ("starts",)
    (root / "starts" / "items.yaml").unlink()
    course = open_course(root, cache=cache)
    assert course.keys("starts") == ()
    assert [fault.code for fault in course.faults] == ["file-missing"]


@pytest.mark.usefixtures("trusting")
def test_a_faulty_course_is_not_read_again_either_and_its_faults_are_known(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(root, "starts/items.yaml", "type: match", "type: mtach")
    first = open_course(root, cache=cache)
    names = reading(monkeypatch)
    again = open_course(root, cache=cache)
    assert again.faults == first.faults != ()
    assert "items.yaml" not in names


def test_who_waits_is_told_how_far_it_is(root: Path, cache: Path) -> None:
    told: list[tuple[int, int]] = []
    open_course(root, cache=cache, tell=lambda done, every: told.append((done, every)))
    assert told == [(0, 2), (1, 2)]
    open_course(root, cache=cache, tell=lambda *_: pytest.fail("nobody waits"))


def test_a_stamp_differs_where_a_file_does(root: Path) -> None:
    files = list(course_files(root))
    assert {"course.yaml", "steps/page.en.md", "presets/plain.toml", "glossary.yaml"} <= set(files)
    before = stamp(root, files)
    assert stamp(root, files) == before
    (root / "steps" / "page.en.md").chmod(0o600)
    assert stamp(root, files) != before
    (root / "steps" / "page.en.md").unlink()
    assert stamp(root, files).mark != before.mark
    assert "steps/page.en.md" not in list(course_files(root))


def test_what_is_no_course_file_is_not_watched(root: Path) -> None:
    for name in (".git", "data"):
        (root / name).mkdir()
    (root / ".git" / "x.yaml").write_text("x")
    (root / "data" / "words.txt").write_text("x")
    (root / "steps" / ".page.en.md.swp").write_text("x")
    assert not [name for name in course_files(root) if "git" in name or "words" in name or "swp" in name]
    assert list(course_files(root / "nowhere")) == []
