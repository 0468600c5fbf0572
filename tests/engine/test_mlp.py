"""The network and its loop do what each knob says."""

from __future__ import annotations

import inspect
import math
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from engine.errors import RecipeError
from engine.events import Acknowledged, Ended, Evaluated, Planned, Saved, Updated
from engine.events import Tested as Examined  # pytest would take its own name for a class of tests
from engine.recipes import KINDS, recipe
from engine.worker import mlp
from engine.worker.arrays import keeps_arrays
from engine.worker.device import device_of
from tests.engine.working import evaluations_of, events_of, losses_of, make_run, of, try_run

pytestmark = pytest.mark.torch


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for all of these: the digits are unpacked once."""
    return tmp_path_factory.mktemp("home")


def knobs(**wishes: Any) -> dict[str, Any]:
    return dict(recipe(KINDS["mlp"], wishes).knobs)


def linears(net: nn.Module) -> list[nn.Linear]:
    return [layer for layer in net.modules() if isinstance(layer, nn.Linear)]


def test_the_default_network_is_the_articles() -> None:
    net = mlp.network(knobs())
    assert [type(layer) for layer in net] == [nn.Linear, nn.ReLU, nn.Linear]
    assert [tuple(layer.weight.shape) for layer in linears(net)] == [(128, 784), (10, 128)]
    assert sum(parameter.numel() for parameter in net.parameters()) == 101_770


@pytest.mark.parametrize(
    ("wishes", "kinds"),
    [
        ({"hidden": ""}, [nn.Linear]),
        ({"hidden": "20,30", "activation": "tanh"}, [nn.Linear, nn.Tanh, nn.Linear, nn.Tanh, nn.Linear]),
        ({"activation": "sigmoid", "dropout": 0.5}, [nn.Linear, nn.Sigmoid, nn.Dropout, nn.Linear]),
        ({"activation": "gelu", "double_softmax": True}, [nn.Linear, nn.GELU, nn.Linear, nn.Softmax]),
        ({"activation": "identity"}, [nn.Linear, nn.Identity, nn.Linear]),
    ],
)
def test_layers_follow_the_knobs(wishes: dict[str, Any], kinds: list[type]) -> None:
    assert [type(layer) for layer in mlp.network(knobs(**wishes))] == kinds


@pytest.mark.parametrize(
    ("init", "deviation"),
    [
        ("zeros", 0.0),
        ("normal", 1.0),
        ("xavier", math.sqrt(2 / (784 + 128))),
        ("he", math.sqrt(2 / 784)),
        ("default", 1 / math.sqrt(3 * 784)),
    ],
)
def test_each_initialisation_has_its_deviation(init: str, deviation: float) -> None:
    torch.manual_seed(0)
    first = linears(mlp.network(knobs(init=init)))[0]
    assert float(first.weight.detach().std()) == pytest.approx(deviation, rel=0.03)
    assert init == "default" or not first.bias.detach().any()


def test_each_optimizer_is_pytorchs_own() -> None:
    net = mlp.network(knobs())
    for name, kind in {
        "gd": torch.optim.SGD,
        "sgd": torch.optim.SGD,
        "momentum": torch.optim.SGD,
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
    }.items():
        optimizer = mlp.optimizer_of(net, knobs(optimizer=name, lr=0.02, weight_decay=0.1))
        assert type(optimizer) is kind
        group = optimizer.param_groups[0]
        assert (group["lr"], group["weight_decay"]) == (0.02, 0.1)
        assert group.get("momentum", 0) == (0.9 if name == "momentum" else 0)


def test_the_five_calls_can_be_read_in_the_file_that_the_run_names() -> None:
    source = inspect.getsource(mlp.train)
    calls = ["optimizer.zero_grad()", "net(images)", "loss_of(scores, labels)", "loss.backward()"]
    places = [source.index(call) for call in [*calls, "optimizer.step()"]]
    assert places == sorted(places)


def test_a_device_that_is_not_there_is_one_sentence() -> None:
    assert device_of("cpu").type == "cpu"
    missing = "mps" if not torch.backends.mps.is_available() else "cuda"
    with pytest.raises(RecipeError, match=f"device={missing}: PyTorch finds no such device here; there is cpu"):
        device_of(missing)


def test_a_whole_run_says_everything_in_order(home: Path) -> None:
    folder = make_run(home, batch=64, epochs=2, hidden="128", lr=0.1)
    result = try_run(folder)
    events = events_of(folder)
    assert [event.epoch for event in of(Evaluated, events)] == [0, 1, 2]
    assert list(losses_of(events)) == list(range(1, 251))
    planned = of(Planned, events)[0]
    assert (planned.updates, planned.updates_per_epoch, planned.parameters) == (250, 125, 101_770)
    assert (planned.shape, planned.source, planned.device) == ("784-128-10", "worker/mlp.py", "cpu")
    assert planned.examples == {"train": 8000, "validation": 1000, "test": 1000}
    assert (Path(mlp.__file__).parent.parent / planned.source).samefile(mlp.__file__)
    first, last = of(Evaluated, events)[0], of(Evaluated, events)[-1]
    assert abs(first.val_loss - planned.chance_loss) < 0.15
    assert abs(losses_of(events)[1] - planned.chance_loss) < 0.3
    assert last.val_accuracy > 0.85
    assert sum(map(sum, last.confusion)) == 1000
    assert sum(last.confusion[d][d] for d in range(10)) == round(last.val_accuracy * 1000)
    tests = of(Examined, events)
    assert len(tests) == 1
    assert events.index(tests[0]) > events.index(last)
    assert isinstance(events[-1], Ended)
    assert of(Saved, events)[0].update == 0
    assert of(Acknowledged, events)[0].pace == 0.0
    assert (result.state, result.update, result.epochs) == ("finished", 250, 2)
    assert (result.test_accuracy, result.val_loss) == (tests[0].accuracy, last.val_loss)
    assert folder.result() == result


def test_the_arrays_of_an_epoch_are_the_weights_and_the_worst_misread_digits(home: Path) -> None:
    from engine.worker.data import images

    folder = make_run(home, epochs=1)
    try_run(folder)
    last = of(Evaluated, events_of(folder))[-1]
    arrays = load_file(folder.arrays / last.arrays)
    assert arrays["weights"].shape == (16, 28, 28)
    assert arrays["worst"].dtype == torch.uint8
    validation = images("digits", home / "cache", scale="raw").validation
    assert len(last.worst) == len(arrays["worst"]) == 12
    for miss, picture in zip(last.worst, arrays["worst"], strict=True):
        assert torch.equal(picture, validation.pixels[miss.index])
        assert miss.truth == int(validation.labels[miss.index]) != miss.guess
    best = load_file(folder.checkpoints / "best.safetensors")
    assert torch.equal(best["net.0.weight"].reshape(-1, 28, 28), arrays["weights"])


def test_a_long_run_keeps_arrays_of_some_epochs_only() -> None:
    assert all(keeps_arrays(epoch, 200) for epoch in range(201))
    kept = [epoch for epoch in range(402) if keeps_arrays(epoch, 401)]
    assert kept == [*range(0, 400, 3), 401]
    assert len(kept) < 210


def test_gradient_descent_makes_one_update_an_epoch_and_never_rises_at_a_small_rate(home: Path) -> None:
    folder = make_run(home, optimizer="gd", epochs=5, lr=0.05)
    try_run(folder)
    events = events_of(folder)
    losses = list(losses_of(events).values())
    assert len(losses) == 5
    assert losses == sorted(losses, reverse=True)
    evaluations = evaluations_of(events)
    assert losses[3] == pytest.approx(evaluations[3].train_loss, rel=1e-4)


def test_a_schedule_reaches_the_optimizer_and_the_stream(home: Path) -> None:
    folder = make_run(home, schedule="linear", epochs=1, lr=0.8)
    try_run(folder)
    rates = [rate for block in of(Updated, events_of(folder)) for rate in block.rates]
    assert rates == pytest.approx([0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1])


def test_a_rate_of_zero_changes_nothing(home: Path) -> None:
    folder = make_run(home, lr=0)
    try_run(folder)
    evaluations = evaluations_of(events_of(folder))
    assert evaluations[0].val_loss == evaluations[2].val_loss


def test_zero_weights_learn_nothing_but_the_frequencies(home: Path) -> None:
    folder = make_run(home, init="zeros", lr=0.5)
    try_run(folder)
    evaluations = evaluations_of(events_of(folder))
    assert evaluations[0].train_loss == pytest.approx(math.log(10), abs=1e-5)
    assert evaluations[2].val_accuracy < 0.2


def test_without_zero_grad_the_gradients_pile_up(home: Path) -> None:
    norms = {}
    for fault in (True, False):
        folder = make_run(home, zero_grad=fault, lr=0.0, epochs=1)
        try_run(folder)
        norms[fault] = [norm for block in of(Updated, events_of(folder)) for norm in block.norms]
    assert norms[False][0] == pytest.approx(norms[True][0])
    assert norms[False][7] > 5 * norms[True][7]


def test_softmax_twice_can_not_get_below_its_floor(home: Path) -> None:
    folder = make_run(home, double_softmax=True, epochs=3, lr=1.0)
    try_run(folder)
    evaluations = evaluations_of(events_of(folder))
    floor = -math.log(math.e / (math.e + 9))
    assert evaluations[0].train_loss == pytest.approx(math.log(10), abs=0.02)
    assert all(evaluation.train_loss > floor for evaluation in evaluations.values())


def test_random_labels_teach_nothing_that_holds(home: Path) -> None:
    folder = make_run(home, labels="random", lr=0.1, epochs=3)
    try_run(folder)
    assert evaluations_of(events_of(folder))[3].val_accuracy < 0.25


def test_dropout_is_off_in_evaluation_unless_eval_mode_is_forgotten(home: Path) -> None:
    found = {}
    for fault in (True, False):
        folder = make_run(home, dropout=0.5, eval_mode=fault, lr=0.1, batch=200, hidden="64")
        try_run(folder)
        events = events_of(folder)
        found[fault] = (evaluations_of(events)[2], losses_of(events))
    assert found[True][1] == found[False][1]  # how it is measured does not change how it learns
    assert found[True][0].val_loss < found[False][0].val_loss - 0.05


def test_a_rate_that_explodes_ends_in_nan_and_the_run_goes_on(home: Path) -> None:
    folder = make_run(home, scale="raw", lr=1000, activation="identity", epochs=1)
    result = try_run(folder)
    events = events_of(folder)
    assert result.state == "finished"
    assert math.isnan(list(losses_of(events).values())[-1])
    assert result.val_loss is not None
    assert math.isnan(result.val_loss)
    saved = folder.result()
    assert saved is not None
    assert math.isnan(saved.val_loss or 0.0)


def test_the_same_seed_gives_the_same_run_and_another_seed_another(home: Path) -> None:
    runs = [make_run(home, seed=seed, dropout=0.1) for seed in (1, 1, 2)]
    for folder in runs:
        try_run(folder)
    first, same, other = (losses_of(events_of(folder)) for folder in runs)
    assert first == same
    assert first != other
