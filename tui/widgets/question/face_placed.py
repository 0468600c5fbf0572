"""What is put in its place: parts in order, and partners that belong together."""

from __future__ import annotations

from msgspec.structs import replace

from content.course.match import Match
from content.course.order import Order
from content.quiz.answer import Answer, Matched, Ordered
from content.quiz.verdict import Verdict
from tui.ordering import shifted
from tui.text.cells import cells
from tui.widgets.question.draft import Draft
from tui.widgets.question.face import LETTERS, Face
from tui.widgets.question.nearest import nearest, staying
from tui.widgets.question.row import Row

WIDEST_LEFT = 40


class OrderFace(Face):
    """Parts that are picked up and moved."""

    sortable = True

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        order = self._order(draft)
        wanted = nearest(self._item, order)
        astray = set(order) - staying(order, wanted) if verdict is not None and not verdict.right else set()
        rows = [Row(text=self.words("question.first"))]
        for at, part in enumerate(order):
            place = wanted.index(part)
            right = True if verdict is not None and at == place else None
            if part in astray:
                right = False
            aside = self.words("question.belongs", n=place + 1) if part in astray else ""
            rows.append(
                Row(
                    id=part,
                    label="" if verdict is None else str(at + 1),  # before that a digit is a confidence
                    text=self.say(self._item.parts[part]),
                    held=draft.held == part,
                    chosen=verdict is None and part in draft.order and draft.held == part,
                    right=right,
                    aside=aside,
                    aside_tone="success",
                )
            )
        rows.append(Row(text=self.words("question.last")))
        return (*rows, *(self._rules(verdict) if verdict is not None else ()))

    def stages(self, draft: Draft) -> tuple[tuple[Row, ...], ...]:
        return ((*self.rows(draft, None), *self._rules(None)),)

    def _rules(self, verdict: Verdict | None) -> tuple[Row, ...]:
        """Return why the broken rules hold; all of them where none is broken, or before anything is known."""
        parts = verdict.parts if verdict is not None else ()
        broken = [part.why for part in parts if not part.right]
        whys = dict.fromkeys(self.say(why) for why in broken or [rule.why for rule in self._item.rules])
        told = [Row(text=why, tone="foreground") for why in whys if why]
        return (Row(), *told) if told else ()

    def chosen(self, draft: Draft, row: str) -> Draft:
        return replace(draft, held="" if draft.held == row else row, cursor=row, order=self._order(draft))

    def moved(self, draft: Draft, row: str, by: int) -> Draft:
        return self.shifted(draft, draft.held, by) if draft.held else replace(draft, cursor=row)

    def shifted(self, draft: Draft, row: str, by: int) -> Draft:
        order = self._order(draft)
        return replace(draft, order=shifted(order, row, by), cursor=row) if row in order else draft

    def answer(self, draft: Draft) -> Answer | None:
        return Ordered(self._order(draft)) if draft.order else None

    def recalled(self, answer: Answer) -> Draft:
        return Draft(order=answer.parts) if isinstance(answer, Ordered) else Draft()

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-order")

    def partly(self, verdict: Verdict) -> str:
        broken = sum(not part.right for part in verdict.parts)
        return self.words("question.partly-rules", n=broken, all=len(verdict.parts))

    def explained(self, verdict: Verdict) -> str:
        return self.say(self._item.why)

    def _order(self, draft: Draft) -> tuple[str, ...]:
        return draft.order if sorted(draft.order) == sorted(self._item.parts) else self.posed.shown

    @property
    def _item(self) -> Order:
        assert isinstance(self.posed.item, Order)
        return self.posed.item


class MatchFace(Face):
    """The left one is chosen, then the right one; a letter pairs at once."""

    def rows(self, draft: Draft, verdict: Verdict | None) -> tuple[Row, ...]:
        item, arrow = self._item, self.signs.arrow
        letters = dict(zip(self.posed.shown, LETTERS, strict=False))
        texts = {name: self.say(text) for name, text in item.left.items()}
        column = min(WIDEST_LEFT, max(map(cells, texts.values()), default=0))
        rows = []
        for name, text in texts.items():
            partner = draft.pairs.get(name, "")
            tail = f"{letters[partner]}  {self.say(item.right[partner])}" if partner in letters else ""
            rows.append(
                Row(
                    id=f"<{name}",
                    text=text,
                    chosen=bool(tail),
                    held=draft.held == name,
                    right=None if verdict is None else partner == item.pairs.get(name),
                    tail=f" {arrow} {tail}",
                    tail_at=column,
                )
            )
        whys = tuple(self._why(name, draft, verdict) for name in texts)
        if verdict is not None:
            return (*rows, Row(), *whys)
        return (*rows, Row(), Row(text=self.words("question.partners")), *self._partners(letters, draft))

    def stages(self, draft: Draft) -> tuple[tuple[Row, ...], ...]:
        asked = self.rows(draft, None)
        whys = (self._why(name, draft, None) for name in self._item.left)
        return asked, (*asked[: len(self._item.left)], Row(), *whys)

    def _partners(self, letters: dict[str, str], draft: Draft) -> list[Row]:
        """Return what can be chosen on the right."""
        used = set(draft.pairs.values())
        rows = []
        for name, letter in letters.items():
            text = self.say(self._item.right[name])
            rows.append(Row(id=f">{name}", label=letter, text=text, tone="quiet" if name in used else ""))
        return rows

    def _why(self, name: str, draft: Draft, verdict: Verdict | None) -> Row:
        """Return a right pair and its why; a pair that the learner missed is set off."""
        item = self._item
        wanted = item.pairs.get(name, "")
        missed = verdict is not None and draft.pairs.get(name) != wanted
        return Row(
            id=f"={name}",
            text=f"{self.say(item.left[name])} {self.signs.arrow} {self.say(item.right[wanted])}",
            right=True if missed else None,
            why=self.say(item.whys[name]) if name in item.whys else "",
            told=True,
        )

    def chosen(self, draft: Draft, row: str) -> Draft:
        side, name = row[:1], row[1:]
        if side == "<":
            return replace(draft, held=name, cursor=f">{draft.pairs.get(name, self.posed.shown[0])}")
        left = draft.held or (draft.cursor[1:] if draft.cursor[:1] == "<" else self._free(draft))
        if left not in self._item.left:
            return draft
        paired = replace(draft, pairs={**draft.pairs, left: name}, held="")
        return replace(paired, cursor=f"<{self._free(paired) or left}")

    def answer(self, draft: Draft) -> Answer | None:
        return Matched(dict(draft.pairs)) if not self._free(draft) else None

    def recalled(self, answer: Answer) -> Draft:
        return Draft(pairs=dict(answer.pairs)) if isinstance(answer, Matched) else Draft()

    def missing(self, draft: Draft) -> str:
        return self.words("question.missing-pairs")

    def partly(self, verdict: Verdict) -> str:
        return self.counted(verdict)

    def _free(self, draft: Draft) -> str:
        """Return the first on the left without a partner, "" where all have one."""
        return next((name for name in self._item.left if draft.pairs.get(name) not in self._item.right), "")

    @property
    def _item(self) -> Match:
        assert isinstance(self.posed.item, Match)
        return self.posed.item
