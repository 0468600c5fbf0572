"""How well labels were told apart: accuracy, and F1, which does not let a large class hide a small one."""

from __future__ import annotations

import torch
from torch import Tensor


def scores_of(scores: Tensor, labels: Tensor) -> dict[str, float]:
    """Return accuracy and macro F1 of scores, shape (n, classes), against labels, shape (n,)."""
    guesses = scores.argmax(1)
    return {"accuracy": float((guesses == labels).float().mean()), "f1": macro_f1(guesses, labels, scores.shape[1])}


def macro_f1(guesses: Tensor, labels: Tensor, classes: int) -> float:
    """Return the mean over classes of 2 hits / (guessed + true); classes that occur in neither are left out."""
    hits = torch.bincount(labels[guesses == labels], minlength=classes).double()
    both = torch.bincount(guesses, minlength=classes) + torch.bincount(labels, minlength=classes)
    seen = both > 0
    return float((2 * hits[seen] / both[seen]).mean())
