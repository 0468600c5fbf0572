"""What lies before the learner: whose turn it is, and the question as it looks, asked or with its verdict."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from content.course.course import Course
from content.course.formula import FormulaError
from content.errors import StoreError
from content.memory.entry import Entry
from content.memory.record import Record
from content.quiz.answer import decode_answer
from content.quiz.posed import Posed
from content.quiz.review import REVIEW
from content.quiz.session import Turn
from content.quiz.verdict import Verdict
from tui.glyphs import Glyphs
from tui.screens.question_drafts import Drafts, recalled
from tui.screens.question_figures import Figures, figures
from tui.screens.question_given import given
from tui.screens.question_sitting import RECALL, Sitting
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face
from tui.widgets.question.faces import face
from tui.words import Words

log = logging.getLogger("learncurve")


class Laid:
    """A sitting and its present question; knows nothing of the screen.

    Attributes:
        face: The question as it looks, None at the end of the sitting.
        draft: What was chosen and typed; what led to the verdict once there is one.
        verdict: What the locked answer is worth, None as long as it is asked.
        figures: What the record says beside the question.
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
        self.figures = Figures()
        self.broken: list[str] = []
        self.drafts = Drafts(self.record, self.course.id, clock)
        self._turn: Turn | None = None
        self._note = note
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

    def _ask(self) -> None:
        """Put the question whose turn it is."""
        self.face, self.verdict, self._turn, self.drafts.kept = None, None, None, True
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
            self.draft = self.drafts.find(turn)
            break
        self.drafts.begin()
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
        self.draft = recalled(self.face, entry, turn)
        self._look_up()
        return True

    def _skip(self) -> None:
        assert self._turn is not None
        seconds, language = self.drafts.seconds(self.draft), self.words.language
        self.record.skip(
            given(self.sitting, self._turn, self.draft, face=self.face, language=language, seconds=seconds)
        )
        self.sitting.keep()

    def _face(self, posed: Posed) -> Face:
        return face(posed, self.words, self.signs, self._note(posed.item.id))

    def _look_up(self) -> None:
        """Read the figures anew."""
        item = self.face.posed.item if self.face is not None else None
        self.figures = figures(self.sitting, item, self.verdict)
