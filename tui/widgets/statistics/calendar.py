"""The learner's days as a calendar: a column a week, fuller the more was answered. Days without are just days."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from content.memory.day import date_of
from content.memory.statistics import Studied
from tui.text.cells import cells
from tui.text.fitting import padded
from tui.widgets.statistics.drawn import LEARNER, LINE, QUIET, Paper

LEVELS = "⣀⣤⣶⣿"
LEVELS_ASCII = ".:+#"
BOUNDS = (1, 5, 15, 30)
"""Answers from which each level is drawn."""

NAME = 4
MOST_WEEKS = 53


def calendar(days: Sequence[Studied], today: int, paper: Paper) -> list[Content]:
    """Return the last weeks; the last column is this week."""
    weeks = min(MOST_WEEKS, (paper.width - NAME) // 2)
    monday = today - date_of(today).weekday()
    first = monday - 7 * (weeks - 1)
    answers = {day.day: day.answers for day in days}
    signs = LEVELS_ASCII if paper.glyphs.ascii else LEVELS
    names = paper.words("statistics.weekdays").split()
    rows = [paper.title("statistics.days"), Content.styled(" " * NAME + _months(first, weeks, paper), QUIET)]
    for weekday in range(7):
        row = Content.styled(padded(names[weekday] if weekday % 2 == 0 else "", NAME), QUIET)
        for week in range(weeks):
            day = first + 7 * week + weekday
            count = answers.get(day, 0)
            level = sum(count >= bound for bound in BOUNDS)
            empty = " " if day > today else paper.glyphs.dot
            row += Content.styled(f"{signs[level - 1] if level else empty} ", LEARNER if level else LINE)
        rows.append(row)
    recent = sum(day.day > today - 28 for day in days)
    said = paper.words(
        "statistics.days-says",
        count=len(days),
        recent=recent,
        answers=f"{sum(day.answers for day in days):,}",
        legend="  ".join(f"{sign}\u00a0{bound}+" for sign, bound in zip(signs, BOUNDS, strict=True)),
    )
    return [*rows, *paper.prose(said)]


def _months(first: int, weeks: int, paper: Paper) -> str:
    """Return the months above the weeks in which they begin."""
    names = paper.words("statistics.months").split()
    row = ""
    mondays = [date_of(first + 7 * week) for week in range(weeks)]
    begins = [week for week in range(1, weeks) if mondays[week].month != mondays[week - 1].month]
    for week in (0, *begins):
        name = names[mondays[week].month - 1]
        hides = week == 0 and any(2 * begin <= cells(name) for begin in begins)  # a month of which little is left
        if not hides and cells(row) <= 2 * week and 2 * week + cells(name) <= 2 * weeks:
            row = padded(row, 2 * week) + name + " "
    return row
