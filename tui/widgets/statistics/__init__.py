"""The learner's figures as drawings in text, each with its summary in a sentence."""
