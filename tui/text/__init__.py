"""How text becomes lines: spans, where a line may break, which breaks are best, what a cell holds."""
