"""A run as it is watched: curves, what the model sees, what runs, what it printed, and its figures."""
