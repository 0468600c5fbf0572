"""The order of a session: which question is next is a function of what was answered so far.

Nothing but the record is needed to go on after a crash: `standing(session, steps)` with the steps that the
record has kept leads to the same question with the same numbers and the same order of options.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from content.quiz.dice import roll

if TYPE_CHECKING:
    from content.course.any_item import AnyItem

GAP = 3
"""So many questions stand between a wrong answer and its return, where there are so many."""

TRIES = 3
"""So often a question is asked in one session at most."""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A session as it was begun.

    Attributes:
        section: Slug of the section, "" for a mixed session.
        items: Ids in the order of the first round.
        redrawn: Those of them whose numbers are drawn anew when they return.
    """

    id: str
    course: str
    section: str
    items: tuple[str, ...]
    seed: int
    redrawn: tuple[str, ...] = ()
    mode: str = "page"


class Step(msgspec.Struct, frozen=True):
    """What became of one question: answered right, answered wrong, or skipped."""

    item: str
    right: bool = False
    skipped: bool = False


class Turn(msgspec.Struct, frozen=True):
    """The question whose turn it is.

    Attributes:
        seed: For its numbers and the order of its options; a retry has the same, unless the question draws
            its numbers: then it comes back with new ones.
        attempt: 1 for the first time in this session.
    """

    item: str
    seed: int
    attempt: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a session stands.

    Attributes:
        turn: None when the session is over.
        waiting: What follows after this turn.
        asked: Questions answered or skipped at least once.
        right: Of those, right at the first attempt.
        total: Different questions of the session.
        returning: Of those that follow, wrong ones that come again.
    """

    turn: Turn | None
    waiting: tuple[str, ...]
    asked: int
    right: int
    total: int
    returning: tuple[str, ...]


def begin(
    items: Sequence[AnyItem], *, course: str, section: str, session_id: str, seed: int, mode: str = "page"
) -> Session:
    """Return a new session of these questions, in their order."""
    from content.course.number import NumberItem  # the record imports this module and needs no questions

    return Session(
        id=session_id,
        course=course,
        section=section,
        items=tuple(item.id for item in items),
        seed=seed,
        redrawn=tuple(item.id for item in items if isinstance(item, NumberItem) and item.draws),
        mode=mode,
    )


def standing(session: Session, steps: Iterable[Step]) -> Standing:
    """Return where a session stands after these steps; steps that do not belong to it change nothing."""
    queue = list(dict.fromkeys(session.items))
    attempts: dict[str, int] = {}
    first_right: set[str] = set()
    for step in steps:
        if step.item not in queue:
            continue
        queue.remove(step.item)
        attempts[step.item] = attempts.get(step.item, 0) + 1
        if step.right and attempts[step.item] == 1:
            first_right.add(step.item)
        if not step.right and not step.skipped and attempts[step.item] < TRIES:
            queue.insert(GAP, step.item)
    turn = None
    if queue:
        turn = _turn(session, queue[0], attempts.get(queue[0], 0) + 1)
    return Standing(
        turn=turn,
        waiting=tuple(queue[1:]),
        asked=len(attempts),
        right=len(first_right),
        total=len(set(session.items)),
        returning=tuple(item for item in queue[1:] if item in attempts),
    )


def _turn(session: Session, item: str, attempt: int) -> Turn:
    round_of_numbers = attempt if item in session.redrawn else 1
    return Turn(item, roll(session.seed, session.id, item, round_of_numbers), attempt)
