"""A run that is mirrored for TensorBoard while it trains."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.events import Attempted, Event
from engine.exports.live import FOLDER, Mirror
from engine.exports.tensorboard import export
from engine.runs.folder import RunFolder
from tests.engine.test_tensorboard import FIGURES, assert_losses, said, seen, values
from tests.engine.working import PATIENCE_SECONDS, events_of, make_run, start_worker
from tests.fakes import ScriptedRun


def mirrored(folder: RunFolder, events: list[Event], write: object = os.write) -> None:
    """Tell mirrors of events as the streams of their attempts would."""
    mirror = None
    for event in events:
        if isinstance(event, Attempted):
            mirror = Mirror(folder, folder.recipe(), event, write=write)  # type: ignore[arg-type]  # a function as it
        assert mirror is not None
        mirror(event)


def twice_attempted(home: Path) -> ScriptedRun:
    """Return a run that was killed after update 350 and resumed from 250."""
    run = ScriptedRun(home, updates=500, epochs=5)
    run.attempt()
    run.plan()
    run.train(350)
    run.kill()
    run.attempt(251)
    run.spike_at = 260
    run.plan()
    run.train(250)
    run.end()
    return run


def test_a_resumed_run_shows_as_its_export_does(tmp_path: Path) -> None:
    """Its second file makes readers forget what the first one says of the updates that were done again."""
    folder = twice_attempted(tmp_path / "home").folder
    mirrored(folder, events_of(folder))
    live, whole = seen(folder.path / FOLDER), seen(export(folder, tmp_path / "out").folder)
    assert len(list((folder.path / FOLDER).iterdir())) == 2
    for tag in FIGURES:
        assert live.Scalars(tag) == whole.Scalars(tag)
    assert values(live, "train/loss")[260] == 9.0
    assert said(live, "recipe") == said(whole, "recipe")


def test_a_killed_worker_leaves_a_file_that_reads_to_its_end(tmp_path: Path) -> None:
    """Nothing waits in memory: whatever was told is in the file."""
    run = ScriptedRun(tmp_path / "home", updates=500, epochs=5)
    run.attempt()
    run.plan()
    run.train(230)
    mirrored(run.folder, events_of(run.folder))
    assert_losses(seen(run.folder.path / FOLDER), run.folder)
    run.kill()


def test_a_full_disk_leaves_events_out_and_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Half an event would end every reader there; training does not hear of it."""
    run = ScriptedRun(tmp_path / "home", updates=500, epochs=5)
    run.attempt()
    run.plan()
    run.train(300)
    run.end()
    writes = 0

    def full_for_a_while(descriptor: int, data: bytes) -> int:
        nonlocal writes
        writes += 1
        if writes == 4:
            return os.write(descriptor, data[: len(data) // 2])
        if writes == 5:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return os.write(descriptor, data)

    mirrored(run.folder, events_of(run.folder), full_for_a_while)
    found = values(seen(run.folder.path / FOLDER), "train/loss")
    assert 0 < len(found) < 300
    assert max(found) == 300
    assert len(caplog.records) == 1
    assert "some events are left out" in caplog.text


@pytest.mark.torch
def test_a_run_with_tensorboard_is_mirrored_by_its_worker(tmp_path: Path) -> None:
    """The real thing, at full speed: every update that the stream tells of is in TensorBoard's file."""
    folder = make_run(tmp_path / "home", tensorboard=True, epochs=3)
    assert start_worker(folder).wait(PATIENCE_SECONDS) == 0
    reader = seen(folder.path / FOLDER)
    assert set(reader.Tags()["scalars"]) == FIGURES
    assert_losses(reader, folder)
    assert [*values(reader, "eval/loss")] == [0, 8, 16, 24]
    assert "Traceback" not in folder.console_file.read_text()
