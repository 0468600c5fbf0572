"""Measures of a network agree with what PyTorch says, and with counting by hand."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from engine.worker.data import Part
from engine.worker.measures import confusion, gradient_norm, receptive_fields, score, worst
from engine.worker.rates import rate_at

pytestmark = pytest.mark.torch


def part(count: int) -> Part:
    torch.manual_seed(1)
    return Part(torch.randn(count, 784), torch.randint(0, 10, (count,)), torch.zeros(count, 28, 28, dtype=torch.uint8))


def test_a_loss_over_uneven_chunks_is_the_mean_over_all_images() -> None:
    net, loss_of, data = nn.Linear(784, 10), nn.CrossEntropyLoss(), part(1234)
    scores = score(net, loss_of, data)
    with torch.no_grad():
        assert scores.loss == pytest.approx(float(loss_of(net(data.images), data.labels)), rel=1e-5)
        right = (net(data.images).argmax(1) == data.labels).float().mean()
    assert scores.accuracy == pytest.approx(float(right))
    assert not scores.scores.requires_grad


def test_confusion_counts_truth_by_row_and_guess_by_column() -> None:
    scores = torch.eye(3)[torch.tensor([0, 1, 1, 2])]
    assert confusion(scores, torch.tensor([0, 1, 2, 2])) == [[1, 0, 0], [0, 1, 0], [0, 1, 1]]


def test_the_worst_are_misread_with_most_confidence_first() -> None:
    scores = torch.tensor([[9.0, 0.0], [1.0, 0.0], [0.0, 3.0], [0.0, 2.0]])
    misread = worst(scores, torch.tensor([0, 1, 0, 0]))
    assert [(miss.index, miss.truth, miss.guess) for miss in misread] == [(2, 0, 1), (3, 0, 1), (1, 1, 0)]
    assert misread[0].probability == pytest.approx(1 / (1 + math.exp(-3)))


def test_a_network_that_exploded_can_still_be_measured() -> None:
    scores = torch.full((5, 10), math.nan)
    assert sum(map(sum, confusion(scores, torch.arange(5)))) == 5
    assert all(math.isnan(miss.probability) for miss in worst(scores, torch.arange(5)))


def test_receptive_fields_are_the_first_layer_as_pictures() -> None:
    net = nn.Sequential(nn.Linear(784, 40), nn.ReLU(), nn.Linear(40, 10))
    fields = receptive_fields(net)
    first = net[0]
    assert isinstance(first, nn.Linear)
    assert fields.shape == (32, 28, 28)
    assert torch.equal(fields[5].flatten(), first.weight[5])


def test_the_gradient_norm_is_the_one_that_pytorch_clips_by() -> None:
    net = nn.Sequential(nn.Linear(784, 16), nn.ReLU(), nn.Linear(16, 10))
    data = part(64)
    nn.CrossEntropyLoss()(net(data.images), data.labels).backward()
    total = torch.nn.utils.clip_grad_norm_(net.parameters(), math.inf)
    assert gradient_norm(list(net.parameters())) == pytest.approx(float(total), rel=1e-6)


def test_schedules_begin_at_the_rate_and_fall_as_they_say() -> None:
    def rates(schedule: str) -> list[float]:
        return [rate_at(update, 8, 0.8, schedule) for update in range(1, 9)]

    assert rates("constant") == [0.8] * 8
    assert rates("linear") == pytest.approx([0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])
    assert rates("step") == pytest.approx([0.8] * 4 + [0.08] * 2 + [0.008] * 2)
    cosine = rates("cosine")
    assert cosine[0] == 0.8
    assert cosine[4] == pytest.approx(0.4)
    assert cosine == sorted(cosine, reverse=True)
