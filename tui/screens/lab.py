"""The lab: a form made from a recipe, what the run will cost, and its start."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Static

from content.course.preset import Preset
from engine.errors import RecipeError
from engine.recipes import KINDS, Recipe, recipe
from engine.recipes.cost import mlp_cost
from tui.screens.base import LearnScreen
from tui.version import version
from tui.widgets.form.chooser import Chooser
from tui.widgets.form.knob_row import KnobRow, spelled

KIND = "mlp"
GROUPS = ("model", "training", "data", "run", "fault")


class LabScreen(LearnScreen[None]):
    """Every knob a row; a preset sets them all; `enter` starts from the first row, `ctrl+s` from anywhere."""

    BINDINGS = [
        Binding("ctrl+s", "start", "lab.keys.start", id="lab.start"),
        Binding("enter", "begin", "lab.keys.start", id="lab.begin"),
        Binding("enter", "on", "lab.keys.on", id="lab.on"),
        Binding("down", "app.focus_next", "lab.keys.next", id="lab.next", show=False),
        Binding("up", "app.focus_previous", "lab.keys.previous", id="lab.previous", show=False),
        Binding("ctrl+z", "defaults", "lab.keys.defaults", id="lab.defaults"),
    ]

    def __init__(self, preset: str = "", wishes: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.preset = preset
        self.texts = {knob.name: spelled(knob.default) for knob in KINDS[KIND].knobs}
        self._wishes = wishes

    def place(self) -> list[str] | None:
        return ["lab", self.preset] if self.preset else ["lab"]

    def body(self) -> Iterable[Widget]:
        if self._wishes is None:
            self._wishes = {}
            self.preset = self.preset or self._presets()[0]
            self._take_preset()
        elif self._wishes:
            self.texts |= {name: spelled(value) for name, value in self._wishes.items()}
            self._wishes = {}
        names = self._presets()
        labels = [self._preset_title(name) if name else self.words("lab.no-preset") for name in names]
        with VerticalScroll(id="lab-form", can_focus=False):
            yield Static(self.words("lab.preset"), classes="lab-group", markup=False)
            yield Chooser(names, self.preset if self.preset in names else "", labels=labels, id="lab-preset")
            for group in GROUPS:
                yield Static(self.words(f"lab.group-{group}"), classes="lab-group", markup=False)
                for knob in KINDS[KIND].knobs:
                    if knob.group == group:
                        yield KnobRow(knob, self.texts[knob.name], self.words)
        yield Static(id="lab-about", markup=False)
        yield Static(id="lab-cost", markup=False)

    def fill(self) -> None:
        self._show_title()
        self._show_cost()
        self._about_preset()
        self.query_one("#lab-preset").focus()

    @on(Chooser.Changed, "#lab-preset")
    def preset_chosen(self, event: Chooser.Changed) -> None:
        self.preset = event.value
        self._take_preset()
        for row in self.query(KnobRow):
            row.put(self.texts[row.knob.name])
        self._about_preset()
        self._show_cost()

    @on(KnobRow.Changed)
    def knob_changed(self, event: KnobRow.Changed) -> None:
        self.texts[event.row.knob.name] = event.row.text
        self._show_cost()

    @on(KnobRow.Entered)
    def knob_entered(self, event: KnobRow.Entered) -> None:
        self.query_one("#lab-about", Static).update(self.words(f"lab.{event.knob.name}.is"))

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.app.action_focus_next()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let enter start from the preset's row; elsewhere it goes to the next knob."""
        first = self.focused is None or self.focused.id == "lab-preset"
        if action == "begin":
            return first
        return not first if action == "on" else True

    def action_begin(self) -> None:
        """Start the run."""
        self.action_start()

    def action_on(self) -> None:
        """Go to the next knob."""
        self.app.action_focus_next()

    def action_defaults(self) -> None:
        """Put every knob back to the preset's value."""
        self._take_preset()
        for row in self.query(KnobRow):
            row.put(self.texts[row.knob.name])
        self._show_cost()

    def action_start(self) -> None:
        """Start the run and watch it; a refused value is shown where it stands."""
        wanted = self.wanted()
        if isinstance(wanted, RecipeError):
            self.notify(self.words.error(wanted), severity="error", markup=False)
            for row in self.query("KnobRow.-wrong"):
                row.query("Input, Chooser").first().focus()
                break
            return
        self.owner.train(KIND, wanted.knobs, preset=self.preset, show=True)

    def wanted(self) -> Recipe | RecipeError:
        """Return the recipe of the form, or why it is refused."""
        try:
            return recipe(KINDS[KIND], self.texts, preset=self.preset, program=version())
        except RecipeError as problem:
            return problem

    def _presets(self) -> list[str]:
        """Return the presets' names, the one that is all defaults first; "" stands for it where none is."""
        presets = {name: each for name, each in self.owner.course.presets.items() if each.kind == KIND}
        plain = [name for name in sorted(presets) if self._texts(name) == self._texts("")]
        return [*(plain or [""]), *(name for name in sorted(presets) if name not in plain)]

    def _preset_title(self, name: str) -> str:
        return self.owner.course.presets[name].title.say(self.words.language)

    def _take_preset(self) -> None:
        self.texts = self._texts(self.preset)

    def _texts(self, name: str) -> dict[str, str]:
        """Return what a preset makes of every knob."""
        texts = {knob.name: spelled(knob.default) for knob in KINDS[KIND].knobs}
        preset = self.owner.course.presets.get(name)
        wishes = preset.wishes if preset is not None else {}
        return texts | {knob: spelled(value) for knob, value in wishes.items() if knob in texts}

    def _about_preset(self) -> None:
        preset = self.owner.course.presets.get(self.preset)
        said = preset.note.say(self.words.language) if preset is not None else self.words("lab.hello")
        said += self._outcome(preset)
        self.query_one("#lab-about", Static).update(said)

    def _outcome(self, preset: Preset | None) -> str:
        """Return what the preset reached when it was measured, "" where it never was."""
        measured = preset.outcome.get("test_accuracy") if preset is not None else None
        if not isinstance(measured, list) or len(measured) != 3 or preset is None:
            return ""
        low, middle, high = (f"{float(share):.3f}" for share in measured)
        seeds = preset.outcome.get("seeds", "?")
        return "\n" + self.words("lab.outcome", seeds=seeds, low=low, middle=middle, high=high)

    def _show_title(self) -> None:
        """Show the shape of the network that the form asks for."""
        sizes = [size.strip() for size in self.texts["hidden"].split(",") if size.strip()]
        self.titled(self.words("lab.title"), "-".join(["784", *sizes, "10"]), model=True)

    def _show_cost(self) -> None:
        self._show_title()
        wanted = self.wanted()
        line = self.query_one("#lab-cost", Static)
        line.set_class(isinstance(wanted, RecipeError), "-wrong")
        if isinstance(wanted, RecipeError):
            line.update(self.words.error(wanted))
            return
        cost = mlp_cost(wanted)
        said = self.words("lab.cost", updates=f"{cost.updates:,}", parameters=f"{cost.parameters:,}")
        said += (
            self.words("lab.cost-full")
            if math.isnan(cost.seconds)
            else self.words("lab.cost-paced", seconds=f"{cost.seconds:,.0f}")
        )
        if cost.download_bytes:
            said += self.words("lab.cost-download", size=f"{cost.download_bytes / 1e6:.0f}")
        line.update(said)
