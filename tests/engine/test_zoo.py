"""Real models, built without memory and counted."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from engine.errors import RecipeError, RunError
from engine.reading import counting, zoo
from engine.reading.counting import Counting
from engine.reading.zoo import NAMES, Model, Part, cache_file, kept, require_name
from tests.known_zoo import FILE, known_zoo, put_zoo

PUBLISHED = {
    "mlp": 101_770,
    "bert-small": 946_208,
    "resnet18": 11_689_512,
    "resnet50": 25_557_032,
    "vgg16": 138_357_544,
    "inception_v3": 27_161_264,
    "vit_b_16": 86_567_656,
    "bert-base": 109_482_240,
    "bert-large": 335_141_888,
    "gpt2": 124_439_808,
    "gpt2-medium": 354_823_168,
    "gpt2-large": 774_030_080,
    "gpt2-xl": 1_557_611_200,
    "llama2-7b": 6_738_415_616,
    "llama2-70b": 68_976_648_192,
    "t5-11b": 11_307_321_344,
    "bloom-176b": 176_247_271_424,
    "llama3.1-405b": 405_853_388_800,
}
"""What the libraries' pages, the model cards and our own card say."""

GPT3_OF_THE_PAPER = 174_600e6
"""Brown et al. 2020, table D.1."""

GIGA_MULTIPLICATIONS = {
    "resnet18": 1.814,
    "resnet50": 4.089,
    "vgg16": 15.470,
    "inception_v3": 5.713,
    "vit_b_16": 17.564,
}
"""What torchvision's pages say of one image, in 10^9 multiplications with their additions."""


@pytest.fixture(scope="module")
def models() -> dict[str, Model]:
    """Return what is kept, which the test of the real process holds to what is built."""
    return {model.name: model for model in known_zoo().models}


@pytest.mark.torch
def test_the_real_process_counts_what_is_kept_and_is_quick(tmp_path: Path) -> None:
    """Every figure of every model, and soon, once everything is imported."""
    home = tmp_path / "home"
    built = Counting(home).wait()
    if os.environ.get("SNAPSHOTS") == "renew":
        FILE.write_bytes(msgspec.json.format(msgspec.json.encode(built), indent=1) + b"\n")
    assert built.models == known_zoo().models
    assert kept(home) == built
    assert built.processor_seconds < 4  # 1.2 by itself; on a crowded machine, whose caches are cold, twice that


def test_parameters_are_the_published_ones(models: dict[str, Model]) -> None:
    """To the last digit; GPT-3's to the digits of its paper."""
    assert {name: models[name].parameters for name in PUBLISHED} == PUBLISHED
    assert models["gpt3"].parameters == pytest.approx(GPT3_OF_THE_PAPER, rel=1e-4)
    assert set(models) == set(NAMES) == {*PUBLISHED, "gpt3"}


def test_models_are_named_by_size() -> None:
    """The smallest first, in the list of names too."""
    assert [model.name for model in known_zoo().models] == list(NAMES)


def test_parts_are_those_that_papers_name(models: dict[str, Model]) -> None:
    """A block's feed-forward is twice its attention; a vocabulary is as large as it is."""
    parts = {name: {part.name: part.parameters for part in model.parts} for name, model in models.items()}
    for name in ("bert-base", "gpt2-xl", "gpt3", "bloom-176b"):
        assert parts[name]["feed-forward"] / parts[name]["attention"] == pytest.approx(2, rel=1e-3)
    assert parts["gpt2"]["embeddings"] == (50_257 + 1024) * 768
    assert parts["llama2-70b"]["embeddings"] == parts["llama2-70b"]["head"] == 32_000 * 8192
    assert parts["llama2-70b"]["attention"] == 80 * 8192 * 8192 * (2 + 2 / 8)
    assert parts["vit_b_16"]["embeddings"] == 768 * (16 * 16 * 3 + 1) + 768 + 197 * 768
    assert parts["resnet50"]["head"] == 2048 * 1000 + 1000
    assert parts["mlp"] == {"feed-forward": 100_480, "head": 1_290}


