"""Which demos there are, by the names that pages give them; each is imported when it is first shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from tui.widgets.demos.demo import Demo

WIDGETS = {
    "ladder": "LadderDemo",
    "masked": "MaskedDemo",
    "backprop": "BackpropDemo",
    "softmax": "SoftmaxDemo",
    "race": "RaceDemo",
    "schedule": "ScheduleDemo",
    "attention": "AttentionDemo",
}
"""The widget of each demo, in the order of the course; it stands in the module of the demo's name."""

NAMES = tuple(WIDGETS)


def widget_of(name: str) -> type[Demo[Any]] | None:
    """Return the widget that shows a demo, None where there is none of that name."""
    if name not in WIDGETS:
        return None
    return cast("type[Demo[Any]]", getattr(import_module(f"tui.widgets.demos.{name}"), WIDGETS[name]))


def key_of(name: str) -> str:
    """Return the key under which the record keeps how a demo stands."""
    return f"demo.{name}"


def own_key_of(name: str) -> str:
    """Return the key under which the record keeps how a demo stood when its numbers were last the learner's own."""
    return f"demo.{name}.own"
