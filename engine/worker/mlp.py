"""The multilayer perceptron of this course and the loop that trains it. This is the code that runs, whole.

An image is 784 numbers. Each `Linear` layer mixes its inputs by weights, each activation bends the result,
and ten scores come out, one a digit. Training makes the same five calls again and again; everything else in
the worker only watches, waits and saves. In a group of processes each sees its share of every batch, and step 4
averages their gradients; see together.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import torch
from torch import nn

from engine.recipes import Value
from engine.worker.batches import Batches
from engine.worker.measures import gradient_norm
from engine.worker.session import Session

PIXELS, CLASSES = 28 * 28, 10
ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "gelu": nn.GELU,
    "identity": nn.Identity,
}


def train(
    net: nn.Module,
    loss_of: nn.Module,
    optimizer: torch.optim.Optimizer,
    batches: Batches,
    session: Session,
    *,
    rate_at: Callable[[int], float],
    evaluate: Callable[[int], None],
    zero_grad: bool = True,
) -> None:
    """Train `net` until every epoch is done, from the session's update on.

    Raises:
        Stopped: The run is to stop.
    """
    parameters = list(net.parameters())
    for epoch in batches.epochs(session.update):
        for images, labels in batches.of(epoch, session.update):  # (64, 784) and (64,)
            session.wait_for_turn()  # your pace, your pause
            rate = rate_at(session.update + 1)
            for group in optimizer.param_groups:
                group["lr"] = rate

            if zero_grad:
                optimizer.zero_grad()  # 1. forget the gradients of the batch before
            scores = net(images)  # 2. forward: (64, 784) -> (64, 10)
            loss = loss_of(scores, labels)  # 3. one number: how wrong the scores are
            loss.backward()  # 4. backward: the slope of that number for every weight
            optimizer.step()  # 5. move every weight a little down its slope

            session.updated(loss.item(), rate, gradient_norm(parameters))
        evaluate(epoch)


def network(knobs: Mapping[str, Value]) -> nn.Sequential:
    """Return the network that the knobs describe, such as Linear(784, 128), ReLU, Linear(128, 10)."""
    sizes = sizes_of(knobs)
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(sizes[:-1]):
        layers += [nn.Linear(inputs, outputs), ACTIVATIONS[str(knobs["activation"])]()]
        if knobs["dropout"]:
            layers.append(nn.Dropout(float(knobs["dropout"])))
    layers.append(nn.Linear(sizes[-2], CLASSES))
    if knobs["double_softmax"]:
        layers.append(nn.Softmax(dim=1))  # a fault: CrossEntropyLoss takes the softmax itself
    net = nn.Sequential(*layers)
    initialise(net, str(knobs["init"]))
    return net


def sizes_of(knobs: Mapping[str, Value]) -> list[int]:
    """Return the number of units layer by layer, such as 784, 128, 10."""
    hidden = [int(size) for size in str(knobs["hidden"]).split(",") if size]
    return [PIXELS, *hidden, CLASSES]


def initialise(net: nn.Module, how: str) -> None:
    """Set the weights of every Linear layer; its biases become 0, except for PyTorch's own "default"."""
    for layer in net.modules():
        if not isinstance(layer, nn.Linear) or how == "default":
            continue
        nn.init.zeros_(layer.bias)
        match how:
            case "zeros":
                nn.init.zeros_(layer.weight)
            case "normal":
                nn.init.normal_(layer.weight, std=1.0)
            case "xavier":
                nn.init.xavier_uniform_(layer.weight)
            case "he":
                nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")


def optimizer_of(net: nn.Module, knobs: Mapping[str, Value]) -> torch.optim.Optimizer:
    """Return what moves the weights; "gd" is "sgd" that sees all images at once."""
    rate, decay = float(knobs["lr"]), float(knobs["weight_decay"])
    match knobs["optimizer"]:
        case "adam":
            return torch.optim.Adam(net.parameters(), lr=rate, weight_decay=decay)
        case "adamw":
            return torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=decay)
        case "momentum":
            return torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9, weight_decay=decay)
    return torch.optim.SGD(net.parameters(), lr=rate, weight_decay=decay)
