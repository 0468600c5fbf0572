"""Tokenizer and weights of a start, opened by transformers: whole, in single precision, and belonging together."""

from __future__ import annotations

import json
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from engine.errors import RecipeError
from engine.model_folder import pickled
from engine.recipes import KINDS, recipe
from engine.runs.starts import Start
from engine.worker.freezing import counts
from engine.worker.opening import open_classifier, open_encoder, open_tokenizer
from engine.worker.scratch import scratch_classifier, scratch_config
from tests.tiny_bert import CONFIG, HIDDEN, SHAPES, WORDS, weights, write_model

pytestmark = pytest.mark.torch

CLASSES = ("animal", "plant", "tool")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("somebody asks the network")

    torch.set_num_threads(1)
    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_model(tmp_path / "tiny")


def of(folder: Path) -> Start:
    return Start("folder", folder, f"./{folder.name}")


def opened(folder: Path, classes: tuple[str, ...] = CLASSES, seed: int = 1, **settings: Any) -> Any:
    torch.manual_seed(seed)
    return open_classifier(of(folder), classes, **{"dropout": 0.0, **settings})


def stored(folder: Path) -> dict[str, Any]:
    from safetensors.torch import load_file

    return load_file(folder / "model.safetensors")


def change_config(folder: Path, **changed: Any) -> None:
    (folder / "config.json").write_text(json.dumps(CONFIG | changed))


def test_the_encoder_is_what_was_stored_under_a_new_head(folder: Path) -> None:
    model = opened(folder)
    before = stored(folder)
    state = model.state_dict()
    for name in ("bert.embeddings.word_embeddings.weight", "bert.encoder.layer.0.attention.self.query.weight"):
        assert torch.equal(state[name], before[name])
    norm = "bert.embeddings.LayerNorm"
    assert torch.equal(state[f"{norm}.weight"], before[f"{norm}.gamma"])
    assert torch.equal(state[f"{norm}.bias"], before[f"{norm}.beta"])
    assert state["classifier.weight"].shape == (3, HIDDEN)
    assert model.config.id2label == dict(enumerate(CLASSES))
    output = model(input_ids=torch.tensor([[2, 5, 7, 3]]), labels=torch.tensor([1]))
    assert output.logits.shape == (1, 3)
    assert torch.isfinite(output.loss)


def test_the_new_head_follows_from_the_seed(folder: Path) -> None:
    one, again, other = (opened(folder, seed=seed).classifier.weight for seed in (1, 1, 2))
    assert torch.equal(one, again)
    assert not torch.equal(one, other)
    assert 0.005 < float(one.detach().std()) < 0.04


def test_another_tasks_classifier_is_left_out_even_of_the_same_size(folder: Path, tmp_path: Path) -> None:
    theirs = opened(folder, seed=5)
    theirs.save_pretrained(tmp_path / "theirs")
    open_tokenizer(of(folder)).save_pretrained(tmp_path / "theirs")
    for classes in (CLASSES, CLASSES[:2]):
        model = opened(tmp_path / "theirs", classes, seed=7)
        assert model.classifier.weight.shape == (len(classes), HIDDEN)
        assert not torch.equal(model.classifier.weight, theirs.classifier.weight[: len(classes)])
        assert torch.equal(model.bert.pooler.dense.weight, theirs.bert.pooler.dense.weight)
        assert model.config.id2label == dict(enumerate(classes))
        again = opened(tmp_path / "theirs", classes, seed=7)
        assert torch.equal(model.classifier.weight, again.classifier.weight)


def test_half_precision_on_disk_is_single_precision_in_memory(folder: Path, tmp_path: Path) -> None:
    opened(folder).half().save_pretrained(tmp_path / "half")
    open_tokenizer(of(folder)).save_pretrained(tmp_path / "half")
    assert stored(tmp_path / "half")["bert.pooler.dense.weight"].dtype == torch.float16
    for model in (opened(tmp_path / "half"), opened(tmp_path / "half", CLASSES[:2]), open_encoder(of(folder))):
        assert {parameter.dtype for parameter in model.parameters()} == {torch.float32}


