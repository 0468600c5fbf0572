"""A page of the course; where there is room, with its contents and the living run beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual import events, on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget

from content.course.blocks import Demo
from content.memory.progress import Progress
from tui.learner import said_of, stands_in
from tui.screens.base import LearnScreen
from tui.screens.note import NoteScreen, TermScreen
from tui.screens.page_around import around
from tui.screens.page_reading import Reading
from tui.widgets.block_sheet import Place
from tui.widgets.contents import Contents
from tui.widgets.demos.catalogue import key_of
from tui.widgets.prose import Prose
from tui.widgets.run.moment import Sight
from tui.widgets.run.view import RunView

RUN_COLUMNS = 116
"""From this width on, the living run is shown beside the page."""

CONTENTS_COLUMNS = 110
"""From this width on, the contents are, if no run takes the room; both from BOTH_COLUMNS on."""

BOTH_COLUMNS = 150

KEEP_SECONDS = 0.4


class PageScreen(LearnScreen[None]):
    """Reads, keeps the place, trains what the page shows, and goes on to its questions."""

    BINDINGS = [
        Binding("enter,n", "questions", "page.keys.questions", id="page.questions"),
        Binding("t", "train", "page.keys.train", id="page.train"),
        Binding("right_square_bracket", "turn(1)", "page.keys.next", id="page.next", show=False),
        Binding("left_square_bracket", "turn(-1)", "page.keys.previous", id="page.previous", show=False),
        Binding("o", "glossary", "page.keys.glossary", id="page.glossary", show=False),
        Binding("v", "side", "page.keys.side", id="page.side", show=False),
    ]

    def __init__(self, slug: str, anchor: str = "") -> None:
        super().__init__()
        self.slug = slug
        self.asked_anchor = anchor
        self.beside = True
        self._keeping: Timer | None = None
        self._reading: Reading | None = None
        self._sight: Sight | None = None
        self._stands: Progress | None = None

    def place(self) -> list[str] | None:
        return ["page", self.slug, ""] if self.owner.course.recall(self.slug) else ["page", self.slug]

    @property
    def shown_run(self) -> str | None:
        """The run that is shown beside the page, None for none."""
        for view in self.query(RunView):
            if view.display:
                return self._run_id
        return None

    @property
    def reading(self) -> Reading:
        """Where the learner is in the page; looked up when it is first asked for."""
        if self._reading is None:
            self._reading = Reading(self.owner.record, self.owner.course.id, self.slug)
        return self._reading

    def body(self) -> Iterable[Widget]:
        self._run_id = ""
        with Horizontal(id="page-body"):
            yield Contents(id="page-contents")
            yield Prose(id="page-prose")

    def fill(self) -> None:
        prose = self.query_one(Prose)
        prose.glyphs, prose.words = self.glyphs, self.words
        page = self.owner.course.page(self.slug, self.words.language)
        prose.around = around(self.owner.course, self.owner.record, self.slug, self.words.language)
        prose.seen = self.reading.seen
        prose.page = page
        self._draw_demos()
        prose.titled = False
        if page is None:
            self.notify(self.words("page.missing"), severity="error", markup=False)
        else:
            contents = self.query_one(Contents)
            contents.headings = tuple((anchor, words) for anchor, words, _ in page.contents())
            prose.restore(self._begin())
        prose.focus()
        self._arrange()
        self.call_after_refresh(self._show_status)

    async def course_changed(self) -> None:
        """Show the page as it is now, at the place where it was."""
        place = self.query_one(Prose).place()
        self._keep()
        self._reading = None
        self.fill()
        self.query_one(Prose).restore(place)

    def _begin(self) -> Place:
        """Return where to begin: at the anchor that was asked for, else where the learner was."""
        page = self.query_one(Prose).page
        if self.asked_anchor and page is not None:
            return Place(page.find(self.asked_anchor))
        return self.reading.place

    @on(Prose.PlaceChanged)
    def place_changed(self, event: Prose.PlaceChanged) -> None:
        event.stop()
        self.asked_anchor = ""
        self.reading.place, self.reading.seen = event.place, event.seen
        self.query_one(Contents).current = self._heading(event.anchor)
        self._show_status()
        if self._keeping is None:
            self._keeping = self.set_timer(KEEP_SECONDS, self._keep)

    def _heading(self, anchor: str) -> str:
        """Return the heading that an anchor stands under, "" before the first one."""
        page = self.query_one(Prose).page
        if page is None or anchor not in page.anchors():
            return ""
        at = page.anchors()[anchor]
        return next((name for name, _, index in reversed(page.contents()) if index <= at), "")

    def _keep(self) -> None:
        if self._keeping is not None:
            self._keeping.stop()
            self._keeping = None
            self.reading.keep()

    def on_unmount(self) -> None:
        self._keep()

    def on_screen_suspend(self) -> None:
        self._keep()

    def on_screen_resume(self) -> None:
        self._stands = None  # questions may have been answered meanwhile
        for prose in self.query(Prose):
            prose.around = around(self.owner.course, self.owner.record, self.slug, self.words.language)
            self._draw_demos()
            self._arrange()
            self._show_status()

    def on_resize(self, event: events.Resize) -> None:
        self._arrange()

    def runs_changed(self, ids: set[str]) -> None:
        """The run beside the page wrote something, or a run began."""
        self._arrange()
        if self._run_id in ids:
            self._draw_run()

    def _arrange(self) -> None:
        """Show beside the page what there is room for."""
        width = self.size.width
        alive = self.owner.followed.living()
        if alive:
            self._run_id = alive[0].folder.id
        wanted = self.beside and bool(self._run_id) and width >= RUN_COLUMNS
        views = self.query(RunView)
        if wanted and not views:
            self.query_one("#page-body").mount(RunView(self.words, self.glyphs, id="page-run"))
            self.call_after_refresh(self._draw_run)
        for view in views:
            view.display = wanted
        needed = BOTH_COLUMNS if wanted else CONTENTS_COLUMNS
        self.query_one(Contents).display = width >= needed

    def _draw_run(self) -> None:
        for view in self.query(RunView):
            if view.display and self._run_id:
                if self._sight is None or self._sight.follower.folder.id != self._run_id:
                    self._sight = Sight(self.owner.followed.follow(self.owner.runs.find(self._run_id)))
                state = self.owner.followed.state(self._run_id) or "starting"
                view.show(self._sight.moment(state, self.owner.followed.clock()))

    def _draw_demos(self) -> None:
        """Show the demos of the page as the learner left them, as far as they have its numbers."""
        page = self.query_one(Prose).page
        names = {block.name for block in page.blocks if isinstance(block, Demo)} if page is not None else set()
        kept = {name: self.owner.record.setting(key_of(name)) for name in sorted(names)}
        self.query_one(Prose).demos = {name: state for name, state in kept.items() if state is not None}

    def _show_status(self) -> None:
        course = self.owner.course
        section = course.section(self.slug)
        if section is None:
            return
        if self._stands is None:
            self._stands = stands_in(course, self.owner.record, self.slug)
        read = f"{self.query_one(Prose).progress:.0%}"
        status, brief = (
            self.words(
                "page.status", read=read, stands=said_of(self._stands, self.words, self.glyphs.mark, brief=narrow)
            )
            for narrow in (False, True)
        )
        self.titled(f"{section.id} {section.title.say(self.words.language)}", status, brief)

    @on(Prose.TermChosen)
    def term_chosen(self, event: Prose.TermChosen) -> None:
        event.stop()
        term = self.owner.course.terms.get(event.term_id)
        if term is None:
            self.notify(self.words("page.no-term", term=event.term_id), markup=False)
            return
        languages = dict.fromkeys((self.words.language, *self.owner.course.languages))
        title = " / ".join(dict.fromkeys(term.term.say(language) for language in languages))
        said = "\n\n".join(dict.fromkeys(term.says.say(each) for each in languages))
        window = TermScreen(title, said, self.words("page.note-keys"))
        window.set_class(self.query_one(Prose).marks_low, "-above")
        self.app.push_screen(window, self._term_closed(term.id))

    def _term_closed(self, term: str) -> Callable[[bool | None], None]:
        """Return what opens the glossary at a term, where the window over it says so."""
        return lambda wanted: self.owner.open(["glossary", term]) if wanted else None

    @on(Prose.LinkChosen)
    def link_chosen(self, event: Prose.LinkChosen) -> None:
        event.stop()
        self.app.copy_to_clipboard(event.address)
        self.app.push_screen(NoteScreen(self.words("page.link"), f"{event.address}\n\n{self.words('app.copy-hint')}"))

    @on(Prose.PageChosen)
    def page_chosen(self, event: Prose.PageChosen) -> None:
        event.stop()
        slug, _, anchor = event.target.partition("#")
        if slug and slug != self.slug:
            self.owner.open(["page", slug, *([anchor] if anchor else [])])
        elif not self.query_one(Prose).scroll_to_anchor(anchor):
            self.notify(self.words("page.no-place", place=event.target), markup=False)

    @on(Prose.CopyRequested)
    def copy_requested(self, event: Prose.CopyRequested) -> None:
        event.stop()
        self.app.copy_to_clipboard(event.code)
        self.notify(self.words("app.copy-hint"), title=self.words("app.copied"), markup=False)

    @on(Prose.TrainRequested)
    def train_requested(self, event: Prose.TrainRequested) -> None:
        event.stop()
        preset = self.owner.course.presets.get(event.preset)
        if preset is not None:
            self.owner.train(preset.kind, preset.wishes, preset=preset.name)

    @on(Prose.DemoRequested)
    def demo_requested(self, event: Prose.DemoRequested) -> None:
        event.stop()
        self.owner.open(["demo", event.name, "page"])

    @on(Prose.WayChosen)
    def way_chosen(self, event: Prose.WayChosen) -> None:
        event.stop()
        if event.way == "questions":
            self.action_questions()
        else:
            self.action_turn(1)

    @on(Contents.Chosen)
    def heading_chosen(self, event: Contents.Chosen) -> None:
        event.stop()
        self.query_one(Prose).scroll_to_anchor(event.anchor)

    def action_questions(self) -> None:
        """Go on to the page's questions."""
        self.owner.open(["question", self.slug])

    def action_train(self) -> None:
        """Train the course's network with its defaults, where the page shows none of its own."""
        self.owner.train("mlp", {})

    def action_glossary(self) -> None:
        """Open the glossary, at a term that this section explains where it explains one."""
        section = self.owner.course.section(self.slug)
        terms = self.owner.course.terms.values()
        here = next((term.id for term in terms if section is not None and term.section == section.id), "")
        self.owner.open(["glossary", here] if here else ["glossary"])

    def action_side(self) -> None:
        """Show or hide the run beside the page."""
        self.beside = not self.beside
        self._arrange()

    def action_turn(self, by: int) -> None:
        """Go to the next or the previous section's page."""
        slugs = [section.slug for section in self.owner.course.sections]
        at = slugs.index(self.slug) + by
        if 0 <= at < len(slugs):
            self.owner.turn_to(["page", slugs[at]])
