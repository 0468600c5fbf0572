"""What is typed: a number, the words of a cloze, a short answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from content.course.cloze import Cloze
from content.course.number import NumberItem
from content.course.numerals import show
from content.course.short import Short
from content.quiz.answer import Answer, Filled, Typed, Written
from content.quiz.numbers import parse_number
from content.quiz.verdict import Verdict
from tui.text.joining import joined
from tui.text.span import Span
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import LETTERS, Blank, Face, Told
from tui.widgets.question.passage import spans
from tui.widgets.question.row import Row

NUMBER = "answer"
PROSE = "text"


class NumberFace(Face):
    """A number, with its worked steps."""

    def blanks(self) -> tuple[Blank, ...]:
        return (Blank(NUMBER, unit=self.say(self._item.unit)),)

    def told(self, verdict: Verdict) -> dict[str, Told]:
        wanted = show(self.posed.values["answer"])
        unit = self.say(self._item.unit)
        gap = "" if unit[:1] in ("", "%") else " "
        return {NUMBER: Told(verdict.right, f"{wanted}{gap}{unit}")}

    def steps(self) -> tuple[Row, ...]:
        steps = self.posed.steps(self.words.language)
        rows = [Row(text=self.words("question.steps"))] if steps else []
        rows += [Row(text=step, tone="foreground") for step in steps]
        why = self.say(self._item.why)
        return (*rows, Row(text=why, tone="foreground")) if why else tuple(rows)

    def answer(self, draft: Draft) -> Answer | None:
        text = draft.texts.get(NUMBER, "")
        return Typed(text.strip()) if self.read(text) is not None else None

    def recalled(self, answer: Answer) -> Draft:
        return Draft(texts={NUMBER: answer.text}) if isinstance(answer, Typed) else Draft()

    def read(self, text: str) -> float | None:
        """Return the number that a text says, None for none."""
        return parse_number(text, self._item.unit.words.values())

    def refusal(self, draft: Draft) -> str:
        text = draft.texts.get(NUMBER, "").strip()
        return self.words("question.no-number", text=text) if text and self.read(text) is None else ""

    def missing(self, draft: Draft) -> str:
        return self.refusal(draft) or self.words("question.missing-number")

    def explained(self, verdict: Verdict) -> str:
        """Return the why of a wrong number that was recognised; the item's own why stands below the steps."""
        part = verdict.parts[0]
        why = self.say(part.why)
        return why if not part.right and why != self.say(self._item.why) else ""

    @property
    def _item(self) -> NumberItem:
        assert isinstance(self.posed.item, NumberItem)
        return self.posed.item


class ClozeFace(Face):
    """A sentence with blanks; what is typed stands in it at once."""

    def ask(self, draft: Draft) -> Sequence[Span]:
        found: list[Span] = []
        for number, (words, name) in enumerate(self.posed.pieces(self.words.language), 1):
            found += spans(words, "bold")
            if name:
                typed = draft.texts.get(name, "").strip()
                label = f"{number}:{typed}" if typed else f"{number}:______"
                found.append(Span(label, "$learner bold underline", whole=True))
        return found

    def blanks(self) -> tuple[Blank, ...]:
        names = [name for _, name in self.posed.pieces(self.words.language) if name]
        found = []
        for number, name in enumerate(dict.fromkeys(names), 1):
            blank = self._item.blanks[name]
            whys = (self.say(blank.why), *(self.say(wrong.why) for wrong in blank.wrongs))
            found.append(Blank(name, label=str(number), reserve=whys))
        return tuple(found)

    def told(self, verdict: Verdict) -> dict[str, Told]:
        language = self.words.language
        return {
            part.key: Told(part.right, self._item.blanks[part.key].example(language), self.say(part.why))
            for part in verdict.parts
        }

    def answer(self, draft: Draft) -> Answer | None:
        typed = {name: draft.texts.get(name, "").strip() for name in self._item.blanks}
        return Filled(typed) if all(typed.values()) else None

    def recalled(self, answer: Answer) -> Draft:
        return Draft(texts=dict(answer.blanks)) if isinstance(answer, Filled) else Draft()

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-blanks")

    def partly(self, verdict: Verdict) -> str:
        return self.counted(verdict)

    @property
    def _item(self) -> Cloze:
        assert isinstance(self.posed.item, Cloze)
        return self.posed.item


class ShortFace(Face):
    """A text of one's own, held against a rubric by its author."""

    compares = True

    def blanks(self) -> tuple[Blank, ...]:
        return (Blank(PROSE, prose=True),)

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        return self._compared(draft, verdict) if verdict is not None or draft.stage == "comparing" else ()

    def stages(self, draft: Draft) -> tuple[tuple[Row, ...], ...]:
        return (self._compared(draft, None),)

    def _compared(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        rows = [Row(text=self.words("question.compare"), tone="learner")]
        for number, point in enumerate(self._item.rubric):
            met = number in draft.ticks
            rows.append(
                Row(
                    id=f"={number}",
                    label=LETTERS[number],
                    text=self.say(point.point),
                    box=True,
                    chosen=met,
                    right=met if verdict is not None else None,
                    why=self.say(point.why),
                    told=True,
                )
            )
        model = joined(self.words("question.model"), self.say(self._item.model))
        return (*rows, Row(why=model, told=True))

    def chosen(self, draft: Draft, row: str) -> Draft:
        ticks = set(draft.ticks) ^ {int(row[1:])} if re.fullmatch(r"=\d+", row) else set(draft.ticks)
        return replace(draft, ticks=tuple(sorted(ticks)), cursor=row)

    def answer(self, draft: Draft) -> Answer | None:
        text = draft.texts.get(PROSE, "").strip()
        met = tuple(number in draft.ticks for number in range(len(self._item.rubric)))
        return Written(text, met) if text else None

    def recalled(self, answer: Answer) -> Draft:
        if not isinstance(answer, Written):
            return Draft()
        ticks = tuple(number for number, met in enumerate(answer.met) if met)
        return Draft(texts={PROSE: answer.text}, ticks=ticks)

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-text")

    def failed(self, verdict: Verdict) -> str:
        some = any(part.right for part in verdict.parts)
        return self.words("question.incomplete") if some else super().failed(verdict)

    def partly(self, verdict: Verdict) -> str:
        return self.counted(verdict)

    @property
    def _item(self) -> Short:
        assert isinstance(self.posed.item, Short)
        return self.posed.item
