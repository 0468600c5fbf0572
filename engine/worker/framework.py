"""PyTorch and its companions: loaded late, with a clear word where one is missing."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.errors import RecipeError, RunError
from engine.runs.place import ALONE, Place
from engine.worker.session import Session

if TYPE_CHECKING:
    import torch


def load_torch(session: Session) -> None:
    """Import torch and torchvision, with the recipe's number of threads.

    Raises:
        RunError: One of them is missing or broken.
    """
    _load(session, ("torch", "torchvision"))


def load_transformers(session: Session) -> None:
    """Import torch and what Trainer needs, with the recipe's number of threads.

    Raises:
        RunError: One of them is missing or broken.
    """
    _load(session, ("torch", "datasets", "transformers.trainer"))


def _load(session: Session, modules: tuple[str, ...]) -> None:
    threads = int(session.recipe.knobs.get("threads", 1))
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    for module in modules:
        name = module.partition(".")[0]
        session.loading(name)
        try:
            with _uncollected(module):
                importlib.import_module(module)
        except Exception as error:  # a half-installed library may raise anything
            raise RunError(
                f"{name} cannot be loaded ({error}). Training needs it: pip install --force-reinstall torch "
                "torchvision transformers datasets. Pages and questions work without it.",
                code="torch-missing",
                module=name,
                why=error,
            ) from error
    import torch

    torch.set_num_threads(threads)


@contextmanager
def _uncollected(module: str) -> Iterator[None]:
    """Look for no garbage while a module is loaded, and nowhere in it later on.

    A large library makes next to none, and the search for it takes a tenth of the time.
    """
    if module in sys.modules or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        atexit.register(gc.unfreeze)  # else bindings complain of what is left of them at the end
        gc.enable()


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
