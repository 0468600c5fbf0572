"""What a learner tries a model with: paper to draw on, and what the model makes of it."""
