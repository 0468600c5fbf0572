"""What a run computes on: the processor, or a GPU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import RecipeError
from engine.runs.place import ALONE, Place

if TYPE_CHECKING:
    import torch


def device_of(name: str, place: Place = ALONE) -> torch.device:
    """Return the device of that name; "auto" is a CUDA device if there is one, else the processor.

    In a group each process has a CUDA device of its own, or none has one.

    Small networks train slower on mps than on the processor beside it, so that one has to be named.

    Raises:
        RecipeError: This machine has no such device.
    """
    import torch

    has = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    if name == "auto":
        name = "cuda" if has["cuda"] and torch.cuda.device_count() >= place.local_world else "cpu"
    if not has[name]:
        there = ", ".join(device for device, is_there in has.items() if is_there)
        raise RecipeError(
            f"device={name}: PyTorch finds no such device here; there is {there}.",
            code="device-missing",
            field="device",
            value=name,
            choices=there,
        )
    if name == "cuda" and place.world > 1:
        if torch.cuda.device_count() < place.local_world:
            raise RecipeError(
                f"device=cuda: {place.local_world} processes on this machine need a GPU each, and there are "
                f"{torch.cuda.device_count()}.",
                code="device-few",
                field="device",
                value=name,
                processes=place.local_world,
                devices=torch.cuda.device_count(),
            )
        return torch.device("cuda", place.local_rank)
    return torch.device(name)
