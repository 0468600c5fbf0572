"""A run of the kind `bert`: a BERT learns labels, from wherever its weights begin."""

from __future__ import annotations

from engine.worker.aside import aside
from engine.worker.framework import load_transformers
from engine.worker.session import Session
from engine.worker.starts import prepare
from engine.worker.texts import require_texts, texts
from engine.worker.turn import wait_for_slot


def train(session: Session) -> None:
    """Train, evaluate each epoch, and look at the test set once, at the end, with the best model.

    Raises:
        Stopped: The run is to stop.
        EngineError: What it needs is not there.
    """
    knobs = session.recipe.knobs
    start = None
    if session.leads:
        aside(lambda _: require_texts(str(knobs["data"])), session.check)
        start = prepare(session, str(knobs["start"]))
    with wait_for_slot(session):
        load_transformers(session)
        from engine.worker.classifying import Classifying
        from engine.worker.together import join, leader_first

        join(session)  # from here on all that `start` needs is in the cache: the leader came here too
        with leader_first(session):
            session.loading("data")
            data = aside(
                lambda _: texts(
                    str(knobs["data"]),
                    labels_per_class=int(knobs["labels_per_class"]),
                    seed=int(knobs["seed"]),
                    cache=session.folder.home / "cache",
                ),
                session.check,
            )
        Classifying(session, start or prepare(session, str(knobs["start"])), data).run()
