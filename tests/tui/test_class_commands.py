"""`learncurve record errata` and `record report`: what authors and teachers read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import msgspec
import pytest

from content.classroom.picks import RIGHT, WRONG, Offer
from content.course.course import open_course
from content.course.text import Text
from content.memory.entry import Entry
from content.memory.merging import merge
from content.memory.parcel import Parcel, pack
from content.memory.record import open_record
from content.quiz.answer import Chosen, Typed
from content.quiz.draw import FIRST_DRAW
from content.quiz.posed import Posed
from content.search.scraps import plain_ask
from tests.content.class_answers import choices, entry, parcel
from tests.content.small_course import build, line_of
from tui.__main__ import main
from tui.commands.record.report import chosen
from tui.text.cells import cells
from tui.words import Words


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return build(tmp_path / "course")


def exported(file: Path, *entries: Entry, flags: dict[str, str] | None = None) -> Path:
    """Write what one learner exports, with flags by question."""
    record = open_record(None).record
    merge(record, parcel(*entries))
    for item, note in (flags or {}).items():
        record.flag("small", item, language="zh", note=note)
    file.write_bytes(b"".join(pack(record)))
    return file


def errata(course: Path, *words: str) -> int:
    return main(["--course", str(course), "record", "errata", *words])


def report(course: Path, *words: str) -> int:
    return main(["--course", str(course), "record", "report", *words])


def test_a_flag_reaches_the_author(
    own_home: Path, tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the question stands, what the learner says, what it asks, what was chosen how often."""
    record = open_record(own_home / "record.sqlite").record
    answers = choices("ce-start", "en", right=3, log_base=1) + choices("ce-start", "zh", log_base=2)
    merge(record, Parcel(tuple(answers)))
    record.flag("small", "ce-start", revision=1, language="en", note="Which base | is\nmeant? <b>")
    record.flag("other", "ce-start", note="of another course")
    record.close()
    assert errata(course) == 0
    said = capsys.readouterr().out
    line = line_of((course / "starts" / "items.yaml").read_text(), "- id: ce-start")
    assert said.startswith("# Errata: A small course (small)\n\nFlagged questions: 1\n\n## ce-start\n")
    for part in (
        f"- Where: `starts/items.yaml:{line}`",
        "- Revision: 1\n",
        "- Language: en",
        "- Note: Which base \\| is meant? &lt;b>",
        "> Ten classes, untrained: the loss?",
        "| | Option or part | chosen | en | zh |",
        "| ✓ | 2.30 | 3/6 | 3/4 | 0/2 |",
        "|  | 1.0 | 3/6 | 1/4 | 2/2 |",
        "|  | 0.1 | 0/6 | 0/4 | 0/2 |",
    ):
        assert part in said
    assert "another course" not in said
    file = tmp_path / "errata.md"
    assert errata(course, "--to", str(file)) == 0
    assert file.read_text() == said
    assert "1 flagged" in capsys.readouterr().out


def test_flags_of_a_class_and_questions_that_changed_or_went(
    tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    """From the files of several learners; one's own record is not touched."""
    items = course / "starts" / "items.yaml"
    items.write_text(items.read_text().replace("- id: ce-start\n", "- id: ce-start\n  revision: 2\n"))
    one = exported(tmp_path / "1", entry("updates", Typed("7")), flags={"updates": "", "ce-start": "底？"})
    two = exported(tmp_path / "2", flags={"updates": "too hard", "gone": "?"})
    assert errata(course, str(one), str(two), "--json") == 0
    flags = json.loads(capsys.readouterr().out)["flags"]
    assert sorted((flag["item"], flag["note"]) for flag in flags) == [
        ("ce-start", "底？"),
        ("gone", "?"),
        ("updates", ""),
        ("updates", "too hard"),
    ]
    found = {flag["item"]: flag for flag in flags}
    assert (found["ce-start"]["revision"], found["ce-start"]["revision_now"]) == (1, 2)
    assert found["ce-start"]["ask"] == "十类，未训练：损失？"
    assert (found["gone"]["place"], found["gone"]["ask"], found["gone"]["chosen"]) == (None, None, [])
    assert {each["chosen"]: each["count"] for each in found["updates"]["chosen"]} == {
        "right": 0,
        "last-batch": 0,
        "wrong": 1,
    }
    assert errata(course, str(one), str(two)) == 0
    said = capsys.readouterr().out
    assert "- Revision: 1 (now 2)" in said
    assert "- Where: no longer in the course" in said
    assert "|  | 不满的批次被丢弃 | 0/1 |" in said  # a known mistake in the words that the learner read
    assert not own_home.exists()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_question_with_drawn_numbers_is_named_with_numbers_as_the_search_names_it(
    language: str, course: Path, capsys: pytest.CaptureFixture[str], own_home: Path
) -> None:
    """No placeholder reaches the author, in the list nor in JSON, and each list has the same numbers."""
    record = open_record(own_home / "record.sqlite").record
    record.flag("small", "updates", language=language, note="?")
    record.close()
    item = open_course(course).item("updates")
    assert item is not None
    assert "{" in item.ask.say(language)
    assert errata(course) == 0
    stem = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("> "))
    assert errata(course, "--json") == 0
    asked = json.loads(capsys.readouterr().out)["flags"][0]["ask"]
    assert stem.removeprefix("> ") == asked == Posed(item, FIRST_DRAW).say(item.ask, language)
    assert plain_ask(item, language) == asked
    assert re.search(r"\d", asked)
    assert "{" not in asked


