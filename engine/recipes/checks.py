"""Knobs that do not fit each other, each of which is right by itself."""

from __future__ import annotations

from typing import TypeVar

from engine.errors import EngineError, RecipeError
from engine.recipes.recipe import Recipe
from engine.recipes.starting import SCRATCH, SHIPPED

Refusal = TypeVar("Refusal", bound=EngineError)

SHIPPED_UNKNOWN = {"classics": 1.0}
"""Embedded sets that the shipped tokenizer, made of English, cannot read: the share of their characters it loses."""


def check(recipe: Recipe) -> None:
    """Return if the knobs of the recipe fit each other.

    Raises:
        RecipeError: Two of them do not; the text names both.
    """
    match recipe.kind:
        case "pretrain":
            _require_even_heads(recipe)
        case "bert" if recipe.knobs["start"] == SCRATCH:
            _require_even_heads(recipe)
        case "bert" if recipe.knobs["start"] == SHIPPED and recipe.knobs["data"] in SHIPPED_UNKNOWN:
            data = str(recipe.knobs["data"])
            raise unreadable_texts(RecipeError, SHIPPED, data, SHIPPED_UNKNOWN[data])


def unreadable_texts(refusal: type[Refusal], start: str, data: str, share: float) -> Refusal:
    """Return the sentence for a start whose tokenizer loses too many characters of the texts."""
    return refusal(
        f"start={start}: its tokenizer turns {share:.0%} of the characters of data={data} into [UNK], so that a "
        "model would learn from nothing. Take start=scratch: its tokenizer is built from these texts.",
        code="texts-unknown",
        field="start",
        value=start,
        data=data,
        share=f"{share:.0%}",
    )


def _require_even_heads(recipe: Recipe) -> None:
    """Each head has the same share of the hidden units."""
    hidden, heads = int(recipe.knobs["hidden"]), int(recipe.knobs["heads"])
    if hidden % heads:
        below, above = hidden - hidden % heads, hidden - hidden % heads + heads
        near = " or ".join(f"hidden={size}" for size in (below, above) if size)
        raise RecipeError(
            f"heads={heads}: hidden={hidden} units cannot be shared evenly by so many heads; "
            f"take {near}, or heads that divide {hidden}.",
            code="recipe-heads",
            field="heads",
            value=heads,
            other="hidden",
            hidden=hidden,
            near=near.replace(" or ", ", "),
        )
