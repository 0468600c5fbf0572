"""What lies before the learner: a question, half an answer or a locked one; every change is kept at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from content.course.course import Course
from content.course.formula import FormulaError
from content.memory.entry import Answer as Entry
from content.memory.record import Record
from content.quiz.answer import decode_answer, encode_answer
from content.quiz.posed import Posed
from content.quiz.session import Turn
from content.quiz.verdict import Verdict
from tui.glyphs import Glyphs
from tui.screens.question_sitting import Sitting
from tui.version import version
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
        known: Misconceptions that earlier answers of the course have hit.
        broken: Questions that could not be put.
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
        self.known: set[str] = set()
        self.broken: list[str] = []
        self._turn: Turn | None = None
        self._entry: Entry | None = None
        self._note = note
        self._clock = clock
        self._since = clock()
        shown = sitting.shown_answer()
        if shown is not None:
            self._show(*shown)
        if self.face is None:
            self._ask()

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
    def returns(self) -> bool:
        """Whether the question comes again in this sitting."""
        return self.item in self.sitting.standing().returning or (
            self.verdict is not None and self._following() == self.item
        )

    def _following(self) -> str:
        turn = self.sitting.standing().turn
        return turn.item if turn else ""

    # -- what comes next

    def go_on(self) -> None:
        """Leave a locked answer behind."""
        self.sitting.keep(shown="")
        self._ask()

    def skip(self) -> None:
        """Leave this question for another time; what was typed stays."""
        self.keep_draft()
        self.sitting.skip(self.item)
        self._ask()

    def _ask(self) -> None:
        """Put the question whose turn it is."""
        self.face, self.verdict, self._entry, self._turn = None, None, None, None
        self.draft = Draft()
        while (turn := self.sitting.standing().turn) is not None:
            try:
                posed = Posed(self.sitting.items[turn.item], turn.seed)
            except FormulaError:
                log.exception("question %s cannot be put", turn.item)
                self.broken.append(turn.item)
                self.sitting.skip(turn.item)
                continue
            self._turn, self.face = turn, self._face(posed)
            self.draft = self._kept_draft(turn)
            break
        self._since = self._clock()

    def _show(self, entry: Entry, turn: Turn) -> None:
        """Show an answer that was locked before, with its verdict."""
        answer = decode_answer(msgspec.json.encode(entry.answer).decode())
        try:
            posed = Posed(self.sitting.items[turn.item], turn.seed)
            if answer is None:
                return
            verdict = posed.grade(answer)
        except (FormulaError, TypeError):
            return  # the question has changed its type since; it is asked anew
        self._turn, self._entry, self.verdict = turn, entry, verdict
        self.face = self._face(posed)
        self.draft = self._recalled(entry, turn)
        self._learn_slips()

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
        answer = decode_answer(msgspec.json.encode(entry.answer).decode())
        draft = self.face.recalled(answer) if answer is not None else Draft()
        return replace(
            draft,
            seed=turn.seed,
            attempt=turn.attempt,
            hints=entry.hints,
            sure=entry.confidence,
            seconds=entry.seconds,
        )

    def _learn_slips(self) -> None:
        own = self._entry.uuid if self._entry is not None else ""
        answers = self.record.answers(self.course.id)
        self.known = {slip for answer in answers if answer.uuid != own for slip in answer.slips}

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
            self.record.keep_draft(self.course.id, self.item, msgspec.to_builtins(self.draft))

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
        posed, item = self.face.posed, self.face.posed.item
        verdict = posed.grade(answer)
        spent = min(draft.seconds + self._clock() - self._since, LONGEST_SECONDS)
        entry = Entry(
            course=self.course.id,
            item=item.id,
            revision=item.revision,
            language=self.words.language,
            shown=[*posed.shown] or posed.values or None,
            answer=msgspec.json.decode(encode_answer(answer)),
            credit=verdict.credit,
            right=verdict.right,
            slips=verdict.slips,
            confidence=draft.sure,
            hints=draft.hints,
            seconds=round(spent, 1),
            seed=self._turn.seed,
            app=version(),
        )
        self._entry = self.record.keep_answer(entry)
        self.draft, self.verdict = draft, verdict
        self.sitting.keep(shown=self._entry.uuid)
        self.record.drop_draft(self.course.id, item.id)
        self._learn_slips()

    def undo(self) -> bool:
        """Take the last answer of the sitting back; return whether there was one.

        Raises:
            StoreError: It still counts.
        """
        answers = self.sitting.answers()
        if not answers:
            return False
        self.keep_draft()
        last = answers[-1]
        attempt = sum(each.item == last.item for each in answers)
        self.record.void(last)
        skips = tuple(skip for skip in self.sitting.kept.skips if skip.after < len(answers))
        self.sitting.keep(shown="", skips=skips)
        self._ask()
        if self.item == last.item:
            assert self._turn is not None
            turn = Turn(last.item, last.seed, attempt)
            self.put(replace(self._recalled(last, turn), sure=0))
        return True

    # -- a doubtful question

    @property
    def flagged(self) -> bool:
        """Whether the learner has flagged the question."""
        return self.face is not None and self._flag_key() in self.record.flags(self.course.id)

    def flag(self) -> bool:
        """Flag the question, or take the flag back; return whether it is flagged now.

        Raises:
            StoreError: It stays as it was.
        """
        flagged = self.flagged
        change = self.record.unflag if flagged else self.record.flag
        change(self.course.id, *self._flag_key())
        return not flagged

    def _flag_key(self) -> tuple[str, int]:
        assert self.face is not None
        return self.item, self.face.posed.item.revision
