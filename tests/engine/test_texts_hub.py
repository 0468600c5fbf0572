"""Data sets of a hub, as far as this machine can be one; folders; and what happens without a network."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow.parquet import write_table

from engine.errors import DataError
from engine.reach import DEADLINE_SECONDS
from engine.worker import text_hub
from engine.worker.texts import require_texts, texts
from tests.hub_server import serving

ROOT = Path(__file__).parent.parent.parent

ASK = """
import json, os, sys
from pathlib import Path
from engine.errors import EngineError
from engine.worker.texts import texts
for address, name in json.loads(sys.argv[1]):
    os.environ["HF_ENDPOINT"] = address
    try:
        found = texts(name, cache=Path(sys.argv[2]))
        parts = [len(found.train), len(found.validation), len(found.test)]
        print(json.dumps({"parts": parts, "classes": found.classes, "first": found.test.texts[0]}))
    except EngineError as error:
        print(json.dumps({"code": error.code, "sentence": error.sentence}))
"""


def parquet(**columns: list[Any]) -> bytes:
    place = io.BytesIO()
    write_table(pyarrow.table(columns), place)
    return place.getvalue()


def pets(count: int, begin: str) -> bytes:
    return parquet(text=[f"{begin} {n}" for n in range(count)], label=[("cat", "dog")[n % 2] for n in range(count)])


def closed_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def refused(data: str, cache: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        texts(data, cache=cache)
    assert caught.value.sentence.startswith(f"data={data}: ")
    assert "\n" not in caught.value.sentence
    return caught.value


def test_a_set_of_a_hub_is_downloaded_split_and_read_again_without_a_network(tmp_path: Path) -> None:
    sets = {
        "lea/pets": {
            "data/train-00000-of-00001.parquet": pets(60, "learn"),
            "data/test-00000-of-00001.parquet": pets(20, "check"),
        },
        "lea/tweets": {"train.parquet": parquet(tweet=["a", "b"], label=[0, 1])},
    }
    with serving(sets=sets) as hub:
        address, gone = hub.address, closed_port()
        asked = [
            (address, "lea/pets"),
            (address, "lea/tweets"),
            (address, "lea/none"),
            (address, "topcs"),
            (address, "csv"),
            (gone, "lea/pets"),
            (gone, "lea/other"),
        ]
        said = subprocess.run(
            [sys.executable, "-c", ASK, json.dumps(asked), str(tmp_path / "cache")],
            cwd=tmp_path,
            env={**os.environ, "HF_ENDPOINT": address, "HF_HOME": str(tmp_path / "hf"), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert said.returncode == 0, said.stderr
    online, columns, unknown, typo, form, cached, offline = map(json.loads, said.stdout.splitlines())
    assert online == {"parts": [54, 6, 20], "classes": ["cat", "dog"], "first": "check 0"}
    assert columns["sentence"].startswith("data=lea/tweets: it has no column text; it has tweet, label.")
    assert unknown["code"] == typo["code"] == form["code"] == "texts-hub-unknown"
    assert "127.0.0.1 has no such data set" in unknown["sentence"]
    assert typo["sentence"].endswith("Did you mean topics?")
    assert cached == online
    assert offline["code"] == "texts-offline"


def test_without_a_network_one_sentence_comes_before_the_deadline_and_before_anything_heavy(tmp_path: Path) -> None:
    code = (
        "import sys, time\n"
        "from engine.errors import DataError\n"
        "from engine.worker.texts import require_texts\n"
        "began = time.monotonic()\n"
        "try: require_texts('imdb')\n"
        "except DataError as error: print(error)\n"
        "print(time.monotonic() - began)\n"
        "print(sorted({'torch', 'transformers', 'datasets', 'huggingface_hub', 'pyarrow'} & set(sys.modules)))"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:  # it accepts, and never says a word
        address = f"http://lea:secret@127.0.0.1:{silent.getsockname()[1]}"
        said = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "HF_ENDPOINT": address, "HF_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
    sentence, seconds, heavy = said.stdout.splitlines()
    assert "127.0.0.1: waiting for its answer took over 1.5 s; HF_ENDPOINT=http://127.0.0.1" in sentence
    assert "Connect to a network, or use an embedded set: topics, reviews, classics." in sentence
    assert "secret" not in sentence
    assert float(seconds) < DEADLINE_SECONDS + 10
    assert heavy == "[]"


def test_a_misspelt_set_is_told_from_a_hub_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_ENDPOINT", closed_port())
    error = refused("clasics", tmp_path)
    assert "Connection refused" in error.sentence
    assert error.sentence.endswith("Did you mean classics?")


@pytest.mark.parametrize("switch", ["HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE"])
def test_a_network_that_is_forbidden_is_not_knocked_at(
    switch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv(switch, "1")
    monkeypatch.setattr(text_hub, "reach", lambda _: pytest.fail("it knocked"))
    with pytest.raises(DataError, match=f"{switch}.* forbids"):
        require_texts("imdb")


def test_a_folder_of_data_files_is_a_data_set_with_its_own_parts(tmp_path: Path) -> None:
    folder = tmp_path / "my pets"
    folder.mkdir()
    (folder / "train.parquet").write_bytes(pets(60, "learn"))
    (folder / "validation.csv").write_text("text,label\nwhat,cat\nwho,dog\n")
    found_of_csv = refused(str(folder), tmp_path / "cache")
    assert found_of_csv.code == "texts-unreadable-set"  # two kinds of files in one folder
    (folder / "validation.csv").unlink()
    (folder / "validation.parquet").write_bytes(pets(10, "look"))
    found = texts(str(folder), cache=tmp_path / "cache")
    assert [len(part) for part in (found.train, found.validation, found.test)] == [54, 10, 6]
    assert set(found.validation.texts) == {f"look {n}" for n in range(10)}
    assert list((tmp_path / "cache").iterdir()) == []


def test_what_datasets_saved_to_disk_is_read_with_its_class_names(tmp_path: Path) -> None:
    from datasets import ClassLabel, Dataset, Features, Value

    features = Features({"text": Value("string"), "label": ClassLabel(names=["sad", "glad"])})
    rows = {"text": [f"text {n}" for n in range(21)], "label": [*[0, 1] * 10, -1]}
    Dataset.from_dict(rows, features=features).save_to_disk(str(tmp_path / "saved"))
    found = texts(str(tmp_path / "saved"), cache=tmp_path / "cache")
    assert found.classes == ("glad", "sad")
    assert len(found.train) + len(found.validation) + len(found.test) == 20
    assert "Rows without a label, which are skipped: 1, the first in line 21." in map(str, found.notes)


def test_a_folder_without_data_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    error = refused(str(tmp_path / "empty"), tmp_path / "cache")
    assert "doesn't contain any data files" in error.sentence
    assert error.code == "texts-unreadable-set"


def test_parts_without_a_training_part_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    folder.mkdir()
    for part in ("validation", "test"):
        (folder / f"{part}.parquet").write_bytes(pets(10, part))
    error = refused(str(folder), tmp_path / "cache")
    assert "it has no part named train; it has validation, test" in error.sentence
    assert error.code == "texts-no-train"
