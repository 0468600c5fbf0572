"""Every widget has a name of its own."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict

from textual.widget import Widget

import tui


def widgets() -> dict[str, set[str]]:
    """Return the modules that define each widget's name; Textual's own count too."""
    found: dict[str, set[str]] = defaultdict(set)
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if module.name != "tui.__main__":
            importlib.import_module(module.name)
    pending = list(Widget.__subclasses__())
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if kind.__module__.startswith("tui."):
            found[kind.__name__].add(kind.__module__)
    return found


def test_no_two_widgets_have_the_same_name() -> None:
    """Textual finds a widget's CSS by its class name alone: the later one would dress the earlier."""
    found = widgets()
    assert len(found) > 40
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}
