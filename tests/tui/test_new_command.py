"""`learncurve course new` writes a course that checks and opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.__main__ import main


def test_a_new_course_passes_its_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    assert main(["course", "new", str(folder)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [Path(name).relative_to(folder).as_posix() for name in said[:-1]] == [
        *("course.yaml", "heads/section.yaml", "heads/page.en.md", "heads/page.zh.md", "heads/items.yaml"),
        "glossary.yaml",
    ]
    assert f"learncurve --course {folder} --watch" in said[-1]
    assert main(["course", "check", str(folder), "--run-code"]) == 0
    assert "errors: 0," in capsys.readouterr().out


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("x")
    assert main(["course", "new", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"learncurve: {tmp_path}: something is there already; name a new folder.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_it_answers_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", "new", str(tmp_path / "a"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["folder"] == str(tmp_path / "a")
    assert "course.yaml" in said["files"]
