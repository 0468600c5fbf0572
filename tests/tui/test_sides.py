"""Runs side by side, in words: what tells them apart, and what came of each."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from content.course.preset import Preset
from content.course.text import Text
from engine.reading.follow import Follower
from engine.recipes import Recipe
from engine.runs.folder import RunFolder
from tests.clock import Clock
from tests.fake_bert import ScriptedBert, ScriptedPretrain
from tests.fakes import ScriptedRun
from tui.sides import Side, measured, names, share, told
from tui.start import asked
from tui.words import Words

ENGLISH, CHINESE = Words("en"), Words("zh")


def bert(preset: str = "", title: str = "", **wishes: Any) -> Recipe:
    return asked("bert", wishes, preset=preset, title=title)


IDS = ["20261123-141502-bert-00aa", "20261123-141502-bert-00ab"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (bert("a", start="shipped"), bert("b", start="scratch"), ["shipped", "scratch"]),
        (bert("a", start="shipped", lr=5e-4), bert("b", start="scratch", lr=1e-3), ["shipped", "scratch"]),
        (bert(freeze="none"), bert(freeze="encoder"), ["freeze=none", "freeze=encoder"]),
        (bert(lr=5e-4), bert(lr=1e-3), ["lr=0.0005", "lr=0.001"]),
        (bert(tensorboard=True), bert(), ["tensorboard=true", "tensorboard=false"]),
        (
            bert(labels_per_class=10, epochs=38),
            bert(labels_per_class=100),
            ["epochs=38 labels_per_class=10", "epochs=4 labels_per_class=100"],
        ),
        (
            bert("few", labels_per_class=10, epochs=38),
            bert("many", labels_per_class=100),
            ["few", "many"],
        ),
        (bert(title="mine"), bert(title="yours\n2", lr=1), ["mine", "yours 2"]),
        (bert(), bert(), ["bert-00aa", "bert-00ab"]),
        (bert(lr=1, seed=2, epochs=3), bert(), ["bert-00aa", "bert-00ab"]),
        (asked("mlp", {}), bert(), ["bert-00aa", "bert-00ab"]),
    ],
)
def test_a_name_says_what_differs(first: Recipe, second: Recipe, said: list[str]) -> None:
    """A title, else a word, else one knob, else a preset, else two knobs, else the id."""
    assert names([first, second], IDS) == said


def side(folder: RunFolder, name: str) -> Side:
    follower = Follower(folder)
    follower.poll(5)
    return Side(
        run_id=folder.id,
        name=name,
        recipe=follower.recipe,
        progress=follower.progress,
        state=follower.state(follower.progress.heard),
    )


def finished(run: ScriptedRun, updates: int = 300) -> RunFolder:
    run.attempt()
    run.plan()
    run.train(updates)
    run.end()
    return run.folder


def test_results_stand_side_by_side_with_their_updates(tmp_path: Path) -> None:
    """Both finished after as many updates; or each after its own."""
    one, two = finished(ScriptedBert(tmp_path, token="00aa")), finished(ScriptedBert(tmp_path, token="00ab"))
    short = finished(ScriptedBert(tmp_path, token="00ac", updates=200), 200)
    sides = [side(one, "shipped"), side(two, "scratch")]
    accuracy = share(sides[0].figure or 0)
    assert told(sides, ENGLISH) == f"Test accuracy: shipped {accuracy}, scratch {accuracy}, at 300 updates each."
    assert told(sides, CHINESE) == f"测试准确率：shipped {accuracy}，scratch {accuracy}，各更新 300 次。"
    uneven = told([side(one, "many"), side(short, "few")], ENGLISH)
    assert uneven.startswith(f"Test accuracy: many {accuracy} at update 300, few ")
    assert uneven.endswith(" at update 200.")


def test_while_one_waits_the_other_is_told_so_far(tmp_path: Path) -> None:
    """First what each is doing, then what the validation set says."""
    first, second = (ScriptedBert(tmp_path, token=token, clock=Clock(time.time())) for token in ("00aa", "00ab"))
    first.attempt()
    first.load("torch")
    second.attempt()
    second.queue()
    sides = [side(first.folder, "a"), side(second.folder, "b")]
    assert told(sides, ENGLISH) == "a loading PyTorch, b waiting its turn."
    first.plan()
    first.train(75)
    said = told([side(first.folder, "a"), side(second.folder, "b")], ENGLISH)
    assert said.startswith("Validation accuracy so far: a .")
    assert said.endswith(" at update 75, b waiting its turn.")
    first.kill()
    second.kill()


def test_a_run_that_failed_is_named_beside_the_one_that_did_not(tmp_path: Path) -> None:
    """A figure where there is one, a state where there is none."""
    broken = ScriptedBert(tmp_path, token="00aa")
    broken.attempt()
    broken.end("failed", reason="The disk is full.", code="disk-full")
    said = told([side(broken.folder, "a"), side(finished(ScriptedBert(tmp_path, token="00ab")), "b")], ENGLISH)
    assert said.startswith("Test accuracy: a failed, b .")


def test_pretraining_is_compared_by_its_loss(tmp_path: Path) -> None:
    """An accuracy on hidden words says little."""
    runs = [finished(ScriptedPretrain(tmp_path, token=token), 1_500) for token in ("00aa", "00ab")]
    sides = [side(run, name) for run, name in zip(runs, ("dropout=0", "dropout=0.1"), strict=True)]
    assert sides[0].progress.tested is not None
    loss = f"{sides[0].progress.tested.loss:.3f}"
    assert told(sides, ENGLISH) == (
        f"Test loss on hidden words: dropout=0 {loss}, dropout=0.1 {loss}, at 1,500 updates each."
    )


def test_what_presets_reached_is_set_beside_one_run_each() -> None:
    """Only where both were measured over as many seeds, and do what their presets say."""

    def preset(name: str, kind: str = "bert", **outcome: Any) -> Preset:
        return Preset(name=name, kind=kind, title=Text(), note=Text(), wishes={"epochs": 38}, outcome=outcome)

    made = [
        preset("few", seeds=5, test_accuracy=[0.69, 0.71, 0.73]),
        preset("scratch", seeds=5, test_accuracy=[0.36, 0.39, 0.41]),
        preset("other", seeds=3, test_accuracy=[0.1, 0.2, 0.3]),
        preset("none"),
        preset("mlp", "mlp", seeds=5, test_accuracy=[0.9, 0.9, 0.9]),
    ]
    presets = {each.name: each for each in [*made, replace(made[0], name="unsound", wishes={"epochs": -1})]}

    class Run:
        def __init__(self, preset: str, **wishes: Any) -> None:
            self.name, self.recipe = preset, bert(preset, **{"epochs": 38, **wishes})

    def said(*runs: Run) -> str:
        return measured(runs, presets, ENGLISH)  # type: ignore[arg-type]  # a stand-in

    both = "Over 5 seeds: few .690 to .730, scratch .360 to .410."
    assert said(Run("few"), Run("scratch")) == both
    assert said(Run("few", seed=7, pace=5), Run("scratch", threads=2)) == both
    assert said(Run("few"), Run("scratch", epochs=6)) == said(Run("few", lr=1.0), Run("scratch")) == ""
    for name in ("other", "none", "gone", "mlp", "unsound"):
        assert said(Run("few"), Run(name)) == ""
