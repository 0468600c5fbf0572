"""A model of the hub arrives once, whole, checked, and from where it was when the line broke."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RunError
from engine.events import Downloading
from engine.hub.estimate import download_estimate
from engine.hub.place import cache_folder, snapshot, storage
from engine.worker import hub_file
from engine.worker.hub import fetch
from engine.worker.session import Stopped
from tests.engine.fetching import NEEDED, PATIENCE_SECONDS, REPO, accepts, fetched, own_cache, session_in
from tests.engine.working import events_of, of, until
from tests.hub_server import COMMIT, Hub, serving
from tests.tiny_bert import hub_files


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_cache(tmp_path / "hub", monkeypatch)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with serving({REPO: hub_files(), "bert-base-tiny": hub_files()}) as server:
        monkeypatch.setenv("HF_ENDPOINT", f"{server.address}/")
        yield server


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
    monkeypatch.setattr(hub_file, "SILENCE_SECONDS", 0.5)
    hub.stall_after = 6_000
    fetched(own_home)
    assert hub.gets("model.safetensors") == ["", "bytes=6000-", "bytes=12000-", "bytes=18000-"]


def test_a_server_that_stays_silent_is_given_up(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_file, "SILENCE_SECONDS", 0.5)
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
    siblings = hub.listed(REPO, hub.repos[REPO])["siblings"]
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


def test_links_that_cannot_be_made_are_no_obstacle(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "symlink_to", refused)
    folder, _ = fetched(own_home)
    assert not (folder / "model.safetensors").is_symlink()
    hub.asked.clear()
    assert fetched(own_home)[0] == folder
    assert hub.asked == []
