"""Runs as TensorBoard's files: read back with TensorBoard's own reader, which checks every checksum."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import masked_crc32c

from engine.errors import RunError
from engine.events import Guess, Probe, Probed, Updated
from engine.exports.records import crc32c, masked
from engine.exports.tensorboard import Exported, export
from engine.exports.updates import cast
from engine.runs.folder import RunFolder
from tests.engine.working import events_of, losses_of, of
from tests.fakes import ScriptedRun, scripted_run

EVERYTHING = {"scalars": 0, "tensors": 0}
FIGURES = {
    *("train/loss", "train/learning_rate", "train/grad_norm", "train/accuracy", "train/mean_loss"),
    *("eval/loss", "eval/accuracy", "test/loss", "test/accuracy"),
}


def seen(folder: Path) -> Any:
    """Return what TensorBoard's own reader finds in a folder."""
    reader = EventAccumulator(str(folder), size_guidance=EVERYTHING)
    reader.Reload()
    return reader


def values(reader: Any, tag: str) -> dict[int, float]:
    """Return a tag's figures by update; no update may be there twice."""
    found = reader.Scalars(tag)
    by_update = {event.step: event.value for event in found}
    assert len(by_update) == len(found)
    return by_update


def said(reader: Any, tag: str) -> str:
    """Return the newest text of a tag."""
    return str(reader.Tensors(tag)[-1].tensor_proto.string_val[0].decode())


def assert_losses(reader: Any, folder: RunFolder) -> None:
    """Every update that the stream tells of is there with its loss, and no other."""
    wanted = losses_of(events_of(folder))
    found = values(reader, "train/loss")
    assert found.keys() == wanted.keys()
    assert [*found.values()] == pytest.approx([*wanted.values()], rel=1e-6)


def test_a_finished_run_is_read_back_update_by_update(tmp_path: Path) -> None:
    """Losses, rates, norms, evaluations, the test, and the words around them."""
    folder = scripted_run(tmp_path / "home", updates=500, epochs=5)
    reader = seen(export(folder, tmp_path / "out").folder)
    assert set(reader.Tags()["scalars"]) == FIGURES
    assert_losses(reader, folder)
    assert set(values(reader, "train/learning_rate").values()) == {np.float32(0.01)}
    assert [*values(reader, "eval/accuracy")] == [0, 100, 200, 300, 400, 500]
    assert [*values(reader, "test/accuracy")] == [500]
    assert "| lr | 0.01 |" in said(reader, "recipe")
    assert "| parameters | 101,770 |" in said(reader, "plan")
    assert said(reader, "test/confusion").count("\n") == 11


def test_updates_happened_between_the_events_around_them(tmp_path: Path) -> None:
    """80 updates a second are 12.5 ms apart, though the stream tells the time of 60 at once."""
    folder = scripted_run(tmp_path / "home", updates=500, epochs=5, rate=80.0)
    times = [event.wall_time for event in seen(export(folder, tmp_path / "out").folder).Scalars("train/loss")]
    assert np.diff(times) == pytest.approx(1 / 80, abs=1e-4)


def test_what_a_resumed_attempt_did_again_is_there_once(tmp_path: Path) -> None:
    """Cut where every reader of the run cuts."""
    run = ScriptedRun(tmp_path / "home", updates=500, epochs=5)
    run.attempt()
    run.plan()
    run.train(350)
    run.kill()
    run.attempt(251)
    run.spike_at = 260
    run.train(100)
    run.kill()
    reader = seen(export(run.folder, tmp_path / "out").folder)
    assert [*values(reader, "train/loss")] == list(range(1, 351))
    assert values(reader, "train/loss")[260] == 9.0
    assert [*values(reader, "eval/loss")] == [0, 100, 200, 300]
    times = [event.wall_time for event in reader.Scalars("train/loss")]
    assert times == sorted(times)


def test_a_loss_that_exploded_and_updates_that_were_lost(tmp_path: Path) -> None:
    """NaN and infinity are figures; an update that nobody heard of is not made up."""
    run = ScriptedRun(tmp_path / "home", updates=500, epochs=5)
    run.attempt()
    run.plan()
    run.write(Updated(time=run.clock(), first=1, losses=(2.0, math.nan, math.inf), rates=(0.1,), norms=()))
    run.write(Updated(time=run.clock(), first=10, losses=(1e300, -1.0), rates=(0.1, 0.2), norms=(0.5, 0.5)))
    reader = seen(export(run.folder, tmp_path / "out").folder)
    found = values(reader, "train/loss")
    assert [*found] == [1, 2, 3, 10, 11]
    assert math.isnan(found[2])
    assert [found[update] for update in (1, 3, 10, 11)] == [2.0, math.inf, math.inf, -1.0]
    run.kill()


