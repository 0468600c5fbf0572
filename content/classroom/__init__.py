"""What the answers of one learner or of a class say about the questions."""