def test_tied_embeddings_are_counted_once(models: dict[str, Model]) -> None:
    """GPT-2's, T5's and BLOOM's output layer is their embeddings; Llama's is not, and a bare BERT has none."""
    tied = {name for name, model in models.items() if model.tied}
    assert tied == {"bert-small", "gpt2", "gpt2-medium", "gpt2-large", "gpt2-xl", "gpt3", "t5-11b", "bloom-176b"}


def test_arithmetic_of_images_is_what_torchvision_says(models: dict[str, Model]) -> None:
    """A multiplication and an addition are two operations."""
    found = {name: models[name].flops / 2e9 for name in GIGA_MULTIPLICATIONS}
    assert found == pytest.approx(GIGA_MULTIPLICATIONS, abs=1e-3)


def test_arithmetic_of_tokens_is_twice_the_weights_they_pass(models: dict[str, Model]) -> None:
    """And what they are compared with: at long contexts of small models that is much."""
    gpt3 = models["gpt3"]
    assert gpt3.flops == pytest.approx(2 * gpt3.parameters, rel=0.02)
    assert gpt3.attention_flops == 2 * 96 * 2048 * 12_288
    assert models["bert-base"].attention_flops == 4 * 12 * 512 * 768
    assert models["t5-11b"].attention_flops == (4 + 2 + 4) * 24 * 512 * 128 * 128
    assert all(model.training_flops == 3 * model.flops for model in models.values())


def test_memory_by_precision_and_purpose() -> None:
    """16 bytes a parameter for training, with or without mixed precision; none in 8 bits."""
    model = Model(
        name="x", title="X", year=0, shape={}, parts=(Part("head", 600), Part("norm", 400)), unit="image", flops=1
    )
    weights = [model.bytes("weights", precision) for precision in ("fp32", "bf16", "int8")]
    training = [model.bytes("training", precision) for precision in ("fp32", "bf16", "int8")]
    assert (weights, training) == ([4000, 2000, 1000], [16_000, 16_000, None])


def test_an_unknown_model_is_a_sentence_with_the_nearest_one() -> None:
    """Or with all of them where none is near."""
    with pytest.raises(RecipeError, match=r"gpt-xl.*did you mean gpt2-xl\?.*bloom-176b"):
        require_name("gpt-xl")
    with pytest.raises(RecipeError, match="zzz: there is no such model; there are mlp"):
        require_name("zzz")


def test_what_was_counted_is_kept_for_the_same_packages_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new release may build other models."""
    assert kept(tmp_path) is None
    put_zoo(tmp_path)
    assert kept(tmp_path) == known_zoo()
    cache_file(tmp_path).write_text('{"format": 1, "models": []')
    assert kept(tmp_path) is None
    put_zoo(tmp_path)
    monkeypatch.setattr("importlib.metadata.version", lambda package: "99")
    assert kept(tmp_path) is None


def test_without_a_package_a_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is started."""
    monkeypatch.setattr(zoo, "PACKAGES", ("torch", "no-such-package-here"))
    with pytest.raises(RunError, match="no-such-package-here is not installed"):
        Counting(tmp_path)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ('print(\'{"doing": "loading", "what": "torch"}\'); print(\'{"failed": "no room"}\'); exit(1)', "no room"),
        ("raise SystemExit('Illegal instruction')", "Illegal instruction"),
        ("import os; os._exit(3)", "exit status 3"),
    ],
)
def test_a_process_that_gives_up_or_dies_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    """Whatever it said last, or how it ended."""
    monkeypatch.setattr(counting, "MODULE", ["-c", script])
    with pytest.raises(RunError, match=f"could not be counted: {why}"):
        Counting(tmp_path).wait()
