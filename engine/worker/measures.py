"""What is measured of a network besides its training loss."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
import torch
from torch import Tensor, nn

from engine.events import Misread

if TYPE_CHECKING:
    from engine.worker.data import Part

CHUNK = 500
"""Images a forward pass: more would not fit the processor's cache."""
WORST = 12
UNITS = 32
"""Hidden units whose weights are shown."""


class Scores(msgspec.Struct, frozen=True, eq=False):
    """How well a network does on some images.

    Attributes:
        loss: Mean over all images.
        scores: The network's outputs, shape (n, classes).
    """

    loss: float
    accuracy: float
    scores: Tensor


def score(net: nn.Module, loss_of: nn.Module, part: Part, check: Callable[[], None] = lambda: None) -> Scores:
    """Return how well `net` does on `part`; whether it is in eval() is the caller's business.

    Args:
        check: Called between chunks of images; what it raises ends the measurement.
    """
    total, outputs = 0.0, []
    with torch.no_grad():
        for first in range(0, len(part), CHUNK):
            chunk = slice(first, first + CHUNK)
            scores = net(part.images[chunk])
            total += float(loss_of(scores, part.labels[chunk])) * len(scores)
            outputs.append(scores)
            check()
        scores = torch.cat(outputs)
        right = int((scores.argmax(1) == part.labels).sum())
    return Scores(total / len(part), right / len(part), scores)


def confusion(scores: Tensor, labels: Tensor) -> list[list[int]]:
    """Return how many images of class t (row) were taken for class g (column)."""
    classes = scores.shape[1]
    cells = torch.bincount(labels * classes + scores.argmax(1), minlength=classes * classes)
    return [[int(count) for count in row] for row in cells.view(classes, classes).tolist()]


def worst(scores: Tensor, labels: Tensor, count: int = WORST) -> list[Misread]:
    """Return the images that were misread with most confidence, the worst first."""
    probabilities, guesses = scores.softmax(1).max(1)
    wrong = (guesses != labels).nonzero().flatten()
    order = wrong[probabilities[wrong].argsort(descending=True, stable=True)][:count]
    rows = zip(order.tolist(), labels[order].tolist(), guesses[order].tolist(), strict=True)
    return [
        Misread(index=index, truth=truth, guess=guess, probability=float(probabilities[index]))
        for index, truth, guess in rows
    ]


def receptive_fields(net: nn.Module) -> Tensor:
    """Return the weights into each unit of the first layer, shape (units, 28, 28), for at most 32 units."""
    first = next(layer for layer in net.modules() if isinstance(layer, nn.Linear))
    return first.weight.detach()[:UNITS].reshape(-1, 28, 28).float().cpu().contiguous()


def gradient_norm(parameters: list[nn.Parameter]) -> float:
    """Return the length of the whole gradient, over all parameters that have one."""
    norms = [torch.linalg.vector_norm(p.grad).item() for p in parameters if p.grad is not None]
    return math.sqrt(sum(norm * norm for norm in norms))
