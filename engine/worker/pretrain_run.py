"""A run of the kind `pretrain`: masked language modelling of a small BERT from random weights."""

from __future__ import annotations

from collections.abc import Sequence

from engine.recipes.checks import check
from engine.worker.aside import aside
from engine.worker.corpus import corpus, is_small
from engine.worker.framework import load_transformers
from engine.worker.session import Session
from engine.worker.starts import require_memory, scratch_shape
from engine.worker.turn import wait_for_slot


def train(session: Session) -> None:
    """Train, evaluate every so many updates, and look at the test texts once, at the end.

    Raises:
        Stopped: The run is to stop.
        EngineError: What it needs is not there.
    """
    knobs = session.recipe.knobs
    check(session.recipe)
    require_memory("scratch", knobs, scratch_shape(knobs))
    texts = read(session) if is_small(str(knobs["data"])) else None
    with wait_for_slot(session):
        load_transformers(session)
        from engine.worker.pretraining import Pretraining

        Pretraining(session, texts or read(session)).run()


def read(session: Session) -> Sequence[str]:
    """Return the texts, read aside: a small file before others have trained, so that its faults are said at once."""
    knobs = session.recipe.knobs
    session.loading("data")
    return aside(lambda _: corpus(str(knobs["data"]), seed=int(knobs["seed"])), session.check)
