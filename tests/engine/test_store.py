"""Runs are listed newest first, found by a few letters, and deleted only when nobody trains them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from engine.errors import RunError
from engine.recipes import KINDS, recipe
from engine.runs.lock import hold
from engine.runs.store import Runs
from tests.clock import MOMENT
from tests.fakes import scripted_run

MLP = recipe(KINDS["mlp"], {})


def test_a_home_without_runs_has_none(tmp_path: Path) -> None:
    assert Runs(tmp_path / "gone").all() == []


def test_runs_are_listed_newest_first_without_what_is_half_made(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    for minutes, token in ((0, "ffff"), (2, "0000"), (1, "aaaa")):
        runs.create(MLP, MOMENT + timedelta(minutes=minutes), token)
    (runs.folder / ".new-20991231-000000-mlp-dead").mkdir()
    (runs.folder / "notes.txt").touch()
    assert [run.id[-4:] for run in runs.all()] == ["0000", "aaaa", "ffff"]


def test_ids_sort_by_time_across_time_zones(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    tokyo = timezone(timedelta(hours=9))
    first = runs.create(MLP, datetime(2026, 11, 23, 23, 15, tzinfo=tokyo), "zzzz")
    second = runs.create(MLP, datetime(2026, 11, 23, 14, 16, tzinfo=UTC), "aaaa")
    assert first.id == "20261123-141500-mlp-zzzz"
    assert runs.all() == [second, first]


def test_a_second_run_of_the_same_name_is_refused_and_the_first_is_kept(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    first = runs.create(recipe(KINDS["mlp"], {"lr": 0.5}), MOMENT, "7f3a")
    with pytest.raises(RunError, match="cannot be made"):
        runs.create(MLP, MOMENT, "7f3a")
    assert first.recipe().knobs["lr"] == 0.5
    assert [path.name for path in runs.folder.iterdir()] == [first.id]


def test_a_home_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(RunError, match="--home"):
        Runs(tmp_path / "home").create(MLP, MOMENT, "7f3a")


def test_a_run_is_found_by_id_by_beginning_and_by_end(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    one = runs.create(MLP, MOMENT, "7f3a")
    two = runs.create(MLP, MOMENT + timedelta(days=1), "b00a")
    for text in (one.id, "20261123", "7f3a", "mlp-7f3a"):
        assert runs.find(text) == one
    assert runs.find("b00a") == two


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("2026", "run-ambiguous", "b00a"),
        ("7f3b", "run-unknown", "mlp-7f3a?"),
        ("mlp-b0oa", "run-unknown", "mlp-b00a?"),
        ("", "run-unknown", "no such run"),
        ("../../etc", "run-unknown", "no such run"),
    ],
)
def test_a_name_that_fits_no_run_or_several_gets_a_hint(tmp_path: Path, text: str, code: str, said: str) -> None:
    runs = Runs(tmp_path)
    runs.create(MLP, MOMENT, "7f3a")
    runs.create(MLP, MOMENT + timedelta(days=1), "b00a")
    with pytest.raises(RunError) as caught:
        runs.find(text)
    assert caught.value.code == code
    assert said in caught.value.sentence


def test_a_finished_run_is_deleted_with_all_that_it_has(tmp_path: Path) -> None:
    folder = scripted_run(tmp_path)
    runs = Runs(tmp_path)
    runs.delete(folder)
    assert list(runs.folder.iterdir()) == []
    with pytest.raises(RunError, match="no such run"):
        runs.delete(folder)


def test_a_living_run_is_not_deleted(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    folder = runs.create(MLP, MOMENT, "7f3a")
    with hold(folder.lock_file):
        assert runs.alive(folder)
        with pytest.raises(RunError, match="still alive") as caught:
            runs.delete(folder)
        assert caught.value.code == "run-alive"
    assert not runs.alive(folder)
    assert folder.recipe() == MLP
