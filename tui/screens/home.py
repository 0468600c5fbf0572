"""Home: where to go on, both curves, every section, living runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from rich.cells import cell_len
from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from content.course.section import Section
from content.errors import Fault
from content.quiz.review import REVIEW
from tui.faults import line
from tui.learner import Standing, grown, said_of, standing
from tui.screens.base import LearnScreen
from tui.strip import number, short_name
from tui.text.fitting import fit, padded
from tui.widgets.rows import Rows
from tui.widgets.two_curves import Curve, TwoCurves

METER_CELLS = 10
COUNT_CELLS = 27
"""What stands beside a title: the meter and how many questions were seen."""

RECALL_CELLS = 39
"""The same with how many of them are remembered."""

BESIDE_COLUMNS = 150
"""From this width on, as where a screen is roomy, the curves stand beside the rows."""

BESIDE_CELLS = 60
"""Which the curves take there."""

CURVE_POINTS = 400
GROW_SECONDS = 1.0
"""After so long on home, days of the curve that were never computed are."""


class HomeScreen(LearnScreen[None]):
    """The first row goes on where the learner was; then the sections; then the lab and the runs."""

    BINDINGS = [
        Binding("n", "questions", "home.keys.questions", id="home.questions"),
        Binding("l,t", "go('lab')", "home.keys.lab", id="home.lab"),
        Binding("r", "go('runs')", "home.keys.runs", id="home.runs"),
        Binding("v", "go('review')", "home.keys.review", id="home.review", show=False),
        Binding("a", "go('statistics')", "statistics.keys.open", id="home.statistics", show=False),
        Binding("d", "go('demos')", "home.keys.demos", id="home.demos", show=False),
        Binding("o", "go('glossary')", "home.keys.glossary", id="home.glossary", show=False),
        Binding("c", "go('courses')", "home.keys.courses", id="home.courses", show=False),
        Binding("z", "go('zoo')", "home.keys.zoo", id="home.zoo", show=False),
        Binding("s", "go('settings')", "home.keys.settings", id="home.settings", show=False),
        Binding("q", "back", "keys.quit", id="base.back"),
        Binding("escape,backspace", "stay", "keys.back", id="home.stay", show=False),
    ]

    class Grown(Message):
        """The learner's curve was computed to its last day."""

        def __init__(self, curve: tuple[float, ...]) -> None:
            super().__init__()
            self.curve = curve

    row = ""
    """The highlighted row, also while the rows are made anew."""

    filled_cells = 0
    """How wide the window was when the rows were made: their titles take the room that there is."""

    def body(self) -> Iterable[Widget]:
        with Vertical(id="home-body"):
            yield TwoCurves(id="home-curves")
            yield Rows(id="home-rows")

    def on_screen_resume(self) -> None:
        if not self.changing and self.query("#home-rows"):
            self.fill()

    def fill(self) -> None:
        course, record = self.owner.course, self.owner.record
        self.standing = standing(course, record)
        stands = self.standing
        self.titled(
            f"Learncurve {self.glyphs.dot} {course.title.say(self.words.language)}",
            said_of(stands.total, self.words, self.glyphs.mark),
        )
        self._draw_curves()
        if self.owner.record.writable:
            self.set_timer(GROW_SECONDS, self._grow_beside)
        self._list(stands)
        self.query_one("#home-rows", Rows).focus()

    def on_resize(self) -> None:
        if self.whole and self.filled_cells not in (0, self.size.width):
            self._list(self.standing)

    def _list(self, stands: Standing) -> None:
        """Make the rows; the one that was highlighted stays so."""
        self.filled_cells = self.size.width
        rows = self.query_one("#home-rows", Rows)
        before = self.row.replace("continue:", "page:")
        rows.clear_options()
        rows.add_options(self._options(stands))
        ids = [rows.get_option_at_index(at).id for at in range(rows.option_count)]
        rows.highlighted = ids.index(before) if before in ids else self._first(rows)

    @staticmethod
    def _first(rows: Rows) -> int:
        """Return the first row on which a learner goes on."""
        options = [rows.get_option_at_index(at) for at in range(rows.option_count)]
        return next((at for at, option in enumerate(options) if not option.disabled and option.id != "faults:"), 0)

    def _grow_beside(self) -> None:
        if self.is_current:
            self.run_worker(self._grow, thread=True, exclusive=True, group="curve", exit_on_error=False)

    def _grow(self) -> None:
        """Compute the days of the curve that were never computed, beside the screen."""
        self.post_message(self.Grown(grown(self.owner.course, self.owner.record)))

    @on(Grown)
    def curve_grown(self, event: Grown) -> None:
        """The whole curve is known."""
        event.stop()
        if event.curve != self.standing.curve:
            self.standing = msgspec.structs.replace(self.standing, curve=event.curve)
            self._draw_curves()

    def runs_changed(self, ids: set[str]) -> None:
        """A run wrote something: its curve grows."""
        self._draw_curves()

    def _draw_curves(self) -> None:
        """Draw both; while the words change there is nothing to draw on, and `fill` draws them after."""
        if not self.query(TwoCurves):
            return
        curves = self.query_one(TwoCurves)
        curves.glyphs = self.glyphs
        stands = self.standing
        share = stands.total.expected / stands.total.all if stands.total.all else 0.0
        said = self.words("home.you-words", share=f"{share:.0%}")
        curves.learner = Curve(
            self.words("home.you"),
            said if stands.curve else self.words("home.you-none"),
            stands.curve,
            0.0,
            1.0,
        )
        curves.model = self._model_curve()

    def _model_curve(self) -> Curve:
        newest = self.owner.runs.all()[:1]
        if not newest:
            return Curve(self.words("home.model"), self.words("home.model-none"))
        follower = self.owner.followed.follow(newest[0])
        progress = follower.progress
        state = self.owner.followed.state(newest[0].id)
        planned = progress.planned.updates if progress.planned else 0
        last = progress.evaluated
        words = self.words(f"states.{state or 'starting'}")
        if last is not None:
            tested = progress.tested  # the figure that a run is judged by, once there is one
            accuracy = number(last.val_accuracy if tested is None else tested.accuracy)
            key = "home.model-words" if tested is None else "home.model-tested"
            words = self.words(key, state=words, loss=number(last.train_loss), accuracy=accuracy)
        values = tuple(progress.losses.coarse(CURVE_POINTS, planned)) if len(progress.losses) else ()
        highest = max((value for value in values if value is not None), default=1.0)
        title = f"{self.words('home.model')} {self.glyphs.dot} {short_name(newest[0].id)}"
        return Curve(title, words, values, 0.0, highest)

    def _options(self, stands: Standing) -> list[Option]:
        options = []
        section = self.owner.course.section(stands.place) if stands.place is not None else None
        if section is not None:
            options.append(Option(self._continue(section), id=f"continue:{section.slug}"))
        review = self._review(stands.total.due)
        if review:
            options.append(Option(Content.styled(f"{self.glyphs.mark} {review}", "$learner"), id="review:"))
        if faults := self.owner.course.faults:
            options.append(Option(self._faults(faults), id="faults:"))
        options += self._sections()
        for follower in self.owner.followed.living()[:3]:
            run = follower.folder.id
            options.append(
                Option(self._line("", self.words("home.watch", run=short_name(run)), "$model"), id=f"run:{run}")
            )
        ways = ["statistics", "lab", "runs", "demos", "glossary", "zoo", "settings"]
        ways[-1:-1] = ["courses"] if len(self.owner.courses()) > 1 else []
        for way in ways:
            options.append(Option(self._line("", self.words(f"home.{way}"), "$quiet"), id=f"{way}:"))
        return options

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The choice of a course is there once there is one."""
        if action == "go" and parameters == ("courses",):
            return len(self.owner.courses()) > 1
        return super().check_action(action, parameters)

    def _continue(self, section: Section) -> Content:
        title = section.title.say(self.words.language)
        words = self.words("home.continue", section=f"{section.id} {title}")
        return Content.styled(f"{self.glyphs.arrow} {words}", "$learner bold")

    def _review(self, due: int) -> str:
        """Return what there is to review in words: the rest of a review that was left today, else what is due."""
        course, record = self.owner.course, self.owner.record
        if record.open_session(course.id, "", REVIEW) is not None:
            from tui.screens.review_sitting import under_way  # and what reads questions with it

            sitting = under_way(course, record)
            if sitting is not None and sitting.left:
                return self.words("home.review-on", left=sitting.left)
        return self.words("home.review", due=due) if due else ""

    def _faults(self, faults: tuple[Fault, ...]) -> Content:
        words = self.words("home.faults", count=len(faults), first=line(faults[0], self.words))
        return self._line("", fit(words, self._row_cells - 6, self.glyphs.ellipsis), "$warning")

    def _sections(self) -> Iterator[Option]:
        """Yield a row for each section, and one that cannot be chosen over those that share a chapter."""
        index, above = self.owner.course.index, ""
        for section in index.sections:
            chapter = index.chapter(section)
            if chapter and chapter != above:
                title = f"{chapter}  {index.chapters[chapter].say(self.words.language)}"
                yield Option(self._line("", title, "$quiet bold"), id=f"chapter:{section.slug}", disabled=True)
            yield Option(self._section(section, indent=2 if chapter else 0), id=f"page:{section.slug}")
            above = chapter

    @property
    def _row_cells(self) -> int:
        """How wide the list of rows is."""
        width = self.size.width or 80
        return width - BESIDE_CELLS if width >= BESIDE_COLUMNS else width

    def _section(self, section: Section, *, indent: int) -> Content:
        stands, width = self.standing.sections[section.slug], self._row_cells
        filled = round(METER_CELLS * stands.seen / stands.all) if stands.all else 0
        if stands.seen and not filled:
            filled = 1
        counted = self.words("home.of", seen=stands.seen, all=stands.all)
        name = f"{' ' * indent}{section.id}  {section.title.say(self.words.language)}"
        recall = "" if stands.recall is None else self.words("home.recall", recall=f"{stands.recall:.0%}")
        remembered = self.standing.total.seen > 0  # then there is a column of its own for it
        title = padded(name, max(20, min(60, width - (RECALL_CELLS if remembered else COUNT_CELLS))))
        return (
            Content(f"  {title} ")
            + Content.styled(self.glyphs.full * filled, "$learner")
            + Content.styled(self.glyphs.empty * (METER_CELLS - filled), "$line")
            + Content.styled(f"  {' ' * max(0, 8 - cell_len(counted))}{counted}", "$quiet")
            + Content.styled(f"  {recall}" if recall else "", "$learner")
        )

    @staticmethod
    def _line(mark: str, words: str, tone: str) -> Content:
        return Content(f"  {mark}") + Content.styled(words, tone)

    @on(OptionList.OptionHighlighted)
    def row_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self.row = event.option_id or ""

    @on(OptionList.OptionSelected)
    def row_chosen(self, event: OptionList.OptionSelected) -> None:
        kind, _, name = (event.option_id or "").partition(":")
        self.owner.open([part for part in ("page" if kind == "continue" else kind, name) if part])

    def action_questions(self) -> None:
        """Go to the questions of the highlighted section."""
        rows = self.query_one("#home-rows", Rows)
        option = rows.highlighted_option
        kind, _, name = (option.id or "").partition(":") if option else ("", "", "")
        if kind in ("page", "continue"):
            self.owner.open(["question", name])

    def action_go(self, way: str) -> None:
        """Open the review, the lab, the runs, the demos, the glossary, the zoo, the courses or the settings."""
        self.owner.open([way])

    def action_stay(self) -> None:
        """Home is where back ends."""
