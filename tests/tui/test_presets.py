"""The presets that come with the program: pairs are fair, and what each says is so."""

from __future__ import annotations

import pytest

from content.course.course import bundled, open_course
from content.course.preset import Preset
from engine.reading.origin import shape
from engine.recipes import KINDS, Recipe
from engine.recipes.cost import cost
from engine.recipes.schedule import outlasts
from tui.pair import other_half
from tui.screens.lab_presets import LabPresets
from tui.start import asked

PRESETS = open_course(bundled()).presets
PAIRS = [preset for preset in PRESETS.values() if preset.beside]


def made(preset: Preset) -> Recipe:
    return asked(preset.kind, preset.wishes, preset=preset.name)


def updates(recipe: Recipe) -> int:
    found = cost(recipe, shape(recipe)).updates
    assert found is not None
    return found


@pytest.mark.parametrize("preset", PAIRS, ids=lambda preset: preset.name)
def test_a_pair_does_equally_many_updates(preset: Preset) -> None:
    """Else the longer run would win by its length."""
    recipe = made(preset)
    other = other_half(preset, PRESETS[preset.beside], recipe.knobs)
    assert updates(recipe) == updates(other)
    assert recipe.knobs != other.knobs
    assert recipe.knobs["seed"] == other.knobs["seed"]


@pytest.mark.parametrize(
    ("name", "count"),
    [("few-labels", 152), ("fifty-labels", 209), ("bert-topics", 300), ("article", 1_350), ("classics", 462)],
)
def test_presets_do_the_updates_that_were_measured(name: str, count: int) -> None:
    assert updates(made(PRESETS[name])) == count


def test_the_article_is_taken_at_its_word() -> None:
    """Its numbers, on a small model from scratch; its warm-up is long, but ends."""
    knobs = made(PRESETS["article"]).knobs
    numbers = {name: knobs[name] for name in ("epochs", "train_batch", "eval_batch", "warmup", "weight_decay", "lr")}
    assert numbers == {
        "epochs": 3,
        "train_batch": 16,
        "eval_batch": 64,
        "warmup": 500,
        "weight_decay": 0.01,
        "lr": 5e-5,
    }
    assert (knobs["start"], PRESETS["article"].learns) == ("scratch", False)
    assert not outlasts(1_350, 500)


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_preset_of_each_kind_is_its_defaults(kind: str) -> None:
    """The lab begins there, and so does whoever sets nothing."""
    presets = LabPresets(PRESETS, kind)
    assert presets.texts(presets.names()[0]) == presets.texts("")
    assert presets.names()[0] in PRESETS


def test_what_is_changed_in_one_half_is_changed_in_the_other_unless_they_differ_there() -> None:
    """The seed in both; the rate of the learner's half only, where the other half is about the rate."""
    preset, other = PRESETS["article"], PRESETS["article-repaired"]
    changed = asked("bert", preset.wishes | {"seed": 4, "lr": 1e-4, "epochs": 2})
    half = other_half(preset, other, changed.knobs)
    assert (half.knobs["seed"], half.knobs["epochs"], half.knobs["lr"]) == (4, 2, 1e-3)
    assert half.preset == "article-repaired"
