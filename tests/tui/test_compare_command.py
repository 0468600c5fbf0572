"""`learncurve compare`, and `train` for every kind, without a worker: what is asked for, and what is answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from engine.recipes import KINDS, Recipe
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from tests.fake_bert import ScriptedBert
from tui import start
from tui.__main__ import main
from tui.commands import compare


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    error: str


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[Recipe]:
    """Play runs by a script as soon as they are started; what was asked for is kept."""
    asked: list[Recipe] = []

    def start_first(runs: Runs, *recipes: Recipe) -> tuple[RunFolder, ...]:
        folders = []
        for token, recipe in zip(("00aa", "00ab"), recipes, strict=True):
            run = ScriptedBert(runs.home, updates=152, epochs=38, token=token, wishes=recipe.knobs)
            run.attempt()
            run.plan()
            run.train(152)
            run.end()
            folders.append(run.folder)
        asked.extend(recipes)
        return tuple(folders)

    monkeypatch.setattr(compare, "start_first", start_first)
    monkeypatch.setattr(compare, "launch_behind", lambda first, second: None)
    return asked


def say(capsys: pytest.CaptureFixture[str], home: Path, *words: str) -> Said:
    try:
        status = main(["--home", str(home), *words])
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    captured = capsys.readouterr()
    return Said(status, captured.out, captured.err)


def test_two_presets_are_set_side_by_side(
    played: list[Recipe], own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row each, the comparison, how far it can be trusted."""
    said = say(capsys, own_home, "compare", "few-labels", "--set", "seed=3")
    assert said.status == 0, said.error
    first, second, result, trust = said.out.splitlines()
    assert (first.split()[:2], second.split()[:2]) == (
        ["shipped", "20261123-141502-bert-00aa"],
        ["scratch", "20261123-141502-bert-00ab"],
    )
    assert result.startswith("Test accuracy: shipped .")
    assert result.endswith("at 152 updates each.")
    assert trust
    assert [recipe.preset for recipe in played] == ["few-labels", "few-labels-scratch"]
    assert [recipe.knobs["seed"] for recipe in played] == [3, 3]


def test_a_program_is_answered_in_one_line_of_json(
    played: list[Recipe], own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figures of both runs, as `show` answers them, with the names that tell them apart."""
    said = say(capsys, own_home, "compare", "few-labels", "frozen", "--json")
    (line,) = said.out.splitlines()
    answer = json.loads(line)
    assert (answer["version"], answer["event"]) == (1, "compared")
    assert [run["recipe"]["freeze"] for run in answer["runs"]] == ["none", "encoder"]
    assert [run["updates"] for run in answer["runs"]] == [152, 152]
    assert all(0 < run["test_accuracy"] <= 1 for run in answer["runs"])
    first, second = (run["name"] for run in answer["runs"])
    assert first != second
    assert answer["told"].startswith(f"Test accuracy: {first} .")
    assert f", {second} ." in answer["told"]


def test_both_can_be_left_alone(played: list[Recipe], own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Their ids, at once."""
    said = say(capsys, own_home, "compare", "few-labels", "--detach", "--json")
    assert [run["id"][-4:] for run in json.loads(said.out)["runs"]] == ["00aa", "00ab"]
    assert len(say(capsys, own_home / "b", "compare", "few-labels", "--detach").out.splitlines()) == 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing"], "there is no such preset; there are adam"),
        (["classics"], "it names no preset to be compared with"),
        (["few-labels", "adam"], "there is no such preset of bert"),
        (["few-labels", "--set", "lrr=1"], "lrr"),
        (["few-labels", "--set", "lr"], "write it as KNOB=VALUE"),
    ],
)
def test_wrong_words_are_one_sentence(
    words: list[str], told: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is started."""
    said = say(capsys, own_home, "compare", *words)
    assert said.status == 2
    assert told in said.error
    assert len(said.error.splitlines()) == 1
    assert not (own_home / "runs").exists()


@pytest.mark.parametrize(
    ("words", "knobs"),
    [
        (["bert", "--set", "labels_per_class=10"], {"labels_per_class": 10, "start": "shipped"}),
        (["bert", "--preset", "article"], {"lr": 5e-5, "warmup": 500.0, "epochs": 3, "start": "scratch"}),
        (["pretrain", "--set", "updates=50"], {"updates": 50, "dropout": 0.0}),
    ],
)
def test_every_kind_is_trained_from_the_command_line(
    words: list[str],
    knobs: dict[str, Any],
    own_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Knobs and presets as for the MLP."""
    monkeypatch.setattr(start, "launch", lambda folder: 0)
    said = say(capsys, own_home, "train", *words, "--detach", "--json")
    recipe = RunFolder(Path(json.loads(said.out)["folder"])).recipe()
    assert recipe.kind == words[0]
    assert {name: recipe.knobs[name] for name in knobs} == knobs
    assert set(recipe.knobs) == {knob.name for knob in KINDS[words[0]].knobs}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bert", "--set", "heads=3", "--set", "start=scratch"], "heads=3"),
        (["bert", "--set", "train_batch=5", "--set", "processes=2"], "train_batch=5"),
    ],
)
def test_settings_that_do_not_go_together_are_status_2(
    words: list[str], told: str, own_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is started."""
    said = say(capsys, own_home, "train", *words)
    assert said.status == 2
    assert told in said.error


def test_a_file_is_named_from_where_one_stands(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The worker stands elsewhere."""
    (tmp_path / "own.csv").write_text("text,label\na,b\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(start, "launch", lambda folder: 0)
    said = say(capsys, own_home, "train", "bert", "--set", "data=own.csv", "--detach", "--json")
    recipe = RunFolder(Path(json.loads(said.out)["folder"])).recipe()
    assert recipe.knobs["data"] == str(tmp_path / "own.csv")
