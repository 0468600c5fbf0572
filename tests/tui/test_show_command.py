"""`learncurve show RUN`: one run's figures as lines, in words that are true of its kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fake_bert import ScriptedPretrain
from tests.fakes import scripted_run
from tui.__main__ import main


def shown(capsys: pytest.CaptureFixture[str], run: str) -> dict[str, str]:
    """Return what `show` says of a run, by the names that it gives."""
    assert main(["show", run]) == 0
    lines = capsys.readouterr().out.splitlines()
    return dict(re.split(r" {2,}", line, maxsplit=1) for line in lines)


def test_knobs_are_spelled_as_set_takes_them(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Flags are true and false, not True and False; a small number is not rounded."""
    scripted_run(own_home, wishes={"zero_grad": False, "lr": 0.000123456789})
    knobs = dict(pair.split("=") for pair in shown(capsys, "7f3a")["knobs"].split())
    assert (knobs["zero_grad"], knobs["eval_mode"], knobs["lr"]) == ("false", "true", "0.000123456789")


def test_pre_training_counts_checks_and_not_epochs(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at every so many updates, which is far less than an epoch; other runs do count epochs."""
    run = ScriptedPretrain(own_home, updates=600, epochs=6, token="7f3a")
    run.attempt()
    run.plan()
    run.train(600)
    run.end()
    scripted_run(own_home, token="7f3b")
    said = shown(capsys, "7f3a")
    assert (said["checks"], said["planned checks"]) == ("6", "6")
    assert "epochs" not in said
    assert shown(capsys, "7f3b")["epochs"] == "10"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert shown(capsys, "7f3a")["检查次数"] == "6"


def test_the_folder_that_prepare_prints_names_the_run_too(
    own_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever starts it by torchrun has that folder in a variable; from beside it, its name is enough."""
    run = scripted_run(own_home)
    assert shown(capsys, str(run.path))["run"] == run.id
    assert shown(capsys, f"{run.path}/")["run"] == run.id
    monkeypatch.chdir(own_home / "runs")
    assert shown(capsys, "7f3a")["run"] == run.id
    monkeypatch.chdir(own_home)
    assert shown(capsys, f"runs/{run.id}")["run"] == run.id
