"""The optimiser race on the screen: contours, a trail of its own sign for each, and how each stands."""

from __future__ import annotations

import math
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.demos import race
from tui.demos.figures import short
from tui.demos.race import MAPS, RUNNERS, STEEP, Race, Runner
from tui.text.joining import joined
from tui.text.span import Line
from tui.widgets.block_sheet import Look
from tui.widgets.demos.contour import Frame, contours
from tui.widgets.demos.demo import Demo
from tui.widgets.demos.sketch import Sketch
from tui.words import Words

AREA = "demo_race"

SIGNS: dict[Runner, str] = {"gd": "o", "momentum": "+", "adam": "x"}
HEADS: dict[Runner, str] = {"gd": "G", "momentum": "M", "adam": "A"}
"""Where one stands now."""

INKS: dict[Runner, str] = {"gd": "model", "momentum": "other", "adam": "strong"}

WIDEST, HIGHEST = 160, 36
"""Cells of the largest map."""

MOMENTS = (0, 1, 2, 3, 5, 10, 20, 40, 60, 80, 100, 150, 200, 250, 300)
"""Steps that the text tells of."""


class RaceDemo(Demo[Race]):
    """Races three optimisers, each at a rate of its own, down one of three surfaces."""

    STATE = Race
    STILL_ROWS = 14
    NUMBERS = ("rates",)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "go(1)", f"{AREA}.keys.step", id="race.step"),
        Binding("enter", "go(10)", f"{AREA}.keys.ten", id="race.ten"),
        Binding("left", "tune(-1)", f"{AREA}.keys.rate", id="race.rate", key_display="← →"),
        Binding("right", "tune(1)", f"{AREA}.keys.rate", id="race.rate"),
        Binding("c", "claim", f"{AREA}.keys.claim", id="race.claim"),
        Binding("s", "surface", f"{AREA}.keys.surface", id="race.surface"),
        Binding("down,j", "leap(-1)", f"{AREA}.keys.leap", id="race.leap", show=False),
        Binding("up,k", "leap(1)", f"{AREA}.keys.leap", id="race.leap", show=False),
        Binding("g", "pick('gd')", f"{AREA}.keys.gd", id="race.gd", show=False),
        Binding("m", "pick('momentum')", f"{AREA}.keys.momentum", id="race.momentum", show=False),
        Binding("a", "pick('adam')", f"{AREA}.keys.adam", id="race.adam", show=False),
        Binding("o", "leave_out", f"{AREA}.keys.out", id="race.out", show=False),
        Binding("z", "go(-1)", f"{AREA}.keys.undo", id="race.undo", show=False),
        Binding("b", "restart", f"{AREA}.keys.restart", id="race.restart", show=False),
    ]

    @classmethod
    def picture(cls, state: Race, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the map with its trails, a row for each that takes part, and what is asked."""
        sketch = Sketch(columns, rows, look)
        words = look.words
        sketch.put(0, 0, words(f"{AREA}.{state.surface}"), "strong")
        sketch.put_before(columns, 0, words(f"{AREA}.steps", n=state.steps), "quiet")
        height = max(4, min(HIGHEST, rows - (6 if rows < 16 else 8)))
        _map(sketch, state, height)
        row = height + 1
        for runner in state.shown:
            _standing(sketch, state, runner, row)
            row += 1
        asks, style = _asks(state, words)
        sign = {"learner": look.glyphs.mark, "right": look.glyphs.check, "wrong": look.glyphs.cross}[style]
        sketch.tell(height + 4 + (1 if rows >= 16 else 0), f"{sign} {asks}", style)
        return sketch.lines()

    @classmethod
    def told(cls, state: Race, words: Words) -> str:
        """Return where each was at some steps, how it stands, and what is asked."""
        lines = [words(f"{AREA}.title"), words(f"{AREA}.{state.surface}"), words(f"{AREA}.steps", n=state.steps)]
        for runner in state.shown:
            points = state.trail(runner)
            lines += ["", f"{words(f'{AREA}.name-{runner}')}  lr {rate(state.rates.of(runner))}"]
            for step in sorted({moment for moment in MOMENTS if moment < len(points)} | {len(points) - 1}):
                x, y = points[step]
                lines.append(f"{step:>5}  ({short(x)}, {short(y)})  {short(MAPS[state.surface].height(x, y))}")
            lines.append(words(f"{AREA}.fate-{state.fate(runner)}", n=len(points) - 1))
        return "\n".join([*lines, "", _asks(state, words)[0]])

    def action_go(self, steps: int) -> None:
        """Step on, or back."""
        self.become(race.go(self.state, steps))

    def action_tune(self, by: int) -> None:
        """Move the chosen rate a little."""
        self.become(race.tune(self.state, by))

    def action_leap(self, by: int) -> None:
        """Move the chosen rate far."""
        self.become(race.leap(self.state, by))

    def action_pick(self, runner: Runner) -> None:
        """Choose one."""
        self.become(race.pick(self.state, runner))

    def action_leave_out(self) -> None:
        """Take the chosen one out."""
        self.become(race.leave_out(self.state))

    def action_surface(self) -> None:
        """Race on the next surface."""
        self.become(race.next_surface(self.state))

    def action_restart(self) -> None:
        """Go back to the start."""
        self.become(race.restart(self.state))

    def action_claim(self) -> None:
        """Say which rate is the edge, or who will win."""
        self.become(race.claim(self.state))


def rate(lr: float) -> str:
    """Return a learning rate with the two digits that can be set: 0.020, 0.0010, 1.0."""
    return f"{lr:.{max(1, 1 - math.floor(math.log10(lr) + 1e-9))}f}"


def _map(sketch: Sketch, state: Race, height: int) -> None:
    """Draw contours, the depth of the lowest points, and the trails; what runs first is drawn last."""
    width = min(WIDEST, sketch.columns)
    frame = Frame(state.surface, width, height)
    for row, line in enumerate(contours(state.surface, width, height, ascii_only=sketch.look.glyphs.ascii), 1):
        for column, sign in enumerate(line):
            if sign not in " \u2800":
                sketch.put(column, row, sign, "frame")
    if len(frame.map.minima) > 1:
        for point in frame.map.minima:
            if cell := frame.cell(point):
                sketch.put_centred(cell[0], cell[1] + 1, short(frame.map.height(*point), 2), "quiet")
    last_first = [runner for runner in state.shown if runner != state.chosen]
    for runner in (*last_first, *(each for each in state.shown if each == state.chosen)):
        for point in state.trail(runner)[:-1]:
            if cell := frame.cell(point):
                sketch.put(cell[0], cell[1] + 1, SIGNS[runner], INKS[runner])
    for runner in (*last_first, *(each for each in state.shown if each == state.chosen)):
        if cell := frame.cell(state.trail(runner)[-1]):
            sketch.put(cell[0], cell[1] + 1, HEADS[runner] if state.steps else "*", f"{INKS[runner]} strong")


def _standing(sketch: Sketch, state: Race, runner: Runner, row: int) -> None:
    """Write one's sign, rate, loss and fate."""
    words, chosen = sketch.look.words, runner == state.chosen
    sketch.put(0, row, f"{SIGNS[runner]} {HEADS[runner]}", INKS[runner])
    sketch.put(4, row, words(f"{AREA}.name-{runner}"), "strong" if chosen else "")
    mark = sketch.look.glyphs.mark if chosen else " "
    sketch.put(14, row, f"{mark}lr {rate(state.rates.of(runner))}", "cursor" if chosen else "learner")
    start = MAPS[state.surface].height(*MAPS[state.surface].start)
    arrow = sketch.look.glyphs.arrow
    sketch.put(27, row, words(f"{AREA}.loss", start=short(start), arrow=arrow, now=short(state.loss(runner))))
    fate = state.fate(runner)
    style = {"exploded": "wrong", "arrived": "right"}.get(fate, "quiet")
    sketch.put(52, row, words(f"{AREA}.fate-{fate}", n=len(state.trail(runner)) - 1), style)


def _asks(state: Race, words: Words) -> tuple[str, str]:
    """Return what is asked, or what came of the answer, and its style."""
    if state.surface == "bowl":
        if state.edge is None:
            return words(f"{AREA}.ask-bowl"), "learner"
        found = race.edge_found(state.edge)
        factor = f"{1 - STEEP * state.edge + 0.0:.3g}"
        return words(f"{AREA}.edge-{found}", lr=rate(state.edge), factor=factor), (
            "right" if found == "right" else "wrong"
        )
    winners = state.winners
    if not state.claim:
        return words(f"{AREA}.ask-{state.surface}" if state.steps == 0 else f"{AREA}.late"), "learner"
    name = words(f"{AREA}.name-{state.claim}")
    if winners is None:
        undecided = "nobody" if state.steps >= race.MOST else "bet"
        return words(f"{AREA}.{undecided}", name=name), "learner"
    right = state.claim in winners
    names = words(f"{AREA}.and").join(words(f"{AREA}.name-{each}") for each in RUNNERS if each in winners)
    verdict = words(f"{AREA}.{'won' if right else 'lost'}", name=name)
    why = words(f"{AREA}.why-{state.surface}" if winners else f"{AREA}.none-{state.surface}", names=names)
    return joined(verdict, why), "right" if right else "wrong"
