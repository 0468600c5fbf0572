"""What is coming: how many questions return on each of the next days."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from content.memory.day import date_of
from tui.text.fitting import padded
from tui.widgets.statistics.drawn import LEARNER, QUIET, Paper

ROWS = 4
PARTS = "⣀⣤⣶⣿"


def coming(due: Sequence[int], today: int, paper: Paper) -> list[Content]:
    """Return a bar a day, today first."""
    days = min(len(due), paper.width // 2)
    most = max(due[:days], default=0)
    rows = [paper.title("statistics.coming")]
    if most:
        drawn = ("".join(_part(count, most, row, paper) + " " for count in due[:days]) for row in range(ROWS))
        rows += [Content.styled(row, LEARNER) for row in drawn]
        marks = ""
        for ahead in range(0, days, 7):
            marks = padded(marks, 2 * ahead) + f"{date_of(today + ahead):%m-%d} "
        rows.append(Content.styled(marks[: paper.width], QUIET))
    said = paper.words(
        "statistics.coming-says" if sum(due) else "statistics.coming-none",
        today=f"{due[0] if due else 0:,}",
        week=f"{sum(due[:7]):,}",
        all=f"{sum(due):,}",
        days=len(due),
    )
    return [*rows, *paper.prose(said)]


def _part(count: int, most: int, row: int, paper: Paper) -> str:
    """Return what of a bar stands in a row, the topmost being 0; one question is never nothing."""
    quarters = max(1, round(4 * ROWS * count / most)) if count else 0
    filled = min(4, max(0, quarters - 4 * (ROWS - 1 - row)))
    if paper.glyphs.ascii:
        return "#" if filled else " "
    return PARTS[filled - 1] if filled else " "
