"""What answers have done to the memory of questions: recall before and after, and when they return."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from content.memory.cards import Key
from content.memory.forgetting import HORIZON_DAYS, recall

if TYPE_CHECKING:
    from content.memory.record import Record


class Change(msgspec.Struct, frozen=True):
    """A question before and after; both are predictions for the same day, seven days from today.

    Attributes:
        before: Recall as it would be without the answers, None where the question was new.
        after: Recall with them.
        due: The day on which the question returns.
    """

    before: float | None
    after: float
    due: int


def changes(record: Record, course: str, keys: Iterable[Key], since: int) -> dict[Key, Change]:
    """Return what the answers from the day `since` on have changed; questions without any are left out."""
    cards, decay = record.cards(course), record.plan.decay
    horizon = record.today + HORIZON_DAYS
    found: dict[Key, Change] = {}
    for key in keys:
        card = cards.get(key)
        if card is None or card.last < since:
            continue
        rows = record.store.rows(
            "SELECT stability, day FROM days WHERE course = ? AND item = ? AND revision = ? AND day < ? "
            "ORDER BY day DESC LIMIT 1",
            course,
            *key,
            since,
        )
        before = recall(rows[0][0], horizon - rows[0][1], decay) if rows else None
        found[key] = Change(before, recall(card.stability, horizon - card.last, decay), card.due)
    return found


def gained(changed: Iterable[Change]) -> float:
    """Return how many more questions will be recalled seven days from now."""
    return sum(each.after - (each.before or 0.0) for each in changed)
