"""Looking into a BERT while it trains: probe sentences, their tokens, attention, and a map of the texts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from engine.events import Tokenized, TokenRow

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

CHUNK = 64
"""Texts a forward pass."""
LONGEST = 48
"""Most tokens of a sentence whose attention is kept: more cannot be shown."""


def encoded(
    tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int, device: torch.device
) -> dict[str, Tensor]:
    """Return texts as one padded batch: input_ids and attention_mask, int64, shape (texts, tokens)."""
    batch = tokenizer(list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt")
    return {name: batch[name].to(device) for name in ("input_ids", "attention_mask")}


@contextmanager
def looked_at(model: PreTrainedModel) -> Iterator[None]:
    """Put a model into eval() and no_grad(), and back as it was: training does not notice."""
    was = model.training
    model.train(False)
    try:
        with torch.no_grad():
            yield
    finally:
        model.train(was)


@contextmanager
def attending(model: PreTrainedModel) -> Iterator[None]:
    """Let a model return its attention, which the faster way to compute it never makes."""
    before = model.config._attn_implementation
    model.set_attn_implementation("eager")
    try:
        yield
    finally:
        model.set_attn_implementation(before)


def tokenized(tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int) -> Tokenized:
    """Return the texts as the model reads them, as one batch."""
    batch = encoded(tokenizer, texts, min(longest, LONGEST), torch.device("cpu"))
    rows = zip(texts, batch["input_ids"].tolist(), batch["attention_mask"].tolist(), strict=True)
    return Tokenized(
        time=time.time(),
        rows=[TokenRow(text=text, pieces=pieces(tokenizer, ids), ids=ids, mask=mask) for text, ids, mask in rows],
    )


def pieces(tokenizer: PreTrainedTokenizerBase, ids: list[int]) -> list[str]:
    """Return the pieces of words that ids stand for."""
    return [str(piece) for piece in tokenizer.convert_ids_to_tokens(ids)]


def attention(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int) -> Tensor:
    """Return where each token looks: shape (texts, layers, heads, tokens, tokens); every row sums to 1."""
    batch = encoded(tokenizer, texts, min(longest, LONGEST), model.device)
    with looked_at(model), attending(model):
        layers = model(**batch, output_attentions=True).attentions
    return torch.stack(layers, dim=1).half().cpu().contiguous()


def sentence_vectors(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int
) -> Tensor:
    """Return the encoder's last vector at [CLS] for each text: float32, shape (texts, hidden)."""
    encoder: Any = getattr(model, model.base_model_prefix)
    return seen(model, tokenizer, texts, longest, lambda batch: encoder(**batch).last_hidden_state[:, 0])


def class_scores(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int
) -> Tensor:
    """Return a classifier's score of every class for each text: float32, shape (texts, classes)."""
    return seen(model, tokenizer, texts, longest, lambda batch: model(**batch).logits)


def seen(
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    texts: Sequence[str],
    longest: int,
    look: Callable[[dict[str, Tensor]], Tensor],
) -> Tensor:
    """Return what `look` makes of each text, row by row; texts of about the same length share a forward pass."""
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    rows = []
    with looked_at(model):
        for first in range(0, len(order), CHUNK):
            chosen = [texts[row] for row in order[first : first + CHUNK]]
            rows.append(look(encoded(tokenizer, chosen, longest, model.device)).float().cpu())
    return torch.cat(rows)[torch.tensor(order).argsort()]


class Projection:
    """A map of vectors in two dimensions: principal components, turned so as to fit the map before."""

    def __init__(self) -> None:
        self._before: Tensor | None = None

    def of(self, vectors: Tensor) -> Tensor:
        """Return the map, shape (n, 2), with a mean of 0; the longer of its two extents is 1 on average."""
        centred = vectors - vectors.mean(0)
        left, lengths, _ = torch.linalg.svd(centred, full_matrices=False)
        flat = left[:, :2] * lengths[:2]
        flat = flat / flat.square().sum(1).mean().sqrt().clamp_min(1e-12)
        if self._before is not None:
            first, _, last = torch.linalg.svd(flat.T @ self._before)
            flat = flat @ (first @ last)  # orthogonal Procrustes: turned and mirrored, never stretched
        self._before = flat
        placed: Tensor = flat.contiguous()
        return placed
