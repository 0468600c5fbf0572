"""The weights that come with the program, laid out as a finished run: so they are asked as any run's model is."""

from __future__ import annotations

from pathlib import Path

from engine.errors import RunError
from engine.recipes.starting import SHIPPED
from engine.runs.folder import RunFolder
from engine.runs.replacing import replace_file
from engine.runs.starts import WEIGHTS, resolve

NAME = "small-bert"
RECIPE = "recipe.json"
MODEL = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")


def shipped_run(home: Path) -> RunFolder:
    """Return the folder in the home's cache, made where it is not there or belongs to another release.

    It is no run of the learner's, so that it is not listed among them.

    Raises:
        RunError: It cannot be written.
        RecipeError: The weights are not where they were installed.
    """
    resolve(SHIPPED, home)
    folder = RunFolder(home / "cache" / NAME)
    if _is_whole(folder):
        return folder
    try:
        for path in (folder.path / "model", folder.asks, folder.checkpoints):
            path.mkdir(parents=True, exist_ok=True)
        for name in MODEL:
            replace_file(folder.path / "model" / name, (WEIGHTS / name).read_bytes())
        replace_file(folder.recipe_file, (WEIGHTS / RECIPE).read_bytes())
    except OSError as error:
        raise RunError(
            f"{folder.path} cannot be made: {error.strerror}. Choose another folder with --home.",
            code="run-unwritable",
            path=folder.path,
            why=error.strerror,
        ) from error
    return folder


def _is_whole(folder: RunFolder) -> bool:
    """Return whether all is there; the recipe is written last."""
    try:
        same = folder.recipe_file.read_bytes() == (WEIGHTS / RECIPE).read_bytes()
        sizes = [(folder.path / "model" / name).stat().st_size == (WEIGHTS / name).stat().st_size for name in MODEL]
        return same and all(sizes) and folder.asks.is_dir()
    except OSError:
        return False
