"""Calibration: how often the learner was right when they guessed, were unsure, or were sure."""

from __future__ import annotations

from textual.content import Content

from content.memory.statistics import CLAIMED, SURE, Statistics, Trust
from tui.widgets.statistics.drawn import LEARNER, QUIET, Paper, label

NAME = 9
FIGURES = 23

TRUSTED_ANSWERS = 5
"""Fewer answers than this say nothing about how far confidence can be trusted."""

FAR = 0.15
"""So far from what was claimed, "sure" is called too bold or too shy."""


def trust(said: Statistics, paper: Paper) -> list[Content]:
    """Return a bar a confidence; a mark stands where it would be if confidence told the truth."""
    rows = [paper.title("statistics.trust")]
    cells = max(6, min(48, paper.width - NAME - FIGURES))
    rows += [_row(each, cells, paper) for each in said.trust]
    if said.brier is None:
        return [*rows, *paper.prose(paper.words("statistics.none"))]
    told = paper.words("statistics.trust-says", verdict=paper.words(_verdict(said)), brier=f"{said.brier:.2f}")
    return [*rows, *paper.prose(told)]


def _row(each: Trust, cells: int, paper: Paper) -> Content:
    bar = paper.bar(each.share, cells)
    place = round(CLAIMED[each.confidence] * cells)
    after = bar.ljust(cells)
    mark = paper.glyphs.v
    drawn = (
        Content.styled(after[:place], LEARNER) + Content.styled(mark, "bold") + Content.styled(after[place:], LEARNER)
    )
    key = "statistics.trust-row" if each.answers else "statistics.trust-never"
    figures = paper.words(key, share=f"{each.share:.0%}", rights=f"{each.rights:,}", answers=f"{each.answers:,}")
    return label(paper.words(f"statistics.sure-{each.confidence}"), NAME) + drawn + Content.styled(f" {figures}", QUIET)


def _verdict(said: Statistics) -> str:
    sure = said.trust[-1]
    if sure.answers < TRUSTED_ANSWERS:
        return "statistics.trust-early"
    if sure.share < CLAIMED[SURE] - FAR:
        return "statistics.trust-bold"
    doubted = [each for each in said.trust[:-1] if each.answers >= TRUSTED_ANSWERS]
    if any(each.share > CLAIMED[each.confidence] + 2 * FAR for each in doubted):
        return "statistics.trust-shy"
    return "statistics.trust-fits"
