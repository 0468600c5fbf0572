from tests.tui.test_try import *


async def test_dbg(own_home, monkeypatch):
    from tui.widgets.title_bar import TitleBar

    model = FakeModel(scripted_run(own_home), monkeypatch)
    app = trying(own_home, model.folder)
    import traceback

    orig = TitleBar.refresh
    log = []

    def refresh(self, *a, **k):
        log.append("".join(traceback.format_stack(limit=6)))
        return orig(self, *a, **k)

    async with app.run_test(size=LARGE) as pilot:
        await eventually(pilot, app, model, "Draw a digit")
        await pilot.press("space", "right", "right")
        await eventually(pilot, app, model, "answered after update")
        await pilot.pause()
        monkeypatch.setattr(TitleBar, "refresh", refresh)
        app.screen._look()
        screen = app.screen
        print(
            [(w, w._repaint_regions) for w in screen.walk_children(Widget) if w._repaint_regions],
            screen.query_one(TitleBar).title,
            screen.query_one(TitleBar).status,
        )
        await pilot.pause()
        print(
            [(w, w._repaint_regions) for w in screen.walk_children(Widget) if w._repaint_regions],
            screen.query_one(TitleBar).title,
            screen.query_one(TitleBar).status,
        )
        print("\n=====\n".join(log))
        assert 0
