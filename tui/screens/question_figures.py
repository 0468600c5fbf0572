"""The figures beside a question: coverage and recall, when it returns, how often a misconception was hit."""

from __future__ import annotations

import msgspec

from content.course.item import Item
from content.memory.entry import Entry
from content.memory.progress import Progress
from content.quiz.verdict import Verdict
from tui.learner import stands_in
from tui.screens.question_sitting import Sitting


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What the record says; it changes with answers only.

    Attributes:
        stands: Coverage and recall of the section, in a review of the course.
        due: The day on which the question returns, once its answer is locked.
        hits: How often answers to the course have hit the misconceptions of the verdict, this answer included.
        undone: The answer or skip that was undone last and can be brought back, None for none.
        begun: Whether this answer is the first one to the course, with which its recall appears.
    """

    stands: Progress = Progress()
    due: int = 0
    hits: dict[str, int] = {}
    undone: Entry | None = None
    begun: bool = False


def figures(sitting: Sitting, item: Item | None, verdict: Verdict | None) -> Figures:
    """Return the figures of a sitting and its present question, which is locked where there is a verdict."""
    course, record = sitting.course, sitting.record
    due, hits = record.today, dict[str, int]()
    if item is not None and verdict is not None:
        returns = record.due(course.id, item.id, item.revision)
        due = returns if returns is not None else due
        counted = record.slips(course.id) if verdict.slips else {}
        hits = {slip: counted.get(slip, 0) for slip in verdict.slips}
    stands = stands_in(course, record, sitting.slug)
    begun = verdict is not None and stands.seen == 1 and stands_in(course, record).seen == 1
    return Figures(stands=stands, due=due, hits=hits, undone=sitting.undone(), begun=begun)
