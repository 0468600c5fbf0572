"""The desk answers what lies there, costs next to nothing else, and never ends a training."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.errors import RunError
from engine.runs import asks
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.worker.desk import Desk, Reply
from tests.engine.tabletop import Time
from tests.engine.working import make_run


class Parrot:
    """Says what it is told; some words it chokes on."""

    def __init__(self) -> None:
        self.prepared = 0

    def answer(self, ask: Ask) -> Reply:
        if ask.text == "refuse":
            raise RunError("No.", code="ask-empty")
        if ask.text == "choke":
            raise ZeroDivisionError("deep\ninside")
        return Reply(Answer(kind=ask.kind, pieces=[ask.text]))

    def prepare(self) -> None:
        self.prepared += 1


class Shop:
    """A desk on a clock that stands."""

    def __init__(self, home: Path) -> None:
        self.folder = make_run(home)
        self.time = Time()
        self.parrot = Parrot()
        self.desk = Desk(self.folder, self.parrot, clock=self.time)
        self.time.pass_by(10.0)

    def asked(self, text: str) -> Answer | None:
        token = asks.put(self.folder, Ask(kind="classify", text=text))
        self.desk.serve()
        return asks.answered(self.folder, token)


@pytest.fixture
def shop(own_home: Path) -> Shop:
    return Shop(own_home)


def test_what_is_asked_is_answered_at_the_next_call(shop: Shop) -> None:
    for text in ("one", "two", "three"):  # more quickly than a file system's clock moves
        answer = shop.asked(text)
        assert answer is not None
        assert answer.pieces == [text]


def test_an_answer_tells_how_long_it_took(shop: Shop) -> None:
    answer = shop.asked("one")
    assert answer is not None
    assert 0 < answer.seconds < 60


def test_a_refusal_is_an_answer_with_its_sentence(shop: Shop) -> None:
    answer = shop.asked("refuse")
    assert answer is not None
    assert answer.problem is not None
    assert (answer.problem.code, answer.problem.sentence) == ("ask-empty", "No.")


def test_any_other_error_is_told_and_logged_and_the_next_ask_is_answered(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    answer = shop.asked("choke")
    assert answer is not None
    assert answer.problem is not None
    assert answer.problem.sentence == "The model could not answer: ZeroDivisionError: deep"
    assert "inside" in caplog.text
    answer = shop.asked("fine")
    assert answer is not None
    assert answer.problem is None


def test_an_ask_that_cannot_be_read_is_answered_too(shop: Shop) -> None:
    (shop.folder.asks / "1-a.ask.json").write_bytes(b"{")
    shop.desk.serve()
    answer = asks.answered(shop.folder, "1-a")
    assert answer is not None
    assert answer.problem is not None
    assert answer.problem.code == "ask-broken"


def test_between_asks_the_folder_is_listed_seldom(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.asked("one")
    for _ in range(2):  # the answer itself has changed the folder
        shop.time.pass_by(10.0)
        shop.desk.serve()
    listed: list[RunFolder] = []

    def listing(folder: RunFolder) -> list[str]:
        listed.append(folder)
        return []

    monkeypatch.setattr(asks, "pending", listing)
    for _ in range(100):
        shop.time.pass_by(0.025)
        shop.desk.serve()
    assert len(listed) == 2  # once a second, for file systems that tell late


def test_the_answerer_prepares_only_while_somebody_asks(shop: Shop) -> None:
    shop.desk.serve()
    assert shop.parrot.prepared == 0
    shop.asked("one")
    shop.desk.serve()
    assert shop.parrot.prepared == 2
    shop.time.pass_by(10.0)
    shop.desk.serve()
    assert shop.parrot.prepared == 2


def test_a_run_that_is_gone_or_a_folder_that_cannot_be_written_ends_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object, **__: object) -> None:
        raise RunError("The disk is full.", code="run-unwritable")

    token = asks.put(shop.folder, Ask(kind="classify", text="one"))
    with monkeypatch.context() as patch:
        patch.setattr(asks, "reply", full)
        shop.desk.serve()
    assert "The disk is full." in caplog.text
    shop.desk.serve()
    assert asks.answered(shop.folder, token) is not None
    shutil.rmtree(shop.folder.path)
    shop.desk.serve()


def test_a_worker_that_begins_sends_a_light_process_away(own_home: Path) -> None:
    folder = make_run(own_home)
    Desk(folder, Parrot(), alone=False)
    assert not (folder.asks / "leave").exists()
    Desk(folder, Parrot())
    assert (folder.asks / "leave").exists()
