"""Coverage and recall over time: two numbers, two drawings."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from content.memory.curve import Point
from content.memory.day import date_of
from tui.text.fitting import padded
from tui.widgets.small_curve import curve_rows
from tui.widgets.statistics.drawn import LEARNER, QUIET, Paper, beside

ROWS = 5
AXIS = 5


def growth(points: Sequence[Point], every: int, paper: Paper) -> list[Content]:
    """Return how much is seen and how much of that is remembered, from the first day to today."""
    if not points:
        return [paper.title("statistics.growth"), *paper.prose(paper.words("statistics.none"))]
    coverage = [min(1.0, point.seen / every) if every else 0.0 for point in points]
    recall = [point.expected / point.seen if point.seen else 0.0 for point in points]
    half = (paper.width - 3) // 2
    days = dict.fromkeys(f"{date_of(point.day):%Y-%m-%d}" for point in (points[0], points[-1]))
    span = f" {paper.glyphs.arrow} ".join(days)
    drawn = beside(
        _one(paper.words("statistics.coverage"), coverage, half, paper),
        _one(paper.words("statistics.recall"), recall, half, paper),
        half,
    )
    said = paper.words(
        "statistics.growth-says",
        coverage=f"{coverage[-1]:.0%}",
        recall=f"{recall[-1]:.0%}",
        known=f"{coverage[-1] * recall[-1]:.0%}",
        span=span,
    )
    return [paper.title("statistics.growth"), *drawn, *paper.prose(said)]


def _one(name: str, values: Sequence[float], width: int, paper: Paper) -> list[Content]:
    rows = curve_rows(values, width - AXIS, ROWS, low=0.0, high=1.0, ascii_only=paper.glyphs.ascii)
    marks = {0: "100% ", ROWS - 1: "  0% "}
    return [
        Content.styled(padded(f"{' ' * AXIS}{name}  {values[-1]:.0%}", width), LEARNER),
        *(
            Content.styled(marks.get(at, " " * AXIS), QUIET) + Content.styled(row, LEARNER)
            for at, row in enumerate(rows)
        ),
    ]
