"""The learner's reviews as FSRS's optimiser wants them: by question, day and rating."""

from __future__ import annotations

from content.memory.record import Record


def reviews(record: Record) -> tuple[tuple[int, int, int], ...]:
    """Return every review of every course as (card, day, rating); a card is a question in one revision.

    A day counts once for a question, with its first answer, as in the schedule.
    """
    record.refresh()
    rows = record.store.rows(
        "SELECT course, item, revision, day, rating FROM days ORDER BY course, item, revision, day"
    )
    cards: dict[tuple[str, str, int], int] = {}
    return tuple(
        (cards.setdefault((course, item, revision), len(cards)), day, rating)
        for course, item, revision, day, rating in rows
    )


def usable_in(record: Record) -> int:
    """Return how many reviews tell something of forgetting: those of a question that was asked on an earlier day.

    Of one question the first 64 count, as FSRS's optimiser has it. Answers that are not derived yet are left out.
    """
    sql = "SELECT coalesce(sum(min(n, 64) - 1), 0) FROM (SELECT count(*) n FROM days GROUP BY course, item, revision)"
    return int(record.store.rows(sql)[0][0])
