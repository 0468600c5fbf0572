"""What the learner does with the question that lies there: answer, skip, undo, doubt; every change is kept at once."""

from __future__ import annotations

from msgspec.structs import replace

from content.quiz.answer import encode_answer
from tui.screens.question_drafts import recalled
from tui.screens.question_given import given
from tui.screens.question_laid import Laid
from tui.widgets.question.draft import Draft


class Desk(Laid):
    """A sitting and its present question, half an answer or a locked one."""

    def go_on(self) -> None:
        """Leave a locked answer behind."""
        self.sitting.keep()
        self._ask()

    def skip(self) -> None:
        """Leave this question for another time.

        Raises:
            StoreError: It could not be kept; the question stays.
        """
        self._skip()
        self._ask()

    # -- the answer

    def put(self, draft: Draft, *, keep: bool = True) -> None:
        """Take a changed draft; `keep` it now, or later with `keep_draft`."""
        self.draft = draft
        if keep:
            self.keep_draft()

    def keep_draft(self) -> None:
        """Keep half an answer, so that nothing but the power of the machine can lose it."""
        if self.asking:
            self.draft = self.drafts.keep(self.item, self.draft)

    @property
    def kept(self) -> bool:
        """Whether half an answer is kept as it lies here, as far as it was to be kept."""
        return self.drafts.kept

    def hint(self) -> bool:
        """Ask for one more hint; return whether there was one."""
        if not self.asking or self.face is None or self.draft.hints >= len(self.face.posed.item.hints):
            return False
        self.put(replace(self.draft, hints=self.draft.hints + 1))
        return True

    def lock(self, sure: int) -> bool:
        """Lock the answer with a confidence; return False where something is missing.

        A short answer is first held against its rubric: `settle` comes after that.

        Raises:
            StoreError: The answer is not kept; nothing is locked.
        """
        if self.face is None or not self.asking or self.face.answer(self.draft) is None:
            return False
        locked = replace(self.draft, sure=sure, held="")
        if self.face.compares and self.draft.stage == "asking":
            self.put(replace(locked, stage="comparing", cursor="=0"))
        else:
            self._settle(locked)
        return True

    def settle(self) -> None:
        """Judge a short answer by what the learner has ticked.

        Raises:
            StoreError: The answer is not kept; it can be judged again.
        """
        self._settle(self.draft)

    def _settle(self, draft: Draft) -> None:
        assert self.face is not None
        assert self._turn is not None
        answer = self.face.answer(draft)
        assert answer is not None
        verdict = self.face.posed.grade(answer)
        entry = self.record.save(
            given(
                self.sitting,
                self._turn,
                draft,
                face=self.face,
                language=self.words.language,
                seconds=self.drafts.seconds(self.draft),
                answer=encode_answer(answer),
                verdict=verdict,
            )
        )
        self.draft, self.verdict = draft, verdict
        self.sitting.keep(shown=entry.uuid)
        self._look_up()

    def undo(self) -> None:
        """Take the last answer or skip of the sitting back; it must have one.

        Raises:
            StoreError: It still counts.
        """
        self.keep_draft()
        last = self.sitting.entries()[-1]
        self.record.void(last.uuid)
        self.sitting.keep(ahead=last.item)
        self._ask()
        if self._turn is not None and self.face is not None and self.item == last.item and last.kind == "answer":
            self.put(replace(recalled(self.face, last, self._turn), sure=0))

    def redo(self) -> None:
        """Bring back what was undone last; there must be such.

        Raises:
            StoreError: It stays undone.
        """
        undone = self.figures.undone
        assert undone is not None
        self.keep_draft()
        self.record.restore(undone.uuid)
        if undone.kind == "answer":
            self.drafts.drop(undone.item)
        self.sitting.keep(shown=undone.uuid if undone.kind == "answer" else "")
        self._take_up()

    # -- a doubtful question

    @property
    def flagged(self) -> bool:
        """Whether the learner has flagged the question."""
        return self.face is not None and self.item in self.record.flags(self.course.id)

    def flag(self) -> bool:
        """Flag the question, or take the flag back; return whether that is kept."""
        assert self.face is not None
        before = self.flagged
        if before:
            self.record.unflag(self.course.id, self.item)
        else:
            self.note_doubt("")
        return self.flagged != before

    def note_doubt(self, note: str) -> None:
        """Keep the flag with what the learner says about it."""
        assert self.face is not None
        revision = self.face.posed.item.revision
        self.record.flag(self.course.id, self.item, revision=revision, language=self.words.language, note=note)
