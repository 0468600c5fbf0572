"""The weights that come along can be asked as a run can, before the learner has trained anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import RunError
from engine.runs.asker import has_model, launch_answerer
from engine.runs.asks import Ask
from engine.runs.shipped import shipped_run
from engine.runs.starts import WEIGHTS
from engine.runs.store import Runs
from tests.engine.asking import answer_to


def test_it_is_a_folder_with_a_model_and_no_run_of_the_learners(tmp_path: Path) -> None:
    folder = shipped_run(tmp_path)
    assert folder.recipe().kind == "pretrain"
    assert has_model(folder)
    assert Runs(tmp_path).all() == []
    assert (folder.path / "model" / "model.safetensors").read_bytes() == (WEIGHTS / "model.safetensors").read_bytes()


def test_what_is_cut_off_or_of_another_release_is_made_anew(tmp_path: Path) -> None:
    folder = shipped_run(tmp_path)
    weights = folder.path / "model" / "model.safetensors"
    whole = weights.stat()
    shipped_run(tmp_path)
    assert weights.stat().st_mtime_ns == whole.st_mtime_ns
    weights.write_bytes(weights.read_bytes()[:1000])
    shipped_run(tmp_path)
    assert weights.stat().st_size == whole.st_size
    folder.recipe_file.write_text("{}")
    assert shipped_run(tmp_path).recipe().kind == "pretrain"


def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(RunError, match="cannot be made"):
        shipped_run(tmp_path)


@pytest.mark.torch
def test_it_answers_what_its_card_says_it_answers_and_guessed_evenly_once(own_home: Path) -> None:
    """After 40,000 updates; before the first one no word of the 4,000 was likelier than one in a hundred."""
    folder = shipped_run(own_home)
    launch_answerer(folder)
    ask = Ask(
        kind="fill", text="a small bird with a long [MASK]", words=["tail", "work"], untrained=True, attention=True
    )
    answer = answer_to(folder, ask)
    assert answer.problem is None
    assert answer.update == 40_000
    (after,), (before,) = answer.masks, answer.untrained
    assert {guess.word for guess in after.guesses} >= {"tail", "bill"}
    assert after.asked[0].probability > 100 * after.asked[1].probability
    assert before.guesses[0].probability < 0.01
    assert answer.arrays
    (folder.asks / "leave").write_bytes(b"")
