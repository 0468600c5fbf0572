"""Every knob of a run: name, unit, bounds, default, what it does."""

from engine.recipes.bert import BERT
from engine.recipes.knob import Knob, Value, spelled
from engine.recipes.mlp import MLP
from engine.recipes.pretrain import PRETRAIN
from engine.recipes.recipe import Kind, Recipe, recipe

KINDS: dict[str, Kind] = {kind.name: kind for kind in (MLP, BERT, PRETRAIN)}
"""Every kind of run by its name."""

__all__ = ["KINDS", "Kind", "Knob", "Recipe", "Value", "recipe", "spelled"]
