"""What is said of a trial: what is going on, who is waited for, and what has to be known of an answer."""

from __future__ import annotations

from engine.runs.asker import LOADS, NO_MODEL
from engine.runs.asks import Answer, Note
from tui.screens.trial import Trial
from tui.text.span import Span, plain
from tui.text.wrap import wrap
from tui.widgets.run.spoken import waiting
from tui.words import Words

PATIENT_SECONDS, SETTLED_SECONDS = 0.4, 2.5
"""Only a longer wait is worth words; while an answer is shown, only a still longer one."""

LOADED = ("torch", "transformers", "model")
"""What a process that answers alone loads, one after the other."""


class Said:
    """Says it in the learner's language, in lines of so many cells."""

    def __init__(self, trial: Trial, words: Words, width: int) -> None:
        self._trial = trial
        self._words = words
        self._width = width

    def status(self, hint: str) -> tuple[list[str], bool]:
        """Return what is going on in some lines, a hint where nothing is, and whether it is a problem."""
        trial, asker, answer = self._trial, self._trial.asker, self._trial.answer
        if trial.trouble is not None:
            return self._lines(self._words.error(trial.trouble)), True
        if asker.token and asker.problem is not None:
            said = self._note(asker.problem)
            if asker.problem == LOADS and trial.moment is not None:
                said += waiting(trial.moment, self._words)
            return said, asker.problem not in (LOADS, NO_MODEL)
        if asker.token and asker.waited > (PATIENT_SECONDS if answer is None else SETTLED_SECONDS):
            return [self._waiting()], False
        if answer is not None and answer.problem is not None:
            return self._note(answer.problem), answer.problem.code not in ("ask-empty", "ask-no-mask")
        if answer is not None:
            return [self._answered(answer)], False
        return self._lines(self._words(hint)), False

    def notes(self) -> list[str]:
        """Return what has to be known of the answer."""
        answer = self._trial.answer
        return [line for note in (answer.notes if answer else []) for line in self._note(note)]

    def _waiting(self) -> str:
        asker = self._trial.asker
        seconds = f"{asker.waited:.0f}"
        if self._trial.trains:
            return self._words("try.asked-worker", n=seconds)
        said = asker.status()
        doing = said.doing if said is not None else "start"
        if doing not in LOADED:
            doing = "asked" if doing == "ready" else "start"
        return self._words(f"try.wait-{doing}", n=seconds)

    def _answered(self, answer: Answer) -> str:
        update, milliseconds = f"{answer.update:,}", f"{1000 * answer.seconds:.0f}"
        return self._words("try.answered", update=update, n=milliseconds)

    def _note(self, note: Note) -> list[str]:
        return self._lines(self._words.told(note.code, note.details, note.sentence))

    def _lines(self, text: str) -> list[str]:
        return [plain(line) for line in wrap([Span(text)], self._width)] or [""]
