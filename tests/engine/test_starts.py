"""What `start` means is found without torch, and what means nothing is refused in one sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.errors import EngineError, RecipeError
from engine.model_folder import is_whole
from engine.recipes import KINDS, Recipe, recipe
from engine.recipes.checks import check
from engine.recipes.starting import is_hub_id, looks_like_run, nearest
from engine.runs import starts as found_starts
from engine.runs.folder import RunFolder
from engine.runs.starts import Start, newest_checkpoint, resolve
from engine.runs.store import Runs
from engine.worker.checkpoints import FACTS
from tests.clock import MOMENT
from tests.tiny_bert import write_model


@pytest.fixture(autouse=True)
def _no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def pretrained(own_home: Path) -> RunFolder:
    return Runs(own_home).create(recipe(KINDS["pretrain"], {}), MOMENT, "7f3a")


def checkpoint(run: RunFolder, update: int) -> Path:
    folder = write_model(run.checkpoints / f"{update:09d}")
    (folder / "optimizer.pt").write_bytes(b"1")
    (folder / FACTS).write_text(json.dumps({"update": update}))
    return folder


def test_scratch_and_shipped_are_words(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert resolve("scratch", own_home) == Start("scratch", None, "scratch")
    monkeypatch.setattr(found_starts, "WEIGHTS", tmp_path / "small-bert")
    with pytest.raises(RecipeError, match="start=scratch") as caught:
        resolve("shipped", own_home)
    assert caught.value.code == "start-shipped-missing"
    write_model(tmp_path / "small-bert")
    assert resolve("shipped", own_home) == Start("shipped", tmp_path / "small-bert", "shipped")


def test_a_folder_is_found_by_its_path(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = write_model(tmp_path / "mine" / "model")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for written in (str(model), "mine/model", "./mine/model", "~/mine/model"):
        assert resolve(written, own_home) == Start("folder", model, written)


def test_a_model_that_comes_with_its_recipe_is_no_run(own_home: Path, tmp_path: Path) -> None:
    """The shipped weights do; so does whatever was copied from them."""
    shipped = str(found_starts.WEIGHTS)
    assert resolve(shipped, own_home) == Start("folder", found_starts.WEIGHTS, shipped)
    copy = write_model(tmp_path / "copy")
    (copy / "recipe.json").write_bytes((found_starts.WEIGHTS / "recipe.json").read_bytes())
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(RecipeError, match="pickled") as caught:
        resolve(str(copy), own_home)
    assert caught.value.code == "start-pickle"


@pytest.mark.parametrize(("written", "why"), [("./gone", "is not there"), ("./notes.txt", "is a file")])
def test_a_path_that_leads_to_no_folder_is_said(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, why: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").touch()
    with pytest.raises(RecipeError, match=why) as caught:
        resolve(written, own_home)
    assert caught.value.code == "start-folder-missing"


@pytest.mark.parametrize(
    ("gone", "named"),
    [
        (["config.json"], "no config.json;"),
        (["vocab.txt", "model.safetensors"], "no tokenizer.json and no model.safetensors;"),
    ],
)
def test_a_folder_that_is_no_model_is_told_what_is_missing(
    own_home: Path, tmp_path: Path, gone: list[str], named: str
) -> None:
    model = write_model(tmp_path / "model")
    for name in gone:
        (model / name).unlink()
    with pytest.raises(RecipeError, match=named) as caught:
        resolve(str(model), own_home)
    assert caught.value.code == "start-folder-lacks"
    assert caught.value.details["field"] == "start"


def test_pickled_weights_are_refused_unopened(own_home: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    (model / "model.safetensors").unlink()
    (model / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(RecipeError, match=r"pickled \(pytorch_model\.bin\).*only safetensors") as caught:
        resolve(str(model), own_home)
    assert caught.value.code == "start-pickle"


@pytest.mark.parametrize("data", [b"", b"hello" * 99, b"\xff" * 99])
def test_weights_that_are_cut_off_or_no_safetensors_are_said(own_home: Path, tmp_path: Path, data: bytes) -> None:
    model = write_model(tmp_path / "model")
    whole = (model / "model.safetensors").read_bytes()
    assert is_whole(model / "model.safetensors")
    for broken in (data, whole[:-1], whole[: len(whole) // 2]):
        (model / "model.safetensors").write_bytes(broken)
        with pytest.raises(RecipeError, match="cut off") as caught:
            resolve(str(model), own_home)
        assert caught.value.code == "start-weights-broken"


def test_a_run_is_found_by_any_unique_form_of_its_id(own_home: Path, pretrained: RunFolder) -> None:
    model = write_model(pretrained.path / "model")
    for written in (pretrained.id, "7f3a", "pretrain-7f3a", pretrained.id[:8], str(pretrained.path)):
        assert resolve(written, own_home) == Start("run", model, pretrained.id)


def test_a_run_that_goes_on_gives_its_newest_whole_checkpoint(own_home: Path, pretrained: RunFolder) -> None:
    with pytest.raises(RecipeError, match="has saved no model yet") as caught:
        resolve("7f3a", own_home)
    assert caught.value.code == "start-run-empty"
    checkpoint(pretrained, 100)
    whole = checkpoint(pretrained, 200)
    (checkpoint(pretrained, 300) / FACTS).unlink()
    (checkpoint(pretrained, 400) / "model.safetensors").unlink()
    write_model(pretrained.checkpoints / "best")
    assert newest_checkpoint(pretrained.checkpoints) == whole
    assert resolve("7f3a", own_home) == Start("run", whole, pretrained.id, finished=False)


def test_a_run_without_a_bert_is_refused(own_home: Path) -> None:
    run = Runs(own_home).create(recipe(KINDS["mlp"], {}), MOMENT, "b00a")
    with pytest.raises(RecipeError, match=f"{run.id} is a run of the kind mlp") as caught:
        resolve("b00a", own_home)
    assert caught.value.code == "start-run-kind"


def test_two_runs_of_the_same_end_are_named(own_home: Path, pretrained: RunFolder) -> None:
    other = Runs(own_home).create(recipe(KINDS["bert"], {}), MOMENT + timedelta(hours=1), "7f3a")
    with pytest.raises(RecipeError, match="several runs") as caught:
        resolve("7f3a", own_home)
    assert other.id in caught.value.details["names"]


@pytest.mark.parametrize("written", ["bert-base-uncased", "hfl/chinese-bert-wwm", "gpt2", "a/b.c_d-e"])
def test_anything_else_may_be_a_model_on_the_hub(own_home: Path, written: str) -> None:
    assert resolve(written, own_home) == Start("hub", None, written)


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("shiped", "shipped"),
        ("Scratch", "scratch"),
        ("bert-base-uncase", "bert-base-uncased"),
        ("7f3b", "20261123-141502-pretrain-7f3a"),
        ("20261123-141502-pretrain-7f3", ""),
        ("a model of mine", ""),
        ("a/b/c", ""),
        ("-rf", ""),
        ("ends-in-.git", ""),
        ("名字", ""),
    ],
)
def test_what_means_nothing_is_refused_with_what_is_possible_and_what_is_near(
    own_home: Path, pretrained: RunFolder, written: str, near: str
) -> None:
    if written.startswith("20261123"):
        assert resolve_error(written[:-1] + "x", own_home).details["near"] == pretrained.id
        return
    error = resolve_error(written, own_home)
    assert error.code == "start-unknown"
    assert near in error.details["near"]
    assert "a folder such as ./model" in error.sentence


def resolve_error(written: str, home: Path) -> RecipeError:
    with pytest.raises(RecipeError) as caught:
        resolve(written, home)
    return caught.value


def test_names_are_told_apart_by_how_they_are_written() -> None:
    assert looks_like_run("7f3a")
    assert looks_like_run("20261123-141502")
    assert not looks_like_run("gpt2")
    assert not is_hub_id("user/..")
    assert not is_hub_id("a--b")
    assert nearest("distilroberta-base") == ""


def test_finding_a_start_loads_no_torch(own_home: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    code = (
        "import sys; from pathlib import Path; from engine.worker.starts import resolve, prepare; "
        "resolve(sys.argv[1], Path(sys.argv[2])); "
        "print({'torch', 'transformers', 'huggingface_hub', 'numpy'} & set(sys.modules))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(model), str(own_home)], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "set()"


def test_heads_must_divide_the_hidden_units_of_a_model_from_scratch() -> None:
    def of(kind: str, **wishes: Any) -> Recipe:
        return recipe(KINDS[kind], wishes)

    for wrong in (of("pretrain", heads=3), of("bert", start="scratch", hidden=100, heads=8)):
        with pytest.raises(RecipeError, match=r"heads=.*hidden=") as caught:
            check(wrong)
        assert caught.value.code == "recipe-heads"
        assert {caught.value.details["field"], caught.value.details["other"]} == {"heads", "hidden"}
    for right in (of("pretrain"), of("bert", start="scratch"), of("bert", heads=3), of("mlp")):
        check(right)


def test_every_error_of_a_start_has_a_code_and_one_line(own_home: Path) -> None:
    for written in ("shiped", "./gone", "no such thing", "7f3a"):
        with pytest.raises(EngineError) as caught:
            resolve(written, own_home)
        assert caught.value.code
        assert "\n" not in caught.value.sentence
