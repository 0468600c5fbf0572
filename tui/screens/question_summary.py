"""The look back at the end of a sitting: what became of each question, what that changed, when it returns."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from content.course.any_item import AnyItem
from content.course.cloze import BLANK
from content.course.formula import FormulaError
from content.course.numerals import PLACEHOLDER
from content.memory.change import Change, gained
from content.quiz.posed import Posed
from content.quiz.review import REVIEW
from tui.days import said_day
from tui.glyphs import Glyphs
from tui.learner import objectives_in, said_of, stands_in
from tui.screens.question_sitting import Outcome, Sitting
from tui.text.cells import cells
from tui.text.fitting import padded
from tui.widgets.question.row import Row
from tui.words import Words

log = logging.getLogger("learncurve")


def summary_title(outcomes: Sequence[Outcome], words: Words) -> str:
    """Return how many of those that were answered were right at the first attempt."""
    first = [outcome.answers[0].right for outcome in outcomes if outcome.answers]
    if not first:
        return words("question.summary.title-none")
    key = "question.summary.title-all" if sum(first) == len(outcomes) else "question.summary.title"
    return words(key, right=sum(first), all=len(first))


def summary_rows(sitting: Sitting, words: Words, signs: Glyphs) -> tuple[Row, ...]:
    """Return what changed, then what is worth a look: sure but wrong first, then what comes back, what is done."""
    groups: dict[str, list[Row]] = {"sure-wrong": [], "open": [], "skipped": [], "mended": [], "right": []}
    changed = sitting.changes()
    asides = _asides(changed, sitting.record.today, words, signs)
    for outcome in sitting.outcomes():
        item, group = sitting.items.get(outcome.item), _group(outcome)
        if item is not None:
            groups[group].append(_row(item, outcome, group, asides.get(item.id, ""), words))
    parts = [_course(sitting, changed, words, signs)]
    parts += [(_head(_said(name, sitting, words)), *rows) for name, rows in groups.items() if rows]
    parts += [_slips(sitting, words), _objectives(sitting, words)]
    shown: list[Row] = []
    for part in filter(None, parts):
        shown += [Row(), *part] if shown else part
    return tuple(shown)


def _said(group: str, sitting: Sitting, words: Words) -> str:
    """Return what is said over a group; a review says otherwise when its questions are asked again."""
    own = words.find(f"review.summary.{group}") is not None and sitting.session.mode == REVIEW
    return words(f"review.summary.{group}" if own else f"question.summary.{group}")


def _head(text: str) -> Row:
    return Row(text=text, tone="learner")


def _course(sitting: Sitting, changed: Mapping[str, Change], words: Words, signs: Glyphs) -> tuple[Row, ...]:
    """Return coverage and recall of the whole course, before and after; nothing where nothing was answered."""
    if not changed:
        return ()
    stands = stands_in(sitting.course, sitting.record)
    seen = stands.seen - sum(each.before is None for each in changed.values())
    recalled = (stands.expected - gained(changed.values())) / seen if seen else None
    said = words(
        "question.summary.course",
        seen=_from_to(str(seen), str(stands.seen), signs),
        all=stands.all,
        recall=_from_to("" if recalled is None else f"{recalled:.0%}", f"{stands.recall or 0:.0%}", signs),
    )
    return (_head(said), Row(text=words("question.summary.legend", arrow=signs.arrow)))


def _from_to(before: str, after: str, signs: Glyphs) -> str:
    return after if before in ("", after) else f"{before} {signs.arrow} {after}"


def _asides(changed: Mapping[str, Change], today: int, words: Words, signs: Glyphs) -> dict[str, str]:
    """Return by question its recall before and after and the day of its return, in columns."""
    new = words("question.summary.new")
    recalls = {
        item: _from_to(new if change.before is None else f"{change.before:.0%}", f"{change.after:.0%}", signs)
        for item, change in changed.items()
    }
    days = {item: said_day(change.due, today, words) for item, change in changed.items()}
    widest = max(map(cells, recalls.values()), default=0)
    longest = max(map(cells, days.values()), default=0)
    return {
        item: f"{' ' * (widest - cells(recalls[item]))}{recalls[item]}  {padded(days[item], longest)}"
        for item in changed
    }


def _group(outcome: Outcome) -> str:
    answers = outcome.answers
    if not answers:
        return "skipped"
    if any(not answer.right and answer.confidence == 3 for answer in answers):
        return "sure-wrong"
    if not answers[-1].right:
        return "open"
    return "right" if answers[0].right else "mended"


def _row(item: AnyItem, outcome: Outcome, group: str, aside: str, words: Words) -> Row:
    right = None if group == "skipped" else outcome.right
    return Row(
        id=item.id,
        text=_asked(item, outcome, words.language),
        cut=True,
        right=right,
        tone="quiet" if right is None else "",
        aside=aside,
        why=words("question.summary.mended") if group == "sure-wrong" and outcome.right else "",
        told=True,
    )


def _asked(item: AnyItem, outcome: Outcome, language: str) -> str:
    """Return the question as it was put the last time; one that cannot be put leaves its numbers open."""
    try:
        ask = Posed(item, outcome.seed).say(item.ask, language)
    except FormulaError:
        log.exception("question %s cannot be put", item.id)
        ask = PLACEHOLDER.sub("...", item.ask.say(language))
    return BLANK.sub("____", ask)


def _slips(sitting: Sitting, words: Words) -> tuple[Row, ...]:
    """Return the misconceptions that were hit, each with how often that has happened by now."""
    hit = dict.fromkeys(slip for outcome in sitting.outcomes() for answer in outcome.answers for slip in answer.slips)
    counted = sitting.record.slips(sitting.course.id) if hit else {}
    rows = []
    for slip in sorted(hit, key=lambda name: -counted.get(name, 1)):
        meant, times = sitting.course.slip(slip), counted.get(slip, 1)
        if meant is not None:
            key = "question.summary.slip-again" if times > 1 else "question.summary.slip"
            rows.append(Row(id=f"slip-{slip}", text=words(key, slip=meant.say(words.language), n=times)))
    return (_head(words("question.summary.slips")), *rows) if rows else ()


def _objectives(sitting: Sitting, words: Words) -> tuple[Row, ...]:
    """Return how the learner stands with each objective of the section; a review has none of its own."""
    section = sitting.course.section(sitting.slug)
    if section is None:
        return ()
    found = objectives_in(sitting.course, sitting.record, sitting.slug)
    rows = [
        Row(
            id=f"objective-{name}",
            text=section.objectives[name].say(words.language),
            why=said_of(stands, words, "", brief=True).strip(),
            told=True,
        )
        for name, stands in found.items()
    ]
    return (_head(words("question.summary.objectives")), *rows) if rows else ()
