"""Paths in a recipe mean what they meant where the learner stood."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.recipes import KINDS
from engine.recipes.places import absolute_paths, is_path


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the learner stands: beside some files, and not where this process stands."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    stand = tmp_path / "my desk"
    (stand / "model").mkdir(parents=True)
    (stand / "topics").mkdir()
    (stand / "user" / "set").mkdir(parents=True)
    (stand / "own data.csv").touch()
    return stand


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("own data.csv", "{stand}/own data.csv"),
        ("./own data.csv", "{stand}/own data.csv"),
        ("../my desk/own data.csv", "{stand}/own data.csv"),
        ("not there.csv", "{stand}/not there.csv"),
        ("~/own.csv", "{home}/own.csv"),
        ("/data/own.csv", "/data/own.csv"),
        ("model", "{stand}/model"),
        ("user/set", "{stand}/user/set"),
        ("user/other", "user/other"),
        ("imdb", "imdb"),
        ("topics", "topics"),
    ],
)
def test_a_path_becomes_absolute_and_a_name_stays(given: str, meant: str, stand: Path) -> None:
    wanted = meant.format(stand=stand, home=stand.parent / "home")
    assert absolute_paths(KINDS["bert"], {"data": given}, stand) == {"data": wanted}


def test_only_free_text_is_looked_at(stand: Path) -> None:
    (stand / "none").touch()
    (stand / "shipped").mkdir()
    knobs = {"start": "shipped", "freeze": "none", "epochs": 3, "data": "own data.csv", "unheard": "model"}
    found = absolute_paths(KINDS["bert"], knobs, stand)
    assert found == {**knobs, "data": str(stand / "own data.csv")}
    assert list(found) == list(knobs)
    assert absolute_paths(KINDS["mlp"], {"data": "digits", "hidden": "256"}, stand) == {
        "data": "digits",
        "hidden": "256",
    }


def test_a_run_s_id_stays_where_a_folder_of_that_name_is(stand: Path) -> None:
    run = "20261123-141502-pretrain-7f3a"
    (stand / run).mkdir()
    assert absolute_paths(KINDS["bert"], {"start": run}, stand) == {"start": run}


def test_what_cannot_be_a_path_is_left_to_whoever_reads_it(stand: Path) -> None:
    for value in ("x" * 4_000, "~nobody-of-that-name/a.csv", ""):
        assert absolute_paths(KINDS["bert"], {"data": value}, stand) == {"data": value}


@pytest.mark.parametrize("value", ["a.csv", "A.JSONL", "lines.txt", "./a", "~", "..", "a b", "a/b/c", "C:\\data"])
def test_what_can_only_be_a_path(value: str) -> None:
    assert is_path(value)


@pytest.mark.parametrize("value", ["imdb", "user/set", "bert-base-uncased", "7f3a", "google-bert/bert-base-chinese"])
def test_what_may_be_a_name_on_a_hub(value: str) -> None:
    assert not is_path(value)
