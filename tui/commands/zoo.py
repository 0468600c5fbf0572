"""`learncurve zoo [MODEL]`: real models, what they are made of, what they need, whether they fit here."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from engine.memory import available_bytes
from engine.reading.counting import Counting
from engine.reading.zoo import PURPOSES, WEIGHT_BYTES, Model, Zoo, kept, require_name
from tui.commands.asked import Asked, say_json
from tui.glyphs import glyphs
from tui.terminal import speaks_utf8
from tui.widgets.zoo.prose import table, told

LOOK_SECONDS = 0.1


def run(asked: Asked) -> int:
    """Print one model, or all of them; the first time they are counted, which takes a few seconds."""
    name = asked.given.model
    if name is not None:
        require_name(name)
    zoo = counted(asked.usable_house().home, asked)
    available = available_bytes()
    if asked.json:
        models = zoo.models if name is None else (zoo.model(name),)
        say_json(
            {
                "version": 1,
                "available_bytes": available or None,
                "versions": zoo.versions,
                "models": [plain(model, available) for model in models],
            }
        )
        return 0
    signs = glyphs(not speaks_utf8())
    print(
        table(zoo, available, asked.words, signs)
        if name is None
        else told(zoo.model(name), available, asked.words, signs, shutil.get_terminal_size().columns)
    )
    return 0


def counted(home: Path, asked: Asked) -> Zoo:
    """Return the zoo; what is done for it meanwhile is said on a terminal."""
    zoo = kept(home)
    if zoo is not None:
        return zoo
    counting = Counting(home)
    said = ""
    while (zoo := counting.poll()) is None:
        now = counting.now
        line = asked.words(f"zoo.{now.doing or 'starting'}", what=now.what, seconds=f"{counting.seconds:.0f}")
        if line != said and sys.stderr.isatty() and not asked.json:
            said = line
            sys.stderr.write(f"\r\x1b[2K{line}")
            sys.stderr.flush()
        time.sleep(LOOK_SECONDS)
    if said:
        sys.stderr.write("\r\x1b[2K")
    return zoo


def plain(model: Model, available: int) -> dict[str, Any]:
    """Return a model as plain data; `fits` is None where nobody does that, or nobody knows."""
    needs: dict[str, dict[str, Any]] = {}
    for purpose in PURPOSES:
        needs[purpose] = {}
        for precision in WEIGHT_BYTES:
            needed = model.bytes(purpose, precision)
            fits = None if needed is None or not available else needed <= available
            needs[purpose][precision] = {"bytes": needed, "fits": fits}
    said: dict[str, Any] = msgspec.to_builtins(model)
    said["parts"] = {part.name: part.parameters for part in model.parts}
    return {**said, "parameters": model.parameters, "training_flops": model.training_flops, "memory": needs}
