"""A model as a folder, such as `from_pretrained` opens anywhere: what it needs, and whether it is whole."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import RecipeError

CONFIG = "config.json"
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
TOKENIZERS = (
    ("tokenizer.json",),
    ("vocab.txt",),
    ("vocab.json", "merges.txt"),
    ("spiece.model",),
    ("sentencepiece.bpe.model",),
)
"""Any of these sets of files makes a tokenizer; the first one is what is named where none is there."""
PICKLES = (".bin", ".pt", ".pth", ".ckpt")
"""Ends of names of weights that can run code when they are opened."""
MAX_HEADER = 100_000_000


def require_model(folder: Path, start: str) -> None:
    """Return if the folder holds config, tokenizer and whole weights; needs no torch.

    Raises:
        RecipeError: It does not; the text says what is missing or broken, and how pickled weights are converted.
    """
    lacking = missing(folder)
    if WEIGHTS in lacking and (pickles := [path.name for path in folder.glob("*") if is_pickle(path.name)]):
        raise pickled(start, sorted(pickles), source=str(folder))
    if lacking:
        raise RecipeError(
            f"start={start}: {folder} is no model, since it has no {' and no '.join(lacking)}; "
            "save one there with save_pretrained, model and tokenizer both.",
            code="start-folder-lacks",
            field="start",
            value=start,
            folder=folder,
            missing=", ".join(lacking),
        )
    for path in weight_files(folder):
        if not is_whole(path):
            raise broken_weights(start, path, "it is cut off, or no safetensors file")


def missing(folder: Path) -> tuple[str, ...]:
    """Return the names of the files that the folder would need to be a model, none if it is one."""
    lacking = [] if (folder / CONFIG).is_file() else [CONFIG]
    if not any(all((folder / name).is_file() for name in names) for names in TOKENIZERS):
        lacking.append(TOKENIZERS[0][0])
    files = weight_files(folder)
    if not files:
        lacking.append(WEIGHTS)
    return (*lacking, *(path.name for path in files if not path.is_file()))


def weight_files(folder: Path) -> list[Path]:
    """Return the weights: one file, or those that the index names; none where there is neither."""
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    try:
        index = msgspec.json.decode((folder / INDEX).read_bytes(), type=_Index)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        return []
    return [folder / Path(name).name for name in sorted(set(index.weight_map.values()))]


def is_pickle(name: str) -> bool:
    """Return whether a file of that name would be pickled weights, such as pytorch_model.bin."""
    return name.endswith(PICKLES) and ("model" in name or name.endswith(".ckpt"))


def is_whole(path: Path) -> bool:
    """Return whether a safetensors file is as long as its header says."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = msgspec.json.decode(file.read(min(length, MAX_HEADER)), type=dict[str, dict[str, Any]])
        header.pop("__metadata__", None)
        ends = [msgspec.convert(entry["data_offsets"], tuple[int, int])[1] for entry in header.values()]
    except (OSError, KeyError, UnicodeDecodeError, msgspec.MsgspecError):
        return False
    return path.stat().st_size == 8 + length + max(ends, default=0)


def config_of(folder: Path, start: str) -> dict[str, Any]:
    """Return what the folder's `config.json` says.

    Raises:
        RecipeError: It is no JSON object.
    """
    try:
        return msgspec.json.decode((folder / CONFIG).read_bytes(), type=dict[str, Any])
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        raise broken_config(start, folder / CONFIG, str(error)) from error


def pickled(start: str, names: list[str], *, source: str) -> RecipeError:
    """Return the sentence for weights that may not be opened, with the command that converts them."""
    place = f"./{Path(start).name}-safe"
    command = (
        f'{shlex.quote(sys.executable)} -c "from transformers import AutoModel as M, AutoTokenizer as T; '
        f"[c.from_pretrained('{source}').save_pretrained('{place}') for c in (M, T)]\""
    )
    return RecipeError(
        f"start={start}: its weights are pickled ({', '.join(names[:3])}), which can run code when they are opened, "
        f"so only safetensors are taken; if you trust who made them, convert them once with {command} and take "
        f"start={place}",
        code="start-pickle",
        field="start",
        value=start,
        files=", ".join(names[:3]),
        command=command,
        place=place,
    )


def broken_weights(start: str, path: Path, why: str) -> RecipeError:
    """Return the sentence for a weights file that cannot be read."""
    return RecipeError(
        f"start={start}: the weights {path} cannot be read ({why}); delete that file and fetch or save it again.",
        code="start-weights-broken",
        field="start",
        value=start,
        file=path,
        why=why,
    )


def broken_config(start: str, path: Path, why: str) -> RecipeError:
    """Return the sentence for a `config.json` that makes no model."""
    return RecipeError(
        f"start={start}: {path} makes no model ({why}); mend it, or fetch or save the model again.",
        code="start-config-broken",
        field="start",
        value=start,
        file=path,
        why=why,
    )


class _Index(msgspec.Struct):
    weight_map: dict[str, str]
