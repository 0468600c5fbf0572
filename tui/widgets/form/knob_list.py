"""The rows of a form, which scroll as the focus moves."""

from __future__ import annotations

from textual.containers import ScrollableContainer


class KnobList(ScrollableContainer, can_focus=False, inherit_bindings=False):
    """Scrolls by itself: the arrows that a container takes for scrolling belong to the rows."""

    DEFAULT_CSS = """
    KnobList { width: 1fr; height: 1fr; layout: vertical; overflow: hidden auto; }
    """
