"""The embedded data files, each with its notice."""
