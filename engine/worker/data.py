"""The images that the MLP learns from, read by torchvision, as tensors."""

from __future__ import annotations

from pathlib import Path

import msgspec
import torch
from torch import Tensor
from torchvision.datasets import MNIST, FashionMNIST

from engine.datasets import DIGITS
from engine.errors import DataError, RunError
from engine.runs.replacing import replace_file
from engine.worker.scaling import scaling

LABEL_SEED = 1_000_003
"""Added to the run's seed where labels are shuffled, so that their order is not that of the batches."""


class Part(msgspec.Struct, frozen=True, eq=False):
    """Some of the images.

    Attributes:
        images: What the network sees, float32, shape (n, 784).
        labels: int64, shape (n,).
        pixels: What the eye sees, uint8, shape (n, 28, 28).
    """

    images: Tensor
    labels: Tensor
    pixels: Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def to(self, device: torch.device) -> Part:
        """Return the same part on a device; pixels stay where they are."""
        return Part(self.images.to(device), self.labels.to(device), self.pixels)


class Images(msgspec.Struct, frozen=True, eq=False):
    """A data set in its three parts, and the names of its classes.

    Validation is the first half of torchvision's second file: the live curves show it. The test set is the
    other half, looked at once, when a run ends.
    """

    train: Part
    validation: Part
    test: Part
    classes: tuple[str, ...]

    def to(self, device: torch.device) -> Images:
        """Return the same data on a device."""
        return Images(self.train.to(device), self.validation.to(device), self.test.to(device), self.classes)


def images(name: str, cache: Path, *, scale: str, labels: str = "true", seed: int = 0) -> Images:
    """Return the data set "digits", "mnist" or "fashion"; the last two must lie in the cache already.

    Args:
        cache: Folder of data sets that were unpacked or downloaded.
        scale: "raw" (0 to 255), "unit" (0 to 1) or "standard" (mean 0, deviation 1 over the training pixels).
        labels: "true", or "random": those of the training set shuffled by `seed`, a fault that lessons need.

    Raises:
        DataError: A file is missing or broken.
    """
    if name == "digits":
        unpack_digits(cache / "digits" / "MNIST" / "raw")
    kind = FashionMNIST if name == "fashion" else MNIST
    root = cache / name
    try:
        first = kind(str(root), train=True)
        second = kind(str(root), train=False)
    except (OSError, RuntimeError, ValueError, AssertionError) as error:
        why = getattr(error, "strerror", None) or error
        raise DataError(
            f"The data in {root} cannot be read ({why}). Delete that folder; it is made anew.",
            code="data-cache-broken",
            folder=root,
            why=why,
        ) from error
    scaled = scaling(scale, first.data)
    half = len(second.data) // 2
    targets = first.targets
    if labels == "random":
        order = torch.Generator().manual_seed(seed + LABEL_SEED)
        targets = targets[torch.randperm(len(targets), generator=order)]

    def part(pixels: Tensor, labels: Tensor) -> Part:
        return Part(scaled(pixels), labels.long(), pixels)

    digits = tuple(str(digit) for digit in range(10))
    return Images(
        train=part(first.data, targets),
        validation=part(second.data[:half], second.targets[:half]),
        test=part(second.data[half:], second.targets[half:]),
        classes=tuple(kind.classes) if name == "fashion" else digits,
    )


def unpack_digits(raw: Path) -> None:
    """Put the embedded digits into `raw`, where torchvision looks for them, unless they are there and whole.

    Raises:
        DataError: The embedded files are broken, or the folder cannot be written.
    """
    try:
        raw.mkdir(parents=True, exist_ok=True)
        for file in DIGITS:
            place = raw / file.plain_name
            if not (place.exists() and file.matches(place.read_bytes())):
                replace_file(place, file.unpacked())
    except (OSError, RunError) as error:
        why = error.details.get("why", str(error)) if isinstance(error, RunError) else error.strerror or str(error)
        raise DataError(
            f"The digits cannot be unpacked into {raw} ({why}). Free some space or mend its permissions.",
            code="data-cache-unwritable",
            folder=raw,
            why=why,
        ) from error
