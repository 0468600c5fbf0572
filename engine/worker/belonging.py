"""Whether the parts of a start belong together: tokenizer and embeddings, weights and config."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.errors import RecipeError
from engine.runs.starts import Start

if TYPE_CHECKING:
    from transformers import PreTrainedModel

PADDING = 0.01
"""Share of an embedding's rows that no piece may use: some round the number up to suit the hardware."""


def require_same_pieces(start: Start, pieces: int, config: dict[str, Any]) -> None:
    """Return if a tokenizer of so many pieces can be the model's own.

    Offline and without its files, transformers makes a tokenizer of five pieces and says nothing.

    Raises:
        RecipeError: It cannot.
    """
    rows = config.get("vocab_size", pieces)
    spare = 0 if config.get("model_type") == "bert" else int(PADDING * rows)
    if rows - spare <= pieces <= rows:
        return
    raise RecipeError(
        f"start={start.name}: its tokenizer has {pieces} pieces and its model knows {rows}, so that they do not "
        "belong together, and texts would turn into [UNK] or numbers without meaning; put the model's own "
        "tokenizer.json or vocab.txt beside its config.json.",
        code="start-tokenizer",
        field="start",
        value=start.name,
        pieces=pieces,
        rows=rows,
    )


def require_encoder(start: Start, model: PreTrainedModel, info: dict[str, Any]) -> None:
    """Return if every weight of the encoder was found; what belongs to heads and pooler may come and go.

    transformers only warns, and an encoder that is not whole would train from chance in silence.

    Args:
        info: What `from_pretrained` says of weights that were missing, left over or of another size.

    Raises:
        RecipeError: Weights and config do not belong together.
    """
    prefix = f"{model.base_model_prefix}."
    parts = {name for name, _ in model.base_model.named_children()} - {"pooler"}

    def is_encoders(name: str) -> bool:
        return name.removeprefix(prefix).partition(".")[0] in parts

    lacking = [name for name in info["missing_keys"] if is_encoders(name)]
    resized = [name for name, *_ in info["mismatched_keys"] if is_encoders(name)]
    left = [name for name in info["unexpected_keys"] if is_encoders(name) and name.endswith((".weight", ".bias"))]
    if wrong := sorted([*lacking, *resized, *left]):
        raise RecipeError(
            f"start={start.name}: its weights do not fit its config.json: {len(lacking)} are missing, {len(resized)} "
            f"of another size, {len(left)} left over, such as {wrong[0]}; put the config back that they were saved "
            "with.",
            code="start-mismatch",
            field="start",
            value=start.name,
            missing=len(lacking),
            resized=len(resized),
            left=len(left),
            example=wrong[0],
        )
