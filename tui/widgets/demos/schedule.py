"""The schedule plotter on the screen: five settings, and the learning rate that follows from them."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.demos import schedule
from tui.demos.figures import short
from tui.demos.schedule import FIELDS, Field, Plan
from tui.text.span import Line
from tui.widgets.block_sheet import Look
from tui.widgets.demos.demo import Demo
from tui.widgets.demos.number_keys import NUMBER_KEYS
from tui.widgets.demos.sketch import Sketch
from tui.widgets.small_curve import curve_rows
from tui.words import Words

AREA = "demo_schedule"

VALUE, PLOT = 14, 34
"""Columns where the settings' numbers and the plot's axis stand."""

WIDEST = 110
"""Cells of the widest plot: a wider one shows no more."""


class ScheduleDemo(Demo[Plan]):
    """Changes examples, batch, epochs, warm-up and peak, and marks the highest rate that a run reaches."""

    STATE = Plan
    STILL_ROWS = 12
    NUMBERS = FIELDS

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", f"{AREA}.keys.step", id="schedule.step", key_display="← →"),
        Binding("right", "step(1)", f"{AREA}.keys.step", id="schedule.step"),
        Binding("up,k,shift+tab", "choose(-1)", f"{AREA}.keys.choose", id="schedule.choose", key_display="↑ ↓"),
        Binding("down,j,tab", "choose(1)", f"{AREA}.keys.choose", id="schedule.choose"),
        Binding("p", "preset", f"{AREA}.keys.preset", id="schedule.preset"),
        Binding("enter", "enter", f"{AREA}.keys.enter", id="schedule.enter"),
        Binding("escape", "drop", f"{AREA}.keys.drop", id="schedule.drop"),
        *NUMBER_KEYS,
        Binding("e", "type('e')", "demo.keys.type", id="demo.type", show=False),
    ]

    @classmethod
    def picture(cls, state: Plan, columns: int, rows: int, look: Look) -> list[Line]:
        """Return the settings at the left, the rate at the right, and what comes of it below."""
        sketch = Sketch(columns, rows, look)
        low = rows < 16
        for row, field in enumerate(FIELDS):
            _setting(sketch, state, field, row + 1)
        sketch.put(1, 7, look.words(f"{AREA}.updates"), "quiet")
        sketch.put(VALUE + 1, 7, f"{state.updates:,}", "model strong")
        height = max(5, min(30, rows - (5 if low else 9)))
        _plot(sketch, state, height)
        row = height + 3
        row = sketch.tell(row, _verdict(state, look.words), "wrong" if state.falls_short else "right")
        if not low:
            trouble = look.words(f"{AREA}.trouble-{state.trouble}") if state.trouble else ""
            row = sketch.tell(row, trouble, "wrong")
            found = state.barely and not state.typed
            sign = look.glyphs.check if found else look.glyphs.mark
            sketch.tell(row + 1, f"{sign} {_asks(state, look.words)}", "right" if found else "learner")
        return sketch.lines()

    @classmethod
    def told(cls, state: Plan, words: Words) -> str:
        """Return the settings, the updates, and the rate at eleven moments."""
        settings = [
            words(f"{AREA}.setting", name=words(f"{AREA}.{field}"), value=_number(state, field)) for field in FIELDS
        ]
        arithmetic = words(
            f"{AREA}.arithmetic",
            epochs=state.epochs,
            examples=f"{state.examples:,}",
            batch=state.batch,
            updates=f"{state.updates:,}",
        )
        last = state.updates - 1
        moments = sorted({1 + round(tenth * last / 10) for tenth in range(11)} | {state.reached[0]})
        rates = [f"{moment:>9,}  {short(state.rate(moment))}" for moment in moments]
        head = words(f"{AREA}.table")
        said = [_verdict(state, words), _asks(state, words)]
        return "\n".join([words(f"{AREA}.title"), *settings, arithmetic, *said, "", head, *rates])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now; what is not goes to the screen."""
        if action in ("erase", "enter", "drop"):
            return bool(self.state.typed)
        return super().check_action(action, parameters)

    def action_step(self, by: int) -> None:
        """Take the next number of the chosen setting."""
        self.become(schedule.step(self.state, by))

    def action_choose(self, by: int) -> None:
        """Go to another setting."""
        self.become(schedule.choose(self.state, by))

    def action_preset(self) -> None:
        """Show the next preset."""
        self.become(schedule.next_preset(self.state))

    def action_type(self, sign: str) -> None:
        """Type a sign of a number."""
        self.become(schedule.type_on(self.state, sign))

    def action_erase(self) -> None:
        """Take the last sign back."""
        self.become(schedule.erase(self.state))

    def action_enter(self) -> None:
        """Take the typed number."""
        self.become(schedule.enter(self.state))

    def action_drop(self) -> None:
        """Leave the setting as it is."""
        self.become(schedule.drop(self.state))


