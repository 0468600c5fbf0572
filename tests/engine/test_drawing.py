"""A drawing reaches the network as MNIST's images did."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from engine.worker.data import images
from engine.worker.drawing import as_digit, as_garment

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Tensor:
    """Pictures of digits as they were shipped: uint8, shape (n, 28, 28)."""
    return images("digits", tmp_path_factory.mktemp("cache"), scale="raw").validation.pixels


def paper(*, top: int = 0, left: int = 0, height: int = 1, width: int = 1, ink: int = 255) -> Tensor:
    sheet = torch.zeros(28, 28, dtype=torch.uint8)
    sheet[top : top + height, left : left + width] = ink
    return sheet


def test_digits_of_mnist_are_left_as_they_are(digits: Tensor) -> None:
    made = torch.stack([as_digit(digit) for digit in digits[:300]])
    apart = (made.float() - digits[:300].float()).abs().flatten(1).mean(1)
    assert float((apart < 0.5).float().mean()) > 0.9  # a few lie a pixel off the middle, since they were rounded
    assert float(apart.max()) < 25


@pytest.mark.parametrize("corner", [(0, 0), (1, 0), (0, 1), (1, 1)])
def test_where_a_digit_was_drawn_does_not_matter(digits: Tensor, corner: tuple[int, int]) -> None:
    for digit in digits[:20]:
        rows, columns = (digit > 0).any(1).nonzero().flatten(), (digit > 0).any(0).nonzero().flatten()
        ink = digit[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        moved = torch.zeros_like(digit)
        top, left = corner[0] * (28 - len(ink)), corner[1] * (28 - ink.shape[1])
        moved[top : top + len(ink), left : left + ink.shape[1]] = ink
        assert torch.equal(as_digit(moved), as_digit(digit))


def test_how_large_and_how_dark_it_was_drawn_does_not_matter() -> None:
    small, large = as_digit(paper(top=2, left=3, height=5, width=5, ink=90)), as_digit(paper(height=28, width=28))
    assert torch.equal(small, large)
    assert (small[4:24, 4:24] == 255).all()
    assert int((small > 0).sum()) == 400


def test_the_centre_of_mass_lies_in_the_middle() -> None:
    sheet = paper(top=0, left=0, height=20, width=2) + paper(top=18, left=2, height=2, width=10)  # an L
    made = as_digit(sheet).float()
    places = torch.arange(28.0)
    row, column = (made.sum(1) * places).sum() / made.sum(), (made.sum(0) * places).sum() / made.sum()
    assert abs(float(row) - 14) <= 0.5
    assert abs(float(column) - 14) <= 0.5


def test_a_single_dot_and_an_empty_sheet_are_no_trouble() -> None:
    assert int((as_digit(paper(top=27, left=27)) > 0).sum()) == 400
    assert not as_digit(paper(ink=0)).any()
    assert not as_garment(paper(ink=0)).any()


def test_clothes_fill_the_sheet_between_their_edges() -> None:
    made = as_garment(paper(top=3, left=5, height=14, width=7))
    assert (made[:, 7:21] == 255).all()
    assert not made[:, :7].any()
    assert not made[:, 21:].any()
