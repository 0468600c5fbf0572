"""A form made from the knobs of a recipe."""
