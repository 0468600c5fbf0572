"""Reviews as a learner of known memory would give them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler
from fsrs.scheduler import DEFAULT_PARAMETERS

from engine.fitting.reviews import Review

FIRST_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)


def memory(**changes: float) -> tuple[float, ...]:
    """Return FSRS's own parameters with some changed, such as p20=0.4."""
    changed = {int(name[1:]): value for name, value in changes.items()}
    return tuple(changed.get(at, value) for at, value in enumerate(DEFAULT_PARAMETERS))


SHORT = memory(p0=0.05, p1=0.3, p2=0.6, p8=1.0, p20=0.6)
"""Somebody who forgets sooner than most."""

LONG = memory(p0=1.5, p2=12.0, p8=2.6, p20=0.1)
"""Somebody who forgets later than most."""


def simulated(parameters: tuple[float, ...], *, cards: int, each: int, seed: int) -> tuple[Review, ...]:
    """Return reviews of some cards, asked when FSRS's own parameters say so and answered by another memory."""
    rng = random.Random(seed)
    truth: Any = Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    plan: Any = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    reviews = []
    for name in range(cards):
        now = FIRST_DAY + timedelta(days=rng.randrange(30))
        real: Any = Card(card_id=name, due=now)
        planned: Any = Card(card_id=name, due=now)
        for at in range(each):
            known = rng.random() < truth.get_card_retrievability(real, now) if at else rng.random() < 0.6
            rating = rng.choice((Rating.Hard, Rating.Good, Rating.Good)) if known else Rating.Again
            reviews.append((name, now.toordinal(), int(rating)))
            real, _ = truth.review_card(real, rating, now)
            planned, _ = plan.review_card(planned, rating, now)
            late = timedelta(days=rng.choice((0, 0, 1, 3)))
            now = max(now + timedelta(days=1), planned.due.replace(hour=12, minute=0, second=0, microsecond=0)) + late
    return tuple(reviews)
