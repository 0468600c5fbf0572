"""Everything that training goes on from, as tensors with names, and back: bit for bit at one thread."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from engine.worker.batches import Batches


class State:
    """The moving parts of a run.

    Names begin with "net.", "optimizer.", "gradient.", "random." or "batches.".
    """

    def __init__(
        self, net: nn.Module, optimizer: torch.optim.Optimizer, batches: Batches, *, gradients: bool = False
    ) -> None:
        """`gradients`: they belong to the state too, since a run with `zero_grad=false` adds to them."""
        self._net = net
        self._optimizer = optimizer
        self._batches = batches
        self._gradients = gradients

    def tensors(self) -> dict[str, Tensor]:
        """Return the state; the tensors are those in use, not copies."""
        state = {f"net.{name}": tensor for name, tensor in self._net.state_dict().items()}
        for number, values in self._optimizer.state_dict()["state"].items():
            for name, value in values.items():
                if isinstance(value, Tensor):
                    state[f"optimizer.{number}.{name}"] = value
        for name, parameter in self._net.named_parameters():
            if self._gradients and parameter.grad is not None:
                state[f"gradient.{name}"] = parameter.grad
        state["random.cpu"] = torch.get_rng_state()
        if torch.cuda.is_available():
            state["random.cuda"] = torch.cuda.get_rng_state()
        return state | self._batches.tensors()

    def restore(self, tensors: dict[str, Tensor]) -> None:
        """Go on from what `tensors` returned."""
        self._net.load_state_dict(_below("net.", tensors))
        values: dict[int, dict[str, Tensor]] = {}
        for name, tensor in _below("optimizer.", tensors).items():
            number, _, key = name.partition(".")
            values.setdefault(int(number), {})[key] = tensor
        groups = self._optimizer.state_dict()["param_groups"]
        self._optimizer.load_state_dict({"state": values, "param_groups": groups})
        gradients = _below("gradient.", tensors)
        for name, parameter in self._net.named_parameters():
            if name in gradients:
                parameter.grad = gradients[name].to(parameter.device)
        torch.set_rng_state(tensors["random.cpu"])
        if "random.cuda" in tensors and torch.cuda.is_available():
            torch.cuda.set_rng_state(tensors["random.cuda"])
        self._batches.restore(tensors)


def _below(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}
