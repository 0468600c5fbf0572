"""What a model puts behind [MASK]: the words that it finds likeliest, and how likely it finds others."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch

from engine.events import Guess
from engine.runs.asks import Masked

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PreTrainedModel

GUESSES = 5


def behind_masks(scores: Tensor, places: Sequence[int], words: Sequence[str], tokenizer: Any) -> list[Masked]:
    """Return the likeliest words at each [MASK]; special tokens are none.

    Args:
        scores: Shape (tokens, vocabulary).
        words: Whose probabilities are wanted too; those that are no single piece are left out.
    """
    special = list(tokenizer.all_special_ids)
    pieces = {word: piece for word in words if (piece := _piece(word, tokenizer)) is not None}
    found = []
    for place in places:
        shares = scores[place].softmax(0)
        wanted = [Guess(word, float(shares[piece])) for word, piece in pieces.items()]
        shares[special] = 0.0
        best = shares.topk(GUESSES)
        likeliest = tokenizer.convert_ids_to_tokens(best.indices.tolist())
        guesses = [Guess(*pair) for pair in zip(likeliest, best.values.tolist(), strict=True)]
        found.append(Masked(place, guesses, wanted))
    return found


def untrained(model: PreTrainedModel, seed: int) -> PreTrainedModel:
    """Return the network as its run found it before the first update: random weights, which follow from the seed.

    Torch's own random numbers stay as they are: a training that goes on meanwhile does not notice.
    """
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)
        before: Any = type(model)(copy.deepcopy(model.config))
    placed: PreTrainedModel = before.train(False).to(model.device)
    return placed


def _piece(word: str, tokenizer: Any) -> int | None:
    """Return the number of a word's piece, None where the model cuts it, or does not know it."""
    ids: list[int] = tokenizer(word, add_special_tokens=False)["input_ids"]
    return ids[0] if len(ids) == 1 and ids[0] != tokenizer.unk_token_id else None
