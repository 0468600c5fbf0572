"""Asking in tests: a run that is asked after each of its updates, and an answer that is waited for."""

from __future__ import annotations

import pytest

from engine.runs import asks
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.worker.session import Session
from tests.engine.working import try_run, until

PATIENCE_SECONDS = 240.0
"""A process imports for seconds on an idle machine, and for minutes on a crowded one."""


def try_asked(folder: RunFolder, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """Attempt the run in this process, ask after each update, and return the answers."""
    tokens: list[str] = []
    updated = Session.updated

    def asking(session: Session, loss: float, rate: float, norm: float) -> None:
        updated(session, loss, rate, norm)
        session._unwatched_until = 0.0
        tokens.append(asks.put(folder, ask))

    with monkeypatch.context() as patch:
        patch.setattr(Session, "updated", asking)
        result = try_run(folder)
    assert result.state == "finished", result.reason
    return [answer for token in tokens if (answer := asks.answered(folder, token))]


def answer_to(folder: RunFolder, ask: Ask) -> Answer:
    """Return what another process answers."""
    token = asks.put(folder, ask)
    answer = until(lambda: asks.answered(folder, token), f"an answer to {ask.kind}", PATIENCE_SECONDS)
    assert answer is not None
    return answer
