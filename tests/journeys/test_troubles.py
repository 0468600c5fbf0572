"""A full disk, a data file that is broken, a PyTorch that is not there: a sentence each, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.runs.folder import RunFolder
from tests.journeys.full_disk import Limit, SmallDisk, disk
from tests.journeys.homes import START_SECONDS, end_runs, eventually, greeted, only_run, progress, state, worker
from tests.terminal import ROOT, Terminal, learncurve

pytestmark = [pytest.mark.pty, pytest.mark.torch]

KEPT_BYTES = 1 << 20
"""So much a worker remembers while it cannot write; only what comes on top of that is lost."""

QUICK = ["hidden=1", "batch=1", "schedule=linear", "pace=full", "epochs=1000"]
"""A run whose stream is long soon."""


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def overflows(folder: RunFolder) -> Callable[[], bool]:
    """Return what tells when the worker must have had more to say than it can keep."""
    pid = worker(folder)
    size, spent = folder.events_file.stat().st_size, cpu_seconds(pid)
    eventually(lambda: folder.events_file.stat().st_size > size + 100_000)
    rate = (folder.events_file.stat().st_size - size) / (cpu_seconds(pid) - spent)
    enough = cpu_seconds(pid) + 1.2 * KEPT_BYTES / rate
    return lambda: cpu_seconds(pid) > enough


def started(disk: SmallDisk | Limit) -> RunFolder:
    """Start the quick run and return it once it trains."""
    knobs = [f"--set={knob}" for knob in QUICK]
    subprocess.run(learncurve(greeted(disk.home), "train", "mlp", *knobs, "--detach"), check=True, cwd=ROOT)
    folder = only_run(disk.home)
    eventually(lambda: progress(folder).update > 0, START_SECONDS)
    return folder


def test_on_a_full_disk_training_goes_on_and_says_later_what_was_lost(tmp_path: Path) -> None:
    """Neither worker nor app ends; once there is room, the lost events are counted on the screen."""
    with disk(tmp_path) as small:
        folder = started(small)
        try:
            with Terminal(learncurve(small.home, "watch")) as terminal:
                terminal.until("RUNNING")
                pid, overflow = worker(folder), overflows(folder)
                small.fill(folder)
                before = progress(folder).update
                terminal.until(lambda _: overflow())
                terminal.press("f1")
                terminal.until("Keys of this screen")
                terminal.press("f1")
                terminal.until_gone("Keys of this screen")
                small.free(folder)
                terminal.until("events were lost, since the disk was full")
                terminal.until("RUNNING")
            told = progress(folder)
            assert worker(folder) == pid
            assert told.dropped > 0
            assert told.missing > 0
            assert told.update > before + told.missing
        finally:
            end_runs(small.home)
            eventually(lambda: worker(folder) == 0)


def failed(home: Path, environment: dict[str, str], told: str) -> None:
    """Train in the app where that must fail, read the reason, and read on in the course."""
    with Terminal(learncurve(greeted(home)), environment=environment) as terminal:
        terminal.until("1.3.2  Backpropagation")
        terminal.press("down", "enter")
        terminal.until("Before you read")
        terminal.press("t")
        terminal.until("failed:", START_SECONDS)
        terminal.press("w")
        terminal.until("FAILED")
        terminal.until(lambda text: told in " ".join(line.strip(" ▌") for line in text.splitlines()))
        terminal.press("q")
        terminal.until("Before you read")
        terminal.press("enter")
        terminal.until("question 1 of")
    assert state(only_run(home)) == "failed"


def test_without_pytorch_a_run_says_so_and_the_course_goes_on(home: Path, tmp_path: Path) -> None:
    """A torch that cannot be imported fails the run with one sentence; pages and questions are as ever."""
    broken = tmp_path / "broken"
    (broken / "torch").mkdir(parents=True)
    (broken / "torch" / "__init__.py").write_text("raise ImportError('libtorch.so is not here')\n")
    path = os.pathsep.join([str(broken), str(ROOT)])
    failed(home, {"PYTHONPATH": path}, "torch cannot be loaded (libtorch.so is not here)")


def test_a_broken_data_file_is_one_sentence(home: Path, tmp_path: Path) -> None:
    """An installation whose digits have one wrong byte names the file and the cure."""
    installed = tmp_path / "installed"
    for name in ("content", "engine", "tui"):
        shutil.copytree(ROOT / name, installed / name, ignore=shutil.ignore_patterns("__pycache__"))
    images = installed / "engine" / "datasets" / "digits" / "train-images-idx3-ubyte.gz"
    data = bytearray(images.read_bytes())
    data[len(data) // 2] ^= 1
    images.write_bytes(data)
    failed(home, {"PYTHONPATH": str(installed), "PYTHONSAFEPATH": "1"}, "its checksum differs")
