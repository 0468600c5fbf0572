"""A run on disk: its folder and state, the store of all runs, launch, control."""
