"""What is taught, and what the learner knows of it; imports neither Textual nor torch."""
