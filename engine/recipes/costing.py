"""What a run of any kind will cost, known before it starts."""

from __future__ import annotations

from engine.recipes.cost import Cost
from engine.recipes.mlp_cost import mlp_cost
from engine.recipes.recipe import Recipe
from engine.recipes.shape import Shape
from engine.recipes.text_cost import bert_cost, pretrain_cost


def cost(recipe: Recipe, shape: Shape | None = None) -> Cost:
    """Return what a run costs.

    Args:
        shape: Of the BERT that it trains, where that is known; `engine.reading.origin` finds it.
    """
    match recipe.kind:
        case "bert":
            return bert_cost(recipe, shape)
        case "pretrain":
            return pretrain_cost(recipe, shape)
    return mlp_cost(recipe)
