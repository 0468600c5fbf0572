"""A page of the course: one scrolling column of at most 76 cells, drawn row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from content.course.page import Page
from tui.glyphs import RICH, Glyphs
from tui.widgets.block_around import Around
from tui.widgets.block_layout import lay_out
from tui.widgets.block_seen import Seen
from tui.widgets.block_sheet import EMPTY, Kind, Look, Place, Sheet, Target
from tui.widgets.marked_view import MarkedView
from tui.widgets.prose_view import NEAR
from tui.words import Words


class Prose(MarkedView):
    """Shows a page, turns its leaves, and says what in it was chosen.

    The place survives a change of width, of signs and of language: the same block stays at the top.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
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
        target = self.nearest(kind)
        if target is not None:
            self.do(target)

    def do(self, target: Target) -> None:
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys pass that would do nothing here, so that the screen can have them."""
        match action:
            case "code":
                return self.nearest("copy") is not None
            case "train":
                return self.nearest("train") is not None
            case "demo":
                return self.nearest("demo") is not None
        return super().check_action(action, parameters)
