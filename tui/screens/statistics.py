"""Statistics: what the record says of the learner, drawn and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from textual import events, on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from content.course.visible import visible
from content.memory.curve import Point, curve
from content.memory.statistics import Statistics, statistics
from content.search.scraps import plain_ask
from tui.learner import keys_of, said_of, standing
from tui.screens.base import LearnScreen
from tui.widgets.run.scroll import Scroll
from tui.widgets.statistics.calendar import calendar
from tui.widgets.statistics.coming import coming
from tui.widgets.statistics.drawn import Paper, beside
from tui.widgets.statistics.growth import growth
from tui.widgets.statistics.hard import effort, hard, slips
from tui.widgets.statistics.trust import trust

TWO_COLUMNS = 130
"""From this width on, blocks stand side by side."""

MARGIN = 2
GAP = 4


class StatisticsScreen(LearnScreen[None]):
    """One sheet to scroll; everything is text, so that it can be read aloud and copied."""

    BINDINGS = [
        Binding("space", "page(1)", "statistics.keys.down", id="statistics.down"),
        Binding("b", "page(-1)", "statistics.keys.up", id="statistics.up", show=False),
        Binding("g", "end(-1)", "keys.first", id="statistics.first", show=False),
        Binding("G", "end(1)", "keys.last", id="statistics.last", show=False),
    ]

    class Counted(Message):
        """The figures are there."""

        def __init__(self, said: Statistics, points: tuple[Point, ...]) -> None:
            super().__init__()
            self.said = said
            self.points = points

    def body(self) -> Iterable[Widget]:
        yield Scroll(id="statistics-sheet")

    def place(self) -> list[str] | None:
        return ["statistics"]

    def fill(self) -> None:
        self._counted: Statistics | None = None
        self._points: tuple[Point, ...] = ()
        course, record = self.owner.course, self.owner.record
        total = standing(course, record).total
        self.titled(self.words("statistics.title"), said_of(total, self.words, self.glyphs.mark))
        self.query_one(Scroll).focus()
        self.run_worker(self._count, thread=True, exclusive=True, group="statistics")

    def _count(self) -> None:
        course, record = self.owner.course, self.owner.record
        keys = [key for slug in course.slugs for key in keys_of(course, slug)]
        said = statistics(record, course.id, keys)
        self.post_message(self.Counted(said, curve(record, course.id, keys, record.today)))

    @on(Counted)
    def counted(self, event: Counted) -> None:
        event.stop()
        self._counted, self._points = event.said, event.points
        self._draw()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._draw)

    def choices_changed(self) -> None:
        self._draw()

    def action_page(self, by: int) -> None:
        """Scroll by as much as is seen."""
        sheet = self.query_one(Scroll)
        sheet.scroll_relative(y=by * sheet.size.height, animate=False)

    def action_end(self, to: int) -> None:
        """Go to the beginning or to the end."""
        sheet = self.query_one(Scroll)
        sheet.scroll_to(y=sheet.max_scroll_y if to > 0 else 0, animate=False)

    def _draw(self) -> None:
        if self._counted is None or not self.query(Scroll):
            return
        sheet = self.query_one(Scroll)
        room = sheet.scrollable_content_region.width - 2 * MARGIN
        two = room >= TWO_COLUMNS
        width = (room - GAP) // 2 if two else room
        blocks = self._blocks(self._counted, Paper(self.words, self.glyphs, max(40, width)))
        rows: list[Content] = []
        for at in range(0, len(blocks), 2 if two else 1):
            rows += beside(blocks[at], blocks[at + 1], width, GAP) if two else blocks[at]
            rows.append(Content(""))
        sheet.put_lines([Content(" " * MARGIN) + row for row in rows])

    def _blocks(self, said: Statistics, paper: Paper) -> Sequence[list[Content]]:
        every = sum(len(self.owner.course.keys(slug)) for slug in self.owner.course.slugs)
        today = self.owner.record.today
        named = [(self._slip(slip), count) for slip, count in said.slips]
        draw: tuple[Callable[[Paper], list[Content]], ...] = (
            partial(growth, self._points, every),
            partial(calendar, said.days, today),
            partial(trust, said),
            partial(coming, said.coming, today),
            partial(hard, said, {each.item: self._ask(each.item) for each in said.hard}),
            partial(slips, named),
            partial(effort, said),
            lambda _: [],
        )
        return [each(paper) for each in draw]

    def _slip(self, name: str) -> str:
        text = self.owner.course.slip(name)
        return visible(text.say(self.words.language)) if text is not None else name

    def _ask(self, name: str) -> str:
        item = self.owner.course.item(name)
        if item is None:
            return name
        return visible(plain_ask(item, self.words.language))
