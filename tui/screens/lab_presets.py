"""The presets of a course as the lab's form offers them."""

from __future__ import annotations

from collections.abc import Mapping

from content.course.preset import Preset
from engine.recipes import KINDS, spelled


class LabPresets:
    """The presets of one kind of run."""

    def __init__(self, presets: Mapping[str, Preset], kind: str) -> None:
        self.kind = kind
        self.own = {name: preset for name, preset in presets.items() if preset.kind == kind}

    def names(self) -> list[str]:
        """Return the presets' names, the one that is all defaults first; "" stands for it where none is."""
        plain = [name for name in sorted(self.own) if self.texts(name) == self.texts("")]
        return [*(plain or [""]), *(name for name in sorted(self.own) if name not in plain)]

    def texts(self, name: str) -> dict[str, str]:
        """Return what a preset makes of every knob."""
        texts = {knob.name: spelled(knob.default) for knob in KINDS[self.kind].knobs}
        wishes = self.own[name].wishes if name in self.own else {}
        return texts | {knob: spelled(value) for knob, value in wishes.items() if knob in texts}

    def other(self, name: str) -> Preset | None:
        """Return the preset that this one is compared with, None where it names none."""
        preset = self.own.get(name)
        return self.own.get(preset.beside) if preset is not None else None
