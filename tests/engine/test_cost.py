"""What a run costs is known before it starts, and said to be unknown where it is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.reading.origin import pretrained, shape
from engine.recipes import KINDS, Recipe, recipe
from engine.recipes.cost import Cost
from engine.recipes.costing import cost
from engine.recipes.own_texts import MOST_BYTES, counted
from engine.recipes.shape import SHIPPED
from tests.fake_bert import ScriptedPretrain


def asked(kind: str, **wishes: Any) -> Recipe:
    return recipe(KINDS[kind], wishes)


def costs(kind: str, home: Path | None = None, **wishes: Any) -> Cost:
    wanted = asked(kind, **wishes)
    return cost(wanted, shape(wanted, home))


@pytest.mark.parametrize(
    ("wishes", "updates"),
    [
        ({}, 300),
        ({"labels_per_class": 10, "epochs": 38}, 152),
        ({"labels_per_class": 50, "epochs": 11}, 209),
        ({"labels_per_class": 0, "epochs": 3}, 1_350),
        ({"data": "reviews", "labels_per_class": 0, "epochs": 1}, 149),
        ({"data": "classics", "labels_per_class": 700, "epochs": 1}, 172),
    ],
)
def test_updates_follow_from_texts_and_batches(wishes: dict[str, Any], updates: int) -> None:
    """The last batch of an epoch may be a short one; no class gives more labels than it has."""
    assert costs("bert", **wishes).updates == updates


def test_the_shipped_model_is_counted_and_takes_seconds() -> None:
    """942,726 parameters with six topics; measured at 34 ms an update and more where it is evaluated."""
    found = costs("bert")
    assert (found.parameters, found.download_bytes, found.paced) == (942_726, 0, False)
    assert found.seconds == pytest.approx(15, rel=0.5)
    assert found.memory_bytes == pytest.approx(0.85e9, rel=0.1)


def test_bert_base_takes_hours_and_gigabytes(tmp_path: Path) -> None:
    """Measured on two threads: 8.6 s an update of 16 texts of 128 tokens, 4.1 GB."""
    rows = [f"{'some words of a longer text ' * 12},{'ab'[row % 2]}" for row in range(2_500)]
    (tmp_path / "own.csv").write_text("text,label\n" + "\n".join(rows), encoding="utf-8")
    data = str(tmp_path / "own.csv")
    found = costs("bert", start="bert-base-uncased", data=data, labels_per_class=0, epochs=3, threads=2)
    assert found.updates == 3 * 125
    assert found.seconds is not None
    assert found.seconds / 3600 == pytest.approx(11 * 0.8 / 10, rel=0.15)  # a tenth of 25,000 texts, 80 % trained on
    assert found.download_bytes == 440_000_000
    assert found.memory_bytes == pytest.approx(4.1e9, rel=0.1)


def test_a_pace_is_obeyed_where_it_is_the_slower_one() -> None:
    """Nobody trains faster than the processor."""
    slow, hasty = costs("bert", pace=2), costs("bert", pace=100_000)
    assert (slow.seconds, slow.paced) == (150, True)
    assert (hasty.seconds, hasty.paced) == (costs("bert").seconds, False)


def test_freezing_saves_time_and_memory() -> None:
    """The way back through the encoder is most of the work."""
    frozen, whole = costs("bert", freeze="encoder"), costs("bert")
    assert frozen.seconds is not None
    assert whole.seconds is not None
    assert frozen.seconds < whole.seconds
    assert (frozen.memory_bytes or 0) < (whole.memory_bytes or 0)


def test_what_nobody_knows_is_none(tmp_path: Path) -> None:
    """A data set of the hub, a model of the hub, a GPU."""
    assert costs("bert", data="imdb").updates is None
    unknown = costs("bert", tmp_path, start="somebody/some-bert")
    assert (unknown.parameters, unknown.download_bytes, unknown.seconds) == (None, None, None)
    assert unknown.updates == 300
    assert costs("bert", device="cuda").seconds is None
    assert costs("mlp", pace="full").seconds is None


def test_pretraining_is_counted_with_its_head() -> None:
    """Minutes, not hours."""
    found = costs("pretrain")
    assert (found.updates, found.parameters) == (4_500, 946_208)
    assert 200 < (found.seconds or 0) < 800
    assert 0 < (costs("pretrain", data="classics", updates=1_500).seconds or 0) < (found.seconds or 0)


def test_a_pretraining_of_ones_own_is_offered_once_its_model_is_there(tmp_path: Path) -> None:
    """Its shape is read from its folder."""
    run = ScriptedPretrain(tmp_path, token="00aa").folder
    assert pretrained(tmp_path) == []
    (run.path / "model").mkdir()
    config = {"num_hidden_layers": 4, "hidden_size": 64, "num_attention_heads": 4, "vocab_size": 500}
    config |= {"max_position_embeddings": 32, "intermediate_size": 256}
    (run.path / "model" / "config.json").write_text(json.dumps({"model_type": "bert", **config}))
    assert pretrained(tmp_path) == [run.id]
    assert shape(asked("bert"), tmp_path) == SHIPPED
    assert shape(asked("bert", start="scratch", layers=5), tmp_path) != SHIPPED
    assert shape(asked("bert", start="00bb"), tmp_path) is None


@pytest.mark.parametrize(
    ("name", "text", "classes"),
    [
        ("a.csv", 'text,label\n"one, two",x\nthree,y\nfour,x\n', (2, 1)),
        ("a.tsv", "label\ttext\nx\tone\n", (1,)),
        ("a.jsonl", '{"text": "one", "label": 1}\n\n{"text": "two", "label": 0}\n', (1, 1)),
        ("a.txt", "one\n\ntwo\n", (2,)),
    ],
)
def test_an_own_file_is_counted_by_class(tmp_path: Path, name: str, text: str, classes: tuple[int, ...]) -> None:
    """Rows, not lines; the most frequent class first."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    found = counted(file)
    assert found is not None
    assert found.classes == classes


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[1, 2", b'text,label\n"open', b""])
def test_a_file_that_cannot_be_counted_stops_nobody(tmp_path: Path, content: bytes) -> None:
    """The worker says what is wrong with it."""
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        file = tmp_path / name
        file.write_bytes(content)
        found = counted(file)
        assert found is None or found.classes == (1,)
    assert counted(tmp_path / "gone.csv") is None
    assert counted(Path("x" * 5_000)) is None


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """Whoever turns a knob does not wait."""
    file = tmp_path / "large.txt"
    with file.open("wb") as large:
        large.truncate(MOST_BYTES + 1)
    assert counted(file) is None
