"""Answers of an MLP: what it takes a drawing for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import torch
from torch import nn

from engine.datasets import DIGITS
from engine.errors import DataError, RunError
from engine.events import Planned, decode
from engine.recipes import Recipe
from engine.runs.asks import Answer, Ask
from engine.runs.folder import RunFolder
from engine.worker.ask_refusals import no_model, not_a_number, unknown_kind
from engine.worker.checkpoints import Checkpoints
from engine.worker.desk import Reply
from engine.worker.drawing import SIDE, as_digit, as_garment
from engine.worker.scaling import Scaling, scaling

PLANNED_BYTES = 4 << 20
"""How far into the stream the plan of a run is looked for."""


class MlpAnswerer:
    """Answers for a network, also for one that trains."""

    def __init__(
        self,
        net: nn.Module,
        classes: Sequence[str],
        scaled: Callable[[], Scaling],
        *,
        garments: bool = False,
        update: Callable[[], int] = lambda: 0,
    ) -> None:
        """Take what the network is asked with.

        Args:
            scaled: Returns how its images were scaled; called once, when it is first asked.
            garments: Whether it learned from Fashion-MNIST.
            update: Returns the updates that it has seen.
        """
        self._net = net
        self._classes = list(classes)
        self._scaled = scaled
        self._scaling: Scaling | None = None
        self._prepared = as_garment if garments else as_digit
        self._update = update

    def answer(self, ask: Ask) -> Reply:
        """Return what the network takes a drawing for.

        Raises:
            RunError: It is no drawing, or it is empty, or the network's numbers are none any more.
        """
        if ask.kind == "warm":
            self._probabilities(torch.zeros(SIDE, SIDE, dtype=torch.uint8))
            return Reply(Answer(kind=ask.kind, update=self._update(), classes=self._classes))
        if ask.kind != "digit":
            raise unknown_kind(ask, "digit")
        if len(ask.pixels) != SIDE * SIDE:
            raise RunError(
                f"A drawing has {SIDE * SIDE} pixels, not {len(ask.pixels)}.",
                code="ask-pixels",
                wanted=SIDE * SIDE,
                given=len(ask.pixels),
            )
        drawing = torch.frombuffer(bytearray(ask.pixels), dtype=torch.uint8).view(SIDE, SIDE)
        if not drawing.any():
            raise RunError("There is nothing on the paper yet: draw a digit.", code="ask-blank")
        picture = self._prepared(drawing)
        return Reply(
            Answer(
                kind=ask.kind,
                update=self._update(),
                classes=self._classes,
                probabilities=self._probabilities(picture),
                picture=bytes(picture.flatten().tolist()),
            )
        )

    def prepare(self) -> None:
        """There is nothing that could be made ready."""

    def _probabilities(self, picture: torch.Tensor) -> list[float]:
        """Return the network's probabilities; its mode is put back, and no random number is drawn."""
        if self._scaling is None:
            self._scaling = self._scaled()
        was = self._net.training
        self._net.eval()
        try:
            with torch.no_grad():
                image = self._scaling(picture[None]).to(next(self._net.parameters()).device)
                shares = self._net(image).softmax(1)[0]
        finally:
            self._net.train(was)
        if not bool(shares.isfinite().all()):
            raise not_a_number()
        return [float(share) for share in shares.tolist()]


def saved_mlp(folder: RunFolder, recipe: Recipe) -> MlpAnswerer:
    """Return an answerer for the newest network that a run has saved; torchvision is not needed.

    Raises:
        RunError: There is none, or it cannot be read.
        DataError: The images that it learned from are gone, and with them their scale.
    """
    from engine.worker.mlp import network

    checkpoints = Checkpoints(folder.checkpoints)
    newest = checkpoints.newest()
    if newest is None:
        raise no_model()
    path, facts = newest
    net = network(recipe.knobs)
    tensors = checkpoints.read(path)
    try:
        net.load_state_dict({name.removeprefix("net."): each for name, each in tensors.items() if name[:4] == "net."})
    except RuntimeError as error:
        raise RunError(
            f"The checkpoint {path} does not fit the recipe of its run ({str(error).splitlines()[0]}).",
            code="checkpoint-foreign",
            file=path,
            why=str(error).splitlines()[0],
        ) from error
    data, scale = str(recipe.knobs["data"]), str(recipe.knobs["scale"])
    return MlpAnswerer(
        net,
        planned_classes(folder),
        lambda: saved_scaling(scale, data, folder.home / "cache"),
        garments=data == "fashion",
        update=lambda: facts.update,
    )


def saved_scaling(scale: str, data: str, cache: Path) -> Scaling:
    """Return how a data set's images are scaled, from its raw file.

    Raises:
        DataError: The file is gone.
    """
    if scale != "standard":
        return scaling(scale, torch.zeros(0))
    kind = "FashionMNIST" if data == "fashion" else "MNIST"
    file = cache / data / kind / "raw" / "train-images-idx3-ubyte"
    try:
        raw = file.read_bytes()
    except OSError as error:
        if data != "digits":
            raise DataError(
                f"The data in {file.parent} cannot be read ({error.strerror}). Train with them again, and they are "
                "fetched anew.",
                code="data-cache-broken",
                folder=file.parent,
                why=error.strerror,
            ) from error
        raw = DIGITS[0].unpacked()
    return scaling(scale, torch.frombuffer(bytearray(raw[16:]), dtype=torch.uint8))


def planned_classes(folder: RunFolder) -> list[str]:
    """Return the names of a run's classes, as its first attempt planned them; numbers where it never told."""
    try:
        with folder.events_file.open("rb") as stream:
            for line in stream.read(PLANNED_BYTES).splitlines():
                if line.startswith(b'{"event":"planned"'):
                    event = decode(line)
                    return event.classes if isinstance(event, Planned) else []
    except (OSError, msgspec.MsgspecError):
        return [str(number) for number in range(10)]
    return [str(number) for number in range(10)]
