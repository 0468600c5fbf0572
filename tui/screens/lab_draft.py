"""What the lab's form says: a kind of run, a preset, and a text for every knob."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from content.course.preset import Preset
from engine.errors import EngineError
from engine.hub.estimate import DownloadEstimate
from engine.hub.place import snapshot
from engine.reading import origin
from engine.recipes import KINDS, Recipe, spelled, starting
from engine.recipes.cost import Cost
from engine.recipes.costing import cost
from engine.recipes.shape import Shape
from engine.runs.starts import resolve
from tui.pair import other_half
from tui.screens.lab_presets import LabPresets
from tui.start import asked
from tui.strip import short_name


class Draft:
    """A recipe that is still being written.

    Attributes:
        preset: What the knobs began from, "" for the defaults.
        texts: What stands in each knob's row, right or wrong.
    """

    def __init__(
        self, presets: Mapping[str, Preset], home: Path, kind: str, preset: str, wishes: Mapping[str, Any] | None = None
    ) -> None:
        """Begin from a preset, the first one where there is none of that name, or from wishes over the defaults."""
        self.kind = kind
        self.presets = LabPresets(presets, kind)
        self.home = home
        if wishes is None:
            self.preset = preset if preset in self.presets.own else self.presets.names()[0]
            self.texts = self.presets.texts(self.preset)
        else:
            self.preset = preset
            self.texts = self.presets.texts("") | {name: spelled(value) for name, value in wishes.items()}

    def choose(self, preset: str) -> None:
        """Take a preset's value for every knob."""
        self.preset = preset
        self.texts = self.presets.texts(preset)

    def recipe(self) -> Recipe:
        """Return the recipe that the texts make.

        Raises:
            EngineError: A value is refused, values do not go together, or there is nothing to start from.
        """
        recipe = asked(self.kind, self.texts, preset=self.preset)
        if self.kind == "bert" and recipe.knobs["start"] not in starting.WORDS:
            resolve(str(recipe.knobs["start"]), self.home)
        return recipe

    def wanted(self) -> Recipe | EngineError:
        """Return the recipe, or why it is refused."""
        try:
            return self.recipe()
        except EngineError as problem:
            return problem

    def other_half(self, wanted: Recipe) -> Recipe:
        """Return the recipe of the run that is compared with this one.

        Raises:
            EngineError: What was changed here does not suit the other preset.
        """
        other = self.presets.other(self.preset)
        assert other is not None, "only a preset that names another one is offered to be compared"
        return other_half(self.presets.own[self.preset], other, wanted.knobs)

    def shape(self, wanted: Recipe) -> Shape | None:
        """Return the shape of the BERT that the run trains, where it is known."""
        return origin.shape(wanted, self.home)

    def cost(self, wanted: Recipe, told: Mapping[str, DownloadEstimate] = {}) -> Cost:
        """Return what the run will cost; `told` is what the hub has said of models that nobody knows beforehand."""
        found = cost(wanted, self.shape(wanted))
        start = str(wanted.knobs.get("start", ""))
        if start in told:
            return replace(found, download_bytes=told[start].left_bytes)
        return replace(found, download_bytes=0) if found.download_bytes and snapshot(start) else found

    def unmeasured(self, wanted: Recipe) -> str:
        """Return the model of the hub that the run begins from if only the hub knows how large it is, else ""."""
        start = str(wanted.knobs.get("start", ""))
        if (
            self.kind != "bert"
            or start in starting.WORDS
            or cost(wanted, self.shape(wanted)).download_bytes is not None
        ):
            return ""
        return start if resolve(start, self.home).kind == "hub" else ""

    def suggested(self, knob: str) -> list[str]:
        """Return words worth trying for a knob that takes any text."""
        known = list(KINDS[self.kind].knob(knob).choices)
        runs = [short_name(run) for run in origin.pretrained(self.home)]
        return [*known, *runs] if knob == "start" else known
