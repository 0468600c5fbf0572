"""A damaged record and a full disk, met by the real program: a sentence each, and nothing is lost."""

from __future__ import annotations

import resource
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from content.memory.backups import back_up
from content.memory.record import open_record
from tests.content.test_record import answer
from tests.content.test_store import garble, spoil
from tests.journeys.full_disk import SmallDisk, disk
from tests.journeys.homes import greeted
from tests.terminal import ROOT, Terminal, learncurve

pytestmark = pytest.mark.pty


def answered(home: Path, count: int) -> Path:
    """Answer some questions in a home and return its record."""
    path = home / "record.sqlite"
    record = open_record(path).record
    for number in range(count):
        record.save(answer(f"i{number}"))
    record.close()
    return path


def items(path: Path) -> set[str]:
    record = open_record(path).record
    found = {entry.item for entry in record.log()}
    record.close()
    return found


def answers(path: Path) -> int:
    record = open_record(path).record
    count = len(record.log())
    record.close()
    return count


def test_a_damaged_record_is_offered_and_comes_back(home: Path) -> None:
    """Asked in the language of the backup, answered by one key; the next start asks no more."""
    path = answered(greeted(home, "zh"), 3)
    back_up(path, str(datetime.now().date()))
    answered(home, 5)
    spoil(path, "answers_by_session")
    with Terminal(learncurve(home)) as terminal:
        terminal.until("学习记录已损坏")
        terminal.press("y")
        terminal.until("条答案，以及能读出的设置")
        terminal.press("ctrl+q")
        assert terminal.ended() == 0
    assert items(path) == {f"i{number}" for number in range(5)}
    assert answers(path) == 8
    with Terminal(learncurve(home)) as terminal:
        text = terminal.until("1.3.2")
        assert "损坏" not in text
        terminal.press("ctrl+q")
        assert terminal.ended() == 0


def test_who_leaves_without_an_answer_can_bring_it_back_by_a_command(home: Path) -> None:
    """Quitting is no "no": nothing is thrown away."""
    path = answered(greeted(home), 3)
    back_up(path, str(datetime.now().date()))
    garble(path)
    with Terminal(learncurve(home)) as terminal:
        terminal.until("Your record was damaged")
        terminal.press("ctrl+q")
        assert terminal.ended() == 0
    said = subprocess.run(learncurve(home, "record", "restore"), capture_output=True, text=True, cwd=ROOT, check=True)
    assert "3 entries came back" in said.stdout
    assert items(path) == {"i0", "i1", "i2"}


def run(small: object, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a verb where no file may grow any more: on the full disk, else under a limit."""

    def limit() -> None:
        size = (home / "record.sqlite").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        learncurve(home, *words),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        preexec_fn=None if isinstance(small, SmallDisk) else limit,
    )


def test_on_a_full_disk_an_import_is_all_or_nothing_and_an_export_leaves_the_older_one(tmp_path: Path) -> None:
    """Once there is room, both do what they were asked."""
    many = answered(tmp_path / "many", 400)
    file = tmp_path / "many.jsonl"
    subprocess.run(learncurve(many.parent, "record", "export", "--to", str(file)), cwd=ROOT, check=True)
    with disk(tmp_path) as small:
        path = answered(small.home, 2)
        older = small.home / "older.jsonl"
        older.write_bytes(b"older\n")
        if isinstance(small, SmallDisk):
            small.fill(None)  # type: ignore[arg-type]  # it fills the whole disk, whatever the run
        said = run(small, small.home, "record", "import", str(file))
        assert said.returncode == 1
        assert said.stderr.startswith("learncurve: ")
        assert len(said.stderr.splitlines()) == 1
        said = run(small, small.home, "record", "export", "--to", str(older))
        if isinstance(small, SmallDisk):
            assert (said.returncode, len(said.stderr.splitlines())) == (1, 1)
            assert older.read_bytes() == b"older\n"
            small.free(None)  # type: ignore[arg-type]  # as above
        assert items(path) == {"i0", "i1"}
        assert [each.name for each in small.home.glob(".*")] == []
        assert run(None, small.home, "record", "export", "--to", str(older)).returncode == 0
        subprocess.run(learncurve(small.home, "record", "import", str(file)), cwd=ROOT, check=True)
        assert len(items(path)) == 400
