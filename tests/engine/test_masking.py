"""What pre-training is made of: pieces, hidden words, the order of texts, and a loss that is computed sparingly."""

from __future__ import annotations

import io
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow.parquet import read_table

from engine.datasets import CLASSICS
from engine.datasets.facts import FACTS
from engine.errors import DataError
from engine.worker.by_length import POOL, ByLength
from engine.worker.corpus import corpus
from engine.worker.looking import Projection, looked_at
from engine.worker.masked_trainer import MaskedTrainer
from engine.worker.masking import Masking
from engine.worker.scores import macro_f1, scores_of
from engine.worker.wordpiece import SPECIAL, train_wordpiece

pytestmark = pytest.mark.torch

TEXTS = [
    f"the {size} {kind} of number {number}"
    for size in ("old", "new")
    for kind in ("cat", "tree", "king", "lake")
    for number in range(40)
]
CHINESE = ["君子和而不同。", "小人同而不和。", "学而时习之，不亦说乎？"] * 5


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return train_wordpiece(TEXTS, 120, 32)


def test_a_vocabulary_is_the_same_each_time_it_is_made() -> None:
    vocabularies = [train_wordpiece(TEXTS[:50], 60, 32).get_vocab() for _ in range(6)]
    assert all(vocabulary == vocabularies[0] for vocabulary in vocabularies)
    assert [vocabularies[0][piece] for piece in SPECIAL] == list(range(5))


def test_each_chinese_character_is_a_piece_of_its_own() -> None:
    tokenizer = train_wordpiece(CHINESE, 200, 32)
    assert tokenizer.tokenize("君子不同") == ["君", "子", "不", "同"]
    assert not [piece for piece in tokenizer.get_vocab() if piece.startswith("##")]


def test_a_sixth_of_the_tokens_is_hidden_most_of_them_behind_mask(tokenizer: Any) -> None:
    masking = Masking(tokenizer, share=0.15, seed=3)
    features = [{"input_ids": tokenizer(text)["input_ids"]} for text in TEXTS * 10]
    batch = masking(features)
    real = batch["attention_mask"].bool() & (batch["input_ids"] != 0)
    ends = torch.isin(batch["input_ids"], torch.tensor([tokenizer.cls_token_id, tokenizer.sep_token_id]))
    hidden = batch["labels"] >= 0
    assert not (hidden & ends & (batch["labels"] == batch["input_ids"])).any()
    count = int(hidden.sum())
    assert count / int((real & ~ends).sum()) == pytest.approx(0.15, abs=0.01)
    masked = batch["input_ids"][hidden] == tokenizer.mask_token_id
    kept = batch["input_ids"][hidden] == batch["labels"][hidden]
    assert int(masked.sum()) / count == pytest.approx(0.8, abs=0.02)
    assert int(kept.sum()) / count == pytest.approx(0.1, abs=0.02)


def test_a_batch_hides_what_its_number_says_however_one_came_to_it(tokenizer: Any) -> None:
    features = [{"input_ids": tokenizer(text)["input_ids"]} for text in TEXTS[:8]]
    whole, resumed = Masking(tokenizer, share=0.3, seed=1), Masking(tokenizer, share=0.3, seed=1, batch=2)
    batches = [whole([dict(feature) for feature in features])["labels"] for _ in range(4)]
    assert torch.equal(resumed([dict(feature) for feature in features])["labels"], batches[2])
    assert not torch.equal(batches[0], batches[1])


def test_what_is_masked_once_and_for_all_is_only_padded(tokenizer: Any) -> None:
    masking = Masking(tokenizer, share=0.3, seed=1)
    features = [{"input_ids": tokenizer(text)["input_ids"]} for text in ("the old cat", "the new lake of number 7")]
    rows = masking.masked(features, 0)
    batch = masking(rows)
    assert masking.batch == 0
    for row, ids, mask, labels in zip(rows, batch["input_ids"], batch["attention_mask"], batch["labels"], strict=True):
        length = len(row["input_ids"])
        assert ids[:length].tolist() == row["input_ids"]
        assert mask.tolist() == [1] * length + [0] * (len(mask) - length)
        assert set(labels[length:].tolist()) <= {-100}


