"""What lies before the learner: a question, half an answer or a locked one; every change is kept at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from content.course.course import Course
from content.course.formula import FormulaError
from content.errors import StoreError
from content.memory.entry import Entry, Given
from content.memory.record import Record
from content.quiz.answer import decode_answer, encode_answer
from content.quiz.posed import Posed
from content.quiz.review import REVIEW
from content.quiz.session import Turn
from content.quiz.verdict import Verdict
from tui.glyphs import Glyphs
from tui.screens.question_figures import Figures, figures
from tui.screens.question_sitting import RECALL, Sitting
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face
from tui.widgets.question.faces import face
from tui.words import Words

log = logging.getLogger("learncurve")

LONGEST_SECONDS = 600.0
"""Who looks away longer than this is not thinking about the question."""


class Desk:
    """A sitting and its present question; knows nothing of the screen.

    Attributes:
        face: The question as it looks, None at the end of the sitting.
        draft: What was chosen and typed; what led to the verdict once there is one.
        verdict: What the locked answer is worth, None as long as it is asked.
        figures: What the record says beside the question.
        broken: Questions that could not be put.
        kept: Half an answer is kept as it lies here, as far as it was to be kept.
    """

    def __init__(
        self,
        sitting: Sitting,
        words: Words,
        signs: Glyphs,
        *,
        note: Callable[[str], str] = lambda _: "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take up the sitting where it stands.

        Args:
            note: Gives the model's own sentence for a question by its id.
        """
        self.sitting = sitting
        self.course: Course = sitting.course
        self.record: Record = sitting.record
        self.words = words
        self.signs = signs
        self.face: Face | None = None
        self.draft = Draft()
        self.verdict: Verdict | None = None
        self.figures = Figures()
        self.broken: list[str] = []
        self.kept = True
        self._turn: Turn | None = None
        self._note = note
        self._clock = clock
        self._since = clock()
        self._take_up()

    def speak(self, words: Words, signs: Glyphs) -> None:
        """Say everything in another language, or draw with other signs."""
        self.words, self.signs = words, signs
        if self.face is not None:
            self.face = self._face(self.face.posed)

    @property
    def item(self) -> str:
        """The question's id, "" at the end."""
        return self.face.posed.item.id if self.face is not None else ""

    @property
    def asking(self) -> bool:
        """Whether an answer is wanted."""
        return self.face is not None and self.verdict is None

    @property
    def comparing(self) -> bool:
        """Whether a short answer is held against its rubric."""
        return self.asking and self.draft.stage == "comparing"

    @property
    def recalling(self) -> bool:
        """Whether this is the one question before a page, which is its answer."""
        return self.sitting.session.mode == RECALL

    @property
    def returns(self) -> bool:
        """Whether the question comes again in this sitting."""
        standing = self.sitting.standing()
        return self.item in (standing.turn.item if standing.turn else "", *standing.returning)

    @property
    def mixed(self) -> bool:
        """Whether the questions are from all sections: which one a question is from is to be found out."""
        return self.sitting.session.mode == REVIEW

    # -- what comes next

    def _take_up(self) -> None:
        """Show the answer that is to be shown, else ask."""
        shown = self.sitting.shown()
        if shown is None or not self._show(*shown):
            self._ask()

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

    def _skip(self) -> None:
        assert self._turn is not None
        self.record.skip(self._given(self._turn, "null", Verdict(0.0, False)))
        self.sitting.keep()

    def _ask(self) -> None:
        """Put the question whose turn it is."""
        self.face, self.verdict, self._turn, self.kept = None, None, None, True
        self.draft = Draft()
        while (turn := self.sitting.turn()) is not None:
            try:
                posed = Posed(self.sitting.items[turn.item], turn.seed)
            except FormulaError:
                log.exception("question %s cannot be put", turn.item)
                self.broken.append(turn.item)
                self._turn = turn
                try:
                    self._skip()
                except StoreError as problem:
                    self.record.tell_or_raise(problem)
                    break  # it would be its turn for ever
                continue
            self._turn, self.face = turn, self._face(posed)
            self.draft = self._kept_draft(turn)
            break
        self._since = self._clock()
        self._look_up()

    def _show(self, entry: Entry, turn: Turn) -> bool:
        """Show an answer that was locked before, with its verdict; return False where it no longer can be."""
        answer = decode_answer(entry.answer)
        try:
            posed = Posed(self.sitting.items[turn.item], turn.seed)
            if answer is None:
                return False
            verdict = posed.grade(answer)
        except (FormulaError, TypeError):
            return False  # the question has changed its type since; it is asked anew
        self._turn, self.verdict = turn, verdict
        self.face = self._face(posed)
        self.draft = self._recalled(entry, turn)
        self._look_up()
        return True

    def _face(self, posed: Posed) -> Face:
        return face(posed, self.words, self.signs, self._note(posed.item.id))

    def _kept_draft(self, turn: Turn) -> Draft:
        empty = Draft(seed=turn.seed, attempt=turn.attempt)
        try:
            kept = msgspec.convert(self.record.draft(self.course.id, turn.item), Draft)
        except msgspec.ValidationError:
            return empty
        return kept if (kept.seed, kept.attempt) == (turn.seed, turn.attempt) else empty

    def _recalled(self, entry: Entry, turn: Turn) -> Draft:
        assert self.face is not None
        answer = decode_answer(entry.answer)
        draft = self.face.recalled(answer) if answer is not None else Draft()
        return replace(
            draft,
            seed=turn.seed,
            attempt=turn.attempt,
            hints=entry.hints,
            sure=entry.confidence,
            seconds=entry.seconds,
        )

    def _look_up(self) -> None:
        """Read the figures anew."""
        item = self.face.posed.item if self.face is not None else None
        self.figures = figures(self.sitting, item, self.verdict)

    # -- the answer

    def put(self, draft: Draft, *, keep: bool = True) -> None:
        """Take a changed draft; `keep` it now, or later with `keep_draft`."""
        self.draft = draft
        if keep:
            self.keep_draft()

    def keep_draft(self) -> None:
        """Keep half an answer, so that nothing but the power of the machine can lose it."""
        if not self.asking:
            return
        now = self._clock()
        spent = min(self.draft.seconds + now - self._since, LONGEST_SECONDS)
        self._since = now
        self.draft = replace(self.draft, seconds=spent)
        if self.draft.begun():
            self.kept = self.record.keep_draft(self.course.id, self.item, msgspec.to_builtins(self.draft))

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
        given = self._given(self._turn, encode_answer(answer), verdict)
        entry = self.record.save(replace(given, confidence=draft.sure))
        self.draft, self.verdict = draft, verdict
        self.sitting.keep(shown=entry.uuid)
        self._look_up()

    def _given(self, turn: Turn, answer: str, verdict: Verdict) -> Given:
        """Return what the record keeps of an answer, or of a question that was skipped."""
        item = self.sitting.items[turn.item]
        spent = min(self.draft.seconds + self._clock() - self._since, LONGEST_SECONDS)
        return Given(
            course=self.course.id,
            item=item.id,
            revision=item.revision,
            language=self.words.language,
            shown=self.face.posed.shown if self.face is not None else (),
            answer=answer,
            credit=verdict.credit,
            right=verdict.right,
            slips=verdict.slips,
            confidence=self.draft.sure,
            hints=self.draft.hints,
            seconds=round(spent, 1),
            seed=turn.seed,
            session=self.sitting.session.id,
            mode=self.sitting.session.mode,
        )

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
        if self._turn is not None and self.item == last.item and last.kind == "answer":
            self.put(replace(self._recalled(last, self._turn), sure=0))

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
            self.record.drop_draft(self.course.id, undone.item)
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
