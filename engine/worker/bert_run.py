"""A run of the kind `bert`: a BERT learns labels, from wherever its weights begin."""

from __future__ import annotations

from engine.worker.aside import aside
from engine.worker.framework import load_transformers
from engine.worker.session import Session
from engine.worker.starts import Start, prepare
from engine.worker.texts import Texts, fetch_texts, is_light, is_small, require_texts, texts
from engine.worker.turn import wait_for_slot
from engine.worker.unknown import refuse_unknown_to


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
            data = read(session, start)  # a fault of the learner's file is said before others train, and the imports
    with wait_for_slot(session):
        if data is None and is_light(str(knobs["data"])):
            data = read(session, start)
        load_transformers(session)
        from engine.worker.classifying import Classifying
        from engine.worker.together import join, leader_first

        join(session)  # from here on all that `start` needs is in the cache: the leader came here too
        with leader_first(session):
            data = data or read(session, start)
        Classifying(session, start or prepare(session, str(knobs["start"])), data).run()


def read(session: Session, start: Start | None) -> Texts:
    """Return the texts, read aside, since a large file or a slow server takes its time.

    Args:
        start: What the run begins from, None where nobody has looked yet.

    Raises:
        DataError: They are not usable, or the tokenizer of the start cannot read them.
    """
    knobs = session.recipe.knobs
    name = str(knobs["data"])

    def reading() -> Texts:
        found = texts(
            name,
            labels_per_class=int(knobs["labels_per_class"]),
            seed=int(knobs["seed"]),
            cache=session.folder.home / "cache",
        )
        if start is not None:
            refuse_unknown_to(start, found.train.texts, name)
        return found

    session.loading("data")
    return aside(lambda _: reading(), session.check)
