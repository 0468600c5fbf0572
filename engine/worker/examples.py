"""Training examples as vectors, to find those that a model takes for most alike."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
import torch
from torch import Tensor
from torch.nn.functional import normalize

from engine.errors import RunError
from engine.runs.asks import Neighbour
from engine.runs.folder import RunFolder
from engine.runs.replacing import replace_file
from engine.worker.looking import sentence_vectors

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

log = logging.getLogger(__name__)

KEPT = 1_200
"""Most examples that are kept of a run."""

SHOWN = 5
"""So many of the nearest are told."""


class Examples(msgspec.Struct, frozen=True, eq=False):
    """Some training examples.

    Attributes:
        vectors: Of length 1, float32, shape (n, hidden).
        labels: Numbers of classes.
    """

    texts: list[str]
    labels: list[int]
    vectors: Tensor

    def nearest(self, vector: Tensor, classes: Sequence[str]) -> list[Neighbour]:
        """Return the examples whose vectors point most in the direction of `vector`, shape (hidden,)."""
        near = self.vectors @ normalize(vector.float().cpu(), dim=0)
        best = near.topk(min(SHOWN, len(self.texts)))
        return [
            Neighbour(self.texts[row], classes[self.labels[row]], float(similarity))
            for similarity, row in zip(best.values.tolist(), best.indices.tolist(), strict=True)
        ]


def balanced(labels: Sequence[int], most: int) -> list[int]:
    """Return the numbers of at most `most` examples, as many of each class as there are, spread over all of them."""
    rows: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    each = max(1, most // max(1, len(rows)))
    counts = {label: min(each, len(mine)) for label, mine in rows.items()}
    spread = [
        mine[place * len(mine) // counts[label]] for label, mine in rows.items() for place in range(counts[label])
    ]
    return sorted(spread)[:most]


def embedded(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, texts: Sequence[str], longest: int) -> Tensor:
    """Return the vectors of texts, at [CLS] and of length 1: float32, shape (texts, hidden)."""
    return normalize(sentence_vectors(model, tokenizer, texts, longest), dim=1)


def keep_examples(
    folder: RunFolder,
    model: PreTrainedModel,
    tokenizer: PreTrainedTokenizerBase,
    texts: Sequence[str],
    labels: Sequence[int],
    longest: int,
) -> None:
    """Write at most 1,200 examples of a run's training set as its final model sees them; a full disk is no error."""
    from safetensors.torch import save

    rows = balanced(labels, KEPT)
    chosen = [texts[row] for row in rows]
    vectors = embedded(model, tokenizer, chosen, longest).half()
    try:
        folder.arrays.mkdir(exist_ok=True)
        replace_file(folder.arrays / "training.json", msgspec.json.encode(chosen))
        arrays = {"vectors": vectors, "labels": torch.tensor([labels[row] for row in rows])}
        replace_file(folder.arrays / "training.safetensors", save(arrays))
    except (RunError, OSError) as error:
        log.warning("The training examples are not kept. %s", error)


def kept_examples(folder: RunFolder) -> Examples | None:
    """Return what `keep_examples` wrote, None where it is not there or not whole."""
    from safetensors import SafetensorError
    from safetensors.torch import load

    try:
        texts = msgspec.json.decode((folder.arrays / "training.json").read_bytes(), type=list[str])
        arrays = load((folder.arrays / "training.safetensors").read_bytes())
        vectors, labels = arrays["vectors"].float(), arrays["labels"].tolist()
    except (OSError, KeyError, UnicodeDecodeError, msgspec.DecodeError, SafetensorError):
        return None
    return Examples(texts, labels, vectors) if len(texts) == len(labels) == len(vectors) > 0 else None
