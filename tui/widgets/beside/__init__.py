"""Runs side by side: one chart overlays them, a table tells them apart, a sentence compares what came of them."""