def _number(state: Plan, field: Field) -> str:
    """Return a setting as it is shown; a warm-up below 1 is a share."""
    number = getattr(state, field)
    if field == "warmup" and 0 < number < 1:
        return f"{100 * number:g}%"
    return short(number) if field == "peak" else f"{number:,g}" if number < 1e6 else f"{number:,.0f}"


def _setting(sketch: Sketch, state: Plan, field: Field, row: int) -> None:
    chosen = field == state.field
    mark = sketch.look.glyphs.mark
    sketch.put(1, row, sketch.look.words(f"{AREA}.{field}"), "strong" if chosen else "")
    if chosen and state.typed:
        sketch.put(VALUE, row, f"{mark}{state.typed}_", "cursor")
    else:
        sketch.put(VALUE, row, f"{mark if chosen else ' '}{_number(state, field)}", "cursor" if chosen else "learner")


def _plot(sketch: Sketch, state: Plan, height: int) -> None:
    """Draw the rate over the run, the asked peak as dots, and a mark where the rate is highest."""
    look, signs = sketch.look, sketch.look.glyphs
    width = max(8, min(WIDEST, sketch.columns - PLOT - 1))
    sketch.put(PLOT, 0, look.words(f"{AREA}.rate"), "quiet")
    sketch.put_before(PLOT - 1, 1, short(state.peak), "quiet")
    sketch.put_before(PLOT - 1, height, "0", "quiet")
    sketch.put(PLOT, 1, "." * width, "frame")
    rates = state.rates(2 * width)
    curve = curve_rows(rates, width, height, low=0, high=state.peak, ascii_only=signs.ascii)
    for row, line in enumerate(curve, 1):
        for column, sign in enumerate(line):
            if sign not in " \u2800":
                sketch.put(PLOT + column, row, sign, "model")
        sketch.put(PLOT - 1, row, signs.v, "frame")
    sketch.put(PLOT - 1, height + 1, signs.bl + signs.h * width, "frame")
    sketch.put(PLOT, height + 2, "1", "quiet")
    sketch.put_before(PLOT + width, height + 2, look.words(f"{AREA}.of-updates", n=f"{state.updates:,}"), "quiet")
    _mark(sketch, state, width, height)


def _mark(sketch: Sketch, state: Plan, width: int, height: int) -> None:
    """Mark the highest rate, and say above the plot what it is; its heading gives way where both do not fit."""
    update, rate = state.reached
    at = PLOT + (round((width - 1) * (update - 1) / (state.updates - 1)) if state.updates > 1 else 0)
    row = 1 + round((height - 1) * (1 - rate / state.peak))
    style = "wrong" if state.falls_short else "right"
    sign = sketch.look.glyphs.cross if state.falls_short else sketch.look.glyphs.check
    said = f"{sign} {sketch.look.words(f'{AREA}.mark', rate=short(rate), update=f'{update:,}')}"
    sketch.put(at, row, sign, style)
    sketch.put_before(PLOT + width, 0, said, style)


def _verdict(state: Plan, words: Words) -> str:
    """Return what the schedule comes to."""
    update, rate = state.reached
    share = f"{100 * rate / state.peak:.2g}"
    values = {"rate": short(rate), "peak": short(state.peak), "share": share, "update": f"{update:,}"}
    if state.falls_short:
        return words(f"{AREA}.short", updates=f"{state.updates:,}", rising=f"{state.rising:,}", **values)
    if state.rising == 0:
        return words(f"{AREA}.flat", **values)
    return words(f"{AREA}.reached", rising=f"{state.rising:,}", **values)


def _asks(state: Plan, words: Words) -> str:
    """Return what the learner is to find."""
    if state.typed:
        return words(f"{AREA}.typing", field=words(f"{AREA}.{state.field}"))
    if state.barely:
        return words(f"{AREA}.barely", examples=f"{state.examples:,}")
    return words(f"{AREA}.find" if state.falls_short else f"{AREA}.invite")
