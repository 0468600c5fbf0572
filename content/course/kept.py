"""The index of a course as it was read last, kept in a folder of caches.

It is keyed by the content of the files that it was made from. To know that these have not changed, their sizes and
times are enough, as long as the last change is not so fresh that another one could have got the same time; else they
are read. A course of 500 sections opens in some 20 ms so; reading its YAML takes seconds.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from content.course.index import Index, keys_of
from content.course.source import read_raw
from content.course.stamp import Stamp, stamp
from content.errors import Fault

VERSION = 6
"""Of the cache; raised when the index or the reading of questions changes."""

FRESH_NS = 2 * 10**9
"""A change so short before the index was kept is not told by times: some file systems count in whole seconds."""

Tell = Callable[[int, int], None]
"""Is told how many sections of how many were read."""


class _Kept(msgspec.Struct, frozen=True):
    version: int
    digest: str
    stamp: Stamp
    written: int
    index: Index
    faults: tuple[Fault, ...]

    def fits(self, now: Stamp) -> bool:
        """Return whether times alone say that nothing has changed."""
        return self.stamp == now and now.newest < self.written - FRESH_NS


def open_index(root: Path, cache: Path | None, faults: list[Fault], tell: Tell | None = None) -> Index:
    """Return the index, from the folder `cache` where the course has not changed since.

    Raises:
        ContentError: There is no `course.yaml` from which a course could be made.
    """
    if cache is None:
        from content.course.survey import read_index  # and YAML with it

        return read_index(root, faults)
    file = cache / f"course-{short_name(root)}.json"
    kept = _read(file)
    now = stamp(root, index_files(kept.index)) if kept else None
    if kept and now and kept.fits(now):
        faults += kept.faults
        return kept.index
    if kept and now and kept.digest == digest(root, index_files(kept.index)):
        keep(file, msgspec.json.encode(msgspec.structs.replace(kept, stamp=now, written=time.time_ns())))
        faults += kept.faults
        return kept.index
    return _fresh(root, file, faults, tell)


def _fresh(root: Path, file: Path, faults: list[Fault], tell: Tell | None) -> Index:
    from content.course.survey import load_items, read_index

    index = read_index(root, faults)
    before, read = stamp(root, index_files(index)), digest(root, index_files(index))
    keys = {}
    for done, section in enumerate(index.sections):
        if tell is not None:
            tell(done, len(index.sections))
        keys[section.slug] = keys_of(load_items(root, section, index.languages, faults)[0])
    index = msgspec.structs.replace(index, keys=keys)
    keep(file, msgspec.json.encode(_Kept(VERSION, read, before, time.time_ns(), index, tuple(faults))))
    return index


def _read(file: Path) -> _Kept | None:
    with contextlib.suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
        kept = msgspec.json.decode(file.read_bytes(), type=_Kept)
        return kept if kept.version == VERSION else None
    return None


def index_files(index: Index) -> Iterator[str]:
    """Yield the files that an index is made from."""
    yield "course.yaml"
    for section in index.sections:
        yield f"{section.slug}/section.yaml"
        yield f"{section.slug}/items.yaml"


def short_name(root: Path) -> str:
    """Return what a course's files in a cache are called after: its folder, in sixteen letters."""
    return hashlib.blake2b(str(root.resolve()).encode(errors="surrogateescape"), digest_size=8).hexdigest()


def digest(root: Path, files: Iterable[str]) -> str:
    """Return what changes with the content of some files of a folder."""
    found = hashlib.blake2b(digest_size=16)
    for file in files:
        found.update(f"\0{file}\0".encode(errors="surrogateescape"))
        data = read_raw(root, file)
        found.update(data if isinstance(data, bytes) else data[0].encode())
    return found.hexdigest()


def keep(file: Path, content: bytes) -> None:
    """Write a cache by rename; one that cannot be written is no loss."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_bytes(content)
        fresh.replace(file)
