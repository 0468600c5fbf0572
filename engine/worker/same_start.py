"""Whether several processes begin where one would: they may see the run's folder on different machines."""

from __future__ import annotations

import torch
import torch.distributed as dist

from engine.errors import RunError


def require_same_start(update: int) -> None:
    """Make sure that every process goes on from the same update.

    Raises:
        RunError: One read another checkpoint.
    """
    ends = torch.tensor([update, -update])
    dist.all_reduce(ends, dist.ReduceOp.MAX)
    last, first = int(ends[0]), -int(ends[1])
    if first != last:
        raise RunError(
            f"The processes do not see the same checkpoint (updates {first} and {last}): the run's folder must be "
            "the same on every machine. Resume the run in a minute.",
            code="group-apart",
            first=first,
            last=last,
        )
