"""A process of its own: the only importer of torch."""
