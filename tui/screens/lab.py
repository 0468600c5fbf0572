"""The lab: a form made from a recipe, what the run will cost, and its start."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from textual import events, on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from engine.errors import EngineError
from engine.hub.estimate import DownloadEstimate, download_estimate
from engine.recipes import KINDS, Recipe
from tui.screens import lab_words
from tui.screens.base import LearnScreen
from tui.screens.lab_draft import Draft
from tui.widgets.form.chooser import Chooser
from tui.widgets.form.knob_list import KnobList
from tui.widgets.form.knob_row import KnobRow
from tui.widgets.form.knob_words import knob_words
from tui.widgets.form.rate_curve import RateCurve
from tui.widgets.form.sentences import Sentences

GROUPS = ("model", "training", "data", "run", "fault")
NAME_CELLS = 14
"""Least width of the names' column."""

KEPT_KIND = "lab-kind"
"""The setting that remembers which kind of run was tried last."""

FIRST = ("lab-kind", "lab-preset")
"""The rows from which `enter` starts."""


class LabScreen(LearnScreen[None]):
    """Every knob a row; a preset sets them all; `enter` starts from the first rows, `ctrl+s` from anywhere."""

    BINDINGS = [
        Binding("ctrl+s", "start", "lab.keys.start", id="lab.start"),
        Binding("enter", "begin", "lab.keys.start", id="lab.begin"),
        Binding("enter", "on", "lab.keys.on", id="lab.on"),
        Binding("ctrl+o", "both", "lab.keys.both", id="lab.both"),
        Binding("down", "app.focus_next", "lab.keys.next", id="lab.next", show=False),
        Binding("up", "app.focus_previous", "lab.keys.previous", id="lab.previous", show=False),
        Binding("pagedown", "group(1)", "lab.keys.group", id="lab.group", show=False),
        Binding("pageup", "group(-1)", "lab.keys.group", id="lab.group", show=False),
        Binding("ctrl+z", "defaults", "lab.keys.defaults", id="lab.defaults"),
        Binding("f7", "zoo", "lab.keys.zoo", id="lab.zoo"),
    ]

    class Measured(Message):
        """The hub has said how large a model is, or why it does not."""

        def __init__(self, repo: str, told: DownloadEstimate | EngineError) -> None:
            super().__init__()
            self.repo = repo
            self.told = told

    def __init__(self, preset: str = "", wishes: dict[str, Any] | None = None, kind: str = "") -> None:
        """Show a form.

        Args:
            preset: What every knob begins from, "" for the first preset.
            wishes: Values over the recipe's defaults, as a run had them.
            kind: The kind of run; without it the preset's, else the one that was tried last.
        """
        super().__init__()
        self._asked = (preset, wishes, kind)
        self._draft: Draft | None = None
        self._sizes: dict[str, DownloadEstimate] = {}
        self._refusals: dict[str, EngineError] = {}
        self._asking = ""

    @property
    def draft(self) -> Draft:
        """What the form says."""
        if self._draft is None:
            preset, wishes, kind = self._asked
            known = self.owner.course.presets
            kinds = (kind, known[preset].kind if preset in known else "", self.owner.record.setting(KEPT_KIND, ""))
            kind = next((name for name in kinds if name in KINDS), next(iter(KINDS)))
            self._draft = Draft(known, self.owner.house.home, kind, preset, wishes)
        return self._draft

    @property
    def texts(self) -> dict[str, str]:
        """What stands in each knob's row."""
        return self.draft.texts

    def place(self) -> list[str] | None:
        return ["lab", self.draft.preset, self.draft.kind]

    def body(self) -> Iterable[Widget]:
        draft, words = self.draft, self.words
        names = draft.presets.names()
        labels = [self._preset_title(name) if name else words("lab.no-preset") for name in names]
        cells = max(NAME_CELLS, *(len(knob.name) + 2 for knob in KINDS[draft.kind].knobs))
        with KnobList(id="lab-form"):
            with Horizontal(classes="lab-first-row"):
                yield self._head("lab.kind", cells)
                says = [words(f"lab.kind-{kind}") for kind in KINDS]
                yield Chooser(list(KINDS), draft.kind, labels=says, arrows=True, id="lab-kind")
            with Horizontal(classes="lab-first-row"):
                yield self._head("lab.preset", cells)
                chosen = draft.preset if draft.preset in names else ""
                yield Chooser(names, chosen, labels=labels, arrows=True, id="lab-preset")
            for group in GROUPS:
                yield from self._group(group, cells)
        yield Sentences(id="lab-about")
        yield Sentences(id="lab-warn")
        yield Sentences(id="lab-cost")

    def fill(self) -> None:
        self._show()
        self._about()
        self.set_focus(self.query_one("#lab-preset"))

    @on(Chooser.Changed, "#lab-kind")
    async def kind_chosen(self, event: Chooser.Changed) -> None:
        self._draft = Draft(self.owner.course.presets, self.owner.house.home, event.value, "")
        self.owner.record.keep_setting(KEPT_KIND, event.value)
        await self.retranslate()
        self.owner.keep_places()

    @on(Chooser.Changed, "#lab-preset")
    def preset_chosen(self, event: Chooser.Changed) -> None:
        self.draft.preset = event.value
        self.action_defaults()
        self._about()
        self.refresh_bindings()

    @on(KnobRow.Changed)
    def knob_changed(self, event: KnobRow.Changed) -> None:
        if event.row.kind == self.draft.kind:  # the last word of a row that has just been replaced is none of this form
            self.texts[event.row.knob.name] = event.row.text
            self._show()

    @on(KnobRow.Entered)
    def knob_entered(self, event: KnobRow.Entered) -> None:
        said = knob_words(self.words, self.draft.kind, event.knob.name, "is")
        self.query_one("#lab-about", Sentences).text = said
        if event.knob.name != "start":
            self._ask_hub()

    @on(events.DescendantFocus)
    def entered(self, event: events.DescendantFocus) -> None:
        """Say again what the preset is for, once no single knob is looked at any more."""
        if event.widget.id in FIRST:
            self._about()

    @on(Measured)
    def measured(self, event: Measured) -> None:
        """Show how large a model is, or what the hub says instead."""
        self._asking = ""
        if isinstance(event.told, EngineError):
            self._refusals[event.repo] = event.told
        else:
            self._sizes[event.repo] = event.told
        self._show()

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.app.action_focus_next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let enter start from the first rows; elsewhere it goes to the next knob."""
        first = self.focused is None or self.focused.id in FIRST
        match action:
            case "begin":
                return first
            case "on":
                return not first
            case "both":
                return self.draft.presets.other(self.draft.preset) is not None
        return True

    def action_begin(self) -> None:
        """Start the run."""
        self.action_start()

    def action_on(self) -> None:
        """Go to the next knob."""
        self.app.action_focus_next()

    def action_group(self, by: int) -> None:
        """Go to the first knob of the next group, or back to the first one of this group or of the one before."""
        firsts = [row.query("Input, Chooser").first() for row in self.query("KnobRow.-first")]
        chain = self.focus_chain
        at = chain.index(self.focused) if self.focused in chain else 0
        places = [chain.index(stop) for stop in (self.query_one("#lab-preset"), *firsts)]
        ways = [place for place in places if (place > at if by > 0 else place < at)]
        if ways:
            self.set_focus(chain[ways[0] if by > 0 else ways[-1]])

    def action_defaults(self) -> None:
        """Put every knob back to the preset's value."""
        self.draft.choose(self.draft.preset)
        for row in self.query(KnobRow):
            row.put(self.texts[row.knob.name])
        self._show()

    def action_zoo(self) -> None:
        """See the network that would be trained among the models of the world."""
        self.owner.open(["zoo", lab_words.model_of_zoo(self.draft.kind, self.texts)])

    def action_start(self) -> None:
        """Start the run and watch it; a refused value is shown where it stands."""
        try:
            wanted = self.draft.recipe()
        except EngineError as problem:
            self._refuse(problem)
        else:
            self.owner.train(wanted.kind, wanted.knobs, preset=wanted.preset, show=True)

    def action_both(self) -> None:
        """Start this run and the one that its preset is compared with, and watch both in one chart."""
        try:
            wanted = self.draft.recipe()
            second = self.draft.other_half(wanted)
        except EngineError as problem:
            self._refuse(problem)
        else:
            self.owner.train_beside(wanted, second)

    def _head(self, key: str, cells: int) -> Static:
        """Return what stands before one of the first rows' choices, in the column of the names."""
        head = Static(self.words(key), classes="lab-first-head", markup=False)
        head.styles.width = cells
        return head

    def _group(self, group: str, cells: int) -> Iterable[Widget]:
        """Yield a group's name and its knobs; the schedule stands below what it follows from."""
        knobs = [knob for knob in KINDS[self.draft.kind].knobs if knob.group == group]
        if knobs:
            yield Static(self.words(f"lab.group-{group}"), classes="lab-group", markup=False)
        for knob in knobs:
            row = KnobRow(
                knob,
                self.texts[knob.name],
                self.words,
                kind=self.draft.kind,
                cells=cells,
                suggested=self.draft.suggested(knob.name) if knob.kind == "text" else (),
            )
            row.set_class(knob is knobs[0], "-first")
            yield row
            if knob.name == "warmup":
                yield RateCurve(cells, ascii_only=self.glyphs.ascii, id="lab-rates")

    def _ask_hub(self) -> None:
        """Ask how large a model of the hub is, once its name is written: nobody is asked about half a name."""
        wanted = self.draft.wanted()
        repo = self.draft.unmeasured(wanted) if isinstance(wanted, Recipe) else ""
        if repo and repo not in (*self._sizes, self._asking):
            self._asking = repo
            self._refusals.pop(repo, None)
            self.run_worker(partial(self._measure, repo), thread=True, group="hub", exit_on_error=False)

    def _measure(self, repo: str) -> None:
        """Ask the hub, in a thread of its own."""
        try:
            self.post_message(self.Measured(repo, download_estimate(repo)))
        except EngineError as problem:
            self.post_message(self.Measured(repo, problem))

    def _preset_title(self, name: str) -> str:
        return self.draft.presets.own[name].title.say(self.words.language)

    def _refuse(self, problem: EngineError) -> None:
        self.notify(self.words.error(problem), severity="error", markup=False)
        for row in self.query("KnobRow.-wrong"):
            row.query("Input, Chooser").first().focus()
            break

    def _about(self) -> None:
        preset = self.draft.presets.own.get(self.draft.preset)
        self.query_one("#lab-about", Sentences).text = lab_words.about(preset, self.words, self.draft.kind)

    def _show(self) -> None:
        """Show all that follows from the knobs: shape, schedule, cost, what would spoil the run."""
        draft, words, wanted = self.draft, self.words, self.draft.wanted()
        found = draft.cost(wanted, self._sizes) if isinstance(wanted, Recipe) else None
        title = words("lab.title" if draft.kind == "mlp" else f"lab.title-{draft.kind}")
        shape = draft.shape(wanted) if isinstance(wanted, Recipe) else None
        self.titled(title, lab_words.status(draft.kind, draft.texts, shape), model=True)
        resting = lab_words.idle(draft.kind, draft.texts, words)
        for row in self.query(KnobRow):
            row.rest(resting.get(row.knob.name, ""))
        for curve in self.query(RateCurve):
            curve.rates = lab_words.rates(found, wanted, words)
        said, warning = lab_words.below(found, wanted, words)
        refusal = self._refusals.get(self.texts.get("start", ""))
        warning = words.error(refusal) if refusal and not warning else warning
        line, warn = self.query_one("#lab-cost", Sentences), self.query_one("#lab-warn", Sentences)
        line.text, warn.text = said, warning
        line.set_class(found is None, "-wrong")
        self.call_after_refresh(self._keep_in_sight)
        warn.display = bool(warning)

    def _keep_in_sight(self) -> None:
        """Scroll to the row that is written in, where a refusal of several lines has just taken its place."""
        if self.focused is not None:
            self.focused.scroll_visible(animate=False, immediate=True)
