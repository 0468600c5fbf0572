"""Every process gets its share of a batch, and what they learn together is what one would learn alone."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from engine.errors import RecipeError
from engine.recipes import KINDS, recipe
from engine.recipes.sharing import check_sharing
from engine.runs.launch import environment
from engine.runs.place import ALONE, Place, place_of
from engine.worker.batches import Batches
from engine.worker.data import Part
from engine.worker.quiet import QuietSession
from engine.worker.stream import Stream
from engine.worker.together import SharedLoss
from tests.engine.working import make_run

WORLD = 3


def places() -> list[Place]:
    return [Place(rank=rank, world=WORLD, local_rank=rank, local_world=WORLD) for rank in range(WORLD)]


def batches(place: Place, **settings: Any) -> Batches:
    count = 20
    part = Part(torch.arange(count).float()[:, None], torch.arange(count), torch.zeros(count, 28, 28))
    wishes = {"batch": 9, "epochs": 2, "shuffle": True, "seed": 4, "whole": False} | settings
    return Batches(part, place=place, **wishes)


@pytest.mark.parametrize("settings", [{}, {"shuffle": False}, {"whole": True}, {"batch": 2}], ids=str)
def test_the_shares_of_all_processes_are_the_batch_of_one_in_the_same_order(settings: dict[str, Any]) -> None:
    alone = batches(ALONE, **settings)
    shares = [batches(place, **settings) for place in places()]
    for epoch in (1, 2):
        whole = [labels for _, labels in alone.of(epoch, (epoch - 1) * alone.per_epoch)]
        cut = [[labels for _, labels in share.of(epoch, (epoch - 1) * alone.per_epoch)] for share in shares]
        assert [torch.cat(parts).tolist() for parts in zip(*cut, strict=True)] == [part.tolist() for part in whole]
        sizes = [[len(part) for part in parts] for parts in zip(*cut, strict=True)]
        assert all(max(parts) - min(parts) <= 1 for parts in sizes)


@pytest.mark.parametrize("sizes", [(3, 3, 3), (4, 3, 1), (5, 0, 0)], ids=str)
def test_the_average_of_the_slopes_is_the_slope_of_the_whole_batch_however_it_is_cut(
    sizes: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    net = nn.Linear(4, 10)
    images, labels = torch.randn(sum(sizes), 4), torch.randint(10, (sum(sizes),))
    whole = nn.CrossEntropyLoss()(net(images), labels)
    (slope,) = torch.autograd.grad(whole, net.weight)
    parts = list(zip(torch.split(images, list(sizes)), torch.split(labels, list(sizes)), strict=True))
    sums = [nn.CrossEntropyLoss(reduction="sum")(net(x), y).detach().double() for x, y in parts]

    def all_reduce(values: Tensor) -> None:
        values.copy_(torch.stack([torch.stack(sums).sum(), torch.tensor(float(sum(sizes))).double()]))

    monkeypatch.setattr(torch.distributed, "all_reduce", all_reduce)
    losses = [SharedLoss(WORLD)(net(x), y) for x, y in parts]
    assert [loss.item() for loss in losses] == pytest.approx([whole.item()] * WORLD, abs=1e-6)
    slopes = [torch.autograd.grad(loss, net.weight)[0] for loss in losses]
    assert torch.allclose(torch.stack(slopes).sum(0) / WORLD, slope, atol=1e-6)


def test_each_process_has_random_numbers_of_its_own_that_follow_from_the_update(own_home: Path) -> None:
    folder = make_run(own_home, processes=WORLD)

    def drawn(place: Place, update: int) -> float:
        with Stream(Path("/dev/null")) as nowhere:
            session = QuietSession(folder, folder.recipe(), nowhere, threading.Event(), place=place)
            session.update = update
            session.wait_for_turn()
            return float(torch.rand(1))

    _, second, third = places()
    numbers = [drawn(second, 7), drawn(third, 7), drawn(second, 8)]
    assert len(set(numbers)) == 3
    assert drawn(second, 7) == numbers[0]


@pytest.mark.parametrize(
    ("kind", "wishes", "code"),
    [
        ("mlp", {"processes": 3, "batch": 64}, "processes-share"),
        ("bert", {"processes": 3, "train_batch": 16}, "processes-share"),
        ("mlp", {"processes": 2, "device": "mps"}, "processes-mps"),
    ],
)
def test_a_recipe_that_cannot_be_shared_is_refused(kind: str, wishes: dict[str, Any], code: str) -> None:
    with pytest.raises(RecipeError) as caught:
        check_sharing(recipe(KINDS[kind], wishes))
    assert caught.value.code == code


def test_a_recipe_that_can_be_shared_is_not(own_home: Path) -> None:
    for kind, wishes in (("mlp", {"processes": 3, "optimizer": "gd"}), ("bert", {"processes": 4}), ("pretrain", {})):
        check_sharing(recipe(KINDS[kind], wishes))
    four = recipe(KINDS["mlp"], {"processes": 4})
    check_sharing(four, started=4)
    with pytest.raises(RecipeError, match="4: 2 were started"):
        check_sharing(four, started=2)


def test_the_place_is_read_as_torchrun_says_it_and_a_launched_run_hears_nothing_of_it() -> None:
    said = {"RANK": "3", "WORLD_SIZE": "4", "LOCAL_RANK": "1", "LOCAL_WORLD_SIZE": "2", "MASTER_PORT": "1"}
    place = place_of(said)
    assert (place.rank, place.world, place.local_rank, place.local_world) == (3, 4, 1, 2)
    assert place_of(place.variables()) == place
    assert place_of({}) == ALONE
    told = environment(1, said | {"PATH": "/bin", "TORCHELASTIC_RUN_ID": "x", "OMPI_COMM_WORLD_SIZE": "4"})
    assert told["PATH"] == "/bin"
    assert place_of(told) == ALONE
    assert not {"MASTER_PORT", "TORCHELASTIC_RUN_ID", "OMPI_COMM_WORLD_SIZE"} & told.keys()