def test_weights_without_a_pooler_get_a_new_one(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(weights({n: s for n, s in SHAPES.items() if "pooler" not in n}))
    one, again = opened(folder), opened(folder)
    assert torch.equal(one.bert.pooler.dense.weight, again.bert.pooler.dense.weight)
    assert float(one.bert.pooler.dense.weight.detach().std()) > 0


def test_weights_that_were_saved_without_a_prefix_fit(folder: Path, tmp_path: Path) -> None:
    open_encoder(of(folder)).save_pretrained(tmp_path / "bare")
    open_tokenizer(of(folder)).save_pretrained(tmp_path / "bare")
    assert "embeddings.word_embeddings.weight" in stored(tmp_path / "bare")
    model = opened(tmp_path / "bare")
    name = "bert.embeddings.word_embeddings.weight"
    assert torch.equal(model.state_dict()[name], stored(folder)[name])


def test_dropout_is_what_the_recipe_says(folder: Path) -> None:
    model = opened(folder, dropout=0.25)
    assert {part.p for part in model.modules() if isinstance(part, torch.nn.Dropout)} == {0.25}


@pytest.mark.parametrize(
    ("freeze", "frozen"),
    [
        ("none", ()),
        ("embeddings", ("bert.embeddings",)),
        ("encoder", ("bert.embeddings", "bert.encoder")),
    ],
)
def test_what_is_frozen_stays_and_is_counted(folder: Path, freeze: str, frozen: tuple[str, ...]) -> None:
    model = opened(folder, freeze=freeze)
    fixed = {name for name, parameter in model.named_parameters() if not parameter.requires_grad}
    assert fixed == {name for name, _ in model.named_parameters() if frozen and name.startswith(frozen)}
    counted = counts(model)
    assert counted.parameters == model.num_parameters()
    assert counted.trained == model.num_parameters(only_trainable=True)
    if freeze == "encoder":
        assert counted.trained == (HIDDEN + 1) * HIDDEN + (HIDDEN + 1) * len(CLASSES)


def test_a_tokenizer_reads_its_words(folder: Path) -> None:
    tokenizer = open_tokenizer(of(folder))
    assert len(tokenizer) == len(WORDS)
    assert tokenizer.convert_ids_to_tokens(tokenizer("The cat").input_ids) == ["[CLS]", "the", "cat", "[SEP]"]


@pytest.mark.parametrize(
    "break_it",
    [
        lambda folder: (folder / "vocab.txt").unlink(),
        lambda folder: (folder / "vocab.txt").write_text("\n".join(WORDS[:5])),
        lambda folder: (folder / "vocab.txt").write_text("\n".join([*WORDS, "more"])),
        lambda folder: change_config(folder, vocab_size=len(WORDS) + 1),
    ],
    ids=["five-piece trap", "five pieces", "one too many", "one too few"],
)
def test_a_tokenizer_that_is_not_the_models_own_is_an_error(folder: Path, break_it: Callable[[Path], Any]) -> None:
    break_it(folder)
    with pytest.raises(RecipeError, match=r"tokenizer has \d+ pieces and its model knows \d+") as caught:
        open_tokenizer(of(folder))
    assert caught.value.code == "start-tokenizer"


def test_other_models_may_have_a_few_spare_rows(folder: Path) -> None:
    from engine.worker.belonging import require_same_pieces

    require_same_pieces(of(folder), 128_000, {"model_type": "deberta-v2", "vocab_size": 128_100})
    for pieces, kind in ((128_000, "bert"), (5, "deberta-v2"), (128_101, "deberta-v2")):
        with pytest.raises(RecipeError):
            require_same_pieces(of(folder), pieces, {"model_type": kind, "vocab_size": 128_100})


@pytest.mark.parametrize("text", ["nonsense", "{}"])
def test_a_broken_tokenizer_is_one_sentence(folder: Path, text: str) -> None:
    (folder / "tokenizer.json").write_text(text)
    with pytest.raises(RecipeError, match="tokenizer cannot be read") as caught:
        open_tokenizer(of(folder))
    assert caught.value.code == "start-tokenizer-broken"


def test_what_an_error_lists_behind_a_colon_is_told_too(folder: Path) -> None:
    settings = {"tokenizer_class": "TokenizersBackend", "unk_token": "[UNK]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    with pytest.raises(RecipeError, match=r"backend tokenizer from one of: \(1\) a `tokenizers`") as caught:
        open_tokenizer(of(folder))
    assert caught.value.code == "start-tokenizer-broken"


def test_a_tokenizer_that_cannot_fill_up_texts_is_refused(folder: Path) -> None:
    tokenizer = open_tokenizer(of(folder))
    tokenizer.pad_token = None
    (folder / "vocab.txt").unlink()
    tokenizer.save_pretrained(folder)
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    settings |= {"tokenizer_class": "TokenizersBackend", "pad_token": None}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings))
    with pytest.raises(RecipeError, match="fills up short texts") as caught:
        open_tokenizer(of(folder))
    assert caught.value.code == "start-tokenizer-padding"


