"""Half-given answers and the time that they took: whatever is begun is kept, and found again."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from content.memory.entry import Entry
from content.memory.record import Record
from content.quiz.answer import decode_answer
from content.quiz.session import Turn
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face

LONGEST_SECONDS = 600.0
"""Who looks away longer than this is not thinking about the question."""


class Drafts:
    """The drafts of a course as the record keeps them, and a clock that runs while a question is thought about.

    Attributes:
        kept: The present draft is kept as it is, as far as it was to be kept.
    """

    def __init__(self, record: Record, course: str, clock: Callable[[], float]) -> None:
        self._record = record
        self._course = course
        self._clock = clock
        self.kept = True
        self.begin()

    def begin(self) -> None:
        """Let the clock run from now on."""
        self._since = self._clock()

    def seconds(self, draft: Draft) -> float:
        """Return how long was spent on a draft by now."""
        return min(draft.seconds + self._clock() - self._since, LONGEST_SECONDS)

    def find(self, turn: Turn) -> Draft:
        """Return the draft of a turn, an empty one where none was begun."""
        empty = Draft(seed=turn.seed, attempt=turn.attempt)
        try:
            kept = msgspec.convert(self._record.draft(self._course, turn.item), Draft)
        except msgspec.ValidationError:
            return empty
        return kept if (kept.seed, kept.attempt) == (turn.seed, turn.attempt) else empty

    def keep(self, item: str, draft: Draft) -> Draft:
        """Keep a draft that is begun; return it with the time that was spent on it."""
        draft = replace(draft, seconds=self.seconds(draft))
        self.begin()
        if draft.begun():
            self.kept = self._record.keep_draft(self._course, item, msgspec.to_builtins(draft))
        return draft

    def drop(self, item: str) -> None:
        """Forget the draft of a question."""
        self._record.drop_draft(self._course, item)


def recalled(face: Face, entry: Entry, turn: Turn) -> Draft:
    """Return the draft that led to an answer which was locked before."""
    answer = decode_answer(entry.answer)
    draft = face.recalled(answer) if answer is not None else Draft()
    return replace(
        draft,
        seed=turn.seed,
        attempt=turn.attempt,
        hints=entry.hints,
        sure=entry.confidence,
        seconds=entry.seconds,
    )
