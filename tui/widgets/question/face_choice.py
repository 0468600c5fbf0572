"""Single choice, multiple response, true or false with its reason."""

from __future__ import annotations

from msgspec.structs import replace

from content.course.choice import Choice, Multiple, Truth
from content.quiz.answer import Answer, Chosen, Judged, Marked
from content.quiz.verdict import Verdict
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face
from tui.widgets.question.row import Row

VERDICTS = {"=true": "true", "=false": "false"}
"""Rows of a statement's verdict; no option's id has such a sign."""


class ChoiceFace(Face):
    """One option is chosen."""

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        assert isinstance(self.posed.item, Choice)
        return self.option_rows(self.posed.item.options, draft, verdict)

    def chosen(self, draft: Draft, row: str) -> Draft:
        return replace(draft, options=(row,), cursor=row)

    def answer(self, draft: Draft) -> Answer | None:
        return Chosen(draft.options[0]) if draft.options else None

    def recalled(self, answer: Answer) -> Draft:
        return Draft(options=(answer.option,), cursor=answer.option) if isinstance(answer, Chosen) else Draft()


class MultipleFace(Face):
    """Options are ticked."""

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        assert isinstance(self.posed.item, Multiple)
        return self.option_rows(self.posed.item.options, draft, verdict, box=True)

    def chosen(self, draft: Draft, row: str) -> Draft:
        picked = set(draft.options) ^ {row}
        return replace(draft, options=tuple(name for name in self.posed.shown if name in picked), cursor=row)

    def answer(self, draft: Draft) -> Answer | None:
        return Marked(draft.options) if draft.options else None

    def recalled(self, answer: Answer) -> Draft:
        return Draft(options=answer.options) if isinstance(answer, Marked) else Draft()

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-ticks")

    def partly(self, verdict: Verdict) -> str:
        return self.counted(verdict)


class TruthFace(Face):
    """A verdict, and the reason for it."""

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        item = self.posed.item
        assert isinstance(item, Truth)
        judged = []
        for row, value in VERDICTS.items():
            chosen, right = draft.verdict == value, item.answer == (value == "true")
            judged.append(
                Row(
                    id=row,
                    label=value[0],
                    text=self.words(f"question.{value}"),
                    chosen=chosen,
                    right=right if verdict is not None and (chosen or right) else None,
                )
            )
        because = Row(text=self.words("question.because"), why=self.say(item.why), told=verdict is not None)
        return (*judged, because, *self.option_rows(item.options, draft, verdict))

    def chosen(self, draft: Draft, row: str) -> Draft:
        if row in VERDICTS:
            return replace(draft, verdict=VERDICTS[row], cursor=(draft.options or self.posed.shown)[0])
        return replace(draft, options=(row,), cursor=row if draft.verdict else "=true")

    def answer(self, draft: Draft) -> Answer | None:
        return Judged(draft.verdict == "true", draft.options[0]) if draft.verdict and draft.options else None

    def recalled(self, answer: Answer) -> Draft:
        if not isinstance(answer, Judged):
            return Draft()
        return Draft(verdict=str(answer.verdict).lower(), options=(answer.option,), cursor=answer.option)

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-reason" if draft.verdict else "question.missing-verdict")

    def partly(self, verdict: Verdict) -> str:
        judged, reason = verdict.parts
        if judged.right:
            return self.words("question.partly-verdict")
        return self.words("question.partly-reason") if reason.right else ""
