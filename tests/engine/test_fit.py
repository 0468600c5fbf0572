"""FSRS's parameters are fitted to reviews, by a process of its own; what is worse than FSRS's own is not taken."""

from __future__ import annotations

import math
import os
import signal
import time
from pathlib import Path

import msgspec
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from engine.errors import RunError
from engine.fitting.fitting import Fitting
from engine.fitting.reviews import LEAST, LONGEST, Fit, Reviews, histories, usable
from engine.worker import fit as worker
from engine.worker.fit import fit, log_loss, sample
from tests.engine.simulated_reviews import LONG, SHORT, memory, simulated

START = 738_000
"""A day."""


def quiet(_doing: str, _what: str) -> None:
    """Say nothing."""


def test_a_review_is_usable_from_a_cards_second_day_on_up_to_the_sixty_fourth() -> None:
    """As FSRS's optimiser counts, which returns its own parameters in silence where there are too few."""
    from fsrs import Rating, ReviewLog
    from fsrs.optimizer import Optimizer, max_seq_len, mini_batch_size

    assert (mini_batch_size, max_seq_len) == (LEAST, LONGEST)
    history = [(1, START + day, 3) for day in range(80)]
    assert usable(history) == 63
    assert usable([(2, START, 1), (3, START, 1)]) == 0
    cards = [(card, START + day, 3) for card in range(128) for day in range(5)]
    assert usable(cards) == LEAST
    logs = [ReviewLog(card, Rating(rating), worker._noon(day), None) for card, day, rating in cards[:-1]]
    assert usable(cards[:-1]) == LEAST - 1
    assert Optimizer(logs).compute_optimal_parameters() == list(DEFAULT_PARAMETERS)


def test_the_loss_is_what_the_formula_says() -> None:
    """Worked out by hand: a first "good" lasts p2 days, and memory fades by the power law."""
    decay, lasts = DEFAULT_PARAMETERS[20], DEFAULT_PARAMETERS[2]
    recall = (1 + (0.9 ** (-1 / decay) - 1) * 5 / lasts) ** -decay
    right, wrong = [(1, START, 3), (1, START + 5, 3)], [(2, START, 3), (2, START + 5, 1)]
    assert log_loss(DEFAULT_PARAMETERS, [right]) == pytest.approx(-math.log(recall))
    assert log_loss(DEFAULT_PARAMETERS, [wrong]) == pytest.approx(-math.log(1 - recall))
    assert log_loss(DEFAULT_PARAMETERS, [right, wrong]) == pytest.approx(-math.log(recall * (1 - recall)) / 2)


def test_of_very_many_reviews_whole_cards_are_drawn_the_same_ones_each_time() -> None:
    """A history that was cut would say that a question was new."""
    every = histories((card, START + day, 3) for card in range(50) for day in range(11))
    drawn = sample(every, 95, 1)
    assert len(drawn) == 10
    assert all(drawn[card] == every[card] for card in drawn)
    assert drawn == sample(every, 95, 1)
    assert drawn.keys() != sample(every, 95, 2).keys()
    assert sample(every, 10_000, 1).keys() == every.keys()


@pytest.mark.torch
@pytest.mark.parametrize("truth", [SHORT, LONG])
def test_a_fit_explains_the_reviews_no_worse_than_the_defaults(truth: tuple[float, ...]) -> None:
    """And better, where the learner's memory is another one; the same reviews give the same parameters."""
    reviews = simulated(truth, cards=60, each=10, seed=3)
    assert usable(reviews) >= LEAST
    said: list[str] = []
    found = fit(Reviews(reviews=reviews), lambda _, what: said.append(what))
    every = histories(reviews).values()
    assert found.before == pytest.approx(log_loss(DEFAULT_PARAMETERS, every))
    assert found.after == pytest.approx(log_loss(found.parameters, every))
    assert found.after < found.before - 0.01
    assert found.better
    assert (found.used, found.reviews) == (usable(reviews), usable(reviews))
    assert said == ["torch", "0/5", "1/5", "2/5", "3/5", "4/5", "5/5"]
    for low, number, high in zip(LOWER_BOUNDS_PARAMETERS, found.parameters, UPPER_BOUNDS_PARAMETERS, strict=True):
        assert low <= number <= high
    # what was learned holds for reviews that were not seen
    later = histories(simulated(truth, cards=60, each=10, seed=4)).values()
    assert log_loss(found.parameters, later) < log_loss(DEFAULT_PARAMETERS, later)


