"""Which course a start opens: the one asked for, else the one chosen last, else the one that comes along."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.course.course import open_course
from content.errors import ContentError
from content.memory.record import Record, open_record
from tests.content.small_course import build
from tests.tui.test_courses import ABACUS, TWO
from tui import known
from tui.commands import open_app
from tui.commands.open_app import Waiting, course_for
from tui.commands.parser import parse
from tui.house import House
from tui.words import Words

EN = Words("en")


@pytest.fixture
def record() -> Record:
    return open_record(None).record


def opened(record: Record, home: Path, *words: str) -> tuple[str, list[str]]:
    """Return the id of the course that a command line opens, and what there is to say."""
    notices: list[str] = []
    home.mkdir(exist_ok=True)
    course = course_for(parse(["--home", str(home), *words]), House(home), record, EN, notices)
    return course.id, notices


def test_without_a_word_it_is_the_one_that_comes_along(record: Record, own_home: Path) -> None:
    assert opened(record, own_home) == ("large-models", [])


def test_the_chosen_one_is_opened_but_the_one_asked_for_wins(record: Record, own_home: Path) -> None:
    known.choose(record, str(TWO))
    assert opened(record, own_home) == ("two-digits", [])
    assert opened(record, own_home, "--course", str(ABACUS)) == ("abacus", [])
    assert opened(record, own_home) == ("two-digits", [])


def test_a_chosen_one_that_is_gone_is_said(record: Record, own_home: Path, tmp_path: Path) -> None:
    known.choose(record, str(tmp_path / "gone"))
    course, (notice,) = opened(record, own_home)
    assert course == "large-models"
    assert str(tmp_path / "gone") in notice
    assert "no such file" in notice


def test_one_asked_for_that_is_none_is_an_error(record: Record, own_home: Path, tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        opened(record, own_home, "--course", str(tmp_path))


@pytest.mark.parametrize("kept", [3, {"a": 1}, [], None])
def test_a_choice_that_makes_no_sense_is_none(record: Record, own_home: Path, kept: object) -> None:
    record.keep_setting(known.CHOSEN, kept)
    assert opened(record, own_home)[0] == "large-models"


@pytest.mark.parametrize("kept", ["x", [1, None], [{"path": 1}], [{"path": "", "id": "a", "title": {}}]])
def test_memories_that_make_no_sense_are_left_out(record: Record, kept: object) -> None:
    record.keep_setting(known.COURSES, kept)
    assert known.remembered(record) == []


def test_the_newest_is_remembered_first_and_each_once(record: Record, tmp_path: Path) -> None:
    root = build(tmp_path / "small")
    for course in (TWO, root, TWO):
        known.remember(record, known.known_of(open_course(course)))
    assert [each.path for each in known.remembered(record)] == [str(TWO), str(root)]
    for at in range(60):
        known.remember(record, known.Known(f"/nowhere/{at}", "x", {}))
    assert len(known.remembered(record)) == known.MOST
    assert known.remembered(record)[0].say("en") == "59"


def test_a_title_that_steers_the_terminal_is_shown_as_text() -> None:
    assert known.Known("/x", "x", {"": "\x1b[2Jhello\nthere"}).say("en") == "␛[2Jhello there"


def test_who_waits_for_a_large_course_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(open_app, "PATIENT_SECONDS", 0.0)
    monkeypatch.setattr(open_app, "SAY_SECONDS", 0.0)
    waiting = Waiting(EN)
    waiting(3, 500)
    waiting.over()
    assert "3 of 500 sections" in capsys.readouterr().err
    quick = Waiting(EN)
    quick.over()
    assert capsys.readouterr().err == ""
