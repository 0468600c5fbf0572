"""A data set of the hub arrives as a model does: counted, checked, from where it was when the line broke."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow
import pytest
from pyarrow.parquet import write_table

from engine.errors import RunError
from engine.events import Downloading
from engine.hub.listing import data_listing
from engine.hub.place import cache_folder
from engine.worker import transfer
from engine.worker.transfer import bring
from tests.engine.fetching import own_cache, session_in
from tests.engine.working import events_of, of
from tests.hub_server import COMMIT, Hub, serving

ROOT = Path(__file__).parent.parent.parent
SET = "lea/pets"
TRAIN, CHECK = "data/train-00000-of-00001.parquet", "data/test-00000-of-00001.parquet"

TRAIN_ON_IT = """
import json, os, sys
from pathlib import Path
from engine.errors import EngineError
from engine.events import Downloading, Loading
from engine.worker import transfer
from engine.worker.texts import fetch_texts, texts
from tests.engine.fetching import session_in
from tests.engine.working import events_of, of
transfer.WAITS_SECONDS = (0.0, 0.0, 0.0)
home = Path(sys.argv[1])
for name in sys.argv[2:]:
    with session_in(home) as session:
        try:
            fetch_texts(session, name)
            found = texts(name, cache=home / "cache")
            said = {"parts": [len(found.train), len(found.validation), len(found.test)]}
        except EngineError as error:
            said = {"code": error.code, "sentence": error.sentence}
    events = events_of(session.folder)
    said["bytes"] = [[event.what, event.done_bytes, event.total_bytes] for event in of(Downloading, events)]
    print(json.dumps(said))
"""


def rows(count: int, begin: str) -> bytes:
    """Return a file that no compression makes small."""
    texts = [f"{begin} {n} {os.urandom(40).hex()}" for n in range(count)]
    place = io.BytesIO()
    write_table(pyarrow.table({"text": texts, "label": [("cat", "dog")[n % 2] for n in range(count)]}), place)
    return place.getvalue()


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    own_cache(tmp_path / "hub", monkeypatch)
    with serving(sets={SET: {TRAIN: rows(200, "learn"), CHECK: rows(60, "check"), "notes.md": b"# Pets"}}) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.address)
        yield server


def test_size_and_checksum_of_the_files_that_are_named_are_known_before_they_come(hub: Hub) -> None:
    """A large file is checked by sha256, a small one by git's sha1; whatever is not there is left out."""
    listed = data_listing(SET, COMMIT, [TRAIN, "notes.md", "gone.csv"])
    assert {file.name: file.size for file in listed.files} == {TRAIN: len(hub.sets[SET][TRAIN]), "notes.md": 6}
    assert {file.name: len(file.blob) for file in listed.files} == {TRAIN: 64, "notes.md": 40}
    assert listed.folder == cache_folder() / "datasets--lea--pets"


def test_a_line_that_keeps_breaking_is_one_sentence_and_a_later_attempt_goes_on(hub: Hub, own_home: Path) -> None:
    hub.drops = [5_000, 0, 0, 0, 0]
    listed = data_listing(SET, COMMIT, [TRAIN])
    with session_in(own_home) as session, pytest.raises(RunError, match=r"^data=lea/pets: .*broke off") as caught:
        bring(session, listed)
    assert (caught.value.code, caught.value.details["field"]) == ("hub-broken-off", "data")
    hub.drops = []
    hub.asked.clear()
    with session_in(own_home) as session:
        bring(session, listed)
    assert hub.gets(TRAIN) == ["bytes=5000-"]
    assert listed.pointer(listed.files[0]).read_bytes() == hub.sets[SET][TRAIN]
    said = of(Downloading, events_of(session.folder))
    assert (said[0].done_bytes, said[-1].done_bytes) == (5_000, len(hub.sets[SET][TRAIN]))


@pytest.mark.parametrize(("status", "code"), [(403, "hub-gated"), (404, "hub-trouble"), (418, "hub-trouble")])
def test_a_refused_file_is_one_sentence_of_the_data(hub: Hub, own_home: Path, status: int, code: str) -> None:
    listed = data_listing(SET, COMMIT, [TRAIN])
    hub.file_statuses = [status]
    with session_in(own_home) as session, pytest.raises(RunError, match=r"^data=lea/pets: ") as caught:
        bring(session, listed)
    assert caught.value.code == code
    assert "shipped" not in caught.value.sentence


def test_no_room_is_said_before_anything_comes(hub: Hub, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "free_bytes", lambda: 1_000)
    listed = data_listing(SET, COMMIT, [TRAIN])
    with session_in(own_home) as session, pytest.raises(RunError, match=r"^data=lea/pets: .*HF_HUB_CACHE"):
        bring(session, listed)
    assert hub.gets(TRAIN) == []


def test_what_answers_in_the_hubs_place_is_one_sentence(own_home: Path, tmp_path: Path) -> None:
    """A proxy that knows no such page; nothing is said of folders that nobody asked for."""
    own = {"HF_HOME": str(tmp_path / "hf"), "PYTHONPATH": str(ROOT)}
    with serving() as server:
        server.is_a_stranger = True
        asked = [sys.executable, "-c", TRAIN_ON_IT, str(own_home), "imdb"]
        place = {**os.environ, **own, "HF_ENDPOINT": server.address}
        told = subprocess.run(asked, env=place, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    said = json.loads(told.stdout)
    assert said["code"] == "hub-trouble"
    assert said["sentence"].startswith("data=imdb: 127.0.0.1 cannot serve it now (")
    assert str(tmp_path) not in said["sentence"]


def test_datasets_reads_what_arrived_and_asks_for_no_file_again(hub: Hub, own_home: Path, tmp_path: Path) -> None:
    """Broken off in the first attempt, whole after the second, nothing left to fetch for the third."""
    hub.drops = [5_000, 0, 0, 0, 0]
    asked = [sys.executable, "-c", TRAIN_ON_IT, str(own_home), SET, SET, SET, "lea/none"]
    own = {"HF_HOME": str(tmp_path / "hf"), "PYTHONPATH": str(ROOT), "LEARNCURVE_HOME": str(own_home)}
    told = subprocess.run(asked, env={**os.environ, **own}, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    broken, whole, again, unknown = map(json.loads, told.stdout.splitlines())
    total = len(hub.sets[SET][TRAIN]) + len(hub.sets[SET][CHECK])
    assert broken["code"] == "hub-broken-off"
    assert whole["parts"] == again["parts"] == [180, 20, 60]
    assert whole["bytes"][0] == [SET, 5_000, total]
    assert whole["bytes"][-1] == [SET, total, total]
    assert again["bytes"] == []
    assert unknown["code"] == "texts-hub-unknown"
    assert hub.gets(TRAIN)[-1] == "bytes=5000-"
    assert fetched_whole(hub) == {TRAIN: 1, CHECK: 1}


def fetched_whole(hub: Hub) -> dict[str, int]:
    """Return how often each file was asked for from its beginning."""
    return {name: hub.gets(name).count("") for name in (TRAIN, CHECK)}
