"""What has moved is painted where it stands now, whoever asked for the layout in between."""

from __future__ import annotations

from textual._compositor import Compositor, ReflowResult
from textual.app import App, ComposeResult
from textual.containers import ScrollableContainer
from textual.geometry import Region
from textual.widgets import Static

from tui.painting.moved import MovedCompositor

SIZE = (20, 6)


class RowsApp(App[None]):
    """Twelve rows, of which six are seen."""

    def compose(self) -> ComposeResult:
        with ScrollableContainer(id="rows"):
            yield from (Static(f"row {number}") for number in range(12))


async def dirty_after_scrolling(kind: type[Compositor]) -> set[Region]:
    """Return what is to be painted after rows were scrolled, looked up as by the focus, and laid out again."""
    app = RowsApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen, compositor = app.screen, kind()
        rows = app.query_one("#rows", ScrollableContainer)
        compositor.reflow(screen, screen.size)
        rows.scroll_to(y=3, animate=False, immediate=True)
        compositor.reflow_visible(screen, screen.size)
        compositor._dirty_regions.clear()  # all was painted
        rows.scroll_to(y=0, animate=False, immediate=True)
        assert compositor.full_map
        compositor.reflow(screen, screen.size)
        return set(compositor._dirty_regions)


async def test_rows_that_moved_are_painted_although_the_map_was_looked_up_in_between() -> None:
    """Each of the six rows is marked; Textual's own compositor marks none of them."""
    places = {Region(0, y, 18, 1) for y in range(6)}
    assert places <= await dirty_after_scrolling(MovedCompositor)
    assert not places & await dirty_after_scrolling(Compositor), "Textual has mended it: MovedCompositor can go"


async def laid_after_a_look(kind: type[Compositor]) -> tuple[ReflowResult, Static, Static]:
    """Return what is told of a row that was mounted and one that grew, both looked up as by the focus before."""
    app = RowsApp()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen, compositor = app.screen, kind()
        rows = app.query_one("#rows", ScrollableContainer)
        compositor.reflow(screen, screen.size)
        rows.scroll_to(y=3, animate=False, immediate=True)
        compositor.reflow_visible(screen, screen.size)
        new, grown = Static("new"), rows.query(Static).first()
        await rows.mount(new)
        grown.styles.height = 3
        await pilot.pause()
        assert compositor.full_map
        return compositor.reflow(screen, screen.size), new, grown


async def test_a_widget_hears_its_size_although_the_map_was_looked_up_in_between() -> None:
    """A run beside a page had neither its name nor its epoch: it never heard that it was narrow."""
    laid, new, grown = await laid_after_a_look(MovedCompositor)
    assert new in laid.shown
    assert grown in laid.resized
    laid, new, grown = await laid_after_a_look(Compositor)
    assert new not in laid.shown, "Textual has mended it: this part of MovedCompositor can go"
    assert grown not in laid.resized
