"""Who writes checkpoints: a recipe knows what belongs to its state, the session knows when to save it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from engine.worker.checkpoints import BEST, Checkpoints, Facts, name_of

if TYPE_CHECKING:
    from torch import Tensor

    State = Callable[[], dict[str, Tensor]]
    """Returns every tensor that training goes on from; those of the network begin with "net."."""


class Keeper(Protocol):
    """Writes the state of a run; every method is called between two updates."""

    def write(self, facts: Facts) -> str:
        """Write everything that training goes on from, and return the checkpoint's name.

        Raises:
            RunError: It cannot be written; nothing of it is left.
        """

    def remember_best(self) -> None:
        """Keep a copy of the network as it is now."""

    def write_best(self, facts: Facts) -> str:
        """Write the network that was remembered, and return its name.

        Raises:
            RunError: It cannot be written; nothing of it is left.
        """


class TensorKeeper:
    """Keeps a state that is nothing but tensors: one safetensors file each."""

    def __init__(self, checkpoints: Checkpoints, state: State) -> None:
        self._checkpoints = checkpoints
        self._state = state
        self._best: dict[str, Tensor] = {}

    def write(self, facts: Facts) -> str:
        name = name_of(facts.update)
        self._checkpoints.write(name, self._state(), facts)
        return name

    def remember_best(self) -> None:
        self._best = {name: tensor.detach().clone() for name, tensor in self._state().items() if _is_net(name)}

    def write_best(self, facts: Facts) -> str:
        self._checkpoints.write(BEST, self._best, facts)
        return BEST


def _is_net(name: str) -> bool:
    return name.startswith("net.")
