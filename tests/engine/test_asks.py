"""Questions to a model travel as files: whole or not at all, and nothing is left behind."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path

import msgspec
import pytest

from engine.errors import RunError
from engine.events import Guess
from engine.runs import asks
from engine.runs.asks import Answer, Ask, Masked, Neighbour, Note
from engine.runs.folder import RunFolder
from engine.runs.own_probes import add_probe, own_probes
from tests.engine.working import make_run


@pytest.fixture
def folder(own_home: Path) -> RunFolder:
    return make_run(own_home)


def test_an_ask_and_its_answer_arrive_as_they_were_sent(folder: RunFolder) -> None:
    ask = Ask(kind="digit", text='a "text"\nwith 中文', pixels=bytes(range(256)), attention=True)
    token = asks.put(folder, ask)
    assert asks.pending(folder) == [token]
    assert asks.read(folder, token) == ask
    assert asks.answered(folder, token) is None
    answer = Answer(
        kind="digit",
        update=620,
        notes=[Note(code="ask-cut", sentence="Cut.", details={"of": "9"})],
        classes=["0", "1"],
        probabilities=[0.25, 0.75],
        masks=[Masked(3, [Guess("cat", 0.5)])],
        neighbours=[Neighbour("a cat", "animal", 0.9)],
        picture=b"\x00\xff",
    )
    asks.reply(folder, token, answer, b"arrays")
    assert asks.answered(folder, token) == msgspec.structs.replace(answer, arrays=True)
    assert asks.arrays_file(folder, token).read_bytes() == b"arrays"
    assert asks.pending(folder) == []
    asks.withdraw(folder, token)
    assert list(folder.asks.iterdir()) == []


def test_a_probability_that_is_no_number_survives_json(folder: RunFolder) -> None:
    token = asks.put(folder, Ask(kind="classify", text="a"))
    asks.reply(folder, token, Answer(kind="classify", probabilities=[math.nan, math.inf]))
    found = asks.answered(folder, token)
    assert found is not None
    assert math.isnan(found.probabilities[0])
    assert found.probabilities[1] == math.inf


def test_asks_are_taken_in_the_order_in_which_they_came(folder: RunFolder) -> None:
    tokens = [asks.put(folder, Ask(kind="warm")) for _ in range(20)]
    assert asks.pending(folder) == tokens


def test_what_was_withdrawn_is_not_answered(folder: RunFolder) -> None:
    token = asks.put(folder, Ask(kind="warm"))
    asks.withdraw(folder, token)
    asks.reply(folder, token, Answer(kind="warm"), b"arrays")
    assert asks.read(folder, token) is None
    assert list(folder.asks.iterdir()) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "ask-broken"),
        (b"\xff\xfe", "ask-broken"),
        (b'{"kind": 3}', "ask-broken"),
        (b'{"kind": "warm", "version": 99}', "ask-newer"),
        (b'{"kind": "warm", "text": "' + b"x" * asks.LARGEST_BYTES + b'"}', "ask-broken"),
    ],
)
def test_an_ask_that_cannot_be_understood_is_refused_in_a_sentence(folder: RunFolder, data: bytes, code: str) -> None:
    (folder.asks / "1-a.ask.json").write_bytes(data)
    assert asks.pending(folder) == ["1-a"]
    with pytest.raises(RunError) as refused:
        asks.read(folder, "1-a")
    assert refused.value.code == code


def test_names_that_are_no_tokens_are_not_answered(folder: RunFolder) -> None:
    (folder.asks / "..ask.json").write_bytes(b"{}")
    (folder.asks / "\x1b[31m.ask.json").write_bytes(b"{}")
    assert asks.pending(folder) == []


def test_a_text_of_100_000_letters_fits(folder: RunFolder) -> None:
    token = asks.put(folder, Ask(kind="classify", text="中" * 100_000))
    found = asks.read(folder, token)
    assert found is not None
    assert len(found.text) == 100_000


def test_what_askers_that_are_gone_left_is_swept_and_nothing_else(folder: RunFolder) -> None:
    old, new = asks.put(folder, Ask(kind="warm")), asks.put(folder, Ask(kind="warm"))
    add_probe(folder, "a city in northern [MASK]")
    asks.reply(folder, old, Answer(kind="warm"), b"arrays")
    now = time.time()
    for path in folder.asks.iterdir():
        if not path.name.startswith(new):
            os.utime(path, (now, now - asks.STALE_SECONDS - 1))
    asks.sweep(folder, now)
    assert sorted(path.name for path in folder.asks.iterdir()) == sorted([f"{new}.ask.json", "probes.json"])


def test_a_run_that_was_deleted_cannot_be_asked(folder: RunFolder) -> None:
    gone = RunFolder(folder.path.with_name("20260101-000000-mlp-gone"))
    with pytest.raises(RunError):
        asks.put(gone, Ask(kind="warm"))
    assert not gone.path.exists()
    asks.withdraw(gone, "1-a")
    assert asks.pending(gone) == []


def test_the_newest_five_own_sentences_are_kept(folder: RunFolder) -> None:
    assert own_probes(folder) == []
    for number in range(7):
        add_probe(folder, f" sentence {number} ")
    add_probe(folder, "sentence 4")
    assert own_probes(folder) == [f"sentence {number}" for number in (2, 3, 5, 6, 4)]


@pytest.mark.parametrize("text", ["", "   ", "a\x1b[31mb", "a\nb", "x" * 501, "a\u202eb"])
def test_own_sentences_that_could_do_harm_are_refused(folder: RunFolder, text: str) -> None:
    with pytest.raises(RunError) as refused:
        add_probe(folder, text)
    assert refused.value.code == "probe-refused"
    (folder.asks / "probes.json").write_bytes(msgspec.json.encode(["good", text]))
    assert own_probes(folder) == ["good"]


def test_a_broken_file_of_sentences_counts_as_none(folder: RunFolder) -> None:
    (folder.asks / "probes.json").write_bytes(b'["a", 3]')
    assert own_probes(folder) == []
