"""Which parts of a classifier are trained, and how many parameters that makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from transformers import PreTrainedModel


class Counts(msgspec.Struct, frozen=True):
    """Numbers of parameters; shared ones count once."""

    parameters: int
    trained: int


def freeze_parts(model: PreTrainedModel, freeze: str) -> None:
    """Keep a part of the model as it is.

    Args:
        freeze: "none"; "embeddings" (of pieces, places and segments); or "encoder": these and every block. The
            pooler is always trained, as the classifier is: masked language modelling leaves none, and a random
            layer that never learns would stand between the frozen features and the classifier.
    """
    if freeze == "none":
        return
    base = model.base_model
    if freeze == "embeddings":
        part = getattr(base, "embeddings", None) or model.get_input_embeddings()
        part.requires_grad_(False)
        return
    for name, parameter in base.named_parameters():
        parameter.requires_grad_(name.partition(".")[0] == "pooler")


def counts(model: PreTrainedModel) -> Counts:
    """Return how many parameters the model has, and how many of them are trained."""
    sizes = [(parameter.numel(), parameter.requires_grad) for parameter in model.parameters()]
    return Counts(sum(size for size, _ in sizes), sum(size for size, trained in sizes if trained))
