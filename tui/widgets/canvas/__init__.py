"""Pictures of cells: dots in braille, a grid of characters, and a widget that repaints what changed in it."""
