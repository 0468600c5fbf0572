"""A record that is broken, out of reach, or somebody else's is told in one sentence; nothing is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content.errors import StoreError
from content.memory.entry import Entry
from content.memory.record import Opened, Record, open_record
from content.memory.schema import VERSION
from tests.content.nobody import nobody, others_folder
from tests.content.test_record import answer

CHECKOUT = Path(__file__).parents[2]


def filled(path: Path, answers: int = 30) -> None:
    record = open_record(path).record
    for number in range(answers):
        record.save(answer(f"i{number}"))
    record.close()


def now() -> datetime:
    return datetime(2026, 11, 23, 14, 15, 2, tzinfo=UTC)


def garble(path: Path) -> None:
    path.write_bytes(b"This was a record once. " * 400)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 100])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 512):
        data[at] ^= 0xFF
    path.write_bytes(bytes(data))


def behead(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(b"\0" * 100 + data[100:])


def spoil(path: Path, name: str = "answers") -> None:
    """Overwrite the first page of a table or an index; the file can still be opened."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(sql, (name,)).fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(data)


@pytest.mark.parametrize("harm", [garble, truncate, flip, behead])
def test_a_broken_record_is_set_aside_loudly_and_a_new_one_begun(tmp_path: Path, harm: object) -> None:
    path = tmp_path / "record.sqlite"
    filled(path)
    assert callable(harm)
    harm(path)
    broken = path.read_bytes()
    opened = open_record(path, clock=now)
    assert opened.set_aside == tmp_path / "record-broken-20261123-141502.sqlite"
    assert opened.set_aside.read_bytes() == broken
    assert opened.notice is not None
    assert opened.notice.code == "store-set-aside"
    assert str(opened.set_aside) in opened.notice.sentence
    opened.record.save(answer())
    assert len(opened.record.log()) == 1
    opened.record.close()


def test_a_second_broken_record_gets_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    for _ in range(2):
        garble(path)
        open_record(path, clock=now).record.close()
    names = {each.name for each in tmp_path.iterdir() if "broken" in each.name}
    assert names == {"record-broken-20261123-141502.sqlite", "record-broken-20261123-141502-2.sqlite"}


def test_an_empty_file_is_a_new_record(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    path.touch()
    opened = open_record(path)
    assert opened.set_aside is None
    opened.record.save(answer())
    opened.record.close()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError) as told:
        open_record(tmp_path / "file" / "data" / "record.sqlite")
    assert told.value.code == "store-folder"
    assert "--home" in told.value.sentence
    assert told.value.details["path"] == str(tmp_path / "file" / "data")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").mkdir()
    with pytest.raises(StoreError) as told:
        open_record(tmp_path / "record.sqlite")
    assert told.value.code == "store-closed-to-us"


def test_a_folder_that_may_not_be_written_is_one_sentence() -> None:
    with others_folder() as folder:
        folder.chmod(0o555)
        with nobody(), pytest.raises(StoreError) as told:
            open_record(folder / "record.sqlite")
        assert told.value.code == "store-folder"
        assert list(folder.iterdir()) == []


def test_a_record_in_a_folder_that_became_read_only_keeps_what_it_has() -> None:
    with others_folder() as folder:
        path = folder / "record.sqlite"
        filled(path, 3)
        before = path.read_bytes()
        path.chmod(0o444)
        folder.chmod(0o555)
        with nobody(), pytest.raises(StoreError) as told:
            open_record(path)
        assert told.value.code in ("store-folder", "store-read-only")
        assert "--home" in told.value.sentence
        assert path.read_bytes() == before


def test_a_record_that_becomes_read_only_while_it_is_open_says_so(tmp_path: Path) -> None:
    record = open_record(tmp_path / "record.sqlite").record
    record.save(answer("before"))
    record.store.connection.execute("PRAGMA query_only = ON")  # as on a disk that was mounted read-only
    with pytest.raises(StoreError) as told:
        record.save(answer("after"))
    assert told.value.code == "store-read-only"
    assert [entry.item for entry in record.log()] == ["before"]
    record.close()


def test_on_a_full_disk_what_was_kept_is_safe_and_it_goes_on_once_there_is_room(tmp_path: Path) -> None:
    record = open_record(tmp_path / "record.sqlite").record
    run = record.store.connection.execute
    (pages,) = run("PRAGMA page_count").fetchone()
    run(f"PRAGMA max_page_count = {pages}")  # SQLite finds no room beyond, as on a full disk
    kept: list[Entry] = []
    with pytest.raises(StoreError) as told:
        kept.extend(record.save(answer(f"i{number}")) for number in range(500))
    assert told.value.code == "store-full"
    assert 0 < len(kept) < 500
    assert record.log() == tuple(kept)
    assert record.store.sound()
    run("PRAGMA max_page_count = 1000000")
    kept.append(record.save(answer("there is room again")))
    record.close()
    assert open_record(tmp_path / "record.sqlite").record.log() == tuple(kept)


def test_damage_that_is_met_while_a_large_record_is_open_sets_it_aside_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("content.memory.store.CHECKED_BYTES", 0)  # every record is a large one
    path = tmp_path / "record.sqlite"
    filled(path)
    spoil(path)
    record = open_record(path, clock=now).record
    with pytest.raises(StoreError) as told:
        record.verdicts("small")
    assert told.value.code == "store-broken"
    record.close()
    assert (tmp_path / "record.sqlite.doubt").exists()
    opened = open_record(path, clock=now)
    assert opened.set_aside is not None
    assert not (tmp_path / "record.sqlite.doubt").exists()
    opened.record.close()


