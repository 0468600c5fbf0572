"""What the app says, in the learner's language: every sentence of the interface, and every error."""

from __future__ import annotations

from content.course.visible import visible
from tui.reasons import reason
from tui.sentences import Sentences, filled


class Words(Sentences):
    """Looks sentences up, `words("run.paused", update="620")`, and says what an error means."""

    def error(self, problem: Exception) -> str:
        """Return what an error says, in this language where its `code` has a sentence."""
        fault = getattr(problem, "fault", None)
        if fault is not None:
            from tui.faults import line  # 20 ms of msgspec that --help never pays

            return line(fault, self)
        code = getattr(problem, "code", "")
        details = getattr(problem, "details", {})
        return self.told(code, details, getattr(problem, "sentence", "") or str(problem))

    def told(self, code: str, details: dict[str, str], otherwise: str) -> str:
        """Return the sentence of an error's code, or `otherwise` where there is none.

        Its details may come from anywhere: what would steer a terminal is made visible.
        """
        sentence = self.find(f"errors.{code}") if code else None
        if sentence is None:
            return visible(otherwise)
        try:
            return visible(filled(sentence, {name: reason(said, self) for name, said in details.items()}))
        except (KeyError, IndexError):
            return visible(otherwise)
