"""The presets that come with the program: pairs are fair, and what each says is so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from content.course.course import Course, bundled, open_course
from content.course.page import Page
from content.course.preset import Preset
from engine.datasets import DIGITS
from engine.datasets.facts import FACTS
from engine.reading.origin import shape
from engine.recipes import KINDS, Recipe
from engine.recipes.costing import cost
from engine.recipes.schedule import outlasts
from tui.pair import other_half
from tui.screens.lab_presets import LabPresets
from tui.start import asked

COURSE = open_course(bundled())
PRESETS = COURSE.presets
PAIRS = [preset for preset in PRESETS.values() if preset.beside]


def pages(course: Course) -> Iterator[Page]:
    for slug in course.slugs:
        for language in course.languages:
            page = course.page(slug, language)
            assert page is not None
            yield page


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


def chance(preset: Preset) -> float:
    """Return the accuracy of always saying the commonest label of what the preset learns from."""
    data = str(made(preset).knobs["data"])
    if data == "digits":
        counts: Counter[object] = Counter(
            next(file for file in DIGITS if file.name.startswith("train-labels")).unpacked()[8:]
        )
    else:
        counts = Counter(FACTS[data].classes)
    return max(counts.values()) / counts.total()


@pytest.mark.parametrize(
    "preset", [each for each in PRESETS.values() if each.kind != "pretrain"], ids=lambda each: each.name
)
def test_what_is_said_to_learn_was_run_over_seeds_and_does(preset: Preset) -> None:
    """Better than always saying the commonest label, by five points, in the worst of its runs."""
    low, middle, high = preset.outcome["test_accuracy"]
    assert preset.outcome["seeds"] >= 5
    assert low <= middle <= high
    assert not preset.learns or low > chance(preset) + 0.05


def test_every_preset_that_a_page_starts_ships_its_outcome_over_five_seeds() -> None:
    """Else a page would promise what nobody has seen."""
    started = {name for page in pages(COURSE) for name in page.presets()}
    assert started >= {"raw", "zero-grad-off", "article", "article-standard", "bert-topics"}
    unmeasured = [name for name in started if PRESETS[name].outcome.get("seeds", 0) < 5]
    assert unmeasured == []


def test_chance_is_that_of_the_commonest_label() -> None:
    """A tenth and a little for digits, a sixth for six topics that are equally frequent."""
    assert 0.1 < chance(PRESETS["raw"]) < 0.125
    assert chance(PRESETS["bert-topics"]) == pytest.approx(1 / 6)


def test_the_lesson_of_each_pair_is_what_was_measured() -> None:
    """In the median run, and where it matters in the worst against the best."""

    def reached(name: str) -> list[float]:
        figures: list[float] = PRESETS[name].outcome["test_accuracy"]
        return figures

    assert reached("few-labels")[0] > reached("few-labels-scratch")[2] + 0.1
    assert reached("fifty-labels")[0] > reached("fifty-labels-scratch")[2] + 0.1
    assert reached("bert-topics")[0] > reached("bert-scratch")[2]
    assert reached("few-labels")[1] > reached("frozen")[1]
    assert reached("hundred-labels")[1] > reached("few-labels")[1]
    assert reached("article-repaired")[0] > reached("article")[2] + 0.1
