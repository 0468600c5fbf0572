"""The command line without a worker: what it answers, and what it says to wrong words."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from content.memory.record import open_record
from tests.clock import MOMENT
from tests.content.test_record import Clock, answer
from tests.fakes import scripted_run
from tui.__main__ import main

CONTRACT = {
    *("id", "kind", "state", "recipe", "updates", "epochs", "train_loss", "val_loss", "val_accuracy"),
    *("test_loss", "test_accuracy", "seconds", "folder"),
}


class Said(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    error: str

    @property
    def json(self) -> Any:
        """The answer as data; it is one line."""
        (line,) = self.out.splitlines()
        return json.loads(line)


Say = Callable[..., Said]


@pytest.fixture
def say(home: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return what runs a command on the home, in this process."""

    def run(*words: str) -> Said:
        try:
            status = main(["--home", str(home), *words])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        captured = capsys.readouterr()
        return Said(status, captured.out, captured.err)

    return run


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["train", "mlp", "--set", "learning_rate=1"], ["learning_rate", "lr"]),
        (["train", "mlp", "--set", "epohs=1"], ["epohs", "epochs"]),
        (["train", "mlp", "--set", "lr=-1"], ["lr=-1", "0", "1,000"]),
        (["train", "mlp", "--set", "batch=many"], ["batch=many", "1", "60,000"]),
        (["train", "mlp", "--set", "optimizer=adamm"], ["optimizer=adamm", "adam", "sgd"]),
        (["train", "mlp", "--set", "lr"], ["--set lr", "KNOB=VALUE"]),
        (["train", "mlp", "--preset", "nothing"], ["nothing", "zero-grad-off"]),
        (["train", "perceptron"], ["perceptron", "mlp"]),
    ],
)
def test_wrong_words_are_one_sentence_and_status_2(say: Say, home: Path, words: list[str], told: list[str]) -> None:
    """The sentence names the field, the value, and what is possible instead; nothing is started."""
    said = say(*words)
    assert said.status == 2
    assert said.out == ""
    assert len(said.error.splitlines()) == 1
    assert all(word in said.error for word in told), said.error
    assert not list((home / "runs").glob("*"))


def test_without_a_terminal_the_app_is_one_sentence_and_status_1(say: Say, home: Path) -> None:
    """It failed, though the words were right."""
    said = say("watch", "7f3a")
    assert (said.status, said.out) == (1, "")
    assert len(said.error.splitlines()) == 1


def test_in_json_an_error_is_json_too(say: Say) -> None:
    """A program reads code, sentence and details; a human reads the same sentence."""
    said = say("train", "mlp", "--set", "lr=-1", "--json")
    assert said.status == 2
    error = said.json["error"]
    assert error["code"] == "knob-float"
    assert error["details"]["field"] == "lr"
    assert error["sentence"] in said.error


@pytest.mark.parametrize("verb", ["show", "pause", "resume", "stop"])
def test_a_run_that_is_not_there_is_one_sentence_with_the_nearest_name(say: Say, home: Path, verb: str) -> None:
    """A typing mistake in a run's name is met with the run that was meant."""
    scripted_run(home, token="7f3a")
    said = say(verb, "7f3b")
    assert (said.status, said.out) == (1, "")
    assert "7f3b" in said.error
    assert "mlp-7f3a" in said.error
    assert len(said.error.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [["train"], ["show"], ["walk"], ["train", "mlp", "--colour"], ["course"], ["pause"], ["runs", "all"]],
)
def test_wrong_words_are_status_2(say: Say, words: list[str]) -> None:
    """argparse's own usage line and one sentence, on standard error."""
    said = say(*words)
    assert said.status == 2
    assert said.out == ""
    assert "learncurve" in said.error


