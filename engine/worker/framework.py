"""PyTorch and its companions: loaded late, with a clear word where one is missing."""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import RunError
from engine.worker.session import Session


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
