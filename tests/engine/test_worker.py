"""Whatever happens to a worker, it is said: one sentence for the learner, the traceback in the console."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import pytest

from engine.errors import DataError
from engine.events import Attempted, Beat, Dropped, Ended, Evaluated, Loading, Queued, Saved
from engine.runs.control import stop
from engine.runs.launch import environment
from engine.runs.lock import hold
from engine.runs.slots import Slots
from engine.worker.__main__ import main
from engine.worker.attempt import attempt
from engine.worker.data import unpack_digits
from engine.worker.session import Session
from engine.worker.turn import wait_for_slot
from tests.engine.working import PATIENCE_SECONDS, events_of, losses_of, make_run, of, start_worker, try_run, until


def raising(error: Exception) -> object:
    def train(_: Session) -> None:
        raise error

    return train


def test_everything_before_the_queue_is_done_without_torch() -> None:
    code = (
        "import sys, engine.worker.__main__, engine.worker.attempt, engine.worker.mlp_run, engine.worker.turn;"
        "print([name for name in ('torch', 'torchvision', 'numpy', 'safetensors') if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=environment(1, os.environ) | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "[]\n"


def test_an_error_that_a_learner_can_mend_is_said_in_its_own_sentence(own_home: Path) -> None:
    folder = make_run(own_home)
    error = DataError("The file x is broken: install again.", code="data-changed", file="x")
    result = try_run(folder, raising(error))  # type: ignore[arg-type]
    ended = events_of(folder)[-1]
    assert isinstance(ended, Ended)
    assert (ended.state, ended.reason, ended.code) == ("failed", error.sentence, "data-changed")
    assert ended.details == {"file": "x"}
    assert folder.result() == result
    assert (result.state, result.reason) == ("failed", error.sentence)


def test_any_other_error_is_one_line_and_its_traceback_is_in_the_console(
    own_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = make_run(own_home)
    result = try_run(folder, raising(ValueError("first line\nsecond line")))  # type: ignore[arg-type]
    assert result.code == "unexpected"
    assert result.reason == (f"The run failed: ValueError: first line. The traceback is in {folder.console_file}.")
    assert "Traceback" in caplog.text
    assert "second line" in caplog.text


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MemoryError(), "memory"),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"), "memory"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "memory"),
        (OSError(28, "No space left on device", "/x"), "disk-full"),
    ],
)
def test_lack_of_memory_and_of_room_have_sentences_of_their_own(own_home: Path, error: Exception, code: str) -> None:
    assert try_run(make_run(own_home), raising(error)).code == code  # type: ignore[arg-type]


def test_a_recipe_of_an_unknown_kind_or_a_newer_program_fails_with_a_sentence(own_home: Path) -> None:
    folder = make_run(own_home)
    plain = msgspec.json.decode(folder.recipe_file.read_bytes())
    folder.recipe_file.write_bytes(msgspec.json.encode(plain | {"kind": "dance"}))
    assert try_run(folder).code == "kind-unknown"
    folder.recipe_file.write_bytes(msgspec.json.encode(plain | {"version": 99}))
    assert try_run(folder).code == "run-newer"
    assert [event.number for event in of(Attempted, events_of(folder))] == [1, 2]


@pytest.mark.parametrize(("kind", "code"), [("bert", "texts-one-class"), ("pretrain", "corpus-small")])
def test_a_fault_of_the_learners_file_is_said_while_others_train(
    own_home: Path, tmp_path: Path, kind: str, code: str
) -> None:
    """Nobody waits for a turn that ends at once; the embedded sets, which have no faults, are read when it comes."""
    bad = tmp_path / "pets.csv"
    bad.write_text("text,label\n" + "".join(f"text {n},cat\n" for n in range(20)), encoding="utf-8")
    folder = make_run(own_home, kind, data=str(bad))
    patience = threading.Event()
    timer = threading.Timer(60, patience.set)
    timer.daemon = True
    timer.start()
    slot = Slots(own_home).free()
    assert slot is not None
    with slot:
        assert attempt(folder, patience).code == code
    assert of(Queued, events_of(folder)) == []


def test_a_run_waits_for_its_slot_says_how_many_are_ahead_and_then_trains(own_home: Path) -> None:
    folder = make_run(own_home)
    slot = Slots(own_home).free()
    assert slot is not None
    trained: list[str] = []
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            slot.release()

    def train(session: Session) -> None:
        with wait_for_slot(session, sleep):
            trained.append(session.state)

    assert try_run(folder, train).state == "finished"
    assert trained == ["starting"]
    assert [event.ahead for event in of(Queued, events_of(folder))] == [1]
    assert len(waits) == 3
    assert Slots(own_home).busy() == 0


def test_a_run_can_be_stopped_while_it_waits(own_home: Path) -> None:
    folder = make_run(own_home)
    slot = Slots(own_home).free()
    assert slot is not None

    def train(session: Session) -> None:
        with wait_for_slot(session, lambda _: stop(folder)):
            raise AssertionError("its turn never came")

    with slot:
        assert try_run(folder, train).state == "stopped"
    assert not Slots(own_home).waiting()


@pytest.mark.torch
def test_a_torch_that_is_not_there_is_one_sentence_that_says_how_to_install_it(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    result = try_run(make_run(own_home))
    assert result.code == "torch-missing"
    assert "pip install" in result.reason
    assert "Pages and questions work without it" in result.reason


def test_a_worker_with_a_broken_torch_ends_with_a_sentence_and_status_1(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "torch.py").write_text('raise OSError("libtorch_cpu.so: cannot open shared object file")\n')
    folder = make_run(own_home)
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])
    worker = start_worker(folder, env={"PYTHONPATH": path})
    assert worker.wait(PATIENCE_SECONDS) == 1
    result = folder.result()
    assert result is not None
    assert "torch cannot be loaded (libtorch_cpu.so: cannot open shared object file)" in result.reason
    assert [event.what for event in of(Loading, events_of(folder))] == ["torch"]
    assert "Traceback" in folder.console_file.read_text()


def test_a_second_worker_of_a_run_ends_at_once_and_writes_nothing(
    own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = make_run(own_home)
    with hold(folder.lock_file):
        worker = start_worker(folder)
        assert worker.wait(PATIENCE_SECONDS) == 1
    assert folder.console_file.read_text() == (
        f"{folder.id} is in use by process {os.getpid()} on {os.uname().nodename}.\n"
    )
    assert not folder.events_file.exists()


def test_wrong_words_are_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage:" in capsys.readouterr().err


@pytest.mark.torch
@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can change another's limits")
def test_on_a_full_disk_training_goes_on_and_once_there_is_room_everything_is_said(own_home: Path) -> None:
    unpack_digits(own_home / "cache" / "digits" / "MNIST" / "raw")
    folder = make_run(own_home, epochs=20, pace=60)  # 160 updates
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    room = 3000
    worker = start_worker(folder, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard)))
    try:
        for said in (
            "events: File too large; training goes on",
            r"No arrays of epoch \d+; training goes on",
            r"No checkpoint at update \d+; training goes on",  # on a busy machine the first comes later
        ):
            until(lambda said=said: re.search(said, _console(folder.console_file)), said)  # type: ignore[misc]
        assert folder.events_file.stat().st_size == room
        assert not list(folder.checkpoints.iterdir())
        resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (hard, hard))
        assert worker.wait(PATIENCE_SECONDS) == 0
    finally:
        worker.kill()
        worker.wait(30)
    events = events_of(folder)
    assert list(losses_of(events)) == list(range(1, 161))
    assert [event.epoch for event in of(Evaluated, events)] == list(range(21))
    assert not of(Dropped, events)
    assert of(Saved, events)[-1].name
    assert isinstance(events[-1], Ended)
    assert events[-1].state == "finished"
    assert of(Beat, events)
    assert "events: written again" in _console(folder.console_file)


def _console(file: Path) -> str:
    return file.read_text() if file.exists() else ""