@given(st.lists(st.integers(1, 50), min_size=1, max_size=400), st.integers(1, 40), st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_every_text_comes_once_an_epoch_beside_texts_of_its_length(lengths: list[int], batch: int, epoch: int) -> None:
    order = ByLength(lengths, batch=batch, seed=7)
    order.set_epoch(epoch)
    rows = list(order)
    assert sorted(rows) == list(range(len(lengths)))
    assert rows == list(order)
    if len(lengths) <= POOL * batch:
        spans = [rows[first : first + batch] for first in range(0, len(rows), batch)]
        padded = sum(max(lengths[row] for row in span) * len(span) for span in spans)
        sort = sorted(lengths)
        least = sum(
            max(sort[first : first + batch]) * len(sort[first : first + batch]) for first in range(0, len(sort), batch)
        )
        assert padded <= least + max(lengths) * batch


def test_the_loss_of_hidden_tokens_alone_is_the_models_own_loss(tokenizer: Any) -> None:
    from transformers import BertConfig, BertForMaskedLM

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    model = BertForMaskedLM(config).train()
    batch = Masking(tokenizer, share=0.3, seed=0)([{"input_ids": tokenizer(text)["input_ids"]} for text in TEXTS[:8]])
    trainer = MaskedTrainer.__new__(MaskedTrainer)
    sparing = trainer.compute_loss(model, batch)
    sparing.backward()
    slopes = [parameter.grad.clone() for parameter in model.parameters() if parameter.grad is not None]
    model.zero_grad()
    whole = model(**batch).loss
    whole.backward()
    assert sparing.item() == pytest.approx(whole.item(), abs=1e-6)
    rest = [parameter.grad for parameter in model.parameters() if parameter.grad is not None]
    assert all(torch.allclose(one, other, atol=1e-6) for one, other in zip(slopes, rest, strict=True))


def test_macro_f1_by_hand() -> None:
    guesses, labels = torch.tensor([0, 0, 1, 1, 1]), torch.tensor([0, 1, 1, 1, 2])
    # class 0: 2*1/(2+1), class 1: 2*2/(3+3), class 2: 0
    assert macro_f1(guesses, labels, 3) == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)
    assert macro_f1(guesses, labels, 9) == macro_f1(guesses, labels, 3)
    scores = torch.nn.functional.one_hot(guesses, 3).float()
    assert scores_of(scores, labels) == {"accuracy": pytest.approx(0.6), "f1": pytest.approx(4 / 9)}


def test_a_map_is_turned_to_fit_the_one_before() -> None:
    torch.manual_seed(0)
    vectors = torch.randn(40, 6) * torch.tensor([5.0, 3.0, 1.0, 0.1, 0.1, 0.1])
    projection = Projection()
    first = projection.of(vectors)
    turned = projection.of(vectors @ torch.diag(torch.tensor([-1.0, 1, 1, 1, 1, 1])))
    assert torch.allclose(first, turned, atol=1e-4)
    assert first.square().sum(1).mean() == pytest.approx(1.0, abs=1e-4)


def test_looking_leaves_a_model_as_it_was() -> None:
    layer: Any = torch.nn.Dropout(0.5)
    before = torch.get_rng_state()
    with looked_at(layer):
        assert torch.equal(layer(torch.ones(9)), torch.ones(9))
    assert layer.training
    assert torch.equal(before, torch.get_rng_state())


def test_the_classics_are_read_without_what_classifiers_are_tested_on() -> None:
    texts = corpus("classics", seed=4)
    rows = read_table(io.BytesIO(CLASSICS.read())).to_pylist()
    held = {row["text"] for row in rows if row["split"] != "train"}
    assert len(texts) == FACTS["classics"].train() > 3_000
    assert not held & set(texts)
    assert texts == corpus("classics", seed=4) != corpus("classics", seed=5)


def test_a_file_of_lines_is_a_corpus(tmp_path: Any) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("\n".join(["one line", "one line", "", *[f"line {number}" for number in range(300)]]), "utf-8")
    texts = corpus(str(file), seed=4)
    assert len(texts) == 301
    assert texts == corpus(str(file), seed=4) != corpus(str(file), seed=5)
    file.write_text("too few\n", "utf-8")
    with pytest.raises(DataError, match=r"mine\.txt: has 1 different lines; pre-training needs at least 200"):
        corpus(str(file), seed=4)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DataError, match=r"cannot be read .* UTF-8"):
        corpus(str(file), seed=4)
