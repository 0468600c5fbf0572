"""Make the weights that travel with the program out of a finished run of `pretrain`.

`python -P -m engine.worker.shipping RUN FOLDER` writes them in half precision, with the recipe and the curve. RUN is
the folder of the run. What a person has to say of them, the card and the notice, is left as it is.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import EngineError, RunError
from engine.events import Evaluated, Planned, Tested, decode, named
from engine.runs.folder import RunFolder

TOKENIZER = ("tokenizer.json", "tokenizer_config.json")


def main(words: list[str]) -> int:
    """Write the folder, and return 0; 1 if the run has no model, 2 for wrong words."""
    if len(words) != 2:
        print("usage: python -m engine.worker.shipping RUN FOLDER", file=sys.stderr)  # noqa: T201
        return 2
    try:
        ship(RunFolder(Path(words[0]).absolute()), Path(words[1]))
    except EngineError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


def ship(run: RunFolder, folder: Path) -> None:
    """Write the run's model to `folder`, in half precision, with what it was made by and what came of it.

    Raises:
        RunError: The run has not left a model.
    """
    import torch
    from transformers import BertForMaskedLM

    from engine.worker.folder_keeper import make_readable

    source, result = run.path / "model", run.result()
    if result is None or not (source / "config.json").exists():
        raise RunError(f"{run.path} has no finished model.", code="run-missing", run=run.path)
    folder.mkdir(parents=True, exist_ok=True)
    model = BertForMaskedLM.from_pretrained(source, dtype=torch.float16, local_files_only=True)
    model.save_pretrained(folder)
    for name in TOKENIZER:
        shutil.copyfile(source / name, folder / name)
    recipe = msgspec.to_builtins(run.recipe())
    (folder / "recipe.json").write_bytes(msgspec.json.format(msgspec.json.encode(recipe), indent=1) + b"\n")
    (folder / "curve.json").write_bytes(msgspec.json.encode(named(curve(run))) + b"\n")
    make_readable(folder)


def curve(run: RunFolder) -> dict[str, Any]:
    """Return the run's evaluations: update, and losses and accuracies of hidden words, by list.

    One that a resumed attempt made again is there once.
    """
    told = [decode(line) for line in run.events_file.read_bytes().splitlines()]
    rows = {event.update: event for event in told if isinstance(event, Evaluated)}.values()
    planned = next(event for event in told if isinstance(event, Planned))
    tested = next((event for event in told if isinstance(event, Tested)), None)
    return {
        "parameters": planned.parameters,
        "plateau_loss": planned.plateau_loss,
        "test_loss": tested.loss if tested else None,
        "test_accuracy": tested.accuracy if tested else None,
        "update": [event.update for event in rows],
        "train_loss": [round(event.train_loss, 4) for event in rows],
        "val_loss": [round(event.val_loss, 4) for event in rows],
        "val_accuracy": [round(event.val_accuracy, 4) for event in rows],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
