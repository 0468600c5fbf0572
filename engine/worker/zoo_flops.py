"""How much arithmetic a forward pass is, counted on a device that does none.

A multiplication and the addition that follows it are two operations. Only products of matrices and convolutions
are counted: norms and activations are less than a hundredth of them.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from transformers.pytorch_utils import Conv1D

from engine.worker.zoo_models import PIXELS, Made


def of_image(made: Made) -> int:
    """Return the operations for one image, as PyTorch's own counter sees them go by."""
    with torch.device("meta"):
        size = (1, PIXELS) if isinstance(made.net, nn.Sequential) else (1, 3, made.side, made.side)
        image = torch.empty(size)
    fast = torch.backends.mha.get_fastpath_enabled()
    torch.backends.mha.set_fastpath_enabled(False)  # the counter does not see into it
    try:
        with torch.no_grad(), FlopCounterMode(display=False) as counter:
            made.net.eval()(image)
    finally:
        torch.backends.mha.set_fastpath_enabled(fast)
    return int(counter.get_total_flops())


def of_layers(net: nn.Module) -> int:
    """Return the operations of all matrices for one token: two for each of their weights, shared ones too.

    A pooler is left out: it reads one token of a whole text.
    """
    matrices = [module for name, module in net.named_modules() if _reads_each_token(name, module)]
    return 2 * sum(
        int(parameter.numel()) for module in matrices for parameter in module.parameters() if parameter.dim() == 2
    )


def of_comparing(made: Made) -> int:
    """Return the operations by which a token is compared with the others, and what it takes from them.

    Queries times keys and weights times values, 2 * context * width each. A token that looks back only sees half
    of the context on average. A decoder beside an encoder looks back, and at all that the encoder has read.

    Source: Kaplan et al. 2020, arXiv:2001.08361, table 1.
    """
    whole = 4 * made.layers * made.context * made.width
    if made.pair:
        return whole + whole // 2 + whole
    return whole // 2 if made.causal else whole


def _reads_each_token(name: str, module: nn.Module) -> bool:
    return isinstance(module, nn.Linear | Conv1D) and not name.startswith("pooler")
