"""A model that answers by a formula, in place of a process that loads torch; for tests of whoever asks."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import save
from textual.pilot import Pilot

from engine.events import Guess
from engine.runs import asks
from engine.runs.asker import say
from engine.runs.asks import Answer, Ask, Masked, Neighbour, Note
from engine.runs.folder import RunFolder
from tests.tui.app_on import app_on, shown
from tui.app import LearncurveApp

PATIENCE_SECONDS = 60.0


class FakeModel:
    """Answers what lies in a run's folder when it is told to.

    Attributes:
        asked: Everything that it was asked, in order.
        launched: How often a process was to be started for it.
        change: What is done to each answer.
    """

    def __init__(self, folder: RunFolder, patch: pytest.MonkeyPatch, *, saved: bool = True) -> None:
        self.folder = folder
        self.asked: list[Ask] = []
        self.launched = 0
        self.change: Callable[[Answer], Answer] = lambda answer: answer
        if saved:
            (folder.checkpoints / "000001250.safetensors").write_bytes(b"")
        patch.setattr("engine.runs.asker.launch_answerer", self._launch)

    @property
    def last(self) -> Ask:
        """What it was asked last."""
        return self.asked[-1]

    def says(self, doing: str, problem: Note | None = None) -> None:
        """Say what its process is doing."""
        say(self.folder, doing, problem)

    def serve(self) -> None:
        """Answer what waits."""
        for token in asks.pending(self.folder):
            ask = asks.read(self.folder, token)
            if ask is None:
                continue
            self.asked.append(ask)
            asks.reply(self.folder, token, self.change(self._answer(ask)), self._arrays(ask))

    def _launch(self, folder: RunFolder) -> None:
        self.launched += 1

    def _answer(self, ask: Ask) -> Answer:
        pieces = pieces_of(ask.text)
        read: dict[str, Any] = {"pieces": pieces, "ids": list(range(len(pieces)))}
        match ask.kind:
            case "digit":
                ink = sum(ask.pixels) // 255 % 10
                shares = [0.91 if place == ink else 0.01 for place in range(10)]
                picture = bytes(255 - pixel for pixel in ask.pixels)
                return Answer(kind="digit", update=1250, probabilities=shares, picture=picture, seconds=0.002)
            case "classify":
                near = [Neighbour(f"training text {n}", "food", 0.9 - n / 10) for n in range(5)]
                shares = [0.1, 0.6, 0.1, 0.1, 0.05, 0.05]
                names = ["animal", "artifact", "body", "food", "location", "plant"]
                return Answer(
                    kind="classify", update=1250, classes=names, probabilities=shares, neighbours=near, **read
                )
            case "fill":
                places = [place for place, piece in enumerate(pieces) if piece == "[MASK]"]
                guesses = [Guess(word, 0.5 / (n + 1)) for n, word in enumerate(("italy", "spain", "mali", "peru", "a"))]
                asked = [Guess(word, 0.4 / (n + 1)) for n, word in enumerate(ask.words)]
                masks = [Masked(place, guesses, asked) for place in places]
                even = [Guess(word, 0.0003 - n / 1e6) for n, word in enumerate(("##x", "of", "york", "a", "##ed"))]
                evenly = [Guess(word, 0.0002 + n / 1e6) for n, word in enumerate(ask.words)]
                untrained = [Masked(place, even, evenly) for place in places] if ask.untrained else []
                return Answer(kind="fill", update=1250, masks=masks, untrained=untrained, **read)
            case "attend":
                return Answer(kind="attend", update=1250, **read)
        return Answer(kind=ask.kind)

    def _arrays(self, ask: Ask) -> bytes:
        if not ask.attention:
            return b""
        count = len(pieces_of(ask.text))
        weights = np.full((2, 2, count, count), 1 / count, np.float16)
        if ask.kind == "attend":
            weights[:, 0] = 0.5 / count + 0.5 * np.eye(count)  # the first head looks at itself
            weights[0, 1] = 0.5 / count + 0.5 * np.roll(np.eye(count), 1, axis=1)  # the second at what comes next
        return save({"attention": weights})


def pieces_of(text: str) -> list[str]:
    """Return a text cut at blanks, and around each Chinese character, framed as a BERT frames it."""
    apart = re.sub(r"(\[MASK\]|[\u3000-\u9fff\uff00-\uffef])", r" \1 ", text)
    return ["[CLS]", *apart.split(), "[SEP]"]


def trying(home: Path, folder: RunFolder, language: str = "en") -> LearncurveApp:
    """Return the app with the screen that tries a run's model."""
    return app_on(home, language=language, first=[["try", folder.id]])


async def eventually(pilot: Pilot[str], app: LearncurveApp, model: FakeModel | None, text: str) -> str:
    """Return what the screen says once it says `text`; the model answers meanwhile.

    Raises:
        AssertionError: It never did.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while text not in (said := shown(app)):
        assert time.monotonic() < deadline, f"never said {text!r}:\n{said}"
        if model is not None:
            model.serve()
        await pilot.pause(0.01)
    return said


async def asked(pilot: Pilot[str], model: FakeModel, condition: Callable[[], bool]) -> None:
    """Answer until `condition` is true, and the last answer is shown.

    Raises:
        AssertionError: It never was.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not model.asked or not condition() or asks.pending(model.folder):
        assert time.monotonic() < deadline, "never came true"
        model.serve()
        await pilot.pause(0.01)
    await pilot.pause(0.1)
