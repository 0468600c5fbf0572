"""The schedule that a form shows is Trainer's."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine.recipes.schedule import outlasts, peak, rate_at, warmup_updates

RUNS = [(225, 500), (1_350, 500), (189, 0.1), (300, 0.1), (7, 0), (1, 0.5), (10, 1), (4, 4), (50, 1.7)]


@pytest.mark.torch
@pytest.mark.parametrize(("updates", "warmup"), RUNS)
def test_every_update_has_the_rate_that_transformers_gives_it(updates: int, warmup: float) -> None:
    """Held against TrainingArguments and get_linear_schedule_with_warmup, bit for bit."""
    import torch
    from transformers import TrainingArguments, get_linear_schedule_with_warmup

    rising = TrainingArguments.get_warmup_steps(SimpleNamespace(warmup_steps=warmup), updates)  # type: ignore[arg-type]
    assert warmup_updates(warmup, updates) == rising
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=5e-5)
    schedule = get_linear_schedule_with_warmup(optimizer, rising, updates)  # type: ignore[no-untyped-call]
    for update in range(1, updates + 1):
        assert rate_at(update, updates, 5e-5, warmup) == schedule.get_last_lr()[0], update
        optimizer.step()
        schedule.step()


def test_the_peak_is_the_highest_rate_of_all_updates() -> None:
    """Wherever it lies."""
    for updates, warmup in RUNS:
        rates = [rate_at(update, updates, 1e-3, warmup) for update in range(1, updates + 1)]
        at, highest = peak(updates, 1e-3, warmup)
        assert (highest, rates[at - 1]) == (max(rates), max(rates)), (updates, warmup)


def test_a_warm_up_that_outlasts_the_run_never_reaches_its_rate() -> None:
    """The article's 500 updates against a run of 225."""
    assert outlasts(225, 500)
    assert peak(225, 5e-5, 500)[1] == pytest.approx(2.24e-5)
    assert outlasts(500, 500)
    assert not outlasts(501, 500)
    assert outlasts(1, 0.5)
    assert peak(1, 1e-3, 0.5) == (1, 0)
    assert not outlasts(0, 500)
