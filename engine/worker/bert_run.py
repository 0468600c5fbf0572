"""A run of the kind `bert`: a BERT learns labels, from wherever its weights begin."""

from __future__ import annotations

from engine.worker.aside import aside
from engine.worker.framework import load_transformers
from engine.worker.session import Session
from engine.worker.starts import prepare
from engine.worker.texts import Texts, fetch_texts, is_light, is_small, require_texts, texts
from engine.worker.turn import wait_for_slot


def train(session: Session) -> None:
    """Train, evaluate each epoch, and look at the test set once, at the end, with the best model.

    Raises:
        Stopped: The run is to stop.
        EngineError: What it needs is not there.
    """
    knobs = session.recipe.knobs
    data, start = None, None
    if session.leads:
        aside(lambda _: require_texts(str(knobs["data"])), session.check)
        start = prepare(session, str(knobs["start"]))
        fetch_texts(session, str(knobs["data"]))
        if is_small(str(knobs["data"])):
            data = read(session)  # a fault of the learner's file is said before others train, and the long imports
    with wait_for_slot(session):
        if data is None and is_light(str(knobs["data"])):
            data = read(session)
        load_transformers(session)
        from engine.worker.classifying import Classifying
        from engine.worker.together import join, leader_first

        join(session)  # from here on all that `start` needs is in the cache: the leader came here too
        with leader_first(session):
            data = data or read(session)
        Classifying(session, start or prepare(session, str(knobs["start"])), data).run()


def read(session: Session) -> Texts:
    """Return the texts, read aside, since a large file or a slow server takes its time."""
    knobs = session.recipe.knobs
    session.loading("data")
    return aside(
        lambda _: texts(
            str(knobs["data"]),
            labels_per_class=int(knobs["labels_per_class"]),
            seed=int(knobs["seed"]),
            cache=session.folder.home / "cache",
        ),
        session.check,
    )
