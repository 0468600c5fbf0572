"""What a question of one type looks like and how it is answered: pure functions of a draft."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from content.course.option import Option
from content.course.text import Text
from content.quiz.answer import Answer
from content.quiz.posed import Posed
from content.quiz.verdict import Verdict
from tui.glyphs import Glyphs
from tui.text.span import Span
from tui.widgets.question.draft import Draft
from tui.widgets.question.passage import spans
from tui.widgets.question.row import Row
from tui.words import Words

LETTERS = "abcdefghijkl"


class Blank(msgspec.Struct, frozen=True):
    """A field to type into.

    Attributes:
        name: Its key in the draft.
        label: What stands before it.
        unit: What stands behind it.
        prose: Some lines instead of one.
        reserve: The texts of which one is told below it.
    """

    name: str
    label: str = ""
    unit: str = ""
    prose: bool = False
    reserve: tuple[str, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """What is told of a field once the answer is locked."""

    right: bool
    wanted: str = ""
    why: str = ""


class Face:
    """A question in the learner's language; subclasses say how its type is shown and answered.

    Attributes:
        sortable: Rows can be moved.
        compares: A locked answer is first held against a rubric.
        note: A sentence of the model's own for the right option, "" for none.
    """

    sortable = False
    compares = False

    def __init__(self, posed: Posed, words: Words, signs: Glyphs, note: str = "") -> None:
        self.posed = posed
        self.words = words
        self.signs = signs
        self.note = note

    def say(self, text: Text) -> str:
        """Return a text of the question in the learner's language, with its numbers."""
        return self.posed.say(text, self.words.language)

    def ask(self, draft: Draft) -> Sequence[Span]:
        """Return the question itself."""
        return spans(self.say(self.posed.item.ask), "bold")

    def blanks(self) -> tuple[Blank, ...]:
        """Return the fields to type into."""
        return ()

    def told(self, verdict: Verdict) -> dict[str, Told]:
        """Return what is told of each field."""
        return {}

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        """Return the rows of the board, before or after the verdict."""
        return ()

    def stages(self, draft: Draft) -> tuple[tuple[Row, ...], ...]:
        """Return the rows of each stage that the question goes through; there is room for the highest."""
        return (self.rows(draft, None),)

    def steps(self) -> tuple[Row, ...]:
        """Return what is worked out below everything else once the answer is locked."""
        return ()

    def chosen(self, draft: Draft, row: str) -> Draft:
        """Return the draft once a row was chosen."""
        return draft

    def moved(self, draft: Draft, row: str, by: int) -> Draft:
        """Return the draft once the cursor went to a row."""
        return msgspec.structs.replace(draft, cursor=row)

    def shifted(self, draft: Draft, row: str, by: int) -> Draft:
        """Return the draft once a row was moved itself."""
        return draft

    def answer(self, draft: Draft) -> Answer | None:
        """Return the answer, None as long as something is missing."""
        raise NotImplementedError

    def recalled(self, answer: Answer) -> Draft:
        """Return the draft that an answer was made from."""
        raise NotImplementedError

    def refusal(self, draft: Draft) -> str:
        """Return why what was typed is no answer yet, "" where nothing is to be said."""
        return ""

    def missing(self, draft: Draft) -> str:
        """Return what is still to be done before the answer can be locked."""
        return self.words("question.missing-choice")

    def failed(self, verdict: Verdict) -> str:
        """Return what a wrong answer is called."""
        return self.words("question.wrong")

    def partly(self, verdict: Verdict) -> str:
        """Return which part of a wrong answer was right, "" for none."""
        return ""

    def explained(self, verdict: Verdict) -> str:
        """Return why the whole answer is wrong or right, where no row or field says it."""
        return ""

    # -- options, which several types have

    def option_rows(
        self, options: Sequence[Option], draft: Draft, verdict: Verdict | None, *, box: bool = False
    ) -> tuple[Row, ...]:
        """Return the options in the order shown, each with its why."""
        by_id = {option.id: option for option in options}
        rows = []
        for letter, name in zip(LETTERS, self.posed.shown, strict=False):
            option, chosen = by_id[name], name in draft.options
            right = None
            if verdict is not None and (option.right or chosen):
                right = option.right
            aside, tone = "", "learner"
            if verdict is not None and chosen and not box and draft.sure:
                aside = self.words("question.your-answer", sure=self.words(f"question.sure-{draft.sure}"))
            elif verdict is not None and box and option.right and not chosen:
                aside, tone = self.words("question.missed"), "error"
            rows.append(
                Row(
                    id=name,
                    label=letter,
                    text=self.say(option.text),
                    box=box,
                    chosen=chosen,
                    right=right,
                    aside=aside,
                    aside_tone=tone,  # type: ignore[arg-type] # one of the two above
                    why=self.say(option.why),
                    note=self.note if option.right else "",
                    told=verdict is not None,
                )
            )
        return tuple(rows)

    def counted(self, verdict: Verdict) -> str:
        """Return how many parts of the answer are right, "" where none is."""
        right = sum(part.right for part in verdict.parts)
        return self.words("question.partly-count", n=right, all=len(verdict.parts)) if right else ""
