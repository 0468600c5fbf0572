"""A model of the hub: asked for politely, downloaded once, from where it was, and refused in one sentence."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.errors import EngineError, RecipeError, RunError
from engine.events import Downloading
from engine.hub import estimate
from engine.hub.estimate import download_estimate
from engine.hub.place import cache_folder, snapshot, storage
from engine.recipes import KINDS, recipe
from engine.runs.folder import RunFolder
from engine.runs.store import Runs
from engine.worker import hub as fetching
from engine.worker import hub_file
from engine.worker.hub import fetch
from engine.worker.session import Session, Stopped
from engine.worker.stream import Stream
from tests.engine.working import events_of, of, until
from tests.hub_server import COMMIT, Hub, serving
from tests.tiny_bert import hub_files

REPO = "lea/tiny-bert"
NEEDED = ["config.json", "model.safetensors", "tokenizer_config.json", "vocab.txt"]
PATIENCE_SECONDS = 1.0
"""What a busy machine may add to a deadline."""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HOME", "HUGGINGFACE_HUB_CACHE", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(fetching, "WAITS_SECONDS", (0.0, 0.0, 0.0))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving({REPO: hub_files(), "bert-base-tiny": hub_files()}) as server:
        monkeypatch.setenv("HF_ENDPOINT", f"{server.address}/")
        yield server


@contextmanager
def session_in(home: Path, stopping: threading.Event | None = None) -> Iterator[Session]:
    wishes = {"start": REPO, "max_length": 16}
    folder = Runs(home).create(recipe(KINDS["bert"], wishes), datetime.now(UTC), f"{time.monotonic_ns():x}")
    with Stream(folder.events_file) as stream:
        yield Session(folder, folder.recipe(), stream, stopping or threading.Event())


def accepts(config: dict[str, Any], weights: int) -> None:
    """Any model will do."""


def fetched(home: Path, repo: str = REPO) -> tuple[Path, RunFolder]:
    with session_in(home) as session:
        return fetch(session, repo, accepts), session.folder


@pytest.mark.parametrize("repo", [REPO, "bert-base-tiny"])
def test_a_model_arrives_whole_and_only_what_is_needed_of_it(hub: Hub, own_home: Path, repo: str) -> None:
    folder, run = fetched(own_home, repo)
    assert sorted(path.name for path in folder.iterdir()) == NEEDED
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {n: hub.repos[repo][n] for n in NEEDED}
    total = sum(len(hub.repos[repo][name]) for name in NEEDED)
    said = of(Downloading, events_of(run))
    assert {event.total_bytes for event in said} == {total}
    assert said[0].done_bytes == 0
    assert said[-1].done_bytes == total
    assert {event.what for event in said} == {repo}
    assert not list(storage(repo).rglob("*.incomplete"))


def test_config_and_tokenizer_come_before_the_weights(hub: Hub, own_home: Path) -> None:
    fetched(own_home)
    files = [path.rpartition("/")[2] for verb, path, _ in hub.asked if verb == "GET" and "/resolve/" in path]
    assert files[0] == "config.json"
    assert files[-1] == "model.safetensors"


def test_what_was_downloaded_needs_no_hub(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, _ = fetched(own_home)
    hub.asked.clear()
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert fetched(own_home)[0] == folder
    assert download_estimate(REPO).left_bytes == 0
    assert hub.asked == []


def test_the_cache_is_hugging_faces_own(hub: Hub, own_home: Path) -> None:
    from huggingface_hub import scan_cache_dir, snapshot_download, try_to_load_from_cache

    folder, _ = fetched(own_home)
    cache = str(cache_folder())
    assert snapshot_download(REPO, cache_dir=cache, local_files_only=True) == str(folder)
    assert try_to_load_from_cache(REPO, "vocab.txt", cache_dir=cache) == str(folder / "vocab.txt")
    (found,) = scan_cache_dir(cache).repos
    assert (found.repo_id, found.size_on_disk) == (REPO, sum(len(hub.repos[REPO][name]) for name in NEEDED))
    assert [revision.commit_hash for revision in found.revisions] == [COMMIT]


def test_what_another_program_put_into_the_cache_is_not_downloaded_again(hub: Hub, own_home: Path) -> None:
    from huggingface_hub import hf_hub_download

    for name in NEEDED:
        hf_hub_download(REPO, name, cache_dir=str(cache_folder()), endpoint=hub.address)
    hub.asked.clear()
    folder, _ = fetched(own_home)
    assert folder == snapshot(REPO)
    assert hub.asked == []


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"HF_HOME": "~/models"},
        {"XDG_CACHE_HOME": "/caches"},
        {"HUGGINGFACE_HUB_CACHE": "/old", "HF_HOME": "/home"},
        {"HF_HUB_CACHE": "$HOME/new", "HUGGINGFACE_HUB_CACHE": "/old"},
    ],
)
def test_the_cache_lies_where_hugging_face_looks(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    code = "from huggingface_hub import constants; print(constants.HF_HUB_CACHE)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert str(cache_folder()) == said.stdout.strip()


def test_a_line_that_breaks_is_taken_up_where_it_broke(hub: Hub, own_home: Path) -> None:
    hub.drops = [5_000, 3_000, 2_000]
    fetched(own_home)
    assert hub.gets("model.safetensors") == ["", "bytes=5000-", "bytes=8000-", "bytes=10000-"]


def test_a_line_that_keeps_breaking_is_one_sentence_and_a_later_attempt_goes_on(hub: Hub, own_home: Path) -> None:
    hub.drops = [5_000, 0, 0, 0, 0]
    with pytest.raises(RunError, match=r"broke off at 0\.0 of 0\.0 MB .*resume the run") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-broken-off"
    assert snapshot(REPO) is None
    hub.asked.clear()
    hub.drops = []
    estimated = download_estimate(REPO)
    assert estimated.total_bytes - estimated.left_bytes > 5_000
    folder, run = fetched(own_home)
    assert hub.gets("model.safetensors") == ["bytes=5000-"]
    assert hub.gets("vocab.txt") == []
    assert of(Downloading, events_of(run))[0].done_bytes > 5_000
    assert (folder / "model.safetensors").read_bytes() == hub.repos[REPO]["model.safetensors"]


def test_a_server_in_trouble_is_asked_again(hub: Hub, own_home: Path) -> None:
    hub.file_statuses = [503, 429, 500]
    fetched(own_home)
    assert len(hub.gets("config.json")) == 4


def test_a_server_that_cannot_go_on_sends_it_all_again(hub: Hub, own_home: Path) -> None:
    hub.drops = [5_000]
    hub.ignores_ranges = True
    folder, _ = fetched(own_home)
    assert (folder / "model.safetensors").read_bytes() == hub.repos[REPO]["model.safetensors"]


def test_leftovers_of_something_else_are_noticed_and_replaced(hub: Hub, own_home: Path) -> None:
    import hashlib

    data = hub.repos[REPO]["model.safetensors"]
    left = storage(REPO) / "blobs" / f"{hashlib.sha256(data).hexdigest()}.incomplete"
    left.parent.mkdir(parents=True)
    left.write_bytes(bytes(4_000))
    folder, _ = fetched(own_home)
    assert hub.gets("model.safetensors") == ["bytes=4000-", ""]
    assert (folder / "model.safetensors").read_bytes() == data


def test_what_arrives_damaged_twice_is_refused(hub: Hub, own_home: Path) -> None:
    hub.damage = True
    with pytest.raises(RunError, match=r"config\.json arrived damaged twice") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-damaged"
    assert not list(storage(REPO).rglob("*.incomplete"))


def test_a_download_that_stalls_can_be_stopped_at_once_and_keeps_what_arrived(hub: Hub, own_home: Path) -> None:
    hub.stall_after = 6_000
    stopping, stopped = threading.Event(), list[float]()

    def stop_once_some_arrived() -> None:
        until(lambda: any(path.stat().st_size == 6_000 for path in storage(REPO).rglob("*.incomplete")), "6,000 bytes")
        stopped.append(time.monotonic())
        stopping.set()

    threading.Thread(target=stop_once_some_arrived, daemon=True).start()
    with session_in(own_home, stopping) as session, pytest.raises(Stopped):
        fetch(session, REPO, accepts)
    assert time.monotonic() - stopped[0] < PATIENCE_SECONDS
    hub.stall_after = None
    fetched(own_home)
    assert hub.gets("model.safetensors") == ["", "bytes=6000-"]


def test_a_server_that_falls_silent_is_asked_again(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_file, "SILENCE_SECONDS", 0.1)
    hub.stall_after = 6_000
    fetched(own_home)
    assert hub.gets("model.safetensors") == ["", "bytes=6000-", "bytes=12000-", "bytes=18000-"]


def test_a_server_that_stays_silent_is_given_up(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_file, "SILENCE_SECONDS", 0.1)
    hub.stall_after = 0
    with pytest.raises(RunError, match="broke off"):
        fetched(own_home)
    assert hub.gets("model.safetensors") == ["", "", "", ""]


def test_while_another_program_downloads_the_same_file_one_waits(hub: Hub, own_home: Path) -> None:
    from huggingface_hub.utils import WeakFileLock  # type: ignore[attr-defined]

    blob = git_blob(hub)
    lock = cache_folder() / ".locks" / storage(REPO).name / f"{blob}.lock"
    lock.parent.mkdir(parents=True)
    stopping = threading.Event()
    with WeakFileLock(lock), session_in(own_home, stopping) as session:
        threading.Timer(0.2, stopping.set).start()
        with pytest.raises(Stopped):
            fetch(session, REPO, accepts)
    assert hub.gets("config.json") == []
    fetched(own_home)


def git_blob(hub: Hub) -> str:
    siblings = hub.listed(REPO)["siblings"]
    return str(next(sibling["blobId"] for sibling in siblings if sibling["rfilename"] == "config.json"))


def test_two_at_once_both_get_it(hub: Hub, own_home: Path) -> None:
    found: list[Path] = []
    threads = [threading.Thread(target=lambda: found.append(fetched(own_home)[0])) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 2
    assert len(hub.gets("model.safetensors")) == 1


def test_shards_are_taken_with_their_index(hub: Hub, own_home: Path) -> None:
    whole = hub.repos[REPO].pop("model.safetensors")
    names = ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"]
    index = {"metadata": {}, "weight_map": {"a": names[0], "b": names[1]}}
    hub.repos[REPO] |= {"model.safetensors.index.json": json.dumps(index).encode(), names[0]: whole, names[1]: whole}
    folder, _ = fetched(own_home)
    assert {"model.safetensors.index.json", *names} <= {path.name for path in folder.iterdir()}
    (folder / names[1]).unlink()
    assert snapshot(REPO) is None


def test_a_model_that_is_refused_by_its_config_costs_no_weights(hub: Hub, own_home: Path) -> None:
    def refuses(config: dict[str, Any], weights: int) -> None:
        raise RunError(f"{config['hidden_size']} {weights}")

    with session_in(own_home) as session, pytest.raises(RunError, match=r"16 2\d{4}"):
        fetch(session, REPO, refuses)
    assert hub.gets("model.safetensors") == []


def test_pickled_weights_are_refused_with_the_command_that_converts_them(hub: Hub, own_home: Path) -> None:
    del hub.repos[REPO]["model.safetensors"]
    with pytest.raises(RecipeError, match=r"pickled \(pytorch_model\.bin\).*save_pretrained") as caught:
        fetched(own_home)
    assert caught.value.code == "start-pickle"
    assert f"from_pretrained('{REPO}')" in caught.value.details["command"]
    assert hub.gets("config.json") == []


@pytest.mark.parametrize(
    ("gone", "named"), [(["config.json"], "config.json"), (["vocab.txt"], "tokenizer.json"), ([], "")]
)
def test_a_repository_that_is_no_model_is_told_what_is_missing(
    hub: Hub, own_home: Path, gone: list[str], named: str
) -> None:
    hub.repos[REPO] = {name: data for name, data in hub.repos[REPO].items() if name not in gone}
    if not gone:
        hub.repos[REPO], named = {"README.md": b"#"}, "model.safetensors"
    with pytest.raises(RecipeError, match=f"has no {named}") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-lacks"


@pytest.mark.parametrize(
    ("status", "reason", "code"),
    [
        (404, "", "hub-unknown"),
        (401, "", "hub-unknown"),
        (403, "", "hub-gated"),
        (401, "GatedRepo", "hub-gated"),
        (500, "", "hub-trouble"),
        (429, "", "hub-trouble"),
    ],
)
def test_a_refusal_is_one_sentence(hub: Hub, own_home: Path, status: int, reason: str, code: str) -> None:
    hub.status, hub.error_code = status, reason
    with pytest.raises(EngineError, match=f"start={REPO}") as caught:
        fetched(own_home)
    assert caught.value.code == code
    assert "\n" not in caught.value.sentence


def test_a_hub_that_talks_nonsense_is_one_sentence(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "listed", lambda repo: {"id": repo, "siblings": [{"rfilename": "model.safetensors"}]})
    with pytest.raises(EngineError):
        fetched(own_home)
    monkeypatch.setattr(hub, "listed", lambda repo: ["nothing"])
    with pytest.raises(RunError, match="cannot serve it now") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-trouble"


def test_without_a_network_it_is_said_within_the_deadline(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://lea:secret@127.0.0.1:{port}")
    with pytest.raises(RunError, match=r"did not answer within 1\.5 s.*start=shipped") as caught:
        fetched(own_home)
    assert f"HF_ENDPOINT=http://127.0.0.1:{port} is set" in caught.value.sentence
    assert "secret" not in caught.value.sentence


def test_a_hub_that_stays_silent_is_given_up_within_the_deadline(hub: Hub, own_home: Path) -> None:
    hub.silent = True
    began = time.monotonic()
    with pytest.raises(RunError, match=r"did not answer within 1\.5 s"):
        fetched(own_home)
    assert time.monotonic() - began < 1.5 + PATIENCE_SECONDS


def test_a_forbidden_network_is_said_without_asking_anybody(
    hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(RunError, match="HF_HUB_OFFLINE forbids") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-forbidden"
    assert hub.asked == []


def test_an_endpoint_that_is_no_address_is_said(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "mirror.example")
    with pytest.raises(RunError, match=r"HF_ENDPOINT=mirror\.example"):
        fetched(own_home)


def test_a_disk_without_room_is_said_before_anything_is_downloaded(
    hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "free_bytes", lambda: 1_000)
    with pytest.raises(RunError, match="MB are to be downloaded") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-disk"
    assert hub.gets("config.json") == []


def test_a_cache_that_cannot_be_written_is_one_sentence(
    hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(fetching, "point", forbidden)
    with pytest.raises(RunError, match=r"cannot be written \(Permission denied\)") as caught:
        fetched(own_home)
    assert caught.value.code == "hub-unwritable"


def test_an_estimate_counts_bytes_and_seconds(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    found = download_estimate(REPO)
    assert found.left_bytes == found.total_bytes == sum(len(hub.repos[REPO][name]) for name in NEEDED)
    assert found.free_bytes > 0
    big = estimate.DownloadEstimate("bert-base-uncased", 440_000_000, 440_000_000, 1)
    assert big.seconds() == pytest.approx(35.2)
    assert big.seconds(10) == pytest.approx(352)


def test_links_that_cannot_be_made_are_no_obstacle(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refused)
    folder, _ = fetched(own_home)
    assert not (folder / "model.safetensors").is_symlink()
    hub.asked.clear()
    assert fetched(own_home)[0] == folder
    assert hub.asked == []
