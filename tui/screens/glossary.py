"""The glossary: every term in both languages, found while typing, each a step away from the page that explains it."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from content.course.term import Term
from content.search.terms import Glossary
from content.search.usage import first_use
from tui.screens.base import LearnScreen
from tui.screens.glossary_look import GlossaryLook
from tui.widgets.rows import Rows
from tui.widgets.run.lines import Lines
from tui.widgets.text_line import TextLine

KEEP_SECONDS = 0.6
MARGINS = 3
"""Cells beside a row: one on each side, and the scroll bar."""


class GlossaryLine(TextLine):
    """Where the learner types; its other keys move through the terms and lead to the page."""

    BINDINGS = [
        Binding("enter", "screen.page", "glossary.keys.page", id="glossary.page"),
        Binding("down", "screen.move(1)", "glossary.keys.down", id="glossary.down", show=False),
        Binding("up", "screen.move(-1)", "glossary.keys.up", id="glossary.up", show=False),
        Binding("pagedown", "screen.move(10)", "glossary.keys.down", id="glossary.down", show=False),
        Binding("pageup", "screen.move(-10)", "glossary.keys.up", id="glossary.up", show=False),
    ]


class GlossaryScreen(LearnScreen[None]):
    """A field, the terms that fit, the highlighted one in full."""

    def __init__(self, chosen: str = "") -> None:
        """Open at a term; "" for the first."""
        super().__init__()
        self.chosen = chosen
        self.wanted = ""
        self._terms: list[Term] = []

    def place(self) -> list[str] | None:
        return ["glossary", self.chosen] if self.chosen else ["glossary"]

    def body(self) -> Iterable[Widget]:
        yield GlossaryLine(self.wanted, placeholder=self.words("glossary.hint"), id="glossary-line")
        yield Rows(id="glossary-rows")
        yield Lines(id="glossary-detail")

    def fill(self) -> None:
        self._glossary = Glossary(self.owner.course.terms.values(), self.words.language)
        rows, line = self.query_one(Rows), self.query_one(GlossaryLine)
        rows.can_focus = False
        line.focus()
        self._look_for(self.wanted)

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    @property
    def term(self) -> Term | None:
        """The highlighted term, None where none fits."""
        return next((term for term in self._terms if term.id == self.chosen), None)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.wanted:
            self.chosen = ""
            self._look_for(event.value)

    def _look_for(self, wanted: str) -> None:
        self.wanted = wanted
        self._terms = self._glossary.fitting(wanted)
        if self.term is None:
            self.chosen = self._terms[0].id if self._terms else ""
        every, found = len(self._glossary.entries), len(self._terms)
        key = "glossary.status" if found == every else "glossary.status-found"
        self.titled(self.words("glossary.title"), self.words(key, n=found, all=every))
        self._draw()

    def _look(self) -> GlossaryLook:
        width = (self.size.width or self.app.size.width) - MARGINS
        return GlossaryLook(self.owner.course, self.words, self.glyphs, width, self.wanted)

    def _draw(self) -> None:
        """Show the terms that fit."""
        for rows in self.query(Rows):
            look = self._look()
            rows.clear_options()
            rows.add_options([Option(look.row(term), id=term.id) for term in self._terms])
            if self._terms:
                rows.highlighted = [term.id for term in self._terms].index(self.chosen)
            else:
                said = "glossary.nothing" if self._glossary.entries else "glossary.empty"
                rows.add_option(Option(Content.styled(self.words(said), "$quiet"), disabled=True))
            self._draw_detail()

    def _draw_detail(self) -> None:
        term = self.term
        for lines in self.query("#glossary-detail").results(Lines):
            height = lines.size.height or self.app.size.height
            lines.put(self._look().detail(term, height) if term is not None else [])

    @on(OptionList.OptionHighlighted)
    def term_reached(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        name = event.option_id or ""
        if name and name != self.chosen:
            self.chosen = name
            self._draw_detail()
            self.set_timer(KEEP_SECONDS, lambda: self._keep(name))

    def _keep(self, name: str) -> None:
        if self.chosen == name and self.app.screen is self:
            self.owner.keep_places()

    @on(OptionList.OptionSelected)
    def term_clicked(self, event: OptionList.OptionSelected) -> None:
        """A click shows the term; a second one on the same leads to its page."""
        event.stop()
        self.action_page()

    def action_move(self, by: int) -> None:
        """Move the mark while the text field keeps the focus."""
        rows = self.query_one(Rows)
        if self._terms:
            rows.highlighted = max(0, min(len(self._terms) - 1, (rows.highlighted or 0) + by))

    def action_page(self) -> None:
        """Open the page that explains the term where it first uses it; where none does, the first that uses it."""
        term, course = self.term, self.owner.course
        if term is None:
            return
        own = course.section(term.section) if term.section else None
        for section in [own] if own is not None else course.sections:
            page = course.page(section.slug, self.words.language)
            spot = first_use(page, term.id) if page is not None else ""
            if spot or own is not None:
                self.owner.open(["page", section.slug, *([spot] if spot else [])])
                return
        self.notify(self.words("glossary.unused"), markup=False)
