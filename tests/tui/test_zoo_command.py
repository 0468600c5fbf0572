"""`learncurve zoo [MODEL]`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.reading.zoo import NAMES
from engine.runs.telling import Told
from tests.known_zoo import known_zoo, put_zoo
from tui.__main__ import main
from tui.commands import zoo as command


@pytest.fixture(autouse=True)
def counted_before(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models were counted before, and 19.2 GB are free."""
    put_zoo(own_home)
    monkeypatch.setattr(command, "available_bytes", lambda: 19_200_000_000)


def test_all_models_are_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, in the order of their sizes, with signs for what fits."""
    assert main(["zoo"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1 : 1 + len(NAMES)]] == list(NAMES)
    (seven,) = [line for line in lines if line.startswith("llama2-7b")]
    assert [sign for sign in seven if sign in "✓✗"] == list("✗✓✓✗")
    assert "19.2 GB" in lines[-1]


@pytest.mark.parametrize(("language", "said"), [("en_US.UTF-8", "feed-forward  "), ("zh_CN.UTF-8", "前馈  ")])
def test_a_model_is_told_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    """Parts, memory, arithmetic and how they are reckoned, in either language."""
    monkeypatch.setenv("LANG", language)
    assert main(["zoo", "gpt2-xl"]) == 0
    out = capsys.readouterr().out
    assert said in out
    assert all(figure in out for figure in ("1,557,611,200", "983,424,000", "24.9 GB", "3.27 GFLOP"))


def test_json_has_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    """For programs: bytes instead of gigabytes, and what nobody does is null."""
    assert main(["zoo", "bert-base", "--json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    (model,) = told["models"]
    assert (told["version"], told["available_bytes"]) == (1, 19_200_000_000)
    assert model["parameters"] == sum(model["parts"].values()) == 109_482_240
    assert model["memory"]["weights"]["fp32"] == {"bytes": 437_928_960, "fits": True}
    assert model["memory"]["training"]["int8"] == {"bytes": None, "fits": None}
    assert main(["zoo", "--json"]) == 0
    assert [model["name"] for model in json.loads(capsys.readouterr().out)["models"]] == list(NAMES)


def test_an_unknown_model_is_wrong_words(capsys: pytest.CaptureFixture[str]) -> None:
    """The nearest one is named, and nothing is counted for it."""
    assert main(["zoo", "llama-7b"]) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "did you mean llama2-7b?" in said.err


def test_models_are_counted_the_first_time(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the process finds is printed; a second call finds it kept."""
    looks = []

    class Counting:
        """Needs two looks."""

        now = Told(doing="loading", what="torch")
        seconds = 1.0

        def __init__(self, home: Path) -> None:
            assert home == own_home

        def poll(self) -> object:
            looks.append(1)
            return known_zoo() if len(looks) > 1 else None

    for file in (own_home / "cache").glob("zoo-*"):
        file.unlink()
    monkeypatch.setattr(command, "Counting", Counting)
    assert main(["zoo", "mlp"]) == 0
    assert len(looks) == 2
    assert "101,770" in capsys.readouterr().out
