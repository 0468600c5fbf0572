"""What is measured of a network besides its training loss."""

from __future__ import annotations

import math

import msgspec
import torch
from torch import Tensor, nn

from engine.events import Misread
from engine.worker.data import Part

CHUNK = 1000
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


def score(net: nn.Module, loss_of: nn.Module, part: Part) -> Scores:
    """Return the loss and accuracy on `part`; whether the network is in eval() is the caller's business."""
    total, outputs = 0.0, []
    with torch.no_grad():
        for images, labels in zip(part.images.split(CHUNK), part.labels.split(CHUNK), strict=True):
            scores = net(images)
            total += float(loss_of(scores, labels)) * len(labels)
            outputs.append(scores)
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
    """Return the weights that go into each unit of the first layer, shape (units, 28, 28), at most 32 units."""
    first = next(layer for layer in net.modules() if isinstance(layer, nn.Linear))
    return first.weight.detach()[:UNITS].reshape(-1, 28, 28).float().cpu().contiguous()


def gradient_norm(parameters: list[nn.Parameter]) -> float:
    """Return the length of the whole gradient, over all parameters that have one."""
    norms = [torch.linalg.vector_norm(p.grad).item() for p in parameters if p.grad is not None]
    return math.sqrt(sum(norm * norm for norm in norms))
