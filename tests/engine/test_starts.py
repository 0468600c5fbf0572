"""What `start` means is found without torch, and what cannot be trained is refused before torch is loaded."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from engine import memory
from engine.errors import EngineError, RecipeError, RunError
from engine.model_folder import is_whole, missing
from engine.recipes import KINDS, Recipe, recipe
from engine.recipes.checks import check
from engine.recipes.shape import BASE, Shape
from engine.recipes.starting import is_hub_id, looks_like_run, nearest
from engine.runs import starts as found_starts
from engine.runs.folder import RunFolder
from engine.runs.starts import Start, newest_checkpoint, resolve
from engine.runs.store import Runs
from engine.worker import starts
from engine.worker.checkpoints import FACTS
from engine.worker.session import Session
from engine.worker.starts import prepare, require_memory
from engine.worker.stream import Stream
from tests.clock import MOMENT
from tests.hub_server import serving
from tests.tiny_bert import hub_files, write_model

GIGABYTE = 10**9


@pytest.fixture(autouse=True)
def _no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture
def pretrained(own_home: Path) -> RunFolder:
    return Runs(own_home).create(recipe(KINDS["pretrain"], {}), MOMENT, "7f3a")


@contextmanager
def session_for(home: Path, **wishes: Any) -> Iterator[Session]:
    made = recipe(KINDS["bert"], {"max_length": 16, "device": "cpu", **wishes})
    folder = Runs(home).create(made, MOMENT + timedelta(days=1), f"{time.monotonic_ns():x}")
    with Stream(folder.events_file) as stream:
        yield Session(folder, folder.recipe(), stream, threading.Event())


def checkpoint(run: RunFolder, update: int) -> Path:
    folder = write_model(run.checkpoints / f"{update:09d}")
    (folder / "optimizer.pt").write_bytes(b"1")
    (folder / FACTS).write_text(json.dumps({"update": update}))
    return folder


def prepared(home: Path, start: str, **wishes: Any) -> Start:
    with session_for(home, start=start, **wishes) as session:
        return prepare(session, start)


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


def test_a_run_that_goes_on_cannot_take_its_checkpoint_away(own_home: Path, pretrained: RunFolder) -> None:
    theirs = checkpoint(pretrained, 100)
    with session_for(own_home, start="7f3a") as session:
        start = prepare(session, "7f3a")
        for path in theirs.iterdir():
            path.unlink()
        assert start.path is not None
        assert start.path.parent == session.folder.path
        assert missing(start.path) == ()
        assert is_whole(start.path / "model.safetensors")
        assert not (start.path / "optimizer.pt").exists()
        assert (start.kind, start.name) == ("run", pretrained.id)
        checkpoint(pretrained, 200)
        assert prepare(session, "7f3a").path == start.path


def test_a_run_that_is_resumed_needs_its_start_no_more(own_home: Path) -> None:
    with session_for(own_home, start="user/gone") as session:
        with pytest.raises(RunError, match="HF_HUB_OFFLINE"):
            prepare(session, "user/gone")
        own = checkpoint(session.folder, 50)
        assert prepare(session, "user/gone") == Start("run", own, "user/gone")


def test_a_hub_model_is_fetched_into_a_folder(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE")
    with serving({"lea/tiny": hub_files()}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        start = prepared(own_home, "lea/tiny")
    assert (start.kind, start.name) == ("hub", "lea/tiny")
    assert start.path is not None
    assert missing(start.path) == ()


def test_texts_longer_than_a_model_reads_are_refused(own_home: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    assert prepared(own_home, str(model), max_length=32).path == model
    with pytest.raises(RecipeError, match=r"max_length=33: .* at most 32 tokens") as caught:
        prepared(own_home, str(model), max_length=33)
    assert (caught.value.code, caught.value.details["field"]) == ("start-length", "max_length")


def test_a_config_that_is_no_object_is_said(own_home: Path, tmp_path: Path) -> None:
    model = write_model(tmp_path / "model")
    (model / "config.json").write_text("[1]")
    with pytest.raises(RecipeError, match=r"config\.json makes no model") as caught:
        prepared(own_home, str(model))
    assert caught.value.code == "start-config-broken"


def test_a_model_that_does_not_fit_into_memory_is_refused(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = {"hidden_size": 768, "intermediate_size": 3_072, "num_hidden_layers": 12, "vocab_size": 30_522}
    model = write_model(tmp_path / "model", **base)
    monkeypatch.setattr(starts, "available_bytes", lambda: GIGABYTE)
    with pytest.raises(RunError, match=r"109 million parameters takes 1\.7 GB .* and 1\.0 GB of memory") as caught:
        prepared(own_home, str(model))
    assert caught.value.code == "start-memory"
    assert prepared(own_home, str(model), freeze="encoder").path == model
    with pytest.raises(RunError, match="start=scratch"):
        prepared(own_home, "scratch", hidden=1024, layers=24, heads=16)
    monkeypatch.setattr(starts, "available_bytes", lambda: 0)
    assert prepared(own_home, str(model)).path == model


def test_the_memory_of_bert_base_is_what_adam_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    base = Shape(*BASE, vocabulary=30_522, positions=512)
    monkeypatch.setattr(starts, "available_bytes", lambda: 109_483_778 * 16)
    require_memory("bert-base-uncased", {"device": "cpu"}, base)
    monkeypatch.setattr(starts, "available_bytes", lambda: 109_483_778 * 16 - 1)
    with pytest.raises(RunError):
        require_memory("bert-base-uncased", {"device": "cpu"}, base)
    require_memory("bert-base-uncased", {"device": "cuda"}, base)
    monkeypatch.setattr(starts, "available_bytes", lambda: 3_000_000_000)
    with pytest.raises(RunError):
        require_memory("bert-base-uncased", {"device": "cpu"}, base, copies=2)


def test_memory_is_counted_with_what_caches_would_give_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    (tmp_path / "meminfo").write_text("MemTotal: 9000 kB\nMemFree: 10 kB\nMemAvailable:  4000 kB\nHugePages_Total: 0\n")
    (tmp_path / "cgroup").write_text("0::/job/step\n")
    group = tmp_path / "groups" / "job"
    (group / "step").mkdir(parents=True)
    monkeypatch.setattr(memory, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(memory, "OWN_GROUP", tmp_path / "cgroup")
    monkeypatch.setattr(memory, "GROUPS", tmp_path / "groups")
    assert memory.available_bytes() == 4_096_000
    for place, limit in ((group, "3000000"), (group / "step", "max")):
        (place / "memory.max").write_text(limit)
        (place / "memory.current").write_text("2500000")
        (place / "memory.stat").write_text("anon 1\ninactive_file 400000\nactive_file 100000\n")
    assert memory.available_bytes() == 1_000_000
    (tmp_path / "cgroup").unlink()
    (tmp_path / "meminfo").unlink()
    assert memory.available_bytes() == 0


def test_memory_of_a_mac_is_what_its_kernel_says(monkeypatch: pytest.MonkeyPatch) -> None:
    said = subprocess.CompletedProcess([], 0, stdout="17179869184\n")
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: said)
    assert memory.available_bytes() == 17_179_869_184


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