@pytest.mark.parametrize("worse", [SHORT, LONG])
def test_what_is_worse_than_the_defaults_is_not_returned(
    monkeypatch: pytest.MonkeyPatch, worse: tuple[float, ...]
) -> None:
    """Whatever the optimiser says."""
    monkeypatch.setattr(worker, "optimised", lambda drawn, say: worse)
    reviews = simulated(memory(), cards=60, each=10, seed=5)
    found = fit(Reviews(reviews=reviews), quiet)
    assert found.parameters == DEFAULT_PARAMETERS
    assert not found.better
    fitted = fit(Reviews(reviews=reviews, parameters=worse), quiet)  # the present ones are the worse ones
    assert fitted.better
    assert fitted.before == pytest.approx(log_loss(worse, histories(reviews).values()))


@pytest.mark.torch
def test_the_process_takes_a_file_and_leaves_one() -> None:
    """It says how far it is, and its parameters are such as the schedule can use."""
    fitting = Fitting(Reviews(reviews=simulated(LONG, cards=60, each=10, seed=3)))
    found = fitting.wait()
    assert found.better
    assert (fitting.now.doing, fitting.now.what) == ("fitting", "5/5")
    assert not Path(fitting._folder.name).exists()


def test_too_few_reviews_are_told_before_anything_is_started() -> None:
    """With how many there are, and how many it takes."""
    with pytest.raises(RunError) as told:
        Fitting(Reviews(reviews=simulated(LONG, cards=5, each=10, seed=3)))
    assert told.value.code == "fit-few"
    assert told.value.sentence.startswith("45 reviews can be used, 512 are needed")


@pytest.mark.torch
def test_without_the_optimisers_packages_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that lacks pandas."""
    (tmp_path / "pandas").mkdir()
    (tmp_path / "pandas" / "__init__.py").write_text("raise ImportError('no pandas here')\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", os.getcwd())]))
    fitting = Fitting(Reviews(reviews=simulated(LONG, cards=60, each=10, seed=3)))
    with pytest.raises(RunError) as told:
        fitting.wait()
    assert told.value.code == "fit-failed"
    assert "fsrs[optimizer]" in told.value.sentence


def ended(fitting: Fitting, seconds: float = 60) -> int:
    end = time.monotonic() + seconds
    while (status := fitting._process.poll()) is None:
        assert time.monotonic() < end
    return status


def test_it_is_ended_with_its_files() -> None:
    """Who quits leaves nothing behind."""
    fitting = Fitting(Reviews(reviews=simulated(LONG, cards=60, each=10, seed=3)))
    folder = Path(fitting._folder.name)
    assert (folder / "reviews.json").exists()
    fitting.stop()
    assert not folder.exists()
    assert ended(fitting) in (-signal.SIGTERM, 1)


@pytest.mark.parametrize("text", [b"{", b'{"format": 2, "reviews": []}', b'{"reviews": [[1, 2]]}', b""])
def test_a_file_that_makes_no_sense_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: bytes
) -> None:
    """Status 1, and the reason as a line."""
    monkeypatch.setattr(worker, "die_with", lambda *_: None)
    monkeypatch.setattr(worker, "step_back", lambda: None)
    (tmp_path / "reviews.json").write_bytes(text)
    assert worker.main([str(tmp_path / "reviews.json"), str(tmp_path / "fit.json")]) == 1
    assert msgspec.json.decode(capsys.readouterr().out)["failed"]
    assert not (tmp_path / "fit.json").exists()


def test_words_that_are_wrong_have_status_two() -> None:
    """It is never called by hand, but says how."""
    assert worker.main([]) == 2


def test_a_fit_is_better_only_where_it_is() -> None:
    """No gain is no reason to change every day of return."""
    same = Fit(parameters=(), before=0.4, after=0.4, reviews=600, used=600, seconds=1.0)
    assert not same.better
    assert msgspec.structs.replace(same, after=0.39).better
