"""A file is written whole or not at all; what stood there before stays until then."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from content.errors import StoreError
from content.exports.whole import write_whole


def broken_off() -> Iterator[bytes]:
    yield b"the beginning, "
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_all_of_it_is_there(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "file", [b"a", b"bc"]) == 3
    assert (tmp_path / "file").read_bytes() == b"abc"
    assert os.listdir(tmp_path) == ["file"]


def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"older")
    with pytest.raises(StoreError) as told:
        write_whole(tmp_path / "file", broken_off())
    assert told.value.code == "file-unwritable"
    assert str(tmp_path / "file") in told.value.sentence
    assert os.strerror(errno.ENOSPC) in told.value.sentence
    assert (tmp_path / "file").read_bytes() == b"older"
    assert os.listdir(tmp_path) == ["file"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted() -> Iterator[bytes]:
        yield b"some"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "file", interrupted())
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("place", ["nowhere/file", "folder", "file/below"])
def test_a_place_that_cannot_be_is_one_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"older")
    with pytest.raises(StoreError) as told:
        write_whole(tmp_path / place, [b"new"])
    assert str(tmp_path / place) in told.value.sentence
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "true").write_bytes(b"older")
    (tmp_path / "link").symlink_to("true")
    write_whole(tmp_path / "link", [b"new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "true").read_bytes() == b"new"


def test_a_pipe_is_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    assert write_whole(pipe, [b"a", b"b"]) == 2
    reader.join(30)
    assert heard == [b"ab"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_name_as_long_as_a_name_may_be(tmp_path: Path) -> None:
    write_whole(tmp_path / ("n" * 255), [b"new"])
    assert os.listdir(tmp_path) == ["n" * 255]
