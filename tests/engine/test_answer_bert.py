"""What a BERT answers: labels, guesses, attention, neighbours; and every trouble in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import BertConfig, BertForMaskedLM, BertForSequenceClassification

from engine.errors import RunError
from engine.runs.asks import Ask
from engine.worker import answer_bert, fresh_examples
from engine.worker.answer_bert import BertAnswerer, keep_training
from engine.worker.examples import balanced, kept_examples
from engine.worker.wordpiece import train_wordpiece
from tests.engine.working import make_run

pytestmark = pytest.mark.torch

TEXTS = [
    f"the {size} {noun} of number {number}"
    for noun in ("cat", "soup", "hill")
    for size in ("small", "old")
    for number in range(60)
]
LABELS = [label for label in range(3) for _ in range(120)]
CLASSES = ["animal", "food", "place"]
LONGEST = 32


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return train_wordpiece(TEXTS, 120, LONGEST)


@pytest.fixture
def config(tokenizer: Any) -> BertConfig:
    torch.manual_seed(0)
    return BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LONGEST,
        id2label=dict(enumerate(CLASSES)),
        hidden_dropout_prob=0.5,
        initializer_range=0.5,  # else an untrained model takes all texts for alike
    )


@pytest.fixture
def labels(config: BertConfig, tokenizer: Any) -> BertAnswerer:
    return BertAnswerer(BertForSequenceClassification(config), tokenizer, CLASSES, TEXTS, LABELS)


@pytest.fixture
def words(config: BertConfig, tokenizer: Any) -> BertAnswerer:
    return BertAnswerer(BertForMaskedLM(config), tokenizer)


def refused(answerer: BertAnswerer, **ask: Any) -> str:
    with pytest.raises(RunError) as error:
        answerer.answer(Ask(**ask))
    return error.value.code


def test_a_text_gets_the_probability_of_each_class(labels: BertAnswerer) -> None:
    answer = labels.answer(Ask(kind="classify", text="the old cat")).answer
    assert answer.classes == CLASSES
    assert sum(answer.probabilities) == pytest.approx(1)
    assert answer.pieces == ["[CLS]", "the", "old", "cat", "[SEP]"]
    assert len(answer.ids) == 5
    assert answer.notes == []
    assert labels.answer(Ask(kind="classify", text="the old cat")).answer.probabilities == answer.probabilities


def test_attention_is_a_share_of_each_token_for_every_layer_and_head(labels: BertAnswerer) -> None:
    arrays = labels.answer(Ask(kind="classify", text="the old cat", attention=True)).arrays
    assert arrays["attention"].shape == (2, 2, 5, 5)
    assert torch.allclose(arrays["attention"].float().sum(-1), torch.ones(2, 2, 5), atol=2e-3)
    assert labels.answer(Ask(kind="classify", text="the old cat")).arrays == {}


def test_attention_alone_needs_neither_a_label_nor_a_mask(labels: BertAnswerer, words: BertAnswerer) -> None:
    for answerer, other in ((labels, "classify"), (words, "fill")):
        reply = answerer.answer(Ask(kind="attend", text="the old [MASK] cat", attention=True))
        assert (reply.answer.kind, reply.answer.probabilities, reply.answer.masks) == ("attend", [], [])
        same = answerer.answer(Ask(kind=other, text="the old [MASK] cat", attention=True))
        assert reply.answer.pieces == same.answer.pieces
        assert torch.equal(reply.arrays["attention"], same.arrays["attention"])
    assert refused(words, kind="attend", text=" ") == "ask-empty"


def test_words_that_are_asked_about_have_their_own_probabilities(words: BertAnswerer) -> None:
    asked = ["cat", "never seen", "soup", "zzz"]
    (masked,) = words.answer(Ask(kind="fill", text="the old [MASK]", words=asked)).answer.masks
    assert [guess.word for guess in masked.asked] == ["cat", "soup"]
    likeliest = {guess.word: guess.probability for guess in masked.guesses}
    for guess in masked.asked:
        assert guess.probability == likeliest.get(guess.word, guess.probability) > 0
    assert words.answer(Ask(kind="fill", text="the old [MASK]", untrained=True)).answer.untrained == []


def test_each_mask_gets_its_five_likeliest_words(words: BertAnswerer) -> None:
    answer = words.answer(Ask(kind="fill", text="the [MASK] cat of 【mask】 number")).answer
    assert [answer.pieces[masked.position] for masked in answer.masks] == ["[MASK]", "[MASK]"]
    for masked in answer.masks:
        shares = [guess.probability for guess in masked.guesses]
        assert shares == sorted(shares, reverse=True)
        assert len(shares) == 5
        assert not any(guess.word.startswith("[") and len(guess.word) > 1 for guess in masked.guesses)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b"])
def test_no_text_is_no_question(labels: BertAnswerer, words: BertAnswerer, text: str) -> None:
    assert refused(labels, kind="classify", text=text) == "ask-empty"
    assert refused(words, kind="fill", text=text) == "ask-empty"


def test_other_troubles_have_sentences_of_their_own(labels: BertAnswerer, words: BertAnswerer) -> None:
    assert refused(words, kind="fill", text="the old cat") == "ask-no-mask"
    assert refused(words, kind="fill", text="cat " * 1000 + "[MASK]") == "ask-mask-cut"
    assert refused(words, kind="classify", text="a") == "ask-kind"
    assert refused(labels, kind="digit", pixels=bytes(784)) == "ask-kind"


def test_a_very_long_text_is_cut_to_the_models_length_and_that_is_said(labels: BertAnswerer) -> None:
    answer = labels.answer(Ask(kind="classify", text="cat " * 25_000)).answer
    assert len(answer.ids) == LONGEST
    (note,) = answer.notes
    assert note.code == "ask-cut"
    assert note.details["of"] == "100,000"
    answer = labels.answer(Ask(kind="classify", text="x" * 100_000)).answer
    assert [note.code for note in answer.notes] == ["ask-cut", "ask-unknown-all"]


def test_attention_of_a_long_text_is_left_out_and_that_is_said(
    labels: BertAnswerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_bert, "ATTENTION_PIECES", 8)
    reply = labels.answer(Ask(kind="classify", text="cat " * 10, attention=True))
    assert [note.code for note in reply.answer.notes] == ["ask-long-attention"]
    assert reply.arrays == {}


def test_characters_that_the_model_has_never_seen_are_named(labels: BertAnswerer) -> None:
    (note,) = labels.answer(Ask(kind="classify", text="the 猫 cat")).answer.notes
    assert (note.code, note.details) == ("ask-unknown", {"unknown": "1", "pieces": "3", "told": "猫"})
    (note,) = labels.answer(Ask(kind="classify", text="床前明月光")).answer.notes
    assert note.code == "ask-unknown-all"


def test_a_model_that_exploded_says_so(config: BertConfig, tokenizer: Any) -> None:
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.bias[0] = torch.nan
    assert refused(BertAnswerer(model, tokenizer, CLASSES), kind="classify", text="cat") == "ask-nan"


def test_asking_leaves_no_trace_in_the_model(labels: BertAnswerer, config: BertConfig) -> None:
    model = labels._model
    model.train()
    random = torch.get_rng_state()
    attention = model.config._attn_implementation
    for text in ("the old cat", ""):
        try:
            labels.answer(Ask(kind="classify", text=text, attention=True))
        except RunError:
            continue
    labels.prepare()
    assert all(module.training for module in model.modules())
    assert torch.equal(torch.get_rng_state(), random)
    assert model.config._attn_implementation == attention != "eager"
    assert all(parameter.grad is None for parameter in model.parameters())
    assert torch.is_grad_enabled()


def test_examples_are_balanced_and_spread() -> None:
    rows = balanced(LABELS, 30)
    assert [LABELS[row] for row in rows] == [0] * 10 + [1] * 10 + [2] * 10
    assert rows[9] > 100
    assert balanced([0, 0, 1], 240) == [0, 1, 2]
    assert balanced([], 240) == []


def test_neighbours_are_looked_through_in_slices_and_anew_once_the_model_has_moved(
    config: BertConfig, tokenizer: Any
) -> None:
    now, update = [0.0], [5]
    model = BertForSequenceClassification(config)
    answerer = BertAnswerer(model, tokenizer, CLASSES, TEXTS, LABELS, update=lambda: update[0], clock=lambda: now[0])
    ask = Ask(kind="classify", text="the old soup of number 7")
    assert answerer.answer(ask).answer.neighbours_update == -1
    slices = fresh_examples.LIVE_EXAMPLES // fresh_examples.SLICE_EXAMPLES
    for _ in range(slices):
        assert answerer.answer(ask).answer.neighbours == []
        answerer.prepare()
    found = answerer.answer(ask).answer
    assert found.neighbours_update == 5
    assert [near.similarity for near in found.neighbours] == sorted(
        (near.similarity for near in found.neighbours), reverse=True
    )
    assert {near.label for near in found.neighbours} <= set(CLASSES)
    with torch.no_grad():
        model.bert.embeddings.word_embeddings.weight.mul_(-1)
    for moment, seen in ((1.0, 5), (1.0, 5), (10.0, 9)):
        now[0], update[0] = moment, 9
        for _ in range(slices):
            answerer.prepare()
        assert answerer.answer(ask).answer.neighbours_update == seen
    assert answerer.answer(ask).answer.neighbours != found.neighbours


def test_a_finished_run_keeps_its_examples(own_home: Path, config: BertConfig, tokenizer: Any) -> None:
    folder = make_run(own_home)
    model = BertForSequenceClassification(config)
    keep_training(folder, model, tokenizer, TEXTS, LABELS)
    kept = kept_examples(folder)
    assert kept is not None
    assert len(kept.texts) == len(TEXTS)
    answerer = BertAnswerer(model, tokenizer, CLASSES, examples=kept, update=lambda: 40)
    answer = answerer.answer(Ask(kind="classify", text=TEXTS[130])).answer
    assert answer.neighbours_update == 40
    near = {neighbour.text: neighbour for neighbour in answer.neighbours}
    assert near[TEXTS[130]].similarity == pytest.approx(1, abs=2e-3)
    assert near[TEXTS[130]].label == "food"


@pytest.mark.parametrize("torn", ["training.json", "training.safetensors"])
def test_examples_that_are_torn_or_gone_count_as_none(
    own_home: Path, config: BertConfig, tokenizer: Any, torn: str
) -> None:
    folder = make_run(own_home)
    assert kept_examples(folder) is None
    keep_training(folder, BertForSequenceClassification(config), tokenizer, TEXTS, LABELS)
    file = folder.arrays / torn
    file.write_bytes(file.read_bytes()[:-9])
    assert kept_examples(folder) is None
