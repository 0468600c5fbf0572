"""`course check --run-code` runs what the pages print; `course check` runs nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from content.course.course import bundled, open_course
from content.course.programs import programs
from tests.content.small_course import build, line_of, plant
from tui.__main__ import main

BLOCK = "for x, y in loader:   # {}\n    loss = criterion(net(x), y)\n"
MAKES = "from pathlib import Path\n\nprint(Path('made').write_text('here'))  # {}\n"


def course(root: Path) -> Path:
    """Return the small course with a demo that the program has."""
    build(root)
    for language in ("en", "zh"):
        plant(root, f"steps/page.{language}.md", "```demo bowl", "```demo backprop")
    return root


def with_code(root: Path, code: str) -> str:
    """Put code in place of the small course's block; return the English page."""
    for language, comment in (("zh", "每个批次"), ("en", "each batch")):
        text = plant(root, f"steps/page.{language}.md", BLOCK.format(comment), code)
    return text


def test_every_block_is_run_and_its_comments_are_held_against_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = course(tmp_path / "course")
    text = with_code(root, MAKES.format(5))
    assert main(["course", "check", str(root), "--run-code"]) == 0
    said = capsys.readouterr().out
    assert f"steps/page.en.md:{line_of(text, 'print(Path')}: code = 5: the comment names what was not printed" in said
    assert "code blocks run: 1" in said
    assert "errors: 0," in said


def test_what_does_not_run_is_named_with_file_line_and_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = course(tmp_path / "course")
    text = (root / "steps" / "page.en.md").read_text(encoding="utf-8")
    assert main(["course", "check", str(root), "--run-code", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    (error,) = said["errors"]
    line = line_of(text, "for x, y in loader")
    assert (error["file"], error["line"], error["code"]) == ("steps/page.en.md", line, "program-failed")
    assert "NameError: name 'loader' is not defined" in error["sentence"]
    (ran,) = said["programs"]
    assert (ran["file"], ran["line"], ran["ended"]) == ("steps/page.en.md", line, "failed")


def test_an_endless_block_is_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = course(tmp_path / "course")
    with_code(root, "while True:\n    pass\n")
    assert main(["course", "check", str(root), "--run-code", "--seconds", "1"]) == 1
    assert "still ran after 1 seconds" in capsys.readouterr().out


def test_check_alone_executes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the page's code nor any process."""
    root = course(tmp_path / "course")
    with_code(root, MAKES.format(4))
    for name in ("fork", "posix_spawn", "execve"):
        monkeypatch.setattr(os, name, lambda *_, **__: pytest.fail("something was started"))
    monkeypatch.setattr("subprocess.Popen", lambda *_, **__: pytest.fail("something was started"))
    monkeypatch.setattr("builtins.exec", lambda *_, **__: pytest.fail("something was executed"))
    monkeypatch.chdir(tmp_path)
    assert main(["course", "check", str(root)]) == 0
    assert list(tmp_path.rglob("made")) == []


@pytest.mark.parametrize("words", [["--seconds", "0"], ["--seconds", "soon"]])
def test_seconds_are_a_number(words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["course", "check", "--run-code", *words])
    assert left.value.code == 2


def test_a_folder_without_a_course_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", "check", str(tmp_path), "--run-code"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "errors: 1, warnings: 0"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", "check", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().out.startswith(f"{tmp_path / 'nowhere' / 'course.yaml'}: ")


@pytest.mark.torch
def test_every_block_of_the_course_runs_as_it_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """And prints what its comments say; the BERT page's on the small BERT that comes along."""
    assert main(["course", "check", str(bundled()), "--run-code", "--json"]) == 0, capsys.readouterr().out
    said = json.loads(capsys.readouterr().out)
    assert [fault for fault in said["warnings"] if fault["code"].startswith("program-")] == []
    wanted = [(program.first.file, program.first.line) for program in programs(open_course(bundled()))]
    assert [(ran["file"], ran["line"]) for ran in said["programs"]] == wanted
    assert len(wanted) >= 6
