"""A page of the course: one scrolling column of at most 76 cells, drawn row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from content.course.page import Page
from tui.glyphs import RICH, Glyphs
from tui.widgets.block_around import Around
from tui.widgets.block_layout import lay_out
from tui.widgets.block_seen import Seen
from tui.widgets.block_sheet import EMPTY, Kind, Look, Place, Sheet, Target
from tui.widgets.prose_view import NEAR, ProseView
from tui.words import Words


class Prose(ProseView):
    """Shows a page, turns its leaves, and says what in it was chosen.

    The place survives a change of width, of signs and of language: the same block stays at the top.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "target(1)", "prose.next", id="prose.next"),
        Binding("shift+tab", "target(-1)", "prose.previous", id="prose.previous", show=False),
        Binding("enter", "choose", "prose.choose", id="prose.choose"),
        Binding("escape", "unmark", "prose.unmark", id="prose.unmark", show=False),
        Binding("c", "code", "prose.copy", id="prose.copy"),
        Binding("t", "train", "prose.train-key", id="prose.train"),
        Binding("d", "demo", "prose.demo-key", id="prose.demo"),
    ]

    page: reactive[Page | None] = reactive(None)
    """What is shown. A page with the same slug is the same page in another language: its place is kept."""
    words: reactive[Words] = reactive(Words)
    glyphs: reactive[Glyphs] = reactive(RICH)
    titled: reactive[bool] = reactive(True)
    """Whether the page's title stands above it."""

    demos: reactive[Mapping[str, object]] = reactive(dict)
    """How the demos stand that the learner has touched, by name, as the record keeps it."""

    around: reactive[Around | None] = reactive(None)
    """What the page's section says about itself, above and below it."""

    seen = Seen()
    """What of the page has been on the screen, before and now."""

    class TermChosen(Message):
        """A glossary term was chosen."""

        def __init__(self, term_id: str) -> None:
            super().__init__()
            self.term_id = term_id

    class LinkChosen(Message):
        """A link to the web was chosen; nothing is opened without asking."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    class PageChosen(Message):
        """A link within the course was chosen.

        Attributes:
            target: "#anchor" of this page, or "slug" or "slug#anchor".
        """

        def __init__(self, target: str) -> None:
            super().__init__()
            self.target = target

    class CopyRequested(Message):
        """Code is wanted in the clipboard."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    class TrainRequested(Message):
        """The learner wants to train what the page shows."""

        def __init__(self, preset: str) -> None:
            super().__init__()
            self.preset = preset

    class DemoRequested(Message):
        """The learner wants to play with a demo."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class WayChosen(Message):
        """The learner goes on.

        Attributes:
            way: "questions" or "next".
        """

        def __init__(self, way: str) -> None:
            super().__init__()
            self.way = way

    class PlaceChanged(Message):
        """Another row stands at the top.

        Attributes:
            anchor: The last anchor at or above it, "" before the first one.
            seen: What has been on the screen.
        """

        def __init__(self, place: Place, anchor: str, seen: Seen) -> None:
            super().__init__()
            self.place = place
            self.anchor = anchor
            self.seen = seen

    def scroll_to_anchor(self, anchor: str) -> bool:
        """Bring the block of an anchor to the top; return whether the page has that anchor."""
        index = self.page.anchors().get(anchor) if self.page is not None else None
        if index is None:
            return False
        self.scroll_to_block(index)
        return True

    @property
    def top_anchor(self) -> str:
        """The last anchor at or above the upper edge, "" before the first one."""
        if self.page is None or not self._sheet.rows:
            return ""
        top = self.scroll_offset.y + NEAR
        above = [block.anchor for block, row in zip(self.page.blocks, self._sheet.tops, strict=True) if row <= top]
        return next((anchor for anchor in reversed(above) if anchor), "")

    @property
    def progress(self) -> float:
        """How much of the page has been on the screen, from 0 to 1."""
        return self.seen.share(self._sheet)

    # -- laying out

    def make_sheet(self, width: int) -> Sheet:
        if self.page is None:
            return EMPTY
        look = Look(self.words, self.glyphs, self.page.language, self.demos)
        return lay_out(self.page, width, look, titled=self.titled, around=self.around)

    def moved(self) -> None:
        top, sheet = self.scroll_offset.y, self._sheet
        self.seen = self.seen.also(*sheet.window(top, min(top + self.size.height, len(sheet.rows))))
        self.post_message(self.PlaceChanged(self.place(), self.top_anchor, self.seen))
        self.refresh_bindings()

    def watch_page(self, before: Page | None, page: Page | None) -> None:
        if before is not None and (page is None or page.slug != before.slug):
            self.begin()
            self.seen = Seen()
        self.lay_out()

    def watch_glyphs(self) -> None:
        self.lay_out()

    def watch_words(self) -> None:
        self.lay_out()

    def watch_around(self) -> None:
        self.lay_out()

    def watch_titled(self) -> None:
        self.lay_out()

    def watch_demos(self) -> None:
        """Draw the demos as they stand now; what is marked stays marked."""
        chosen = self._chosen
        self.lay_out()
        if chosen is not None and chosen < len(self._sheet.targets):
            self._mark(chosen)

    # -- choosing

    @property
    def chosen(self) -> Target | None:
        """What is marked, None where nothing is or where it is out of sight."""
        if self._chosen is None or not self._in_sight(self._chosen):
            return None
        return self._sheet.targets[self._chosen]

    def _in_sight(self, number: int) -> bool:
        top = self.scroll_offset.y
        return any(top <= spot.row < top + self.size.height for spot in self._sheet.spots_of(number))

    def action_target(self, step: int) -> None:
        """Mark the next target; after the last one the focus moves on."""
        following = self._following(step)
        self._mark(following)
        if following is not None:
            self._bring(following)
        elif step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def _bring(self, number: int) -> None:
        """Bring a target into sight; a demo with all of its picture, where there is room for it."""
        target = self._sheet.targets[number]
        above, below = self._sheet.top(target.block) - 1, self._sheet.end(target.block)
        top, height = self.scroll_offset.y, self.size.height
        if target.kind == "demo" and below - above <= height and not top <= above <= below <= top + height:
            self.go(above)
        elif not self._in_sight(number):
            self.go(self._sheet.spots_of(number)[0].row - height // 3)

    def _following(self, step: int) -> int | None:
        """Return the next target in this direction: from the marked one, else from the edge of the screen."""
        rows = {spot.target: spot.row for spot in reversed(self._sheet.spots)}  # one without words is nowhere
        numbers = sorted(rows)
        if self.chosen is not None and self._chosen in rows:
            at = numbers.index(self._chosen) + step
            return numbers[at] if 0 <= at < len(numbers) else None
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if step > 0:
            return next((number for number in numbers if rows[number] >= top), None)
        return next((number for number in reversed(numbers) if rows[number] < bottom), None)

    def _mark(self, number: int | None) -> None:
        self.repaint_rows(self._chosen)
        self._chosen = number
        self.repaint_rows(number)
        self.refresh_bindings()

    def action_unmark(self) -> None:
        """Mark nothing any more."""
        self._mark(None)

    def action_choose(self) -> None:
        """Do what is marked."""
        if self.chosen is not None:
            self._do(self.chosen)

    def action_code(self) -> None:
        """Copy the marked code, else the first on the screen."""
        self._do_first("copy")

    def action_train(self) -> None:
        """Train what is marked, else the first invitation on the screen."""
        self._do_first("train")

    def action_demo(self) -> None:
        """Play with the marked demo, else the first on the screen."""
        self._do_first("demo")

    def _do_first(self, kind: Kind) -> None:
        target = self._nearest(kind)
        if target is not None:
            self._do(target)

    def _nearest(self, kind: Kind) -> Target | None:
        """Return the target of a kind that a key acts on now: in the marked block, else in sight."""
        found = [target for target in self._sheet.targets if target.kind == kind and self._block_in_sight(target.block)]
        chosen = self.chosen
        if chosen is not None:
            found.sort(key=lambda target: target.block != chosen.block)
        return found[0] if found else None

    def _block_in_sight(self, block: int) -> bool:
        top = self.scroll_offset.y
        return self._sheet.top(block) < top + self.size.height and self._sheet.end(block) > top

    def _do(self, target: Target) -> None:
        match target.kind:
            case "term":
                self.post_message(self.TermChosen(target.value))
            case "link":
                self.post_message(self.LinkChosen(target.value))
            case "page":
                self.post_message(self.PageChosen(target.value))
            case "copy":
                self.post_message(self.CopyRequested(target.value))
            case "train":
                self.post_message(self.TrainRequested(target.value))
            case "demo":
                self.post_message(self.DemoRequested(target.value))
            case "way":
                self.post_message(self.WayChosen(target.value))

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is None:
            return
        row, column = at.y + self.scroll_offset.y, at.x + self.scroll_offset.x - self._left
        number = self._sheet.target_at(row, column)
        if number is not None:
            event.stop()
            self._mark(number)
            self._do(self._sheet.targets[number])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys pass that would do nothing here, so that the screen can have them."""
        match action:
            case "choose" | "unmark":
                return self.chosen is not None
            case "code":
                return self._nearest("copy") is not None
            case "train":
                return self._nearest("train") is not None
            case "demo":
                return self._nearest("demo") is not None
        return super().check_action(action, parameters)
