"""PyTorch itself: loaded late, with a clear word where it is missing."""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING

from engine.errors import RecipeError, RunError
from engine.worker.session import Session

if TYPE_CHECKING:
    import torch


def load_torch(session: Session) -> None:
    """Import torch and torchvision, with the recipe's number of threads.

    Raises:
        RunError: One of them is missing or broken.
    """
    threads = int(session.recipe.knobs.get("threads", 1))
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    for name in ("torch", "torchvision"):
        session.loading(name)
        try:
            importlib.import_module(name)
        except Exception as error:  # a half-installed library may raise anything
            raise RunError(
                f"{name} cannot be loaded ({error}). Training needs it: pip install --force-reinstall torch "
                "torchvision. Pages and questions work without it.",
                code="torch-missing",
                module=name,
                why=error,
            ) from error
    import torch

    torch.set_num_threads(threads)


def device_of(name: str) -> torch.device:
    """Return the device of that name; "auto" is a CUDA device if there is one, else the processor.

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
        return torch.device("cuda" if has["cuda"] else "cpu")
    if not has[name]:
        there = ", ".join(device for device, is_there in has.items() if is_there)
        raise RecipeError(
            f"device={name}: PyTorch finds no such device here; there is {there}.",
            code="device-missing",
            field="device",
            value=name,
            choices=there,
        )
    return torch.device(name)
