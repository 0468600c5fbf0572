"""Where a model puts the validation texts, in two dimensions, after an epoch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from content.course.visible import visible
from engine.events import Evaluated
from tui.glyphs import Glyphs
from tui.widgets.embedding_map import EmbeddingMap
from tui.widgets.run.evaluated import ArrayFile, EvaluatedPanel
from tui.widgets.run.heading import when
from tui.widgets.run.moment import Moment
from tui.words import Words

EXTENTS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 10.0)
"""Steps of the scale, which only grows: the same place is the same point in every epoch."""

MEASURED = 48
"""So many epochs are looked at for the scale at most."""


class RunMap(EmbeddingMap, inherit_bindings=False):
    """The map with the keys of a run's screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,k", "label(-1)", "bert.keys.label", id="run.label", show=False),
        Binding("right,down,j", "label(1)", "bert.keys.label", id="run.label", show=False),
    ]


class MapPanel(EvaluatedPanel):
    """The embedding map of an epoch; its key again lets one label after the other stand out."""

    def __init__(self, words: Words, glyphs: Glyphs, *, id: str | None = None) -> None:
        self.map = RunMap(words, glyphs)
        self._file = ArrayFile()
        self._reach: dict[str, tuple[float, float]] = {}
        super().__init__(words, glyphs, id=id)

    def picture(self) -> Widget:
        return self.map

    def speak(self, words: Words, glyphs: Glyphs) -> None:
        self.map.speak(words, glyphs)
        super().speak(words, glyphs)

    def turn(self) -> None:
        self.map.action_label(1)

    def choices(self, moment: Moment) -> Sequence[Evaluated]:
        return [said for said in moment.progress.evaluations if said.arrays]

    def drawn(self, said: Evaluated | None, moment: Moment) -> tuple[object, ...]:
        return (said, moment.progress.planned, len(self.choices(moment)) > 1)

    def head(self, said: Evaluated | None, moment: Moment) -> str:
        if said is None:
            return self.words("bert.map-wait")
        if "map" not in self._file.read(said, moment):
            return self.words("run.arrays-gone")
        return self.words("bert.map-title", when=when(said, moment, self.words))

    def draw(self, said: Evaluated | None, moment: Moment) -> None:
        arrays = self._file.read(said, moment) if said else {}
        planned = moment.progress.planned
        names = [visible(name) for name in planned.classes] if planned else []
        points, labels = arrays.get("map"), arrays.get("map_labels")
        if points is not None and (points.ndim != 2 or points.shape[1] != 2):
            points = None
        self.map.put(points, labels, names)
        if points is not None:
            self.map.extent = self._extent(moment)

    def describe(self, said: Evaluated | None, moment: Moment) -> str:
        return self.map.describe()

    def _extent(self, moment: Moment) -> tuple[float, float]:
        """Return a scale, across and up, that holds the maps of all epochs so far."""
        choices = self.choices(moment)
        for said in choices[:: max(1, len(choices) // MEASURED)]:
            if said.arrays not in self._reach:
                self._reach[said.arrays] = _reach(moment.folder.arrays / Path(said.arrays).name)
        across, up = zip(*self._reach.values(), strict=True)
        return _step(max(across)), _step(max(up))


def _step(reach: float) -> float:
    return next((step for step in EXTENTS if step >= reach), EXTENTS[-1])


def _reach(file: Path) -> tuple[float, float]:
    """Return how far the outermost points of a map are from its middle; 0 where it cannot be read."""
    import numpy as np
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(file, framework="np") as arrays:
            across, up = np.abs(np.nan_to_num(arrays.get_tensor("map"))).max(axis=0, initial=0.0)
            return float(across), float(up)
    except (OSError, SafetensorError, ValueError):
        return 0.0, 0.0
