"""Ratings are computed from what happened; the learner is never asked to grade a memory."""

from __future__ import annotations

from content.memory.entry import Given

AGAIN, HARD, GOOD = 1, 2, 3
"""As FSRS numbers them; "easy" is never given: being sure is no proof of ease."""

GUESS, UNSURE = 1, 2


def rating_of(given: Given) -> int:
    """Return the rating of an answer: wrong or guessed is Again, with a hint or unsure Hard, else Good."""
    if not given.right or given.confidence == GUESS:
        return AGAIN
    if given.hints or given.confidence == UNSURE:
        return HARD
    return GOOD
