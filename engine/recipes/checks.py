"""Knobs that do not fit each other, each of which is right by itself."""

from __future__ import annotations

from engine.errors import RecipeError
from engine.recipes.recipe import Recipe
from engine.recipes.starting import SCRATCH


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
