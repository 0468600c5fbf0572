"""Killed at any statement, with SIGKILL: what was acknowledged is there, and the record opens as if nothing was."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from content.memory.merging import merge
from content.memory.parcel import Parcel
from content.memory.record import Record, open_record
from content.memory.schema import VERSION
from tests.content.old_record import write_version_1
from tests.content.test_cards import replayed
from tests.content.test_record import Clock, answer

Work = Callable[[Path, Callable[[str], None]], None]


def answering(path: Path, acknowledge: Callable[[str], None]) -> None:
    """Make a record, answer, undo, redo, leave a draft."""
    clock = Clock()
    record = open_record(path, clock=clock).record
    for number in range(3):
        clock.move(hours=20)
        entry = record.save(answer(f"i{number % 2}", right=number != 1))
        acknowledge(entry.uuid)
    record.void(entry.uuid)
    acknowledge("void")
    record.keep_draft("small", "i0", {"text": "2.3"})
    record.restore(entry.uuid)
    acknowledge("restore")
    record.close()


def importing(path: Path, acknowledge: Callable[[str], None]) -> None:
    """Bring a parcel of answers in; all of it, or nothing."""
    other = open_record(None, clock=Clock()).record
    for number in range(4):
        other.save(answer(f"i{number}"))
    record = open_record(path, clock=Clock()).record
    acknowledge(record.save(answer("own")).uuid)
    merge(record, Parcel(other.log()))
    record.cards("small")
    acknowledge("merged")
    record.close()


def migrating(path: Path, acknowledge: Callable[[str], None]) -> None:
    """Open a record of version 1 and answer."""
    record = open_record(path, clock=Clock()).record
    record.cards("small")
    acknowledge(record.save(answer("new")).uuid)
    record.close()


def old(path: Path) -> list[str]:
    """Make a record of version 1; return its entries' uuids."""
    source = open_record(None, clock=Clock()).record
    entries = [source.save(answer(f"i{number}", right=number != 1)) for number in range(3)]
    write_version_1(path, entries)
    return [entry.uuid for entry in entries]


def killed_at(number: int, work: Work, path: Path) -> tuple[bool, list[str]]:
    """Do some work in a process that is killed at its n-th statement.

    Returns:
        Whether it was killed, and what was acknowledged before.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        connect, left = sqlite3.connect, [number]

        def acknowledge(said: str) -> None:
            os.write(writing, said.encode() + b"\n")

        def counted(_: str) -> None:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def connected(*given: object, **named: object) -> sqlite3.Connection:
            connection: sqlite3.Connection = connect(*given, **named)  # type: ignore[call-overload]  # handed on as it is
            connection.set_trace_callback(counted)
            return connection

        sqlite3.connect = connected  # type: ignore[assignment]  # only in this process, which ends below
        code = 1
        try:
            work(path, acknowledge)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as said:
        acknowledged = said.read().split()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status), acknowledged


def assert_whole(record: Record, acknowledged: list[str]) -> None:
    """The log has what was acknowledged, and what is derived is what a replay says."""
    kept = {entry.uuid for entry in record.log()}
    assert {said for said in acknowledged if len(said) > 30} <= kept
    cards = record.cards("small")
    expected = replayed(record.log(), record.plan)
    assert {key: card.due for key, card in cards.items()} == {key: card.due for key, card in expected.items()}
    assert record.store.sound()


@pytest.mark.parametrize("work", [answering, importing, migrating])
def test_killed_at_every_statement_nothing_acknowledged_is_lost(tmp_path: Path, work: Work) -> None:
    number, killed = 0, True
    while killed:
        path = tmp_path / f"{number}" / "record.sqlite"
        path.parent.mkdir()
        before = old(path) if work is migrating else []
        killed, acknowledged = killed_at(number, work, path)
        opened = open_record(path, clock=Clock())
        assert opened.set_aside is None
        record = opened.record
        assert_whole(record, [*before, *acknowledged])
        kinds = [entry.kind for entry in record.log()]
        if "void" in acknowledged:
            assert "void" in kinds
        if work is importing:
            assert len(kinds) in (0, 1, 5)
            assert "merged" not in acknowledged or len(kinds) == 5
        assert record.store.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        record.close()
        number += 1
    assert number > 20


def test_an_older_record_is_copied_and_then_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "record.sqlite"
    uuids = old(path)
    record = open_record(path, clock=Clock()).record
    copy = tmp_path / "backups" / f"record-before-version-{VERSION}.sqlite"
    assert record.store.before == copy
    assert sorted(entry.uuid for entry in record.log()) == sorted(uuids)
    assert {key: card.right for key, card in record.cards("small").items()} == {
        ("i0", 1): True,
        ("i1", 1): False,
        ("i2", 1): True,
    }
    record.close()
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM answers").fetchone() == (3,)
    assert open_record(path).record.store.before is None
