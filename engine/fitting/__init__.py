"""FSRS's parameters fitted to a learner's reviews, by a process of its own: the light side."""
