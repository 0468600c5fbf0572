"""Spot the bug: the line, then the reason."""

from __future__ import annotations

from msgspec.structs import replace

from content.course.bug import Bug
from content.quiz.answer import Answer, Spotted
from content.quiz.verdict import Verdict
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import Face
from tui.widgets.question.row import Row


class BugFace(Face):
    """Lines of code and options stand in one board; choosing a line leads on to the options."""

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        item = self._item
        code = []
        for number, line in enumerate(item.lines()):
            chosen, faulty = draft.line == number, line.strip() == item.bug
            code.append(
                Row(
                    id=f"={number}" if line.strip() else "",
                    text=line,
                    code=True,
                    chosen=chosen,
                    right=faulty if verdict is not None and (chosen or faulty) else None,
                )
            )
        which = "question.which-cure" if draft.line >= 0 else "question.which-line"
        why = Row(text=self.words(which), why=self.say(item.line_why), told=verdict is not None)
        return (*code, Row(), why, *self.option_rows(item.options, draft, verdict))

    def chosen(self, draft: Draft, row: str) -> Draft:
        if row.startswith("="):
            return replace(draft, line=int(row[1:]), cursor=(draft.options or self.posed.shown)[0])
        cursor = row if draft.line >= 0 else self._first_line()
        return replace(draft, options=(row,), cursor=cursor)

    def answer(self, draft: Draft) -> Answer | None:
        lines = self._item.lines()
        if not (0 <= draft.line < len(lines) and draft.options):
            return None
        return Spotted(lines[draft.line].strip(), draft.options[0])

    def recalled(self, answer: Answer) -> Draft:
        if not isinstance(answer, Spotted):
            return Draft()
        stripped = [line.strip() for line in self._item.lines()]
        line = stripped.index(answer.line) if answer.line in stripped else -1
        return Draft(line=line, options=(answer.option,), cursor=answer.option)

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-cure" if draft.line >= 0 else "question.missing-line")

    def partly(self, verdict: Verdict) -> str:
        line, cure = verdict.parts
        if line.right:
            return self.words("question.partly-line")
        return self.words("question.partly-cure") if cure.right else ""

    def explained(self, verdict: Verdict) -> str:
        return self.say(self._item.why)

    @property
    def _item(self) -> Bug:
        assert isinstance(self.posed.item, Bug)
        return self.posed.item

    def _first_line(self) -> str:
        return next((f"={number}" for number, line in enumerate(self._item.lines()) if line.strip()), "")
