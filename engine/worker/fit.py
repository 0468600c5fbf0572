"""Fits FSRS's parameters to a learner's reviews: `python -P -m engine.worker.fit REVIEWS FIT`.

The optimiser is FSRS's own: stochastic gradient descent on the log-loss of predicted recall, through PyTorch. What it
finds is held against FSRS's own parameters on all reviews, by the schedule's own arithmetic, and the better ones are
written. It ends with the program that has started it, and lets everything else on this machine go first.
"""

from __future__ import annotations

import json
import math
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import EngineError
from engine.fitting.reviews import FORMAT, LEAST, LONGEST, MOST, Fit, Review, Reviews, histories, usable
from engine.runs.replacing import replace_file
from engine.worker.process import die_with, step_back

SEED = 42
"""Draws the cards where there are too many."""

CERTAIN = 1e-9
"""No prediction is nearer to 0 or 1, so that one surprise does not outweigh everything."""

Say = Callable[[str, str], None]
"""Is told what is done ("loading", "fitting") and how far it is."""

Histories = dict[int, list[Review]]


def main(arguments: list[str]) -> int:
    """Fit, and return 0; 1 where something is missing or a file cannot be used, 2 for wrong words."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m engine.worker.fit REVIEWS FIT\n")
        return 2
    die_with(os.getppid(), signal.SIGTERM)
    step_back()
    given, made = map(Path, arguments)
    try:
        asked = msgspec.json.decode(given.read_bytes(), type=Reviews)
        if asked.format != FORMAT:
            raise ValueError(f"{given}: format {asked.format}, this program reads {FORMAT}")
        replace_file(made, msgspec.json.encode(fit(asked, _say)))
    except (EngineError, ImportError, OSError, ValueError) as error:
        _tell(failed=" ".join(str(error).split()))
        return 1
    return 0


def fit(asked: Reviews, say: Say) -> Fit:
    """Return the parameters that explain the reviews best.

    Raises:
        ValueError: There are too few reviews, or they lead to no parameters.
        ImportError: A package of the optimiser is not installed.
    """
    began = time.perf_counter()
    count = usable(asked.reviews)
    if count < LEAST:
        raise ValueError(f"{count} usable reviews, {LEAST} are needed")
    say("loading", "torch")
    from fsrs.scheduler import DEFAULT_PARAMETERS

    every = histories(asked.reviews)
    drawn = sample(every, MOST, SEED)
    found = optimised(drawn, say)
    candidates = [found, tuple(DEFAULT_PARAMETERS)]
    losses = [log_loss(each, every.values()) for each in candidates]
    best = min(range(len(candidates)), key=losses.__getitem__)
    return Fit(
        parameters=candidates[best],
        before=log_loss(asked.parameters or DEFAULT_PARAMETERS, every.values()),
        after=losses[best],
        reviews=sum(len(history) - 1 for history in every.values()),
        used=usable(review for history in drawn.values() for review in history),
        seconds=round(time.perf_counter() - began, 2),
    )


def sample(every: Histories, most: int, seed: int) -> Histories:
    """Return all histories, or whole ones drawn by chance until they have `most` usable reviews."""
    cards = sorted(every)
    random.Random(seed).shuffle(cards)
    drawn: Histories = {}
    left = most
    for card in cards:
        if left <= 0:
            break
        drawn[card] = every[card]
        left -= min(len(every[card]), LONGEST) - 1
    return drawn


def optimised(drawn: Histories, say: Say) -> tuple[float, ...]:
    """Return what FSRS's optimiser makes of some histories.

    Raises:
        ValueError: It leads to no parameters.
        ImportError: One of its packages is not installed.
    """
    import torch
    from fsrs import Rating, ReviewLog
    from fsrs.optimizer import Optimizer

    Optimizer(())  # where one of its packages is missing, this says which
    from fsrs.optimizer import num_epochs

    torch.set_num_threads(1)

    class Watched(Optimizer):
        """Says after each epoch how many there were, which the optimiser itself shows to nobody but a terminal."""

        epochs = 0

        def _compute_batch_loss(self, *, parameters: list[float]) -> float:
            loss: float = super()._compute_batch_loss(parameters=parameters)
            self.epochs += 1
            say("fitting", f"{self.epochs}/{num_epochs}")
            return loss

    logs = [
        ReviewLog(card, Rating(rating), _noon(day), None) for history in drawn.values() for card, day, rating in history
    ]
    say("fitting", f"0/{num_epochs}")
    found = tuple(map(float, Watched(logs).compute_optimal_parameters()))
    if not all(map(math.isfinite, found)):
        raise ValueError("the optimiser found no parameters")
    return found


def log_loss(parameters: Sequence[float], every: Iterable[list[Review]]) -> float:
    """Return the mean surprise of each card's later reviews, in nats, had they been predicted with these parameters."""
    from fsrs import Card, Rating, Scheduler

    scheduler: Any = Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    losses = []
    for history in every:
        card: Any = Card(card_id=1, due=_noon(history[0][1]))
        for at, (_, day, rating) in enumerate(history):
            if at:
                recall = scheduler.get_card_retrievability(card, _noon(day))
                likely = recall if rating > Rating.Again else 1 - recall
                losses.append(-math.log(min(1 - CERTAIN, max(CERTAIN, likely))))
            card, _ = scheduler.review_card(card, Rating(rating), _noon(day))
    return math.fsum(losses) / len(losses)


def _noon(day: int) -> datetime:
    """Return a moment for a day: FSRS counts whole days between moments."""
    return datetime.fromordinal(day).replace(hour=12, tzinfo=UTC)


def _say(doing: str, what: str) -> None:
    _tell(doing=doing, what=what)


def _tell(**words: str) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
