"""A drawing made ready for the network, as the images were that it learned from.

MNIST's digits were scaled until their longer side took 20 pixels, and moved until their centre of mass lay in
the middle of 28 x 28. Fashion-MNIST's clothes were scaled to 28 pixels and moved until their edges did.

Source: LeCun, Cortes, Burges, yann.lecun.com/exdb/mnist; Xiao et al. 2017, arXiv:1708.07747.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import interpolate

SIDE = 28
DIGIT_BOX = 20
"""Pixels of the longer side of MNIST's digits."""

MIDDLE = 14.0
"""Where the centre of mass of MNIST's digits lies, in rows and columns counted from 0."""


def as_digit(pixels: Tensor) -> Tensor:
    """Return a drawing as MNIST would hold it: uint8, shape (28, 28); one without ink stays empty."""
    ink = _fitted(pixels, DIGIT_BOX)
    if ink is None:
        return torch.zeros(SIDE, SIDE, dtype=torch.uint8)
    places = torch.arange(SIDE, dtype=torch.float32)
    height, width = ink.shape
    total = ink.sum()
    row = float((ink.sum(1) * places[:height]).sum() / total)
    column = float((ink.sum(0) * places[:width]).sum() / total)
    return _placed(ink, round(MIDDLE - row), round(MIDDLE - column))


def as_garment(pixels: Tensor) -> Tensor:
    """Return a drawing as Fashion-MNIST would hold it: uint8, shape (28, 28); one without ink stays empty."""
    ink = _fitted(pixels, SIDE)
    if ink is None:
        return torch.zeros(SIDE, SIDE, dtype=torch.uint8)
    height, width = ink.shape
    return _placed(ink, (SIDE - height) // 2, (SIDE - width) // 2)


def _fitted(pixels: Tensor, box: int) -> Tensor | None:
    """Return what is inked, its longer side `box` pixels and its darkest pixel 255; None where nothing is."""
    rows, columns = (pixels > 0).any(1).nonzero().flatten(), (pixels > 0).any(0).nonzero().flatten()
    if not len(rows):
        return None
    ink = pixels[int(rows[0]) : int(rows[-1]) + 1, int(columns[0]) : int(columns[-1]) + 1].float()
    height, width = ink.shape
    longer = max(height, width)
    size = max(1, round(height * box / longer)), max(1, round(width * box / longer))
    if size != (height, width):
        ink = interpolate(ink[None, None], size, mode="bilinear", align_corners=False, antialias=True)[0, 0]
    return ink * (255 / ink.max())


def _placed(ink: Tensor, top: int, left: int) -> Tensor:
    """Return ink on 28 x 28 with its corner there, moved where it would stick out."""
    height, width = ink.shape
    top, left = min(max(top, 0), SIDE - height), min(max(left, 0), SIDE - width)
    paper = torch.zeros(SIDE, SIDE)
    paper[top : top + height, left : left + width] = ink
    return paper.round().clamp(0, 255).to(torch.uint8)