def test_without_a_flag_the_list_says_so(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In Chinese, too."""
    assert errata(course) == 0
    assert "No question is flagged." in capsys.readouterr().out


def test_a_report_of_a_class(tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two languages that lie apart, and an option that nobody takes, stand out."""
    english = choices("ce-start", "en", right=24, log_base=6)
    chinese = choices("ce-start", "zh", right=15, log_base=15)
    files = [
        exported(tmp_path / "1", *english[:20], entry("needs"), entry("x", course="other")),
        exported(tmp_path / "2", *english[10:], *chinese[:1]),
        exported(tmp_path / "3", *chinese, msgspec.structs.replace(entry("needs"), revision=9)),
    ]
    assert report(course, *map(str, files)) == 0
    said = capsys.readouterr().out
    assert said.startswith("1 learners, 61 answers: A small course\n")
    assert "Passed over: 1 answers to other courses, 1 to other revisions" in said
    assert "en  80% (24/30)   zh  50% (15/30)" in said
    assert "The languages lie 30 points apart (by chance alone in 1.5% of cases)" in said
    idle = next(at for at, line in enumerate(said.splitlines()) if line.startswith("  ! 0.1"))
    assert "fewer than 5% choose it" in said.splitlines()[idle + 1]
    assert said.endswith("To look at: ce-start\n")


def test_a_long_text_is_cut_before_what_came_of_it(course: Path) -> None:
    """Else two lines of a report would read the same, and one would run into its rates."""
    opened = open_course(course)
    text = Text({"en": "A point of a rubric that is far too long for its column.", "zh": "一条评分要点，" * 12})
    for words in (Words("en"), Words("zh")):
        lines = [
            chosen(Offer("0", outcome, outcome == RIGHT, text), opened, words, words.language, 46)
            for outcome in (RIGHT, WRONG, "last-batch", "a-mistake-that-nobody-has-named-" * 3)
        ]
        assert all(cells(line) <= 46 for line in lines)
        assert len(set(lines)) == 4
        assert lines[0].endswith(words("record.right"))
        assert lines[1].endswith(words("record.wrong"))


def test_a_report_for_programs(tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same figures, with the words of the language that is asked for."""
    files = [
        exported(tmp_path / "1", *choices("ce-start", "en", right=1, other=1)),
        exported(tmp_path / "2", *choices("ce-start", "zh", right=2), entry("which-base", Chosen("right"))),
    ]
    assert report(course, *map(str, files), "--json", "--language", "zh") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["learners"], told["answers"], told["course"]) == (2, 5, "small")
    first, second = told["items"]
    assert (first["item"], first["section"], first["type"]) == ("ce-start", "1.2", "choice")
    assert first["passed"] == {
        "en": {"count": 1, "of": 2, "share": 0.5},
        "zh": {"count": 2, "of": 2, "share": 1.0},
    }
    assert (first["points_apart"], first["apart"]) == (None, False)
    assert {each["chosen"]: each["rates"]["en"]["count"] for each in first["taken"]} == {
        "right": 1,
        "log-base": 0,
        "other": 1,
    }
    assert [each["text"] for each in second["taken"]] == ["以十为底", "自然对数", "以二为底"]


def test_first_answers_alone(tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has read the explanation knows better: with --first that does not count."""
    file = exported(tmp_path / "1", entry("ce-start", Chosen("other")), entry("ce-start", minute=3))
    assert report(course, str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["answers"] == 2
    assert report(course, str(file), "--first", "--json") == 0
    assert json.loads(capsys.readouterr().out)["items"][0]["passed"]["en"] == {"count": 0, "of": 1, "share": 0.0}


def test_one_faulty_file_among_many_is_named(tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its line and field; what the others say is reported."""
    good, bad = exported(tmp_path / "good", entry("ce-start")), exported(tmp_path / "bad", entry("ce-start"))
    bad.write_text(bad.read_text().replace('"seconds":0.0', '"seconds":"long"'))
    assert report(course, str(good), str(bad)) == 0
    told = capsys.readouterr()
    assert told.out.startswith("2 learners, 1 answers")
    assert f"{bad}:2: " in told.err
    assert "$.seconds" in told.err


@pytest.mark.parametrize("verb", ["errata", "report"])
def test_words_from_files_steer_no_terminal(
    tmp_path: Path, course: Path, capsys: pytest.CaptureFixture[str], verb: str
) -> None:
    """Escape sequences in a note, in an option's name or in a language are shown as signs."""
    evil = msgspec.structs.replace(entry("ce-start", Chosen("\x1b[2J")), language="\x1b[31m")
    file = exported(tmp_path / "1", evil, entry("ce-start"), flags={"ce-start": "\x1b]0;x\x07"})
    assert main(["--course", str(course), "record", verb, str(file)]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\x07" not in said
