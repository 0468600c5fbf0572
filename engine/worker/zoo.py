"""Builds real models without memory, and counts them: `python -P -m engine.worker.zoo FILE`.

Tensors on PyTorch's meta device have a shape and nothing else, so that 406 billion parameters are counted on any
machine. What it does at the moment is said in lines of JSON; the counts are written into FILE. Somebody waits for
them, so that it does not step back behind other programs as workers do.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.errors import EngineError
from engine.reading.zoo import NAMES, Model, Zoo, versions
from engine.runs.replacing import replace_file

if TYPE_CHECKING:
    from engine.worker.zoo_models import Made

Say = Callable[[str, str], None]
"""Is told what is done ("loading", "building") and to what."""


def main(arguments: list[str]) -> int:
    """Count, and return 0; 1 where something is missing or the file cannot be written, 2 for wrong words."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m engine.worker.zoo FILE\n")
        return 2
    file = Path(arguments[0])
    try:
        zoo = counted(_say)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_file(file, msgspec.json.encode(zoo))
    except (EngineError, ImportError, OSError) as error:
        _tell(failed=" ".join(str(error).split()))
        return 1
    return 0


def counted(say: Say) -> Zoo:
    """Return all models, built and counted.

    Raises:
        RunError: A package is not installed.
        ImportError: It is, but cannot be loaded.
    """
    found = versions()
    began = time.perf_counter()
    for package in found:
        say("loading", package)
        import_module(package)
    say("loading", "models")
    from engine.worker import zoo_flops, zoo_parts  # noqa: F401 - imported now, so that they are not among what is timed
    from engine.worker.zoo_models import MAKERS

    loaded, spent = time.perf_counter(), time.process_time()
    models = []
    for name in NAMES:
        say("building", name)
        models.append(model(name, MAKERS[name]))
    return Zoo(
        models=tuple(sorted(models, key=lambda model: model.parameters)),
        versions=found,
        import_seconds=round(loaded - began, 3),
        seconds=round(time.perf_counter() - loaded, 3),
        processor_seconds=round(time.process_time() - spent, 3),
    )


def model(name: str, make: Callable[[], Made]) -> Model:
    """Return one model, built and counted."""
    import torch

    from engine.worker.zoo_flops import of_comparing, of_image, of_layers
    from engine.worker.zoo_parts import is_tied, parts_of

    with torch.device("meta"), _unfilled():
        made = make()
    comparing = of_comparing(made)
    unit = "image" if made.side else "pair" if made.pair else "token"
    return Model(
        name=name,
        title=made.title,
        year=made.year,
        shape=made.shape,
        parts=parts_of(made.net),
        tied=is_tied(made.net),
        unit=unit,
        context=made.context,
        flops=of_image(made) if made.side else of_layers(made.net) + comparing,
        attention_flops=comparing,
    )


def _unfilled() -> Any:
    """Return a mode in which random weights are not drawn: on the meta device there is nothing to fill.

    It makes building four times faster, since PyTorch goes through the motions even there.
    """
    from torch.overrides import TorchFunctionMode

    class Unfilled(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            given = kwargs or {}
            if getattr(func, "__module__", "") == "torch.nn.init":
                return given["tensor"] if "tensor" in given else args[0]
            return func(*args, **given)

    return Unfilled()


def _say(doing: str, what: str) -> None:
    _tell(doing=doing, what=what)


def _tell(**words: str) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    sys.exit(main(sys.argv[1:]))