@pytest.mark.parametrize(
    ("changed", "code", "named"),
    [
        ({"hidden_size": 32}, "start-mismatch", "of another size"),
        ({"num_hidden_layers": 2}, "start-mismatch", "16 are missing"),
        ({"num_hidden_layers": 0}, "start-mismatch", "left over"),
        ({"num_attention_heads": 3}, "start-config-broken", "not a multiple"),
        ({"hidden_size": "many"}, "start-config-broken", "hidden_size"),
        ({"model_type": "nonsense"}, "start-config-broken", "nonsense"),
        ({"model_type": "vit"}, "start-type", "type vit"),
        ({"model_type": "own", "auto_map": {"AutoConfig": "own.Config"}}, "start-code", "never run"),
    ],
)
def test_a_config_that_does_not_fit_is_one_sentence(
    folder: Path, changed: dict[str, Any], code: str, named: str
) -> None:
    (folder / "own.py").write_text("raise SystemExit('this was run')\n")
    change_config(folder, **changed)
    with pytest.raises(RecipeError, match=named) as caught:
        opened(folder)
    assert caught.value.code == code
    assert "\n" not in caught.value.sentence


def test_weights_that_lie_about_their_numbers_are_one_sentence(folder: Path) -> None:
    data = bytearray((folder / "model.safetensors").read_bytes())
    place = data.index(b'"F32"')
    data[place : place + 5] = b'"F99"'
    (folder / "model.safetensors").write_bytes(data)
    with pytest.raises(RecipeError, match="cannot be read") as caught:
        opened(folder)
    assert caught.value.code == "start-weights-broken"


def test_pickled_weights_are_not_opened_and_the_command_converts_them(folder: Path, tmp_path: Path) -> None:
    torch.save(stored(folder), folder / "pytorch_model.bin")
    whole = stored(folder)
    (folder / "model.safetensors").unlink()
    with pytest.raises(RecipeError) as caught:
        opened(folder)
    assert caught.value.code == "start-pickle"
    error = pickled(str(folder), ["pytorch_model.bin"], source=str(folder))
    done = subprocess.run(error.details["command"], shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    converted = tmp_path / error.details["place"]
    assert len(open_tokenizer(of(converted))) == len(WORDS)
    name = "bert.embeddings.word_embeddings.weight"
    assert torch.equal(opened(converted).state_dict()[name], whole[name])


def test_an_encoder_looks_without_dropout(folder: Path) -> None:
    model = open_encoder(of(folder))
    assert not model.training
    ids = torch.tensor([[2, 5, 7, 3]])
    assert torch.equal(model(input_ids=ids).last_hidden_state, model(input_ids=ids).last_hidden_state)


def test_scratch_is_of_the_shape_that_the_knobs_say() -> None:
    made = recipe(KINDS["bert"], {"layers": 1, "hidden": 24, "heads": 3, "max_length": 40, "dropout": 0.2})
    config = scratch_config(made.knobs, 77, CLASSES)
    assert (config.vocab_size, config.hidden_size, config.intermediate_size) == (77, 24, 96)
    assert (config.num_hidden_layers, config.num_attention_heads, config.max_position_embeddings) == (1, 3, 40)
    assert config.id2label == dict(enumerate(CLASSES))
    torch.manual_seed(3)
    one = scratch_classifier(config)
    torch.manual_seed(3)
    again = scratch_classifier(config, freeze="embeddings")
    assert torch.equal(one.state_dict()["classifier.weight"], again.state_dict()["classifier.weight"])
    assert counts(one).trained > counts(again).trained
    ids = torch.ones(1, 40, dtype=torch.long)
    assert one(input_ids=ids).logits.shape == (1, 3)


def test_a_pretraining_from_scratch_has_its_own_positions() -> None:
    made = recipe(KINDS["pretrain"], {"layers": 1, "hidden": 16, "positions": 64})
    config = scratch_config(made.knobs, 100)
    assert config.max_position_embeddings == 64
    assert config.hidden_dropout_prob == 0


def test_the_light_count_of_parameters_is_that_of_transformers() -> None:
    from transformers import BertForSequenceClassification

    from engine.recipes.shape import shape_of_config

    config = scratch_config(recipe(KINDS["bert"], {}).knobs, 4_000, CLASSES[:2])
    shape = shape_of_config(config.to_dict())
    assert shape is not None
    with torch.device("meta"):
        assert shape.classifier(2) == BertForSequenceClassification(config).num_parameters()
