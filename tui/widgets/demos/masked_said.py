"""What the masked-token game says: what is asked now, how far the orders agree, and what that is worth."""

from __future__ import annotations

from functools import reduce
from operator import add

from tui.demos import masked as game
from tui.demos.masked import Game, Guesses, Side
from tui.ordering import Agreement, agreement
from tui.widgets.block_sheet import Look
from tui.widgets.demos.asking import waiting_line
from tui.words import Words

AREA = "demo_masked"


def said(state: Game, look: Look) -> list[tuple[str, str]]:
    """Return what came of the ranking and what is asked now, each with its style, the weightiest first."""
    words, signs, answer = look.words, look.glyphs, state.answer
    waits = waiting_line(state.waiting, words)
    problem = (waits, "wrong") if state.waiting.problem is not None else None
    notes = answer.notes if answer is not None else ()
    unread = [(words.told(note.code, note.details, note.sentence), "wrong") for note in notes]
    if not state.is_locked:
        found = [problem] if problem else unread
        if not state.outcomes:
            found.append((words(f"{AREA}.intro"), ""))
        return [*found, (f"{signs.mark} {words(f'{AREA}.ask-{_step(state)}')}", "learner")]
    if answer is None:
        return [problem or (waits or words(f"{AREA}.soon"), "quiet")]
    is_first = game.outcome(state).learner
    found = [(f"{signs.check if is_first else signs.cross} {_hidden(state, answer, words)}", _tone(is_first))]
    found += agreed(state.order, answer, words)
    found.append((words(f"{AREA}.no-truth"), ""))
    found += unread
    if len(state.outcomes) == 1:
        found.append((words(f"{AREA}.cut-{state.language}"), "quiet"))
    return [*found, (_first(state, words), "learner")]


def end(state: Game, words: Words) -> list[str]:
    """Return how the whole game went, and what to make of it."""
    total = reduce(add, (each.agreement for each in state.outcomes), Agreement())
    pairs = [words(f"{AREA}.pairs", same=total.same, of=total.of, luck=f"{total.by_luck:g}")] if total.of else []
    return [
        _first(state, words),
        *pairs,
        *(words(f"{AREA}.{key}") for key in ("no-truth", f"cut-{state.language}", "over")),
    ]


def agreed(order: tuple[str, ...], answer: Guesses, words: Words) -> list[tuple[str, str]]:
    """Return how many pairs of words stand in an order as in the networks', each sentence with its style."""
    after, before = (agreement(order, dict(side.asked)) for side in (answer.after, answer.before))
    if not after.of:
        return [(words(f"{AREA}.agree-none"), "strong")]
    trained = words(f"{AREA}.agree", same=after.same, of=after.of, luck=f"{after.by_luck:g}")
    untrained = [(words(f"{AREA}.agree-untrained", same=before.same, of=before.of), "")] if before.of else []
    return [(trained, "strong"), *untrained]


def _step(state: Game) -> str:
    return "all" if state.is_ranked else "next" if state.order else "first"


def _tone(is_first: bool) -> str:
    return "right" if is_first else "wrong"


def _hidden(state: Game, answer: Guesses, words: Words) -> str:
    """Return the hidden word, and its place in each order."""
    hidden = state.definition.hidden

    def place(side: Side) -> str:
        found = side.place(hidden)
        return words(f"{AREA}.no-place") if found is None else str(found)

    key = "hidden" if answer.before != Side() else "hidden-alone"
    return words(
        f"{AREA}.{key}",
        word=hidden,
        learner=state.order.index(hidden) + 1,
        trained=place(answer.after),
        untrained=place(answer.before),
    )


def _first(state: Game, words: Words) -> str:
    """Return who put the hidden word first how often."""
    score = state.score
    alone = all(each.untrained is None for each in score)
    return words(
        f"{AREA}.score-alone" if alone else f"{AREA}.score",
        of=len(score),
        learner=sum(each.learner for each in score),
        trained=sum(each.trained for each in score),
        untrained=sum(each.untrained or False for each in score),
    )
