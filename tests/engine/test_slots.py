"""Runs wait for a slot in the order they came; the dead hold nobody up."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.runs.slots import Slots

TRAIN = """
import sys
from pathlib import Path
from engine.runs.slots import Slots
slot = Slots(Path(sys.argv[1])).free()
print("slot" if slot else "none", flush=True)
sys.stdin.read()
"""

WAIT = """
import sys
from pathlib import Path
from engine.runs.slots import Slots
turn = Slots(Path(sys.argv[1])).queue("old", 1)
print("waits", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process(home: Path, script: str) -> Iterator[subprocess.Popen[str]]:
    (home / "slots").mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() in ("slot", "waits")
        try:
            yield process
        finally:
            process.kill()


def test_the_first_run_gets_the_slot_at_once_and_leaves_the_queue(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    with slots.queue("a", 1) as turn:
        slot = turn.poll()
        assert slot is not None
        assert slots.waiting() == []
        assert slots.busy() == 1
    slot.release()
    assert slots.busy() == 0


def test_a_run_waits_while_another_process_trains_and_follows_its_death(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    with another_process(tmp_path, TRAIN) as trainer, slots.queue("b", 2) as turn:
        assert turn.poll() is None
        assert turn.ahead == 1
        trainer.kill()
        trainer.wait()
        assert turn.ahead == 0
        slot = turn.poll()
        assert slot is not None
        slot.release()


def test_the_oldest_is_next_whoever_polls_first(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    busy = slots.free()
    assert busy is not None
    late, early = slots.queue("z-came-first", 20), slots.queue("a-was-made-first", 10)
    busy.release()
    assert late.poll() is None
    assert late.ahead == 1
    slot = early.poll()
    assert slot is not None
    assert late.poll() is None
    slot.release()
    slot = late.poll()
    assert slot is not None
    slot.release()


def test_a_dead_waiter_holds_nobody_up(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    with another_process(tmp_path, WAIT) as waiter, slots.queue("mine", 2) as turn:
        assert turn.poll() is None
        waiter.kill()
        waiter.wait()
        slot = turn.poll()
        assert slot is not None
        slot.release()
    assert slots.waiting() == []


def test_two_slots_serve_two_runs(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    slots.set_count(2)
    assert Slots(tmp_path).count == 2
    first, second, third = slots.free(), slots.free(), slots.free()
    assert first is not None
    assert second is not None
    assert third is None
    first.release()
    second.release()


def test_hosts_that_share_a_home_have_slots_of_their_own(tmp_path: Path) -> None:
    here, there = Slots(tmp_path, host="here"), Slots(tmp_path, host="there/../x")
    mine, theirs = here.free(), there.free()
    assert mine is not None
    assert theirs is not None
    assert mine.path.parent == theirs.path.parent == tmp_path / "slots"
    mine.release()
    theirs.release()


def test_a_broken_count_means_one(tmp_path: Path) -> None:
    slots = Slots(tmp_path)
    slots.set_count(0)
    assert slots.count == 1
    (tmp_path / "slots" / "count").write_text("many")
    assert slots.count == 1
