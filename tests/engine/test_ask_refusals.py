"""Models of every kind refuse alike: nothing saved, numbers that are none, an ask of another kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import RunError
from engine.recipes import Recipe
from engine.runs.asks import Ask
from engine.runs.folder import RunFolder
from engine.worker.answer_mlp import MlpAnswerer, saved_mlp
from engine.worker.desk import Answerer
from engine.worker.drawing import SIDE
from engine.worker.saved_bert import saved_bert
from engine.worker.scaling import scaling
from tests.engine.working import make_run

pytestmark = pytest.mark.torch


@pytest.mark.parametrize(("kind", "saved"), [("mlp", saved_mlp), ("bert", saved_bert), ("pretrain", saved_bert)])
def test_a_run_that_has_saved_nothing_has_no_model_to_ask(
    kind: str, saved: Callable[[RunFolder, Recipe], Answerer], own_home: Path
) -> None:
    run = make_run(own_home, kind)
    with pytest.raises(RunError, match="saved no model yet") as caught:
        saved(run, run.recipe())
    assert caught.value.code == "ask-no-model"


def test_a_network_that_exploded_or_is_asked_for_words_says_so() -> None:
    layer = nn.Linear(SIDE * SIDE, 10)
    answerer = MlpAnswerer(nn.Sequential(nn.Flatten(), layer), "0123456789", lambda: scaling("unit", torch.zeros(0)))
    ink = bytes([255] * SIDE * SIDE)
    assert answerer.answer(Ask(kind="digit", pixels=ink)).answer.probabilities
    with pytest.raises(RunError) as caught:
        answerer.answer(Ask(kind="fill", text="a [MASK]"))
    assert (caught.value.code, caught.value.details["kinds"]) == ("ask-kind", "digit")
    with torch.no_grad():
        layer.bias[0] = torch.nan
    with pytest.raises(RunError) as caught:
        answerer.answer(Ask(kind="digit", pixels=ink))
    assert caught.value.code == "ask-nan"
