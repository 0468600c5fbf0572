"""What is hard: the questions missed most often, and the misconceptions behind wrong choices."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from content.memory.statistics import Hard, Statistics
from tui.text.fitting import fit
from tui.widgets.statistics.drawn import LEARNER, Paper

FIGURES = 9


def hard(said: Statistics, asks: dict[str, str], paper: Paper) -> list[Content]:
    """Return the hardest questions in their words.

    Args:
        asks: A line for each of them.
    """
    rows = [paper.title("statistics.hard"), *(_row(each, asks.get(each.item, each.item), paper) for each in said.hard)]
    return [*rows, *paper.prose(paper.words("statistics.hard-says" if said.hard else "statistics.hard-none"))]


def _row(each: Hard, ask: str, paper: Paper) -> Content:
    figures = f"{each.rights}/{each.answers}".rjust(FIGURES - 2) + "  "
    return Content.styled(figures, LEARNER) + Content(fit(ask, paper.width - FIGURES))


def slips(said: Sequence[tuple[str, int]], paper: Paper) -> list[Content]:
    """Return the misconceptions that were hit, in words, with how often."""
    rows = [paper.title("statistics.slips")]
    if not said:
        return [*rows, *paper.prose(paper.words("statistics.slips-none"))]
    rows += paper.prose(paper.words("statistics.slips-says"))
    return [
        *rows,
        *(
            Content.styled(f"{count}x".rjust(FIGURES - 2) + "  ", LEARNER) + Content(fit(text, paper.width - FIGURES))
            for text, count in said
        ),
    ]


def effort(said: Statistics, paper: Paper) -> list[Content]:
    """Return the time spent, in a sentence."""
    hours, minutes = divmod(round(said.seconds / 60), 60)
    time = paper.words(
        "statistics.effort-hours" if hours else "statistics.effort-minutes", hours=hours, minutes=minutes
    )
    each = said.seconds / said.answers if said.answers else 0.0
    words = paper.words(
        "statistics.effort-says" if said.answers else "statistics.none",
        time=time,
        days=len(said.days),
        each=f"{each:.0f}",
        answers=f"{said.answers:,}",
        right=f"{said.rights / said.answers if said.answers else 0:.0%}",
    )
    return [paper.title("statistics.effort"), *paper.prose(words)]
