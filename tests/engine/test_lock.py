"""The lock goes with the process that took it, and is asked without being taken."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import RunError
from engine.runs.lock import hold, holder, named_holder

HOLD = """
import os, sys
from pathlib import Path
from engine.runs.lock import hold
lock = hold(Path(sys.argv[1]))
if "fork" in sys.argv and os.fork() == 0:
    print(os.getpid(), flush=True)
    os.read(0, 1)
    os._exit(0)
if "fork" not in sys.argv:
    print(os.getpid(), flush=True)
sys.stdin.read()
"""


ASK = """
import sys
from pathlib import Path
from engine.runs.lock import holder
print(holder(Path(sys.argv[1])))
"""


@contextmanager
def another_process(path: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a process that holds the lock, and yield it with the number that it prints."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


def test_a_lock_that_nobody_took_is_free(tmp_path: Path) -> None:
    assert holder(tmp_path / "lock") is None
    (tmp_path / "lock").touch()
    assert holder(tmp_path / "lock") is None


def test_a_lock_names_the_process_that_holds_it_and_ends_with_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with another_process(path) as (process, pid):
        assert holder(path) == pid == process.pid
        assert named_holder(path)[1] == pid
        process.kill()
        # Nobody waits for it yet: it is a zombie now, which os.kill(pid, 0) would take for alive.
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        os.kill(pid, 0)
        assert holder(path) is None


def test_a_forked_orphan_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with another_process(path, "fork") as (process, orphan):
        assert holder(path) == process.pid
        process.kill()
        process.wait()
        os.kill(orphan, 0)
        assert holder(path) is None


def test_a_held_lock_is_refused_and_says_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with another_process(path) as (_, pid):
        with pytest.raises(RunError, match=f"process {pid}") as caught:
            hold(path)
        assert caught.value.code == "run-locked"
        assert caught.value.details["pid"] == str(pid)
        assert holder(path) == pid


def test_asking_in_the_holding_process_does_not_let_the_lock_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with hold(path):
        assert holder(path) == os.getpid()
        with pytest.raises(RunError):
            hold(path)
        assert named_holder(path)[1] == os.getpid()
        said = subprocess.run([sys.executable, "-c", ASK, str(path)], capture_output=True, text=True, check=True)
        assert said.stdout.strip() == str(os.getpid())
    assert holder(path) is None
    with hold(path):
        assert holder(path) == os.getpid()


def test_a_lock_in_a_folder_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="cannot be opened"):
        hold(tmp_path / "gone" / "lock")


def test_the_name_in_the_file_of_a_lock_may_be_missing_or_broken(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert named_holder(path) == ("", 0)
    path.write_text("only")
    assert named_holder(path) == ("", 0)
    path.write_bytes(b"\xff\xfe 3")
    assert named_holder(path) == ("", 0)
