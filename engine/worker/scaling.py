"""How pixels become what a network sees, and back to no other way: the same for training and for a drawing."""

from __future__ import annotations

import msgspec
import torch
from torch import Tensor


class Scaling(msgspec.Struct, frozen=True):
    """A pixel of 0 to 255 becomes (pixel - shift) * factor."""

    shift: float
    factor: float

    def __call__(self, pixels: Tensor) -> Tensor:
        """Return images as a network sees them: float32, shape (n, numbers)."""
        return pixels.reshape(len(pixels), -1).float().sub_(self.shift).mul_(self.factor)


def scaling(scale: str, pixels: Tensor) -> Scaling:
    """Return the scaling "raw" (0 to 255), "unit" (0 to 1) or "standard" (mean 0, deviation 1 over `pixels`)."""
    match scale:
        case "raw":
            return Scaling(0.0, 1.0)
        case "unit":
            return Scaling(0.0, 1 / 255)
    counts = torch.bincount(pixels.flatten(), minlength=256).double()  # 256 numbers instead of 47 million
    values = torch.arange(256, dtype=torch.float64)
    mean = float((values * counts).sum() / counts.sum())
    variance = float(((values - mean) ** 2 * counts).sum() / counts.sum())
    return Scaling(mean, variance**-0.5)
