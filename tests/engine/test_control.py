"""Wishes are files that are replaced whole; each verb changes what it names and keeps the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import RunError
from engine.recipes import KINDS, recipe
from engine.runs import control
from engine.runs.control import Wanted, want, wanted
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from tests.clock import MOMENT


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return Runs(tmp_path).create(recipe(KINDS["mlp"], {"pace": 40}), MOMENT, "7f3a")


def test_a_run_begins_running_at_the_pace_of_its_recipe(folder: RunFolder, tmp_path: Path) -> None:
    assert wanted(folder) == Wanted("running", 40.0, 0)
    full = Runs(tmp_path).create(recipe(KINDS["mlp"], {"pace": "full"}), MOMENT, "aaaa")
    assert wanted(full) == Wanted("running", 0.0, 0)


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        (control.pause, Wanted("paused", 40.0, 0)),
        (control.go_on, Wanted("running", 40.0, 0)),
        (control.stop, Wanted("stopped", 40.0, 0)),
        (lambda folder: control.step(folder, 204), Wanted("running", 40.0, 205)),
        (lambda folder: control.set_pace(folder, 0), Wanted("paused", 0.0, 9)),
        (lambda folder: control.set_pace(folder, 12.5), Wanted("paused", 12.5, 9)),
    ],
)
def test_each_verb_changes_what_it_names(
    folder: RunFolder, verb: Callable[[RunFolder], None], expected: Wanted
) -> None:
    want(folder, Wanted("paused", 40.0, 9))
    verb(folder)
    assert wanted(folder) == expected
    assert [path.name for path in folder.path.iterdir() if "wanted" in path.name] == ["wanted"]


@pytest.mark.parametrize("pace", [-1.0, float("nan"), float("inf")])
def test_an_impossible_pace_is_refused_and_nothing_changes(folder: RunFolder, pace: float) -> None:
    with pytest.raises(RunError, match="pace="):
        control.set_pace(folder, pace)
    assert wanted(folder).pace == 40.0


@pytest.mark.parametrize("text", [b"", b"{", b'{"state": 3}', b"\xff\xfe"])
def test_a_broken_wish_means_what_the_run_began_with(folder: RunFolder, text: bytes) -> None:
    folder.wanted_file.write_bytes(text)
    assert wanted(folder) == Wanted("running", 40.0, 0)


def test_a_folder_that_cannot_be_written_says_so_and_keeps_the_old_wish(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="cannot be written") as caught:
        want(RunFolder(tmp_path / "gone"), Wanted())
    assert caught.value.code == "run-unwritable"
