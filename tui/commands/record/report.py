"""`learncurve record report FILES...`: a class's answers, question by question and option by option, by language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from content.classroom.picks import LINE, OPTION, RIGHT, VERDICT, WRONG, Offer
from content.classroom.pool import Pool, pool
from content.classroom.tally import APART, IDLE, LEAST, Rate, Tallies, Tally, tallies
from content.course.course import Course
from content.course.spans import item_spans, plain
from content.course.visible import visible
from tui.commands.asked import Asked, say_json
from tui.commands.record.opening import course_of, read_parcel
from tui.text.cells import cells
from tui.text.fitting import fit, padded
from tui.words import Words

CELLS = 46
"""Of what can be chosen, before its rates."""

LEAST_OF_TEXT = 3
"""A part keeps one of so many cells beside a known mistake, however long that is."""


def run(asked: Asked) -> int:
    """Print the rates of every question that was answered, and what an author should look at."""
    given = asked.given
    course = course_of(asked)
    language = given.language or asked.words.language
    pooled = pool([read_parcel(asked, name) for name in given.files], course.id, first=given.first)
    found = tallies(pooled.answers, course)
    if asked.json:
        say_json({"version": 1, "course": course.id, **_plain(pooled, found, language)})
    else:
        print("\n".join(_lines(pooled, found, course, asked.words, language)))
    return 0


# -- for programs


def _plain(pooled: Pool, found: Tallies, language: str) -> dict[str, Any]:
    return {
        "learners": pooled.learners,
        "answers": sum(tally.answers for tally in found.questions),
        "elsewhere": pooled.elsewhere,
        "outdated": found.outdated,
        "thresholds": {"answers": LEAST, "points_apart": round(APART * 100), "idle_share": IDLE},
        "items": [_plain_tally(tally, language) for tally in found.questions],
    }


def _plain_tally(tally: Tally, language: str) -> dict[str, Any]:
    return {
        "item": tally.item.id,
        "revision": tally.item.revision,
        "section": tally.item.section,
        "type": tally.item.kind,
        "passed": {name: _plain_rate(rate) for name, rate in tally.passed.items()},
        "points_apart": None if tally.gap is None else round(tally.gap * 100, 1),
        "chance": None if tally.chance is None else round(tally.chance, 4),
        "apart": tally.apart,
        "taken": [
            {
                "part": taken.offer.part,
                "chosen": taken.offer.chosen,
                "text": taken.offer.text.say(language),
                "right": taken.offer.right,
                "idle": taken.idle,
                "rates": {name: _plain_rate(rate) for name, rate in taken.rates.items()},
            }
            for taken in tally.taken
        ],
    }


def _plain_rate(rate: Rate) -> dict[str, float]:
    return {"count": rate.count, "of": rate.of, "share": round(rate.share, 4)}


# -- for people


def _lines(pooled: Pool, found: Tallies, course: Course, words: Words, language: str) -> Iterator[str]:
    answers = sum(tally.answers for tally in found.questions)
    title = visible(course.title.say(language))
    yield words("record.report-title", learners=pooled.learners, answers=f"{answers:,}", course=title)
    if pooled.elsewhere or found.outdated:
        yield words("record.report-passed-over", elsewhere=pooled.elsewhere, outdated=found.outdated)
    for tally in found.questions:
        yield ""
        yield from _of_question(tally, course, words, language)
    doubtful = [tally.item.id for tally in found.questions if is_doubtful(tally)]
    yield ""
    yield words("record.report-look", items=", ".join(doubtful)) if doubtful else words("record.report-well")


def is_doubtful(tally: Tally) -> bool:
    """Return whether an author should look at the question."""
    return tally.apart or any(taken.idle for taken in tally.taken)


def _of_question(tally: Tally, course: Course, words: Words, language: str) -> Iterator[str]:
    name = f"{tally.item.id}  {tally.item.section} {tally.item.kind}"
    yield f"{padded(visible(name), CELLS + 4)} {_rates(tally.passed)}"
    if tally.apart and tally.gap is not None:
        yield "  ! " + words("record.report-apart", points=f"{tally.gap * 100:.0f}", chance=f"{tally.chance or 0:.1%}")
    for taken in tally.taken:
        mark = "+" if taken.offer.right else "!" if taken.idle else " "
        said = chosen(taken.offer, course, words, language, CELLS)
        yield f"  {mark} {padded(said, CELLS)} {_rates(taken.rates)}"
        if taken.idle:
            yield f"      {words('record.report-idle', share=f'{IDLE:.0%}')}"


def chosen(offer: Offer, course: Course, words: Words, language: str, room: int = 0) -> str:
    """Return what can be chosen, in words on one line; in so many cells the text is cut before what came of it."""
    text = " ".join(plain(item_spans(visible(offer.text.say(language)))).split())
    if offer.part == VERDICT:
        return words(f"question.{offer.chosen}")
    if offer.part in (OPTION, LINE):
        return text or visible(offer.chosen)
    outcome = _outcome(offer.chosen, course, words, language)
    if text:
        around = cells(words("record.report-outcome", text="", outcome=outcome))
        text = text.rstrip(".。")
        cut = fit(text, max(room // LEAST_OF_TEXT, room - around)) if room else text
        outcome = words("record.report-outcome", text=cut, outcome=outcome)
    return fit(outcome, room) if room else outcome


def _outcome(name: str, course: Course, words: Words, language: str) -> str:
    """Return what came of a part: right, a known mistake in the course's words, or wrong in another way."""
    if name in (RIGHT, WRONG):
        return words(f"record.{name}")
    slip = course.slip(name)
    return visible(slip.say(language) if slip is not None else name)


def _rates(rates: dict[str, Rate]) -> str:
    return "   ".join(f"{visible(language)} {rate.share:>4.0%} {_of(rate)}" for language, rate in rates.items())


def _of(rate: Rate) -> str:
    return f"({rate.count}/{rate.of})"
