"""The guide to many machines: its commands are the same in both languages, and torchrun trains by them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from engine.events import Attempted, Ended, Queued
from engine.runs.control import stop
from engine.runs.folder import RunFolder
from engine.runs.launch import environment
from engine.runs.slots import Slots
from tests.engine.working import PATIENCE_SECONDS, events_of, losses_of, make_run, of, try_run, until

DOCS = Path(__file__).parents[2] / "docs"


def commands(name: str) -> list[str]:
    """Return the guide's blocks of commands without their comments, which are in its language."""
    blocks = re.findall(r"```sh\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)
    return [re.sub(r" +# .*", "", block) for block in blocks]


def test_the_guide_gives_the_same_commands_in_both_languages() -> None:
    """Whoever reads either starts the same processes."""
    assert commands("many-machines.md") == commands("many-machines.zh.md")
    assert len(commands("many-machines.md")) == 6


def torchrun(run: RunFolder, log: Path) -> subprocess.Popen[bytes]:
    """Start both processes of a run by the guide's command, on this machine, which then is the first and only one."""
    (command,) = (block for block in commands("many-machines.md") if "setsid torchrun" in block)
    for guide, here in (
        (r"RUN=\S+", f"RUN={run.path}"),
        (r"--nnodes 2 --nproc-per-node 1", "--nnodes 1 --nproc-per-node 2"),
        (r"node1:29400", "localhost:0"),
        (r"setsid ", "exec "),
        (r"torchrun\.log", str(log)),
        (r" &\n$", "\n"),
    ):
        command, count = re.subn(guide, here, command)
        assert count == 1, guide
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return subprocess.Popen(["bash", "-c", command], env=environment(1, os.environ) | {"PATH": path})


def ended(started: subprocess.Popen[bytes]) -> int:
    """Return the status of torchrun, which lets none of its processes live on."""
    try:
        return started.wait(PATIENCE_SECONDS)
    finally:
        started.terminate()  # it ends its processes then
        started.wait()


@pytest.mark.torch
def test_the_guides_command_trains_a_prepared_run_as_one_process_does(own_home: Path, tmp_path: Path) -> None:
    """The two meet, the first one tells, and torchrun says that all went well."""
    alone, group = make_run(own_home, batch=500), make_run(own_home, batch=500, processes=2)
    assert try_run(alone).state == "finished"
    log = tmp_path / "torchrun.log"
    assert ended(torchrun(group, log)) == 0, log.read_text(encoding="utf-8")
    result = group.result()
    assert result is not None
    assert (result.state, result.update) == ("finished", 32)
    events = events_of(group)
    assert len(of(Attempted, events)) == len(of(Ended, events)) == 1
    first, second = losses_of(events_of(alone)), losses_of(events)
    assert list(first) == list(second) == list(range(1, 33))
    assert max(abs(first[update] - second[update]) for update in first) < 1e-5
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.torch
def test_a_group_that_is_stopped_before_its_processes_have_met_ends_as_a_whole(own_home: Path, tmp_path: Path) -> None:
    """The first one is in the queue, where it hears of it; the other waits for it, and would wait for ever."""
    group = make_run(own_home, processes=2)
    slot = Slots(own_home).free()
    assert slot is not None
    with slot:  # as another run would hold it
        started = torchrun(group, tmp_path / "torchrun.log")
        try:
            until(lambda: of(Queued, events_of(group)), "the queue")
            stop(group)
        finally:
            status = ended(started)
    assert status == 0, (tmp_path / "torchrun.log").read_text(encoding="utf-8")
    result = group.result()
    assert result is not None
    assert (result.state, result.update) == ("stopped", 0)
