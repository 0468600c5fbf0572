"""The BERT of a run as it was saved, to be asked once the run is over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import torch

from engine.errors import RunError
from engine.recipes import Recipe
from engine.runs.folder import RunFolder
from engine.worker.answer_bert import BertAnswerer
from engine.worker.ask_refusals import no_model
from engine.worker.asked_text import PIECES
from engine.worker.checkpoints import Checkpoints
from engine.worker.examples import kept_examples


def load_transformers() -> None:
    """Import what `saved_bert` most often needs, which takes seconds."""
    import transformers

    for name in ("BertForMaskedLM", "BertForSequenceClassification", "PreTrainedTokenizerFast"):
        getattr(transformers, name)  # it imports a name when that is first asked for


def saved_bert(folder: RunFolder, recipe: Recipe) -> BertAnswerer:
    """Return an answerer for a run's final model, or for the newest that it has saved.

    Raises:
        RunError: There is none, or it cannot be read.
    """
    from transformers import PreTrainedTokenizerFast

    final = folder.path / "model"
    newest = Checkpoints(folder.checkpoints).newest()
    if (final / "config.json").exists():
        path = final
    elif newest is not None:
        path = newest[0]
    else:
        raise no_model()
    classifies = recipe.kind == "bert"
    try:
        model = _model_class(path, classifies).from_pretrained(
            path, dtype=torch.float32, local_files_only=True, use_safetensors=True
        )
        tokenizer = PreTrainedTokenizerFast.from_pretrained(path, local_files_only=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(path, (str(error).splitlines() or [""])[0]) from error
    if len(tokenizer) > model.config.vocab_size:
        raise _unreadable(path, f"its tokenizer has {len(tokenizer)} pieces, the model {model.config.vocab_size}")
    done = newest[1].update if newest else int(recipe.knobs.get("updates", 0))  # those that come along have no other
    return BertAnswerer(
        model.eval(),
        tokenizer,
        [str(name) for _, name in sorted(model.config.id2label.items())] if classifies else (),
        examples=kept_examples(folder) if classifies and path == final else None,
        update=lambda: done,
        longest=int(recipe.knobs.get("max_length", PIECES)),
        seed=None if classifies else int(recipe.knobs["seed"]),
    )


def _model_class(path: Path, classifies: bool) -> Any:
    """Return the class of the model in a folder; that of a BERT is quicker to import than one that fits all."""
    try:
        kind = msgspec.json.decode((path / "config.json").read_bytes()).get("model_type")
    except msgspec.DecodeError as error:
        raise _unreadable(path, str(error)) from error
    if kind == "bert":
        from transformers import BertForMaskedLM, BertForSequenceClassification

        return BertForSequenceClassification if classifies else BertForMaskedLM
    from transformers import AutoModelForMaskedLM, AutoModelForSequenceClassification

    return AutoModelForSequenceClassification if classifies else AutoModelForMaskedLM


def _unreadable(path: Path, why: str) -> RunError:
    return RunError(f"The model in {path} cannot be read: {why}.", code="model-unreadable", folder=path, why=why)
