"""Where asks come in and answers go out: the answerer's side of `engine.runs.asks`."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

import msgspec

from engine.errors import EngineError
from engine.runs import asks
from engine.runs.asker import dismiss, note
from engine.runs.asks import Answer, Ask, Note
from engine.runs.folder import RunFolder

if TYPE_CHECKING:
    from torch import Tensor

log = logging.getLogger(__name__)

ALERT_SECONDS = 2.0
"""So long after a change of the folder it is listed each time: clocks of file systems are coarse."""

LOOK_SECONDS = 1.0
"""Least time between two lists of an unchanged folder: some file systems tell of changes late."""

BUSY_SECONDS = 3.0
"""So long after an ask the answerer may do what makes the next answer better."""


class Reply(msgspec.Struct, frozen=True, eq=False):
    """An answer and its arrays."""

    answer: Answer
    arrays: dict[str, Tensor] = {}


class Answerer(Protocol):
    """A model that can be asked. Nothing that it does may be seen in the training: no random number is drawn,
    no mode is left changed."""

    def answer(self, ask: Ask) -> Reply:
        """Return what the model makes of an ask.

        Raises:
            EngineError: It cannot be answered; its sentence says why.
        """

    def prepare(self) -> None:
        """Do a little of what makes later answers quicker or fresher: at most some 25 ms."""


class Desk:
    """Answers what lies in a run's folder, whenever `serve` is called; that costs next to nothing between asks."""

    def __init__(
        self,
        folder: RunFolder,
        answerer: Answerer,
        *,
        alone: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`alone`: a light process that answers for this run is asked to go."""
        self._folder = folder
        self._answerer = answerer
        self._clock = clock
        self._path = os.fspath(folder.asks)
        self._mark = 0
        self._alert_until = 0.0
        self._look_at = 0.0
        self.asked_at = clock()
        """When the last ask came, by the clock."""
        if alone:
            self._quietly(lambda: dismiss(folder))

    def serve(self) -> None:
        """Answer what waits. Nothing is raised: a question must never end a training."""
        now = self._clock()
        try:
            mark = os.stat(self._path).st_mtime_ns
        except OSError:
            return
        if mark != self._mark:
            self._mark = mark
            self._alert_until = now + ALERT_SECONDS
        if now < self._alert_until or now >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            self._quietly(self._look)
        if now - self.asked_at < BUSY_SECONDS:
            self._quietly(self._answerer.prepare)

    def _look(self) -> None:
        waiting = asks.pending(self._folder)
        for token in waiting:
            self.asked_at = self._clock()
            self._deal_with(token)
        if not waiting and self._clock() - self.asked_at > BUSY_SECONDS:
            asks.sweep(self._folder, time.time())

    def _deal_with(self, token: str) -> None:
        began = time.perf_counter()
        kind = ""
        try:
            ask = asks.read(self._folder, token)
            if ask is None:
                return
            kind = ask.kind
            reply = self._answerer.answer(ask)
        except EngineError as error:
            reply = refusal(kind, note(error))
        except Exception as error:  # the boundary: whoever asks reads a sentence, and training goes on
            log.exception("An ask could not be answered.")
            why = (str(error).splitlines() or [""])[0]
            sentence = f"The model could not answer: {type(error).__name__}: {why}"
            reply = refusal(
                kind,
                Note(code="ask-unexpected", sentence=sentence, details={"error": type(error).__name__, "why": why}),
            )
        answer = msgspec.structs.replace(reply.answer, seconds=time.perf_counter() - began)
        asks.reply(self._folder, token, answer, _packed(reply.arrays))

    def _quietly(self, act: Callable[[], None]) -> None:
        try:
            act()
        except Exception:  # the same boundary: a full disk, a folder that is gone
            log.warning("asks", exc_info=True)


def refusal(kind: str, problem: Note) -> Reply:
    """Return the reply to an ask that cannot be answered."""
    return Reply(Answer(kind=kind, problem=problem))


def _packed(arrays: dict[str, Tensor]) -> bytes:
    if not arrays:
        return b""
    from safetensors.torch import save

    return save(arrays)
