"""A question before something that cannot be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.screens.overlay import Overlay
from tui.text.span import Span, plain
from tui.text.wrap import wrap

COLUMNS = 56


class Answer(Static):
    """One of the two answers: its keys and its words; a click gives it."""

    DEFAULT_CSS = """
    Answer { width: auto; height: 1; padding: 0 1; margin: 0 2 0 0; pointer: pointer; }
    Answer:hover { background: $panel; }
    """

    class Given(Message):
        """The learner clicked an answer."""

        def __init__(self, answer: bool) -> None:
            super().__init__()
            self.answer = answer

    def __init__(self, keys: str, words: str, answer: bool, *, harms: bool = True) -> None:
        tone = "$error bold" if answer and harms else "bold"
        super().__init__(Content.styled(keys, "$learner bold") + " " + Content.styled(words, tone), markup=False)
        self.answer = answer

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Given(self.answer))


class ConfirmScreen(Overlay[bool]):
    """Asks; its result is True for `y` alone: enter, pressed by habit, leaves everything as it is."""

    DEFAULT_CSS = f"""
    ConfirmScreen {{ align: center middle; }}
    ConfirmScreen > Vertical {{
        width: {COLUMNS + 6}; max-width: 96%; height: auto;
        background: $surface; border: round $border; padding: 1 2;
    }}
    ConfirmScreen #confirm-question {{ height: auto; margin: 0 0 1 0; }}
    ConfirmScreen #confirm-answers {{ height: 1; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "confirm.yes", id="confirm.yes"),
        Binding("n,enter,escape,q,backspace", "answer(False)", "confirm.no", id="confirm.no"),
    ]

    def __init__(self, question: str, yes: str, no: str, *, harms: bool = True) -> None:
        """Ask `question`; `yes` and `no` say in words what each answer does.

        Args:
            harms: What yes does cannot be taken back.
        """
        super().__init__()
        self.harms = harms
        self.question = question
        self.yes = yes
        self.no = no

    def compose(self) -> ComposeResult:
        lines = wrap([Span(self.question)], COLUMNS)
        with Vertical():
            yield Static("\n".join(map(plain, lines)), id="confirm-question", markup=False)
            with Horizontal(id="confirm-answers"):
                yield Answer("y", self.yes, True, harms=self.harms)
                yield Answer("n enter esc", self.no, False)

    def on_mount(self) -> None:
        self.draw_frame(Vertical)

    def action_answer(self, answer: bool) -> None:
        """Close with an answer."""
        self.dismiss(answer)

    @on(Answer.Given)
    def given(self, event: Answer.Given) -> None:
        event.stop()
        self.dismiss(event.answer)
