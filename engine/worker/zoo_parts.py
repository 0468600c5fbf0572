"""Which part of a model each of its parameters belongs to."""

from __future__ import annotations

import re
from collections import Counter

from torch import nn

from engine.reading.zoo import PARTS, Part

ATTENTION = re.compile(r"attn|attention", re.IGNORECASE)
"""In the names of attention's layers, whatever library they are from."""

HEADS = re.compile(r"^(fc|classifier|heads|lm_head|cls|pooler|AuxLogits)\b")
"""What comes after the last block: it turns what was understood into an answer."""

EMBEDDINGS = re.compile(r"^(class_token|encoder\.pos_embedding|conv_proj)\b")
"""A ViT's: its patches are embedded by a convolution, and places have no module of their own."""


def parts_of(net: nn.Module) -> tuple[Part, ...]:
    """Return the parameters of each part that there is; one that is used twice is counted where it is first."""
    modules = dict(net.named_modules())
    counts: Counter[str] = Counter()
    last = [name for name, module in modules.items() if isinstance(module, nn.Linear)][-1:]
    for name, parameter in net.named_parameters():
        owner = name.rpartition(".")[0]
        is_last_of_rows = isinstance(net, nn.Sequential) and owner in last
        counts["head" if is_last_of_rows else part_of(name, modules[owner])] += parameter.numel()
    return tuple(Part(name=part, parameters=counts[part]) for part in PARTS if counts[part])


def part_of(name: str, owner: nn.Module) -> str:
    """Return the part of a parameter by its name and by the layer that it belongs to."""
    if EMBEDDINGS.match(name):
        return "embeddings"
    if HEADS.match(name):
        return "head"
    if type(owner).__name__.endswith(("Norm", "BatchNorm2d")):
        return "norm"
    if ATTENTION.search(name):
        return "attention"
    if isinstance(owner, nn.Embedding):
        return "embeddings"
    return "convolution" if isinstance(owner, nn.Conv2d) else "feed-forward"


def is_tied(net: nn.Module) -> bool:
    """Return whether a parameter is used in two places: a language model's embeddings, in its output layer."""
    every = sum(1 for _ in net.named_parameters(remove_duplicate=False))
    return every > sum(1 for _ in net.named_parameters())