def test_damage_that_is_found_while_a_large_record_is_open_does_so_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("content.memory.store.CHECKED_BYTES", 0)
    path = tmp_path / "record.sqlite"
    filled(path)
    spoil(path, "answers_by_session")  # which nobody reads
    record = open_record(path, clock=now).record
    assert len(record.verdicts("small")) == 30
    assert not record.store.sound()
    record.close()
    opened = open_record(path, clock=now)
    assert opened.set_aside is not None
    opened.record.close()


def test_a_doubt_that_was_groundless_goes_away(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    filled(path, 3)
    (tmp_path / "record.sqlite.doubt").touch()
    opened = open_record(path)
    assert opened.set_aside is None
    assert len(opened.record.log()) == 3
    assert not (tmp_path / "record.sqlite.doubt").exists()
    opened.record.close()


def test_a_newer_record_is_read_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    filled(path, 2)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    opened = open_record(path)
    assert opened.notice is not None
    assert opened.notice.code == "store-newer"
    assert not opened.record.writable
    assert len(opened.record.seen("small")) == 2
    with pytest.raises(StoreError) as told:
        opened.record.save(answer())
    assert told.value.code == "store-newer"
    with pytest.raises(sqlite3.OperationalError, match="readonly"):  # whoever forgets to ask
        opened.record.store.connection.execute("DELETE FROM settings")
    opened.record.close()
    assert path.read_bytes() == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE cookies (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreError) as told:
        open_record(path)
    assert told.value.code == "store-foreign"
    assert path.read_bytes() == before


@pytest.mark.parametrize(("network", "journal"), [(False, "wal"), (True, "delete")])
def test_a_network_file_system_gets_the_rollback_journal(tmp_path: Path, network: bool, journal: str) -> None:
    path = tmp_path / "record.sqlite"
    filled(path, 3)  # in WAL, as on a disk of one's own
    record = open_record(path, network=network).record
    assert record.store.connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
    assert record.store.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    record.save(answer("more"))
    assert len(record.seen("small")) == 4
    record.close()


@pytest.mark.parametrize("network", [False, True])
def test_a_record_that_is_moved_away_while_it_is_open_is_not_written(tmp_path: Path, network: bool) -> None:
    path = tmp_path / "record.sqlite"
    record = open_record(path, network=network).record
    record.save(answer("before"))
    path.rename(tmp_path / "elsewhere.sqlite")
    with pytest.raises(StoreError) as told:
        record.save(answer("after"))
    assert told.value.code == "store-gone"
    (tmp_path / "elsewhere.sqlite").rename(path)
    record.save(answer("again"))
    assert record.seen("small") == {("before", 1), ("again", 1)}
    record.close()


def test_opening_waits_for_another_program_that_opens_and_then_says_so(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path) + ".lock"], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    assert held.stdout is not None
    assert held.stdout.readline() == "held\n"
    with pytest.raises(StoreError) as told:
        open_record(path, busy_seconds=0.05)
    assert told.value.code == "store-busy"
    held.communicate("\n", timeout=30)
    open_record(path).record.close()


HOLDER = """
import fcntl, sys
with open(sys.argv[1], "a") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    print("held", flush=True)
    sys.stdin.readline()
"""


def opened_by(path: str, results: multiprocessing.SimpleQueue[str]) -> None:
    opened: Opened = open_record(Path(path))
    record: Record = opened.record
    record.save(answer(f"i{os.getpid()}"))
    results.put(str(opened.set_aside or ""))
    record.close()


@pytest.mark.parametrize("broken", [False, True])
def test_programs_that_open_at_once_lose_nothing(tmp_path: Path, broken: bool) -> None:
    path = tmp_path / "record.sqlite"
    if broken:
        garble(path)
    context = multiprocessing.get_context("fork")
    results: multiprocessing.SimpleQueue[str] = context.SimpleQueue()
    programs = [context.Process(target=opened_by, args=(str(path), results)) for _ in range(4)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(30)
    assert [program.exitcode for program in programs] == [0] * 4
    aside = [results.get() for _ in programs]
    record = open_record(path).record
    assert len(record.seen("small")) == 4
    assert len([each for each in aside if each]) == int(broken)
    record.close()


WRITER = """
import sys
from pathlib import Path
from content.memory.record import open_record
from tests.content.nobody import nobody, others_folder
from tests.content.test_record import answer
record = open_record(Path(sys.argv[1])).record
for number in range(100_000):
    entry = record.save(answer(f"i{number}"))
    record.keep_draft("small", "half", {"text": str(number)})
    print(entry.uuid, number, flush=True)
"""


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert writer.stdout is not None
    lines = [writer.stdout.readline() for _ in range(25)]
    os.kill(writer.pid, signal.SIGKILL)
    lines += writer.stdout.readlines()
    writer.wait(30)
    acknowledged = [line.split() for line in lines if line.endswith("\n")]
    record = open_record(path).record
    kept = {entry.uuid for entry in record.log()}
    assert len(acknowledged) >= 25
    assert kept >= {uuid for uuid, _ in acknowledged}
    assert len(kept) <= len(acknowledged) + 1
    draft = record.draft("small", "half")
    assert int(draft["text"]) >= int(acknowledged[-1][1])
    record.close()