def test_show_answers_the_contract(say: Say, home: Path) -> None:
    """One JSON object with the figures of a finished run; every knob is in its recipe."""
    folder = scripted_run(home, token="7f3a", title="first try")
    said = say("show", "7f3a", "--json")
    assert said.status == 0
    shown = said.json
    assert set(shown) >= CONTRACT | {"version"}
    assert shown["id"] == folder.id
    assert shown["folder"] == str(folder.path)
    assert (shown["kind"], shown["state"], shown["updates"], shown["epochs"]) == ("mlp", "finished", 1250, 10)
    assert {"hidden", "lr", "batch", "optimizer", "pace", "zero_grad", "labels"} <= set(shown["recipe"])
    assert 0 < shown["test_accuracy"] <= 1


def test_runs_are_listed_newest_first(say: Say, home: Path) -> None:
    """The list has the same keys as a run that is shown alone, and says what is broken instead of failing."""
    for token, minutes in (("00aa", 0), ("00bb", 5), ("00cc", 2)):
        scripted_run(home, token=token, moment=MOMENT + timedelta(minutes=minutes))
    broken = scripted_run(home, token="00dd", moment=MOMENT + timedelta(minutes=1))
    broken.recipe_file.write_text("{")
    listed = say("runs", "--json").json
    assert [run["id"][-4:] for run in listed] == ["00bb", "00cc", "00dd", "00aa"]
    assert [run["state"] for run in listed] == ["finished", "finished", "broken", "finished"]
    assert all(set(run) >= CONTRACT for run in listed if run["state"] != "broken")
    assert "00dd" in listed[2]["reason"]
    assert len(say("runs").out.splitlines()) == 4


@pytest.mark.parametrize(("verb", "done"), [("pause", "finished"), ("stop", "stopped"), ("resume", "finished")])
def test_a_run_that_is_over_cannot_be_steered(say: Say, home: Path, verb: str, done: str) -> None:
    """One sentence names the run and its state."""
    folder = scripted_run(home, state=done)
    said = say(verb, folder.id, "--json")
    assert said.status == 1
    assert said.json["error"]["details"]["run"] == folder.id
    assert folder.id in said.error


def test_checking_the_course_answers_errors_and_counts(say: Say) -> None:
    """The course that comes with the program has no fault, and both languages count the same."""
    said = say("course", "check", "--json")
    assert said.status == 0, said.out[:2000]
    assert said.json["errors"] == []
    counts = said.json["counts"]
    assert counts["sections"]["1.4.1"] >= 8
    assert counts["languages"]["en"] == counts["languages"]["zh"] == sum(counts["types"].values())


def test_without_any_run_the_list_invites(say: Say) -> None:
    """An empty list is no error."""
    assert say("runs", "--json").json == []
    assert "learncurve train mlp" in say("runs").out


def test_due_is_a_number_for_a_prompt_and_makes_no_folder(say: Say, home: Path) -> None:
    """Nothing answered: 0. A month after an answer: 1; a question that the course no longer has does not count."""
    assert say("due").out == "0\n"
    assert not (home / "record.sqlite").exists()
    clock = Clock()
    clock.now = datetime.now(UTC) - timedelta(days=30)
    home.mkdir(exist_ok=True)
    record = open_record(home / "record.sqlite", clock=clock).record
    for item in ("ce-start", "gone-since"):
        record.save(msgspec.structs.replace(answer(item, right=False), course="large-models"))
    record.close()
    assert say("due").out == "1\n"
    figures = say("due", "--json").json
    assert (figures["due"], figures["seen"], figures["course"]) == (1, 1, "large-models")
    assert 0 < figures["recall"] < 1


def test_a_course_that_is_not_there_is_named_with_its_folder(say: Say, tmp_path: Path) -> None:
    """`course.yaml` alone would not say where it was looked for."""
    said = say("--course", str(tmp_path / "nowhere"), "due")
    assert said.status == 1
    assert f"{tmp_path / 'nowhere'}/course.yaml" in said.error
    assert len(said.error.splitlines()) == 1
