"""The stream survives a torn tail and a full disk, and its heart beats."""

from __future__ import annotations

import errno
import math
import os
import threading
from pathlib import Path

import pytest

from engine.events import Beat, Dropped, Loading
from engine.runs.folder import RunFolder
from engine.worker.heart import Heart
from engine.worker.session import Session
from engine.worker.stream import KEPT_BYTES, Stream
from tests.engine.tabletop import Time
from tests.engine.working import events_of, losses_of, make_run, of, until


@pytest.fixture
def folder(own_home: Path) -> RunFolder:
    return make_run(own_home)


def test_a_torn_tail_is_ended_before_anything_is_added(folder: RunFolder) -> None:
    folder.events_file.write_bytes(b'{"event":"loading","what":"a","time":1}\n{"event":"upda')
    with Stream(folder.events_file) as stream:
        stream.emit(Loading(time=2.0, what="b"))
    lines = folder.events_file.read_bytes().split(b"\n")
    assert lines[1] == b'{"event":"upda'
    assert b'"what":"b"' in lines[2]
    assert lines[3:] == [b""]


class Disk:
    """What stands in for os.write: it takes so many bytes and is full then."""

    def __init__(self, room: float) -> None:
        self.room = room

    def write(self, descriptor: int, data: bytes) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = data[: int(min(len(data), self.room))]
        self.room -= len(taken)
        return os.write(descriptor, taken)


def test_a_short_lack_of_room_loses_nothing_and_tears_no_line(folder: RunFolder) -> None:
    disk, clock = Disk(700), Time()
    stream = Stream(folder.events_file, write=disk.write, clock=clock)
    for update in range(1, 501):
        stream.update(update, 1.5, 0.1, 0.5, clock.now)
        clock.pass_by(0.01)
    assert isinstance(stream.failure, OSError)
    assert folder.events_file.stat().st_size == 700
    disk.room = math.inf
    clock.pass_by(2)
    stream.update(501, 1.5, 0.1, 0.5, clock.now)
    stream.close()
    assert stream.failure is None
    assert list(losses_of(events_of(folder))) == list(range(1, 502))
    assert not of(Dropped, events_of(folder))


def test_a_long_lack_of_room_drops_events_and_says_how_many(folder: RunFolder) -> None:
    disk, clock = Disk(0), Time()
    stream = Stream(folder.events_file, write=disk.write, clock=clock)
    line = len(b'{"event":"loading","what":"","time":1.0}\n') + 1000
    sent = KEPT_BYTES // line + 50
    for _ in range(sent):
        stream.emit(Loading(time=1.0, what="x" * 1000))
        clock.pass_by(1)
    disk.room = math.inf
    clock.pass_by(2)
    stream.emit(Loading(time=2.0, what="room"))
    stream.close()
    events = events_of(folder)
    dropped = of(Dropped, events)
    assert len(dropped) == 1
    assert dropped[0].events > 0
    assert dropped[0].events + len(of(Loading, events)) == sent + 1


def test_while_the_disk_is_full_it_is_tried_once_a_second_only(folder: RunFolder) -> None:
    tries: list[float] = []
    clock = Time()

    def write(descriptor: int, data: bytes) -> int:
        tries.append(clock.now)
        raise OSError(errno.ENOSPC, "full")

    stream = Stream(folder.events_file, write=write, clock=clock)
    for update in range(1, 1001):
        stream.update(update, 1.0, 0.1, 0.5, clock.now)
        clock.pass_by(0.01)
    assert len(tries) <= 11


def test_the_heart_beats_while_the_worker_does_something_long(folder: RunFolder) -> None:
    with Stream(folder.events_file) as stream:
        session = Session(folder, folder.recipe(), stream, threading.Event())
        with Heart(session, wake_seconds=0.01):
            until(lambda: len(of(Beat, events_of(folder))) >= 3, "three beats", 10)
    beat = of(Beat, events_of(folder))[0]
    assert beat.memory_bytes > 1_000_000
    assert math.isnan(beat.seconds_left)
