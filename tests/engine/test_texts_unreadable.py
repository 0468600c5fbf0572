"""Texts that a start's tokenizer cannot read: said before PyTorch and Transformers are loaded."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.errors import DataError, RecipeError
from engine.recipes import KINDS, recipe
from engine.recipes.checks import SHIPPED_UNKNOWN, check
from engine.runs.starts import WEIGHTS, Start, resolve
from engine.worker import bert_run
from engine.worker.texts import EMBEDDED, texts
from engine.worker.unknown import TOO_MUCH, refuse_unknown_to
from tests.engine.working import make_run, try_run

ENGLISH = ["a cat sat on the mat", "the dog ran after the cat"]
CHINESE = ["学而时习之，不亦说乎？", "有朋自远方来，不亦乐乎？"]


@pytest.mark.parametrize("data", EMBEDDED)
def test_the_recipe_knows_which_embedded_texts_the_shipped_weights_cannot_read(data: str, tmp_path: Path) -> None:
    train = texts(data, cache=tmp_path).train.texts
    wanted = recipe(KINDS["bert"], {"start": "shipped", "data": data})
    if data not in SHIPPED_UNKNOWN:
        check(wanted)
        refuse_unknown_to(resolve("shipped", tmp_path), train, data)
        return
    with pytest.raises(RecipeError) as asked:
        check(wanted)
    with pytest.raises(DataError) as read:
        refuse_unknown_to(resolve("shipped", tmp_path), train, data)
    assert asked.value.sentence == read.value.sentence
    assert asked.value.details == read.value.details
    assert SHIPPED_UNKNOWN[data] > TOO_MUCH


def test_a_learner_hears_of_unreadable_texts_before_anything_heavy_is_loaded(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(_: object) -> None:
        raise AssertionError("Transformers was loaded first")

    monkeypatch.setattr(bert_run, "load_transformers", too_late)
    rows = [f"{text}{number},{label}" for number in range(20) for text, label in zip(CHINESE, "甲乙", strict=True)]
    (tmp_path / "own.csv").write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = try_run(make_run(own_home, "bert", start="shipped", data=str(tmp_path / "own.csv")))
    assert result.state == "failed"
    assert "Take start=scratch" in result.reason


def test_a_tokenizer_that_is_not_whole_is_left_to_where_the_model_is_opened(tmp_path: Path) -> None:
    """There a sentence says what ails it; that it cannot read the texts would be the wrong one."""
    folder = tmp_path / "model"
    shutil.copytree(WEIGHTS, folder)
    start = Start("folder", folder, "./model")
    refuse_unknown_to(start, ENGLISH, "own.csv")
    with pytest.raises(DataError, match=r"start=\./model: its tokenizer turns"):
        refuse_unknown_to(start, CHINESE, "own.csv")

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    (folder / "config.json").write_text(json.dumps(config | {"vocab_size": 5}), encoding="utf-8")
    refuse_unknown_to(start, CHINESE, "own.csv")

    (folder / "tokenizer.json").write_text("nonsense", encoding="utf-8")
    refuse_unknown_to(start, CHINESE, "own.csv")

    (folder / "tokenizer.json").unlink()
    refuse_unknown_to(start, CHINESE, "own.csv")


@pytest.mark.parametrize("start", ["scratch", "user/chinese"])
def test_other_starts_may_read_what_the_shipped_weights_cannot(start: str) -> None:
    check(recipe(KINDS["bert"], {"start": start, "data": "classics"}))
