"""What is too large for a line of the stream: weights, attention, maps; one safetensors file an evaluation."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING

from engine.errors import RunError
from engine.runs.folder import RunFolder
from engine.runs.replacing import replace_file

if TYPE_CHECKING:
    from torch import Tensor

log = logging.getLogger(__name__)

ARRAYS_KEPT = 200
"""About so many evaluations of a run have arrays; of a longer run every second, third, ... one."""


def keeps_arrays(epoch: int, epochs: int) -> bool:
    """Return whether an epoch's arrays are written: of long runs only each second, third, ... and the last."""
    return epoch % math.ceil(epochs / ARRAYS_KEPT) == 0 or epoch == epochs


def write_arrays(folder: RunFolder, epoch: int, tensors: dict[str, Tensor]) -> str:
    """Write the arrays of an epoch and return the file's name, "" where that fails: training goes on."""
    from safetensors.torch import save

    name = f"epoch-{epoch:05d}.safetensors"
    try:
        folder.arrays.mkdir(exist_ok=True)
        replace_file(folder.arrays / name, save(tensors))
    except (RunError, OSError) as error:
        log.warning("No arrays of epoch %d; training goes on. %s", epoch, error)
        return ""
    return name