def test_probe_sentences_are_a_table_whose_text_is_no_markup(tmp_path: Path) -> None:
    """Whatever stands in a sentence stays in its cell."""
    run = ScriptedRun(tmp_path / "home")
    run.attempt()
    run.plan()
    probe = Probe(text="a | [MASK]\n<b>", truth="*x*", guesses=[Guess(word="the", probability=0.25)])
    run.write(Probed(time=run.clock(), update=7, probes=[probe]))
    reader = seen(export(run.folder, tmp_path / "out").folder)
    assert said(reader, "probes").splitlines()[-1] == "| a \\| \\[MASK\\] &lt;b&gt; | \\*x\\* | the 0.250 |"
    assert reader.Tensors("probes")[0].step == 7
    run.kill()


@pytest.mark.parametrize("state", ["queued", "starting", "running", "stopped", "failed", "crashed"])
def test_a_run_in_any_state_gives_what_is_there(tmp_path: Path, state: str) -> None:
    """At the least, what was asked of it."""
    folder = scripted_run(tmp_path / "home", state=state, updates=100, epochs=2)
    exported = export(folder, tmp_path / "out")
    reader = seen(exported.folder)
    assert "recipe" in reader.Tags()["tensors"]
    assert exported.updates == len(losses_of(events_of(folder)))
    assert len(reader.Tags()["scalars"]) == (0 if state in ("queued", "starting") else len(FIGURES) - 2)


def test_other_things_are_left_alone_and_the_same_run_is_replaced(tmp_path: Path) -> None:
    """A second run gets a folder of its own; a run that is there already is not there twice."""
    first, second = (scripted_run(tmp_path / "home", updates=100, epochs=2, token=token) for token in ("aaaa", "bbbb"))
    out = tmp_path / "out"

    def again(run: RunFolder) -> Exported:
        return export(run, out)

    assert again(first).folder == again(first).folder == out
    assert again(second).folder == again(second).folder == out / second.id
    assert again(first).folder == out
    assert len([file for file in out.rglob("*") if file.is_file()]) == 2
    assert_losses(seen(out / second.id), second)


def refuse_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tensorboard.compat.proto", "tensorboard.compat.proto.event_pb2"):
        monkeypatch.setitem(__import__("sys").modules, name, None)


def test_without_tensorboard_one_sentence_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a dependency, but someone may have removed it."""
    folder = scripted_run(tmp_path / "home")
    refuse_imports(monkeypatch)
    with pytest.raises(RunError, match="pip install tensorboard"):
        export(folder, tmp_path / "out")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """Nothing half written is left."""
    folder = scripted_run(tmp_path / "home")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RunError, match=r"file.*cannot be written"):
        export(folder, tmp_path / "file" / "out")
    with pytest.raises(RunError, match=r"file.*cannot be written"):
        export(folder, tmp_path / "file")


@given(st.binary(max_size=200))
def test_checksums_are_those_of_tensorboard(data: bytes) -> None:
    """Two implementations agree on any bytes."""
    assert masked(crc32c(data)) == masked_crc32c(data)


@pytest.mark.parametrize("first", [1, 126, 16_382, 2_097_150])
def test_numbers_of_updates_of_every_length_are_written(tmp_path: Path, first: int) -> None:
    """A number takes a byte for each seven bits: events on both sides of a step up are whole."""
    times, losses = np.arange(5.0) + 1e9, np.arange(5.0) / 7
    file = tmp_path / "events.out.tfevents.0"
    file.write_bytes(b"".join(cast(first, times, {"train/loss": losses, "train/grad_norm": -losses})))
    reader = seen(tmp_path)
    assert values(reader, "train/loss") == dict(enumerate(losses.astype(np.float32), first))
    assert values(reader, "train/grad_norm") == dict(enumerate(-losses.astype(np.float32), first))
    assert [event.wall_time for event in reader.Scalars("train/loss")] == times.tolist()


def test_every_update_passes_even_where_there_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No thinning; and no event of an update is packed by itself, which would take minutes for millions."""
    from tensorboard.compat.proto.event_pb2 import Event

    folder = scripted_run(tmp_path / "home", updates=30_000, epochs=2)
    packed: list[bytes] = []
    monkeypatch.setattr("engine.exports.summaries.framed", counting(packed))
    exported = export(folder, tmp_path / "out")
    assert exported.updates == 30_000
    assert len(packed) < 20
    data = exported.file.read_bytes()
    count = at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 8], "little")
        count += any(
            value.tag == "train/loss" for value in Event.FromString(data[at + 12 : at + 12 + length]).summary.value
        )
        at += length + 16
    assert count == 30_000


def counting(packed: list[bytes]) -> Callable[[bytes], bytes]:
    """Return what frames single events and keeps them."""
    from engine.exports.records import framed

    def frame(data: bytes) -> bytes:
        packed.append(data)
        return framed(data)

    return frame


def test_the_stream_says_what_the_test_compares_with(tmp_path: Path) -> None:
    """Blocks of several updates are among it, or interpolation would be tested on nothing."""
    folder = scripted_run(tmp_path / "home", updates=500, epochs=5)
    assert max(len(block.losses) for block in of(Updated, events_of(folder))) == 60
