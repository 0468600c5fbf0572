"""Whoever asks sees to it that somebody answers: the run's worker, or a light process."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.runs import asks
from engine.runs.asker import LOADS, NO_MODEL, Asker, Status, read_status, say, worker_answers
from engine.runs.asks import Answer, Ask, Note
from engine.runs.folder import RunFolder
from engine.runs.lock import hold
from tests.clock import Clock
from tests.engine.working import make_run


class Asking:
    """An asker whose clock stands, and whose light processes are only counted."""

    def __init__(self, home: Path, *, model: bool = True) -> None:
        self.folder = make_run(home)
        if model:
            (self.folder.checkpoints / "000000012.safetensors").write_bytes(b"")
        self.clock = Clock(1000.0)
        self.launched: list[RunFolder] = []
        self.asker = Asker(self.folder, clock=self.clock, launch=self.launched.append)

    def look(self, state: str = "finished", *, planned: bool = True) -> Answer | None:
        self.clock.advance(1.0)
        return self.asker.poll(state, planned=planned)  # type: ignore[arg-type] # states are literals


def test_a_light_process_is_started_once_and_its_answer_taken(own_home: Path) -> None:
    asking = Asking(own_home)
    asking.asker.ask(Ask(kind="warm"))
    token = asking.asker.token
    assert asking.look() is None
    assert asking.look() is None
    assert asking.launched == [asking.folder]
    asks.reply(asking.folder, token, Answer(kind="warm", update=3))
    found = asking.look()
    assert found is not None
    assert found.update == 3
    assert asking.asker.token == ""
    assert asking.look() is None


def test_the_worker_of_a_living_run_is_asked_instead(own_home: Path) -> None:
    asking = Asking(own_home)
    asking.asker.ask(Ask(kind="warm"))
    for state in ("running", "paused"):
        assert worker_answers(state, planned=True)
        asking.look(state)
    assert asking.launched == []
    asking.look("stopped")
    assert asking.launched == [asking.folder]


def test_a_process_that_died_without_a_word_is_started_again(own_home: Path) -> None:
    asking = Asking(own_home)
    asking.asker.ask(Ask(kind="warm"))
    for _ in range(12):
        asking.look()
    assert len(asking.launched) == 2


def test_one_that_lives_is_waited_for_and_one_that_left_is_replaced_at_once(own_home: Path) -> None:
    asking = Asking(own_home)
    with hold(asking.folder.asks / "lock"):
        asking.asker.ask(Ask(kind="warm"))
        for _ in range(30):
            asking.look()
        assert asking.launched == []
    asking.look()
    assert len(asking.launched) == 1
    say(asking.folder, "left")
    asking.look()
    assert len(asking.launched) == 2


def test_why_it_failed_is_told_and_it_is_not_tried_again_and_again(own_home: Path) -> None:
    asking = Asking(own_home)
    asking.asker.ask(Ask(kind="warm"))
    asking.look()
    why = Note(code="model-unreadable", sentence="The model cannot be read.")
    say(asking.folder, "failed", why)
    for _ in range(30):
        asking.look()
    assert asking.asker.problem == why
    assert len(asking.launched) == 1


def test_what_an_earlier_process_said_does_not_count(own_home: Path) -> None:
    asking = Asking(own_home)
    say(asking.folder, "failed", Note(code="old", sentence="Old."))
    found = read_status(asking.folder)
    assert isinstance(found, Status)
    asking.clock.now = found.since + 100
    asking.asker.ask(Ask(kind="warm"))
    asking.look()
    assert asking.asker.problem is None
    assert asking.asker.status() is None


@pytest.mark.parametrize(
    ("state", "problem"),
    [("finished", NO_MODEL), ("crashed", NO_MODEL), ("starting", LOADS), ("queued", LOADS), ("running", LOADS)],
)
def test_where_nobody_can_answer_it_is_one_sentence(own_home: Path, state: str, problem: Note) -> None:
    asking = Asking(own_home, model=False)
    asking.asker.ask(Ask(kind="warm"))
    asking.look(state, planned=False)
    assert asking.asker.problem == problem
    assert asking.launched == []
    asking.look("running")
    assert asking.asker.problem is None


def test_a_newer_ask_replaces_one_that_waits_and_the_wait_goes_on(own_home: Path) -> None:
    asking = Asking(own_home)
    asking.asker.ask(Ask(kind="classify", text="a"))
    asking.clock.advance(5)
    asking.asker.ask(Ask(kind="classify", text="ab"))
    asking.clock.advance(1)
    assert (asking.asker.waited, asking.asker.age) == (6, 1)
    assert asks.pending(asking.folder) == [asking.asker.token]


def test_leaving_takes_everything_back_and_asks_the_process_to_go(own_home: Path) -> None:
    asking = Asking(own_home)
    asking.asker.ask(Ask(kind="classify", text="a"))
    asking.look()
    asks.reply(asking.folder, asking.asker.token, Answer(kind="classify"), b"arrays")
    asking.look()
    assert asking.asker.arrays.read_bytes() == b"arrays"
    asking.asker.ask(Ask(kind="classify", text="ab"))
    asking.asker.leave()
    assert [path.name for path in asking.folder.asks.iterdir()] == ["leave"]


def test_a_new_start_takes_the_wish_to_go_back(own_home: Path) -> None:
    asking = Asking(own_home)
    (asking.folder.asks / "leave").touch()
    asking.asker.ask(Ask(kind="warm"))
    asking.look()
    assert not (asking.folder.asks / "leave").exists()
