"""What a process that follows takes for the leader's last word."""

from __future__ import annotations

import os
from pathlib import Path

from engine.runs.folder import RunFolder
from engine.runs.result import Result
from engine.worker.rank import LINGER_SECONDS, stamp, told_since
from tests.engine.tabletop import Time
from tests.engine.working import make_run


def ends(folder: RunFolder, state: str, moment: int) -> None:
    """Write a result as if at a moment, in seconds since 1970."""
    folder.write_result(Result(state=state))
    os.utime(folder.result_file, (moment, moment))


def test_an_earlier_result_is_not_what_the_leader_says_now(own_home: Path) -> None:
    """A leader that finds the run in use says nothing: what came of it yesterday is no success of today."""
    folder, clock = make_run(own_home), Time()
    ends(folder, "stopped", 1_000)
    began = clock.now
    assert told_since(folder, stamp(folder), clock.sleep) is None
    assert LINGER_SECONDS - 1 < clock.now - began < LINGER_SECONDS + 1


def test_what_the_leader_says_now_counts_though_it_is_the_same(own_home: Path) -> None:
    """It withdraws the earlier result when it begins, and may be stopped at the same update again."""
    folder, clock = make_run(own_home), Time()
    ends(folder, "stopped", 1_000)
    earlier = stamp(folder)
    clock.due.append((clock.now + 1, folder.withdraw_result))
    clock.due.append((clock.now + 3, lambda: ends(folder, "stopped", 2_000)))
    said = told_since(folder, earlier, clock.sleep)
    assert said is not None
    assert said.state == "stopped"
