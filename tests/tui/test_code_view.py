"""Source is shown as it is, harmlessly, with its syntax in colours."""

from __future__ import annotations

from rich.cells import cell_len

from tests.tui.board_app import BoardApp
from tui.widgets.code_view import CodeView, pieces

SOURCE = '''import torch  # 深度学习

class MLP(nn.Module):
    """A network."""

    def forward(self, x):
\treturn 784 * x
'''


def test_pieces_are_the_source_and_have_their_kinds() -> None:
    """Nothing is lost on the way through the lexer."""
    lines = pieces(SOURCE, "python")
    assert "\n".join("".join(text for text, _ in line) for line in lines) + "\n" == SOURCE
    kinds = {text: kind for line in lines for text, kind in line}
    assert kinds["class"] == kinds["import"] == kinds["def"] == "keyword"
    assert kinds["MLP"] == kinds["forward"] == "name"
    assert kinds["784"] == "number"
    assert kinds["# 深度学习"] == "comment"
    assert kinds['"""A network."""'] == "string"


def test_an_unknown_language_is_plain() -> None:
    """A course may name any."""
    assert pieces("a\nb", "no-such-language") == [[("a", "plain")], [("b", "plain")]]


async def test_lines_are_numbered_and_every_row_is_as_wide_as_the_view() -> None:
    """Tabs are spaces, Chinese takes two cells, long lines are cut at the edge and scroll."""
    view = CodeView(SOURCE + "x = '" + "很长" * 60 + "'\n" * 40)
    async with BoardApp(view).run_test(size=(50, 12)) as pilot:
        await pilot.pause()
        width = view.scrollable_content_region.width
        texts = [view.render_line(y).text for y in range(view.scrollable_content_region.height)]
        assert [cell_len(text) for text in texts] == [width] * len(texts)
        assert texts[0].split()[:3] == ["1", "import", "torch"]
        assert "        return 784 * x" not in texts[6]
        assert "    return 784 * x" in texts[6]
        view.scroll_to(x=30, animate=False)
        await pilot.pause()
        assert view.render_line(7).text.startswith("  8< ")
        assert cell_len(view.render_line(7).text) == width


async def test_a_line_that_goes_on_has_a_sign_at_the_edge() -> None:
    """On both sides, and on no line that ends there."""
    view = CodeView("short\n" + "a" * 60 + "\n" + "b" * 45 + "\n")
    async with BoardApp(view).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert view.cut

        def edges() -> list[str]:
            texts = [view.render_line(y).text for y in range(3)]
            return [text[2] + text[-1] for text in texts]

        assert edges() == ["  ", " >", " >"]
        view.scroll_to(x=10, animate=False)
        await pilot.pause()
        assert edges() == ["< ", "<>", "< "]
        view.scroll_to(x=100, animate=False)
        await pilot.pause()
        assert edges() == ["< ", "<a", "< "]
        view.source = "short"
        await pilot.pause()
        assert not view.cut
        assert edges()[0] == "  "


async def test_keys_scroll_and_a_marked_line_has_a_sign() -> None:
    """Not only another colour."""
    view = CodeView("\n".join(f"line_{number}" for number in range(1, 101)))
    async with BoardApp(view).run_test(size=(40, 10)) as pilot:
        view.marked = frozenset({3})
        await pilot.press("tab", "j", "j")
        await pilot.pause()
        assert view.render_line(0).text.startswith(">")
        assert "line_3" in view.render_line(0).text
        assert not view.render_line(1).text.startswith(">")
        view.show_line(50)
        await pilot.pause()
        seen = [view.render_line(y).text for y in range(view.scrollable_content_region.height)]
        assert any("line_50" in text for text in seen)


async def test_what_would_steer_the_terminal_is_shown_as_a_sign() -> None:
    """Code in a course is written by strangers."""
    view = CodeView("x = '\x1b]52;c;aGk=\x07'\n[@click=app.quit]y[/]")
    async with BoardApp(view).run_test(size=(60, 6)):
        text = view.render_line(0).text + view.render_line(1).text
        assert "\x1b" not in text
        assert "␛]52;c;aGk=␇" in text
        assert "[@click=app.quit]y[/]" in text


async def test_another_source_is_shown_from_its_beginning() -> None:
    """And coloured in its own language."""
    view = CodeView("a = 1\n" * 100)
    async with BoardApp(view).run_test(size=(40, 10)) as pilot:
        view.scroll_end(animate=False)
        await pilot.pause()
        view.source = "learning_rate = 0.1"
        await pilot.pause()
        assert view.scroll_offset.y == 0
        assert "learning_rate" in view.render_line(0).text
