"""`learncurve record ...`: the record goes out and comes in by the command line."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest

from content.memory.backups import back_up
from content.memory.entry import Entry
from content.memory.record import open_record
from engine.runs import filesystem
from tests.content.small_course import build
from tests.content.test_record import Clock, answer
from tests.content.test_store import garble
from tui.__main__ import main
from tui.app import LearncurveApp
from tui.commands.doctor import record_findings
from tui.commands.open_app import open_app
from tui.commands.parser import parse
from tui.house import House


def filled(home: Path, answers: int = 5) -> tuple[Entry, ...]:
    """Answer some questions in a home, flag one, and return the log."""
    clock = Clock()
    record = open_record(home / "record.sqlite", clock=clock).record
    for number in range(answers):
        clock.move(hours=1)
        record.save(msgspec.structs.replace(answer(f"i{number}"), course="large-models"))
    record.flag("large-models", "i0", note="key?")
    log = record.log()
    record.close()
    return log


def log_of(home: Path) -> tuple[Entry, ...]:
    record = open_record(home / "record.sqlite").record
    log = record.log()
    record.close()
    return log


def test_out_here_and_in_there(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another home has the same answers afterwards; brought again, they are known already."""
    log, file, other = filled(own_home), tmp_path / "mine.jsonl", tmp_path / "other"
    assert main(["record", "export", "--to", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 5 entries, 1 flags\n"
    assert main(["--home", str(other), "record", "import", str(file)]) == 0
    assert capsys.readouterr().out == "5 new, 0 known already, 1 new flags\n"
    assert main(["record", "import", str(file), "--home", str(other), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["new"], told["known"], told["flags"]) == (0, 5, 0)
    assert log_of(other) == log


def test_through_standard_output_and_input(
    own_home: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pipe over ssh joins two machines; nothing but lines comes out."""
    log = filled(own_home)
    assert main(["record", "export", "--to", "-", "--json"]) == 0
    lines = capfdbinary.readouterr().out
    assert [sorted(json.loads(line)) for line in lines.splitlines()[1:]] == [["entry"]] * 5 + [["flag"]]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert main(["record", "import", "-", "--home", str(tmp_path / "other")]) == 0
    assert log_of(tmp_path / "other") == log


def test_a_faulty_line_is_named_and_the_others_come_in(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """File, line and field in one sentence, in Chinese too."""
    log, file = filled(own_home), tmp_path / "mine.jsonl"
    assert main(["record", "export", "--to", str(file)]) == 0
    lines = file.read_text().splitlines()
    lines[3] = lines[3].replace('"credit":1.0', '"credit":1.5')
    file.write_text("\n".join(lines))
    other = tmp_path / "other"
    capsys.readouterr()
    assert main(["record", "import", str(file), "--home", str(other)]) == 1
    said = capsys.readouterr().err
    reason = "credit = 1.5: it lies between 0 and 1"
    assert said == f"learncurve: {file}:4: {reason}. This line was passed over, everything else was read.\n"
    assert log_of(other) == (*log[:2], *log[3:])
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main(["record", "import", str(file), "--json"]) == 1
    told = capsys.readouterr()
    assert "这一行已略过，其余都已读入" in told.err
    assert json.loads(told.out)["passed_over"] == [{"line": 4, "reason": reason}]
    assert log_of(own_home) == log


def test_an_entry_that_makes_no_sense_stops_no_verb(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are counted and go out; it goes along, and is named by number and uuid, in Chinese too."""
    log, file, other = filled(own_home), tmp_path / "mine.jsonl", tmp_path / "other"
    with closing(sqlite3.connect(own_home / "record.sqlite", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER answers_stay_as_they_are")
        connection.execute("UPDATE answers SET slips = '{' WHERE uuid = ?", (log[2].uuid,))
        connection.execute("INSERT INTO stale VALUES ('large-models', 'i2')")
    assert main(["record", "export", "--to", str(file)]) == 0
    told = capsys.readouterr()
    assert told.out == f"{file}: 5 entries, 1 flags\n"
    assert told.err.startswith(f"learncurve: Entry 3 ({log[2].uuid}) of the record {own_home / 'record.sqlite'} makes ")
    assert len(told.err.splitlines()) == 1
    assert main(["record", "import", str(file), "--home", str(other)]) == 0
    assert "1 mean nothing to this version" in capsys.readouterr().out
    assert log_of(other) == (*log[:2], *log[3:]) == log_of(own_home)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for verb in (["statistics"], ["errata"], ["export", "--csv", str(tmp_path / "tables")]):
        assert main(["record", *verb]) == 0
        told = capsys.readouterr()
        assert told.out
        assert told.err.count("第 3 条") == 1
    assert main(["due"]) == 0
    assert (tmp_path / "tables" / "days.csv").read_text().splitlines()[1].split(",")[1] == "4"


def test_an_export_without_a_place_is_wrong_words(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, and what to write."""
    assert main(["record", "export"]) == 2
    assert "--to FILE" in capsys.readouterr().err
    assert not own_home.exists()


def test_a_damaged_record_is_not_written_over_an_older_export(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The empty one that was begun in its place is not what was asked for."""
    filled(own_home)
    file = tmp_path / "mine.jsonl"
    assert main(["record", "export", "--to", str(file)]) == 0
    before = file.read_bytes()
    garble(own_home / "record.sqlite")
    capsys.readouterr()
    assert main(["record", "export", "--to", str(file)]) == 1
    assert "record-broken-" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_tables_for_a_spreadsheet(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three files with a header each, in a folder that is made; with the lines of the record if both are wanted."""
    filled(own_home)
    folder, file = tmp_path / "new" / "tables", tmp_path / "mine.jsonl"
    assert main(["record", "export", "--csv", str(folder), "--to", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["csv"]["folder"], told["record"]["entries"]) == (str(folder), 5)
    assert {each.name for each in folder.iterdir()} == {"days.csv", "items.csv", "misconceptions.csv"}
    days = (folder / "days.csv").read_text(encoding="utf-8").splitlines()
    assert days == ["day,answers,right,seconds,new", "2026-11-23,5,5,62.5,5"]
    assert file.exists()


def test_statistics_in_words_and_in_json(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first answer, too."""
    assert main(["record", "statistics"]) == 0
    assert "No answer yet" in capsys.readouterr().out
    filled(own_home)
    assert main(["record", "statistics"]) == 0
    assert "5 answers on 1 days in 0.0 hours, 100% of them right." in capsys.readouterr().out
    assert main(["record", "statistics", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["days"] == [{"day": "2026-11-23", "answers": 5, "right": 5, "seconds": 62.5, "new": 5}]
    assert {row["item"] for row in told["items"]} >= {f"i{number}" for number in range(5)}


def test_a_hard_question_is_told_in_its_words(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name alone means nothing to a learner; one that the course no longer has is left with its name."""
    record = open_record(own_home / "record.sqlite").record
    for right in (True, False, False):
        for name in ("what-2012-added", "gone"):
            record.save(msgspec.structs.replace(answer(name, right=right), course="large-models", revision=1))
    record.close()
    assert main(["record", "statistics"]) == 0
    said = capsys.readouterr().out.splitlines()
    at = said.index("Hard: what-2012-added, 1 of 3 right.")
    assert said[at + 1].startswith("  Backpropagation and convolution were known by 1990")
    assert len(said[at + 1]) <= 80
    assert not any("Hard: gone" in line for line in said)


def test_a_newer_record_is_exported(own_home: Path, tmp_path: Path) -> None:
    """It cannot be written to, but what is in it can be taken along."""
    filled(own_home)
    with sqlite3.connect(own_home / "record.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    assert main(["record", "export", "--to", str(tmp_path / "mine.jsonl")]) == 0
    assert len((tmp_path / "mine.jsonl").read_text().splitlines()) == 7


def test_the_course_as_cards_for_anki(own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the learner's own language, or in the one that is asked for; one that there is not is one sentence."""
    record = open_record(own_home / "record.sqlite").record
    record.keep_setting("interface", {"language": "zh"})
    record.close()
    file = tmp_path / "course.apkg"
    assert main(["record", "export", "--anki", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["anki"]
    assert (told["language"], told["left_out"]) == ("zh", "-")
    assert told["notes"] > 150
    assert told["bytes"] == file.stat().st_size
    assert zipfile.is_zipfile(file)
    assert main(["record", "export", "--anki", str(file), "--language", "en"]) == 0
    assert "notes (en)" in capsys.readouterr().out
    before = file.read_bytes()
    assert main(["record", "export", "--anki", str(file), "--language", "fr"]) == 1
    assert capsys.readouterr().err == "learncurve: --language fr: this course is in en, zh.\n"
    assert file.read_bytes() == before


def test_restore_brings_back_the_backup_and_what_was_set_aside(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name all that there is; brought again, it is known already."""
    log = filled(own_home)
    path = own_home / "record.sqlite"
    copy = back_up(path, "2026-11-23")
    garble(path)
    assert main(["record", "restore"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == str(copy)
    assert "5 entries came back, 0 were there" in told.out
    assert "record-broken-" in told.err
    assert log_of(own_home) == log
    assert main(["record", "restore", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["new"], again["known"], again["read"]) == (0, 5, [str(copy)])
    assert [Path(file).name.startswith("record-broken-") for file in again["unread"]] == [True]


def test_restore_from_a_file_of_ones_own_choice(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A record from an old disk; a file that holds nothing is one sentence and status 1."""
    log = filled(tmp_path / "old")
    assert main(["record", "restore", str(tmp_path / "old" / "record.sqlite")]) == 0
    assert log_of(own_home) == log
    capsys.readouterr()
    garble(tmp_path / "no.sqlite")
    assert main(["record", "restore", str(tmp_path / "no.sqlite")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"learncurve: Nothing can be read from {tmp_path / 'no.sqlite'}: ")
    assert main(["record", "restore", str(tmp_path / "nowhere.sqlite")]) == 1


def open_and_close(home: Path, course: Path) -> int:
    """Open the app as the command line does, without its screens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LearncurveApp, "run", lambda app: "")
        patch.setattr("tui.commands.open_app.ambiguous_width", lambda: "one")
        patch.setattr("tui.log.log_to", lambda file: None)
        open_app(parse(["--course", str(course)]), House(home))
    return 0


@pytest.mark.parametrize("way", ["app", "due", "record statistics"])
def test_on_a_network_file_system_whoever_opens_the_record_uses_the_rollback_journal(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Read from the table of mounts; WAL shares memory through a file, which another machine does not see."""

    def journal() -> str:
        with closing(sqlite3.connect(own_home / "record.sqlite")) as connection:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

    def opened() -> int:
        return open_and_close(own_home, course) if way == "app" else main(["--course", str(course), *way.split()])

    course = build(tmp_path / "course")
    filled(own_home)
    assert (opened(), journal()) == (0, "wal")
    mounts = f"disk / ext4 rw 0 0\nserver:/homes {own_home.resolve()} nfs4 rw 0 0\n"
    monkeypatch.setattr(filesystem, "_mounts", lambda: mounts)
    filesystem._filesystem.cache_clear()
    assert (opened(), journal()) == (0, "delete")
    filesystem._filesystem.cache_clear()


def test_restore_where_nothing_is_to_be_restored(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, and why."""
    assert main(["record", "restore"]) == 1
    assert f"no backup and no damaged record in {own_home}" in capsys.readouterr().out


def test_the_doctor_tells_of_the_record(own_home: Path) -> None:
    """Its size, its soundness, its journal, its newest copy, and what was set aside."""

    def found() -> dict[str, tuple[str, str]]:
        path, today = own_home / "record.sqlite", date(2026, 11, 27)
        return {finding.name: (finding.found, finding.verdict) for finding in record_findings(path, today)}

    assert found() == {"record": ("-", "good")}
    filled(own_home)
    told = found()
    assert told["record"] == (f"{(own_home / 'record.sqlite').stat().st_size / 1e6:,.1f} MB, 5", "good")
    assert (told["record-sound"], told["record-journal"]) == (("yes", "good"), ("wal", "good"))
    assert told["record-backup"] == ("-", "warn")
    back_up(own_home / "record.sqlite", "2026-11-19")
    assert found()["record-backup"] == ("2026-11-19", "warn")
    back_up(own_home / "record.sqlite", "2026-11-20")
    assert found()["record-backup"] == ("2026-11-20", "good")
    garble(own_home / "record.sqlite")
    assert found()["record-sound"] == ("file is not a database", "bad")
    open_record(own_home / "record.sqlite").record.close()
    aside = next(own_home.glob("record-broken-*.sqlite"))
    assert found()["record-aside"] == (aside.name, "warn")
    assert found()["record-sound"] == ("yes", "good")
