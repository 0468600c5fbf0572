"""Nothing is due: when the next questions return, and what is new in the meantime."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.days import said_day
from tui.learner import returning, said_of, standing, unseen
from tui.screens.base import LearnScreen
from tui.widgets.rows import Rows

WEEK_DAYS = 7


class NothingDueScreen(LearnScreen[None]):
    """Says when to come back, and offers the next section's new questions."""

    def body(self) -> Iterable[Widget]:
        yield Static(id="rest-said", markup=False)
        yield Rows(id="rest-rows")

    def on_screen_resume(self) -> None:
        if self.query("#rest-rows"):
            self.fill()

    def place(self) -> list[str] | None:
        return ["review"]

    def fill(self) -> None:
        self.stands = standing(self.owner.course, self.owner.record)
        self.titled(self.words("review.title"), said_of(self.stands.total, self.words, self.glyphs.mark))
        said = [Content.styled(words, "$learner bold" if at == 0 else "") for at, words in enumerate(self._sentences())]
        self.query_one("#rest-said", Static).update(Content("\n").join(said))
        rows = self.query_one("#rest-rows", Rows)
        rows.clear_options()
        rows.add_options(self._options())
        rows.highlighted = 0
        rows.focus()

    def _sentences(self) -> Iterator[str]:
        """Yield what is to be said: the headline, when the next ones return, how many within a week."""
        today = self.owner.record.today
        days = returning(self.owner.course, self.owner.record)
        if not days:
            yield self.words("review.none-yet")
            yield self.words("review.none-yet-why")
        elif self.stands.total.due:
            yield self.words("review.due", n=self.stands.total.due)
        else:
            yield self.words("review.none")
            week = sum(day <= today + WEEK_DAYS for day in days)
            first = days.count(days[0])
            key = "review.next-one" if first == 1 else "review.next"
            yield self.words(key, when=said_day(days[0], today, self.words), n=first)
            if week:
                yield self.words("review.week", n=week)

    def _options(self) -> Iterator[Option]:
        if self.stands.total.due:
            yield Option(Content(self.words("home.review", due=self.stands.total.due)), id="review:")
        slug = unseen(self.owner.course, self.stands)
        section = self.owner.course.section(slug) if slug is not None else None
        if section is None:
            yield Option(Content(self.words("review.all-seen")), id="all-seen", disabled=True)
        else:
            name = f"{section.id} {section.title.say(self.words.language)}"
            stands = self.stands.sections[section.slug]
            new = self.words("review.new", section=name, n=stands.all - stands.seen)
            ways = [
                Option(Content(new), id=f"question:{section.slug}"),
                Option(Content(self.words("review.read", section=name)), id=f"page:{section.slug}"),
            ]
            unread = self.owner.record.place(self.owner.course.id, section.slug) is None
            yield from reversed(ways) if unread else ways
        yield Option(Content(self.words("review.back")), id="back")

    @on(OptionList.OptionSelected)
    def row_chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _, name = (event.option_id or "").partition(":")
        if kind == "back":
            self.action_back()
        elif kind == "review":
            self.action_back()
            self.owner.open(["review"])
        else:
            self.owner.open([kind, name])
